import pytest

from domain.errors import NotAllowedNow
from domain.people import StakeholderGroup
from domain.recommendations import RecommendationState
from services import live, recommendations


def test_a_scribed_line_joins_the_meeting_at_once(meeting_id):
    live.scribe(
        meeting_id, "Nights are hardest.", stakeholder_group=StakeholderGroup.PAST_CAREGIVER
    )

    (line,) = live.newest_lines(meeting_id)
    assert (line.text, line.stakeholder_group) == (
        "Nights are hardest.",
        StakeholderGroup.PAST_CAREGIVER,
    )


def test_a_proposing_line_becomes_a_draft_with_itself_as_evidence(meeting_id):
    live.scribe(meeting_id, "We should lend machines.", stakeholder_group=None, is_proposal=True)

    (view,) = recommendations.recommendations(meeting_id)
    assert view.recommendation.state is RecommendationState.DRAFT
    assert [e.quote.text for e in view.evidence] == ["We should lend machines."]


def test_an_empty_line_is_refused(meeting_id):
    with pytest.raises(NotAllowedNow):
        live.scribe(meeting_id, "   ", stakeholder_group=None)


def test_a_line_can_be_taken_back(meeting_id):
    utterance_id = live.scribe(meeting_id, "Oops.", stakeholder_group=None)

    live.take_back(utterance_id)

    assert live.newest_lines(meeting_id) == []


def test_a_line_from_a_file_cannot_be_taken_back(told_meeting):
    first = live.newest_lines(told_meeting)[-1]

    with pytest.raises(NotAllowedNow):
        live.take_back(first.utterance_id)


def test_captions_pasted_twice_are_kept_once(meeting_id):
    captions = "Ann Lee: The mask leaks.\nDr. Bo Diaz: We will look at it."

    live.paste(meeting_id, captions)
    live.paste(meeting_id, captions + "\nAnn Lee: Thank you all.")

    assert [line.text for line in live.newest_lines(meeting_id)] == [
        "Thank you all.",
        "We will look at it.",
        "The mask leaks.",
    ]


def test_a_turn_that_grew_since_the_last_paste_brings_only_what_is_new(meeting_id):
    live.paste(meeting_id, "Ann Lee: The mask leaks at night.\nAnn Lee: Every night.")
    grown = "Ann Lee: The mask leaks at night.\nAnn Lee: Every night.\nAnn Lee: Twice."
    live.paste(meeting_id, grown)

    live.paste(meeting_id, f"{grown}\nBo Diaz: I see.")

    assert [line.text for line in reversed(live.newest_lines(meeting_id))] == [
        "The mask leaks at night. Every night.",
        "Twice.",
        "I see.",
    ]


def test_a_short_answer_that_comes_again_is_not_lost(meeting_id):
    live.paste(meeting_id, "Ann Lee: Is that so?\nBo Diaz: Yes.")

    live.paste(meeting_id, "Ann Lee: And at night?\nBo Diaz: Yes.")
    live.paste(meeting_id, "Bo Diaz: Yes.")

    assert [line.text for line in live.newest_lines(meeting_id)].count("Yes.") == 3
