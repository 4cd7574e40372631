"""What a whole meeting was told about its words."""

import pytest

from domain.access import Actor, Grant, StaffRole
from domain.errors import NotAllowedNow, NotPermitted
from domain.talk import ConsentUse
from services import agreements, live, transcripts
from services.access import acting_as
from services.agreements import Told
from store import consent
from tests.services.conftest import agree


def test_before_anybody_was_told_nothing_may_be_done(meeting_id):
    """B-4: Silence of a meeting shares nothing."""
    now = agreements.agreement_of(meeting_id)

    assert (now.is_asked, now.may_group, now.may_quote) == (False, False, False)


def test_what_was_told_is_kept_with_where_it_is_written(meeting_id):
    agree(meeting_id)

    now = agreements.agreement_of(meeting_id)

    assert (now.is_asked, now.may_group, now.may_quote) == (True, True, True)
    assert now.written_where == "announced in the room: minute 2"


def test_people_who_were_told_nothing_yet_share_nothing(meeting_id):
    agreements.record_agreement(
        meeting_id, Told.NOTHING, may_quote=True, written_where="whatever was typed"
    )

    now = agreements.agreement_of(meeting_id)

    assert (now.is_asked, now.may_group, now.may_quote) == (True, False, False)


def test_the_newest_holds_and_earlier_lines_follow_it(meeting_id):
    """B-4: An agreement is changeable, and obeyed on the next request."""
    live.scribe(meeting_id, "Nights are hardest.", stakeholder_group=None)
    agree(meeting_id)
    assert len(transcripts.utterances(meeting_id)) == 1

    agreements.record_agreement(meeting_id, Told.NOTHING, may_quote=False, written_where="")

    assert transcripts.utterances(meeting_id) == []


def test_a_meetings_agreement_does_not_reach_what_came_with_its_own(told_meeting, store):
    """B-4: A source that agreed to less keeps its own word."""
    with store.write() as tx:
        (source,) = {u.transcript_id for u in transcripts.utterances(told_meeting)}
        no = {ConsentUse.QUOTED: False}
        consent.add_consent(
            tx, told_meeting, no, written_where="", recorded_by="f", transcript_id=source
        )

    agree(told_meeting)

    assert transcripts.utterances(told_meeting) == []


@pytest.mark.parametrize("told", [Told.ANNOUNCED, Told.FORM])
def test_an_agreement_that_is_written_nowhere_is_refused(meeting_id, told):
    with pytest.raises(NotAllowedNow, match="where it is written"):
        agreements.record_agreement(meeting_id, told, may_quote=True, written_where=" ")

    assert not agreements.agreement_of(meeting_id).is_asked


@pytest.mark.parametrize("role", [r for r in StaffRole if r is not StaffRole.FACILITATOR])
def test_only_a_facilitator_writes_an_agreement_down(meeting_id, role):
    """B-15: What people agreed to is written down by whoever runs the meeting."""
    with acting_as(Actor("Ann", (Grant(role),))), pytest.raises(NotPermitted):
        agree(meeting_id)
