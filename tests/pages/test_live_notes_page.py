import pytest

from services import agreements, live, recommendations, transcripts
from services.agreements import Told
from tests.pages import staged
from tests.pages.conftest import text_of
from ui.screens import LIVE_NOTES


@pytest.fixture
def untold_id(app_runtime):
    """A meeting where nobody was told anything yet."""
    return staged.meeting_with_people(staged.programme())


@pytest.fixture
def meeting_id(untold_id):
    """A meeting where people were told that words are grouped and quoted."""
    agreements.record_agreement(
        untold_id, Told.ANNOUNCED, may_quote=True, written_where="by Ann at the start"
    )
    return untold_id


@pytest.fixture
def at(meeting_id, open_page):
    return open_page(LIVE_NOTES)


def type_line(at, text, label="Add the line (Enter)"):
    at.text_input(key="scribe_line").set_value(text)
    next(b for b in at.button if b.label == label).click()
    return at.run()


def texts_of_drafts(meeting_id):
    return [v.recommendation.text for v in recommendations.recommendations(meeting_id)]


def test_a_typed_line_joins_the_meeting(at, meeting_id):
    type_line(at, "The lift broke twice.")

    assert not at.exception
    assert [u.text for u in transcripts.utterances(meeting_id)] == ["The lift broke twice."]
    assert "The lift broke twice." in text_of(at)


def test_a_line_keeps_the_group_that_was_chosen(at, meeting_id):
    at.selectbox(key="scribe_group").select("clinician").run()

    type_line(at, "One.")
    type_line(at, "Two.")

    groups = [u.stakeholder_group.value for u in transcripts.utterances(meeting_id)]
    assert groups == ["clinician", "clinician"]


def test_a_line_that_begins_with_a_star_becomes_a_draft(at, meeting_id):
    type_line(at, "* Lend lifts within a week.")

    assert texts_of_drafts(meeting_id) == ["Lend lifts within a week."]


def test_the_proposal_button_makes_a_draft(at, meeting_id):
    type_line(at, "Lend lifts within a week.", "Add it as a proposal")

    assert texts_of_drafts(meeting_id) == ["Lend lifts within a week."]


def test_a_plain_line_makes_no_draft(at, meeting_id):
    type_line(at, "We waited * eleven weeks.")

    assert texts_of_drafts(meeting_id) == []


def test_a_typed_line_can_be_taken_back(meeting_id, open_page):
    line_id = live.scribe(meeting_id, "A slip of the hand.", stakeholder_group=None)
    at = open_page(LIVE_NOTES)

    at.button(key=f"back_{line_id}").click().run()

    assert transcripts.utterances(meeting_id) == []


def test_pasted_captions_join_the_meeting(at, meeting_id):
    at.text_area(key="pasted").set_value(f"{staged.ANN}: Hello.\n{staged.BO}: Good evening.")
    next(b for b in at.button if b.label == "Add these lines").click().run()

    assert [u.text for u in transcripts.utterances(meeting_id)] == ["Hello.", "Good evening."]


def test_an_empty_line_is_a_sentence_and_stores_nothing(at, meeting_id):
    type_line(at, "  ")

    assert "nothing to add" in at.warning[0].value
    assert transcripts.utterances(meeting_id) == []


def test_markup_in_a_line_is_shown_as_typed(at):
    type_line(at, "<b>loud</b> *soft* $x$")

    assert "<b>loud</b> *soft* $x$" in text_of(at)
    assert not any("loud" in m.value for m in at.markdown)


def test_no_drafts_offer_no_vote(at):
    assert not any("vote" in b.label for b in at.main.button)


def tell(at, where, how=Told.ANNOUNCED):
    at.radio(key="told").set_value(how)
    at.text_input(key="told_where").set_value(where)
    next(b for b in at.button if b.label == "Write this down").click()
    return at.run()


def test_where_nobody_was_told_the_page_asks_and_keeps_the_lines(untold_id, open_page):
    at = open_page(LIVE_NOTES)
    assert "What were people told about their words?" in text_of(at)

    type_line(at, "* Lend lifts within a week.")

    assert "only you see it here" in text_of(at)
    assert texts_of_drafts(untold_id) == []
    assert transcripts.utterances(untold_id) == []


def test_what_was_told_is_written_down_once_and_shares_the_lines(untold_id, open_page):
    at = open_page(LIVE_NOTES)
    type_line(at, "The lift broke twice.")

    tell(at, "by Ann at the start")

    assert not at.exception
    assert "announced in the room: by Ann at the start" in text_of(at)
    assert [u.text for u in transcripts.utterances(untold_id)] == ["The lift broke twice."]


def test_an_agreement_without_a_place_where_it_is_written_is_refused(untold_id, open_page):
    at = open_page(LIVE_NOTES)

    tell(at, "  ")

    assert not agreements.agreement_of(untold_id).is_asked
    assert any("where it is written" in w.value for w in at.warning)


def test_nothing_yet_is_an_answer_and_shares_nothing(untold_id, open_page):
    at = open_page(LIVE_NOTES)
    type_line(at, "The lift broke twice.")

    tell(at, "", Told.NOTHING)

    assert agreements.agreement_of(untold_id).is_asked
    assert transcripts.utterances(untold_id) == []


def test_how_people_were_told_is_not_guessed(untold_id, open_page):
    at = open_page(LIVE_NOTES)

    tell(at, "by Ann at the start", how=None)

    assert not agreements.agreement_of(untold_id).is_asked
    assert any("Say how people were told" in w.value for w in at.warning)
