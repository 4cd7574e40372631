"""The pages of a vote as somebody who does not exist would see them. See `preview_page`.

Nobody is on a roll here and no secret is made: there is nothing that an answer could be kept under.
"""

from dataclasses import dataclass

from domain.access import Act
from domain.ballots import Ballot
from domain.errors import NotFound
from domain.ids import AttendanceId, BallotId, PersonId
from domain.meetings import Attendance
from domain.people import StakeholderGroup
from domain.votes import Method
from services import whose
from services.access import require
from services.ranking import RankingPage
from services.runtime import runtime
from services.voters import Voter
from services.voting import BallotPage
from store import ballots, meetings

NOBODY = "Alex Example"


@dataclass(frozen=True)
class PreviewPage:
    """One page, and the made-up person who sees it."""

    ballot: Ballot
    voter: Voter
    page: BallotPage | RankingPage

    @property
    def next_position(self) -> int:
        """The recommendation after this one; after the last, the first again."""
        return self.page.item.position % len(self.ballot.items) + 1


def preview_page(ballot_id: BallotId, position: int) -> PreviewPage:
    """One recommendation of a vote, in whatever state the vote is.

    Raises
    ------
    NotFound
        If there is no such vote or recommendation.
    """
    meeting_id = whose.ballot(ballot_id)
    require(Act.RUN_VOTE, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        ballot = ballots.ballot_by_id(tx, ballot_id)
        meeting = meetings.meeting_by_id(tx, meeting_id)
        held = next(p for p in meetings.programmes(tx) if p.programme_id == meeting.programme_id)
    if not 1 <= position <= len(ballot.items):
        raise NotFound(kind="recommendation in this vote", id=position)
    nobody = Attendance(AttendanceId(""), meeting_id, PersonId(""), NOBODY, StakeholderGroup.OTHER)
    item = ballot.items[position - 1]
    page: BallotPage | RankingPage
    if ballot.method is Method.RANKING:
        page = RankingPage(ballot, item, ballot.items, is_counted=False, mark="")
    else:
        page = BallotPage(ballot, item, None, frozenset(), "")
    voter = Voter("", nobody, meeting, held.is_sample, False, time_zone=held.time_zone)
    return PreviewPage(ballot, voter, page)
