"""The worker process: takes one job after the other. Start at `main`; run as a module."""

import logging
import os
import selectors
import sys
import time
from collections.abc import Callable

from domain.errors import RoundtableError
from domain.ids import JobId, MeetingId
from domain.talk import Zone
from services import ballot_times, self_test
from services.access import WORKER, acting_as
from services.hide_suggestions import IDENTIFIERS, suggest
from services.log_lines import guard_logs
from services.retention import purge
from services.runtime import runtime
from services.theme_finding import find_themes_of_meeting, get_ready
from services.themes import RESTRICTED_THEMES, THEMES
from services.tombstones import finish_wiping
from services.worker_supervisor import WARM
from store import jobs
from store.jobs import Job, JobState

logger = logging.getLogger(__name__)
LOOK_EVERY_S = 1.0
ROUND_EVERY_S = 24 * 3600.0


class Cancelled(Exception):
    """Somebody stopped the work."""


def main() -> None:
    """Work until the pipe from the app ends."""
    guard_logs()
    os.nice(5)  # ballots go first
    with acting_as(WORKER):
        _work()


def _work() -> None:
    with runtime().store.write() as tx:
        jobs.reopen_running(tx)
    waiting = selectors.DefaultSelector()
    waiting.register(sys.stdin.buffer, selectors.EVENT_READ)
    next_round = time.monotonic()
    _look_at_votes(ballot_times.finish_cut_off)
    while True:
        _look_at_votes(ballot_times.catch_up)
        if time.monotonic() >= next_round:
            tidy()
            next_round = time.monotonic() + ROUND_EVERY_S
        while work_once():
            pass
        if not waiting.select(LOOK_EVERY_S):
            continue
        told = os.read(sys.stdin.fileno(), 4096)
        if not told:
            return
        if WARM in told:
            _warm()


def work_once() -> bool:
    """Do the oldest waiting job; False when none waits."""
    store = runtime().store
    with store.read() as tx:
        if not jobs.is_any_waiting(tx):
            return False
    with store.write() as tx:
        job = jobs.next_waiting(tx)
    if job is None:
        return False
    state, message = _do(job)
    with store.write() as tx:
        jobs.finish(tx, job.job_id, state, message)
    return True


def _look_at_votes(look: Callable[[], object]) -> None:
    """Votes open and close by their times; what fails now is tried again at the next look."""
    try:
        look()
    except RoundtableError as error:
        logger.warning("votes were not looked at: %s", error)


def tidy() -> None:
    """Let go of what has been kept long enough, and finish what an erasure left in the files."""
    try:
        purged = purge()
        finish_wiping()
    except RoundtableError as error:
        logger.warning("nothing was let go today: %s", error)
        return
    if not purged.is_nothing:
        logger.info("let go: %s", purged)


def _do(job: Job) -> tuple[JobState, str]:
    try:
        return JobState.DONE, KINDS[job.kind](job)
    except Cancelled:
        return JobState.CANCELLED, "Cancelled. The last result stays."
    except RoundtableError as error:
        return JobState.FAILED, str(error)
    except Exception:
        # The reason may hold words of people: it stays out of the log and off the screen.
        logger.error("job %s (%s) failed: %s", job.job_id, job.kind, sys.exc_info()[0])
        return JobState.FAILED, "This did not work. The last result stays; try again."


def _progress(job_id: JobId) -> Callable[[float, str], None]:
    store = runtime().store  # the self test puts another in its place while it runs

    def tell(share_done: float, message: str) -> None:
        with store.write() as tx:
            if not jobs.tell_progress(tx, job_id, share_done, message):
                raise Cancelled

    return tell


def _themes(job: Job) -> str:
    meeting_id = MeetingId(job.meeting_id or "")
    return find_themes_of_meeting(meeting_id, on_progress=_progress(job.job_id))


def _restricted_themes(job: Job) -> str:
    meeting_id = MeetingId(job.meeting_id or "")
    return find_themes_of_meeting(meeting_id, Zone.RESTRICTED, on_progress=_progress(job.job_id))


def _identifiers(job: Job) -> str:
    meeting_id = MeetingId(job.meeting_id or "")
    return suggest(meeting_id, on_progress=_progress(job.job_id))


def _self_test(job: Job) -> str:
    done = self_test.run(on_progress=_progress(job.job_id))
    return "Everything came out again." if done.is_passed else "Something did not come out again."


def _warm() -> None:
    try:
        get_ready()
    except RoundtableError as error:
        # Nobody waits for this: whoever needs the model next is told on the screen.
        logger.warning("the model was not loaded: %s", error)


KINDS: dict[str, Callable[[Job], str]] = {
    THEMES: _themes,
    RESTRICTED_THEMES: _restricted_themes,
    IDENTIFIERS: _identifiers,
    self_test.SELF_TEST: _self_test,
}


if __name__ == "__main__":
    main()
