"""Long work waiting for the worker, under way, or done. Start at `add_job`."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from domain.errors import NotFound
from domain.ids import JobId, MeetingId, new_id
from store.tables import job


class JobState(StrEnum):
    """A job ends in one of the last four; interrupted is one whose worker died."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"


OPEN = (JobState.WAITING, JobState.RUNNING)
KEPT = timedelta(days=30)
MOST_TRIES = 3
TRIED_WITHIN = timedelta(hours=1)
STOPPED = "The worker stopped in the middle of this."
GIVEN_UP = (
    f"This was begun {MOST_TRIES} times, and each time the worker stopped in the middle of it. "
    "The last result stays. Close other programs to free memory, then try again."
)


@dataclass(frozen=True)
class Job:
    """A piece of long work; it carries ids only, never what people said."""

    job_id: JobId
    kind: str
    meeting_id: MeetingId | None
    state: JobState
    share_done: float
    message: str
    created_at: datetime
    finished_at: datetime | None


def add_job(tx: Connection, kind: str, meeting_id: MeetingId | None) -> JobId:
    """Ask for work; the same work asked for while it waits is asked for once.

    Work that ended long ago is forgotten here, so that the list stays short.
    """
    now = datetime.now(UTC)
    tx.execute(delete(job).where(job.c.finished_at < now - KEPT))
    same = select(job.c.job_id).where(
        job.c.kind == kind, job.c.meeting_id == meeting_id, job.c.state == JobState.WAITING
    )
    known = tx.execute(same).scalars().first()
    if known:
        return JobId(known)
    job_id = JobId(new_id())
    tx.execute(
        insert(job).values(
            job_id=job_id,
            meeting_id=meeting_id,
            kind=kind,
            state=JobState.WAITING,
            share_done=0.0,
            created_at=now,
        )
    )
    return job_id


def next_waiting(tx: Connection) -> Job | None:
    """Take the oldest waiting job and mark it as running."""
    query = (
        select(job)
        .where(job.c.state == JobState.WAITING)
        .order_by(job.c.created_at, job.c.job_id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = tx.execute(query).first()
    if row is None:
        return None
    tx.execute(update(job).where(job.c.job_id == row.job_id).values(state=JobState.RUNNING))
    return _job(row)


def is_any_waiting(tx: Connection) -> bool:
    """Whether the worker has something to do."""
    query = select(job.c.job_id).where(job.c.state == JobState.WAITING).limit(1)
    return tx.execute(query).first() is not None


def tell_progress(tx: Connection, job_id: JobId, share_done: float, message: str) -> bool:
    """Note how far a job is; False when somebody cancelled it."""
    noted = tx.execute(
        update(job)
        .where(job.c.job_id == job_id, job.c.state == JobState.RUNNING)
        .values(share_done=share_done, message=message)
    )
    return bool(noted.rowcount)


def finish(tx: Connection, job_id: JobId, state: JobState, message: str) -> None:
    """End a job that is still open."""
    tx.execute(
        update(job)
        .where(job.c.job_id == job_id, job.c.state.in_(OPEN))
        .values(
            state=state,
            message=message,
            share_done=1.0 if state is JobState.DONE else job.c.share_done,
            finished_at=datetime.now(UTC),
        )
    )


def reopen_running(tx: Connection) -> None:
    """Ask again for work that a worker left behind when it died; work that kills it ends."""
    for left in tx.execute(select(job).where(job.c.state == JobState.RUNNING)).all():
        if _n_interrupted(tx, left.kind, left.meeting_id) + 1 < MOST_TRIES:
            finish(tx, JobId(left.job_id), JobState.INTERRUPTED, STOPPED)
            add_job(tx, left.kind, left.meeting_id)
        else:
            finish(tx, JobId(left.job_id), JobState.FAILED, GIVEN_UP)


def _n_interrupted(tx: Connection, kind: str, meeting_id: str | None) -> int:
    query = select(func.count()).where(
        job.c.kind == kind,
        job.c.meeting_id == meeting_id,
        job.c.state == JobState.INTERRUPTED,
        job.c.finished_at > datetime.now(UTC) - TRIED_WITHIN,
    )
    return tx.execute(query).scalar_one()


def job_by_id(tx: Connection, job_id: JobId) -> Job:
    """One job."""
    row = tx.execute(select(job).where(job.c.job_id == job_id)).first()
    if row is None:
        raise NotFound(kind="job", id=job_id)
    return _job(row)


def newest_job(tx: Connection, meeting_id: MeetingId | None, kind: str) -> Job | None:
    """The newest job of a kind for a meeting, or of a kind that is for none."""
    query = (
        select(job)
        .where(job.c.meeting_id == meeting_id, job.c.kind == kind)
        .order_by(job.c.created_at.desc(), job.c.job_id)
        .limit(1)
    )
    row = tx.execute(query).first()
    return _job(row) if row else None


def _job(row: Row[tuple[object, ...]]) -> Job:
    return Job(
        JobId(row.job_id),
        row.kind,
        MeetingId(row.meeting_id) if row.meeting_id else None,
        JobState(row.state),
        row.share_done,
        row.message,
        row.created_at,
        row.finished_at,
    )
