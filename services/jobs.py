"""Long work as the screens see it. Start at `newest`."""

from domain.access import Act
from domain.ids import JobId, MeetingId
from services import whose
from services.access import require
from services.runtime import runtime
from services.worker_supervisor import wake
from store import jobs, meetings
from store.jobs import Job, JobState


def ask_for(kind: str, meeting_id: MeetingId | None) -> JobId:
    """Put work in the queue and wake the worker."""
    with runtime().store.write() as tx:
        if meeting_id is not None:
            meetings.meeting_by_id(tx, meeting_id)
        job_id = jobs.add_job(tx, kind, meeting_id)
    wake()
    return job_id


def newest(meeting_id: MeetingId, kind: str) -> Job | None:
    """The newest piece of work of a kind for a meeting."""
    require(Act.READ, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        return jobs.newest_job(tx, meeting_id, kind)


def the_job(job_id: JobId) -> Job:
    """One piece of work."""
    require(Act.READ, meeting_id=whose.job(job_id))
    with runtime().store.read() as tx:
        return jobs.job_by_id(tx, job_id)


def cancel(job_id: JobId) -> None:
    """Stop a piece of work; what was published before stays."""
    require(Act.ANALYSE, meeting_id=whose.job(job_id))
    with runtime().store.write() as tx:
        jobs.finish(tx, job_id, JobState.CANCELLED, "Cancelled. The last result stays.")
