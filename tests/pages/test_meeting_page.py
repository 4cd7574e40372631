from services import meetings, recommendations, transcripts
from services.theme_finding import find_themes_of_meeting
from tests.pages import staged
from tests.pages.conftest import html_of, text_of
from ui.screens import MEETING


def test_the_challenge_is_the_title(app_runtime, open_page):
    staged.meeting_with_words(staged.programme())

    at = open_page(MEETING)

    assert not at.exception
    assert "<h1>Getting equipment in time</h1>" in html_of(at)


def test_each_theme_stands_with_its_most_typical_words(app_runtime, open_page):
    meeting_id = staged.meeting_with_words(staged.programme())
    find_themes_of_meeting(meeting_id)

    at = open_page(MEETING)

    assert not at.exception
    assert any(words in text_of(at) for _, words in staged.SAID)


def test_a_recommendation_stands_with_its_evidence_and_vote(app_runtime, open_page):
    meeting_id = staged.meeting_with_words(staged.programme())
    recommendations.write(meeting_id, "Lend lifts within a week.", author="facilitator")

    at = open_page(MEETING)

    assert "Proposed, no quotes, no vote yet" in text_of(at)


def test_an_empty_meeting_says_what_needs_a_person(app_runtime, open_page):
    staged.empty_meeting(staged.programme())

    at = open_page(MEETING)

    assert not at.exception
    assert "Nobody is on the roster yet." in text_of(at)
    assert "Bring in words" in [b.label for b in at.main.button]


def test_what_needs_a_person_leads_to_where_it_is_done(app_runtime, open_page):
    staged.empty_meeting(staged.programme())

    at = open_page(MEETING)

    links = {link.label: link.page for link in at.main.get("page_link")}
    assert "people" in links["Nobody is on the roster yet."]
    assert "import" in links["No transcript yet: bring one in, or take live notes."]


def test_what_waits_elsewhere_is_told_to_those_who_may_not_decide_it(app_runtime, open_page):
    staged.empty_meeting(staged.programme())

    at = open_page(MEETING, **{"as": "leader"})

    assert not [link for link in at.main.get("page_link") if "roster" in link.label]
    assert "Nobody is on the roster yet." in text_of(at)


def test_nobodys_name_stands_on_the_glance(app_runtime, open_page):
    staged.meeting_with_words(staged.programme())

    at = open_page(MEETING)

    assert not any(name in text_of(at) for name in staged.GROUPS)


def test_a_silent_person_is_counted_and_not_named(app_runtime, open_page):
    meeting_id = staged.meeting_with_words(staged.programme())
    meetings.add_person(meeting_id, "Dee Quiet", staged.GROUPS[staged.ANN])

    at = open_page(MEETING)

    assert "1 of 4 people have not been heard." in text_of(at)
    assert "Dee Quiet" not in text_of(at)


def test_a_replay_begins_with_the_first_line_and_steps_to_the_next(app_runtime, open_page):
    staged.meeting_with_words(staged.programme())
    at = open_page(MEETING, replay="1")
    first = text_of(at)

    at.button(key="replay_next").click().run()

    assert not at.exception
    assert staged.SAID[1][1] not in first
    assert staged.SAID[1][1] in text_of(at)


def test_a_replay_names_nobody_and_writes_nothing(app_runtime, open_page):
    meeting_id = staged.meeting_with_words(staged.programme())
    at = open_page(MEETING, replay="1")

    for _ in staged.SAID:
        at.button(key="replay_next").click().run()

    assert "The meeting is over." in text_of(at)
    assert not any(name in text_of(at) for name in staged.GROUPS)
    assert len(transcripts.utterances(meeting_id)) == len(staged.SAID)


def test_a_replay_of_nothing_says_so(app_runtime, open_page):
    staged.empty_meeting(staged.programme())

    at = open_page(MEETING, replay="1")

    assert not at.exception
    assert "Nothing to replay" in text_of(at)
