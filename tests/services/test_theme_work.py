"""Finding themes in the worker: stopped, broken off or failed, the last good themes stay."""

import pytest

from services import jobs, theme_desk, themes, worker
from services.theme_finding import find_themes_of_meeting
from store.jobs import JobState
from tests.fakes import WordEmbedder
from tests.services.test_themes import PLACES, TOPICS, bring_in, by_turns

PEOPLE = ("Ann Lee", "Dr. Bo Diaz")


class Interrupted(WordEmbedder):
    """Something happens while it reads."""

    def __init__(self, happens):
        self.happens = happens

    def embed(self, texts, *, on_progress=None):
        self.happens()
        return super().embed(texts, on_progress=on_progress)


@pytest.fixture
def found(meeting_id):
    """A meeting with themes, and words that came in since."""
    texts = [t.format(p) for p in PLACES[:4] for t in TOPICS.values()]
    bring_in(meeting_id, "t.txt", by_turns(texts, *PEOPLE))
    find_themes_of_meeting(meeting_id)
    more = [f"Genetic testing counsellors explained results {p}." for p in PLACES]
    bring_in(meeting_id, "more.txt", by_turns(more, *PEOPLE))
    return meeting_id


def shown(meeting_id):
    return theme_desk.open_themes(meeting_id).report.run.run_id


def test_work_that_is_cancelled_in_the_middle_stops_and_changes_nothing(found, app_runtime):
    before, job_id = shown(found), themes.request_themes(found)
    app_runtime.__dict__["_embedder"] = Interrupted(lambda: jobs.cancel(job_id))

    worker.work_once()

    assert jobs.the_job(job_id).state is JobState.CANCELLED
    assert shown(found) == before


def test_work_that_fails_for_a_fault_of_ours_says_so_and_changes_nothing(found, app_runtime):
    def fail():
        raise MemoryError("words that must not be told")

    before, job_id = shown(found), themes.request_themes(found)
    app_runtime.__dict__["_embedder"] = Interrupted(fail)

    worker.work_once()

    job = jobs.the_job(job_id)
    assert job.state is JobState.FAILED
    assert "try again" in job.message
    assert "must not be told" not in job.message
    assert shown(found) == before


def test_after_a_cancelled_search_themes_can_be_found(found, app_runtime):
    job_id = themes.request_themes(found)
    app_runtime.__dict__["_embedder"] = Interrupted(lambda: jobs.cancel(job_id))
    worker.work_once()
    before = shown(found)
    app_runtime.__dict__["_embedder"] = WordEmbedder()

    again = themes.request_themes(found)
    worker.work_once()

    assert jobs.the_job(again).state is JobState.DONE
    assert shown(found) != before
