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
