from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from store import jobs, tables
from store.jobs import JobState


@pytest.fixture
def tx(any_store):
    with any_store.write() as tx:
        yield tx


def begin(tx, kind="themes"):
    jobs.add_job(tx, kind, None)
    return jobs.next_waiting(tx).job_id


def left_behind(tx, n_times):
    """The newest job of a worker that died so often in the middle of it."""
    begin(tx)
    for _ in range(n_times):
        jobs.reopen_running(tx)
        again = jobs.next_waiting(tx)
    return again


def test_work_that_a_dead_worker_left_behind_is_begun_again(tx):
    first = begin(tx)

    jobs.reopen_running(tx)

    assert jobs.job_by_id(tx, first).state is JobState.INTERRUPTED
    assert jobs.next_waiting(tx).job_id != first


def test_work_that_kills_the_worker_is_tried_three_times(tx):
    assert left_behind(tx, 2) is not None

    jobs.reopen_running(tx)

    assert jobs.next_waiting(tx) is None


def test_work_that_was_given_up_can_be_asked_for_again(tx):
    left_behind(tx, 3)

    jobs.add_job(tx, "themes", None)

    assert jobs.next_waiting(tx) is not None


def test_a_worker_that_died_long_ago_does_not_count(tx):
    left_behind(tx, 2)
    yesterday = datetime.now(UTC) - timedelta(days=1)
    interrupted = tables.job.c.state == JobState.INTERRUPTED
    tx.execute(update(tables.job).where(interrupted).values(finished_at=yesterday))

    jobs.reopen_running(tx)

    assert jobs.next_waiting(tx) is not None


def test_work_that_ended_over_30_days_ago_is_forgotten_with_the_next(tx):
    old, recent = begin(tx, "old"), begin(tx, "recent")
    for job_id, days in ((old, 31), (recent, 29)):
        jobs.finish(tx, job_id, JobState.DONE, "")
        ended = datetime.now(UTC) - timedelta(days=days)
        tx.execute(
            update(tables.job).where(tables.job.c.job_id == job_id).values(finished_at=ended)
        )

    waiting = jobs.add_job(tx, "themes", None)

    left = set(tx.execute(tables.job.select()).scalars())
    assert left == {recent, waiting}
