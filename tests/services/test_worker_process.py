"""The worker as a process of its own, with the real model."""

import time

import pytest

from services import ballots, jobs, passages, recommendations, themes, worker_supervisor
from services.theme_finding import find_themes_of_meeting
from store import jobs as kept
from store.jobs import JobState
from tests.made_vote import make_vote

LONGEST_S = 60


@pytest.fixture
def supervisor(app_runtime, tmp_path, monkeypatch):
    """The one that the app starts, over the test's own store."""
    monkeypatch.setenv("ROUNDTABLE_FOLDER", str(tmp_path))
    monkeypatch.delenv("ROUNDTABLE_DATABASE_URL", raising=False)
    monkeypatch.setattr(worker_supervisor, "RESTART_AFTER_S", 0.1)
    made = worker_supervisor.Supervisor()
    made.start()
    yield made
    made.stop()


def wait_for(is_so):
    ends = time.monotonic() + LONGEST_S
    while not is_so():
        assert time.monotonic() < ends, "this took too long"
        time.sleep(0.02)


@pytest.mark.slow
def test_a_killed_worker_comes_back_and_does_its_work_again(told_meeting, supervisor):
    """V11: The worker."""
    find_themes_of_meeting(told_meeting)
    before = themes.theme_report(told_meeting).run.run_id
    first = themes.request_themes(told_meeting)
    wait_for(lambda: jobs.the_job(first).state is JobState.RUNNING)
    killed = supervisor._child

    killed.kill()
    wait_for(lambda: jobs.the_job(first).state is JobState.INTERRUPTED)
    kept = themes.theme_report(told_meeting).run.run_id
    wait_for(lambda: jobs.newest(told_meeting, themes.THEMES).finished_at)

    assert kept == before
    assert jobs.newest(told_meeting, themes.THEMES).state is JobState.DONE
    assert themes.theme_report(told_meeting).run.run_id != before
    assert supervisor._child.pid != killed.pid


def test_the_worker_ends_with_the_pipe_from_the_app(supervisor):
    wait_for(lambda: supervisor._child)

    supervisor.stop()

    assert supervisor._child.returncode == 0


def test_asking_for_a_warm_model_leaves_no_row(app_runtime, store):
    themes.request_warm_model()

    with store.read() as tx:
        assert not kept.is_any_waiting(tx)


def test_one_thread_reads_while_people_vote_and_all_before_and_after(meeting_id):
    recommendations.write(meeting_id, "Lend ramps.", author="f")
    before = passages.n_threads_now()
    ballot_id = ballots.open_ballot(meeting_id)
    during = passages.n_threads_now()

    ballots.close_ballot(ballot_id)

    assert (before, during, passages.n_threads_now()) == (None, 1, None)


def test_the_open_vote_of_the_sample_slows_nothing(app_runtime):
    make_vote(is_sample=True)

    assert passages.n_threads_now() is None
