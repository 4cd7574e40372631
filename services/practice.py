"""Trying out a vote as one of the sample's invented people. Start at `people_to_try`.

This is the one place where somebody without any role gets personal links: only the sample's,
whose people are invented, and only while there are no accounts and so only on this computer.
"""

from domain.access import EVERY_ROLE, Actor
from domain.ballots import BallotState
from domain.errors import NotAllowedNow
from domain.ids import MeetingId, ProgrammeId
from domain.meetings import Attendance
from services import accounts, ballots
from services.access import acting_as
from services.links import links_for
from services.meetings import meetings_of
from services.recommendations import recommendations
from services.runtime import runtime
from store import meetings

N_ASKED = 5
NOT_HERE = "A vote can be tried in the sample only, while this program has no accounts."
_TRYING = Actor("participant", EVERY_ROLE)


def people_to_try() -> list[tuple[Attendance, str]]:
    """The people of the newest sample meeting with an open vote, each with their link.

    Raises
    ------
    NotAllowedNow
        If there is no sample here, or there are accounts.
    """
    programme_id = _sample()
    with acting_as(_TRYING):
        for summary in meetings_of(programme_id):
            meeting_id = summary.meeting.meeting_id
            if _has_open_vote(meeting_id):
                return links_for(meeting_id)
    return []


def open_practice_vote() -> None:
    """Ask the people of the newest sample meeting about a few of its recommendations.

    Raises
    ------
    NotAllowedNow
        If there is no sample here, or there are accounts.
    """
    programme_id = _sample()
    with acting_as(_TRYING):
        newest = meetings_of(programme_id)[0].meeting.meeting_id
        asked = [v.recommendation.recommendation_id for v in recommendations(newest)[:N_ASKED]]
        ballots.open_ballot(newest, asked, "Practice vote", actor=_TRYING.name)


def _sample() -> ProgrammeId:
    with runtime().store.read() as tx:
        samples = [p.programme_id for p in meetings.programmes(tx) if p.is_sample]
    if not samples or accounts.has_accounts():
        raise NotAllowedNow(reason=NOT_HERE)
    return samples[0]


def _has_open_vote(meeting_id: MeetingId) -> bool:
    held = ballots.ballots_of(meeting_id)
    return any(summary.ballot.state is BallotState.OPEN for summary in held)
