import pytest

from domain.errors import TooFewPassages
from domain.people import StakeholderGroup
from domain.talk import ConsentUse, Zone
from services import live, themes, transcripts, worker
from services.jobs import cancel, newest
from services.theme_finding import find_themes_of_meeting
from services.transcripts import ConsentGiven
from store.jobs import JobState

TOPICS = {
    "mask": "The breathing mask leaks around the breathing mask straps {}.",
    "insurance": "Insurance denial letters and insurance appeals took months {}.",
    "ramp": "The wheelchair ramp and the wheelchair doorway were measured {}.",
}
PLACES = ["Monday", "upstairs", "outside", "twice", "slowly", "again", "downtown", "inside"]


@pytest.fixture
def long_meeting(meeting_id):
    names = ["Ann Lee", "Dr. Bo Diaz", "Cyrus Ode"]
    lines = ["Dr. Bo Diaz: Can you hear me?"] + [
        f"{names[(n + m) % 3]}: {text.format(PLACES[n])}"
        for n in range(8)
        for m, text in enumerate(TOPICS.values())
    ]
    understood = transcripts.understand(meeting_id, "t.txt", "\n".join(lines).encode())
    people = {m.label: m.attendance_id for m in understood.matches}
    agreed = ConsentGiven(frozenset(ConsentUse), "form")
    transcripts.store_transcript(meeting_id, understood, people, agreed, is_released=True)
    return meeting_id


def test_what_was_said_falls_into_its_topics(long_meeting):
    find_themes_of_meeting(long_meeting)

    report = themes.theme_report(long_meeting)
    names = " / ".join(t.name.lower() for t in report.themes)
    assert len(report.themes) == 3
    assert all(word in names for word in ("mask", "insurance", "wheelchair"))


def test_a_theme_counts_utterances_people_and_groups(long_meeting):
    find_themes_of_meeting(long_meeting)

    first = themes.theme_report(long_meeting).themes[0]

    assert (first.n_utterances, first.n_people) == (8, 3)
    assert set(first.groups) == {
        StakeholderGroup.PERSON_LIVING_WITH_ALS,
        StakeholderGroup.CLINICIAN,
        StakeholderGroup.CURRENT_CAREGIVER,
    }


def test_talk_about_the_meeting_itself_is_set_aside_and_listed(long_meeting):
    find_themes_of_meeting(long_meeting)

    aside = [q.quote.text for q in themes.set_aside(long_meeting)]

    assert aside == ["Can you hear me?"]


def test_every_quote_of_a_theme_is_exactly_in_the_source(long_meeting):
    find_themes_of_meeting(long_meeting)
    texts = {u.revision_id: u.text for u in transcripts.utterances(long_meeting)}

    for theme in themes.theme_report(long_meeting).themes:
        for quote in themes.theme_quotes(long_meeting, theme.theme_id):
            q = quote.quote
            assert texts[q.revision_id][q.start : q.end] == q.text


def test_a_theme_keeps_its_id_when_themes_are_found_again(long_meeting):
    find_themes_of_meeting(long_meeting)
    before = {t.theme_id for t in themes.theme_report(long_meeting).themes}

    find_themes_of_meeting(long_meeting)

    assert {t.theme_id for t in themes.theme_report(long_meeting).themes} == before


def test_the_report_says_when_words_came_in_since(long_meeting):
    find_themes_of_meeting(long_meeting)

    live.scribe(long_meeting, "Nobody mentioned the nights yet.", stakeholder_group=None)

    assert themes.theme_report(long_meeting).is_stale


def test_no_unreleased_word_reaches_the_shared_themes(meeting_id):
    understood = transcripts.understand(
        meeting_id, "t.txt", "\n".join(f"Ann Lee: secret words {n} here" for n in range(9)).encode()
    )
    agreed = ConsentGiven(frozenset(ConsentUse), "form")
    transcripts.store_transcript(meeting_id, understood, {}, agreed, is_released=False)

    with pytest.raises(TooFewPassages):
        find_themes_of_meeting(meeting_id, Zone.SHARED)


def test_the_worker_does_what_was_asked_and_says_so(long_meeting):
    themes.request_themes(long_meeting)

    assert worker.work_once()

    job = newest(long_meeting, themes.THEMES)
    assert (job.state, job.share_done) == (JobState.DONE, 1.0)
    assert themes.theme_report(long_meeting) is not None
    assert not worker.work_once()


def test_a_failure_tells_its_reason_and_leaves_the_last_themes(meeting_id):
    themes.request_themes(meeting_id)

    worker.work_once()

    job = newest(meeting_id, themes.THEMES)
    assert job.state is JobState.FAILED
    assert "at least 3 passages" in job.message


def test_a_cancelled_job_is_not_begun(long_meeting):
    job_id = themes.request_themes(long_meeting)

    cancel(job_id)

    assert not worker.work_once()
    assert themes.theme_report(long_meeting) is None


def test_the_same_work_asked_for_twice_waits_once(long_meeting):
    assert themes.request_themes(long_meeting) == themes.request_themes(long_meeting)
