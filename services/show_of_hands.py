"""Who answered what in a show of hands, for those who run the vote. See `who_answered`.

A confidential vote has nothing here: the store refuses to keep whose an answer is.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.access import Act
from domain.ballots import Ballot, BallotState, Secrecy
from domain.errors import NotAllowedNow
from domain.ids import AttendanceId, BallotId
from services import whose
from services.access import require
from services.runtime import runtime
from store import ballots, meetings
from store import show_of_hands as kept


@dataclass(frozen=True)
class Raised:
    """What one person answered, by position; empty where they did not answer."""

    attendance_id: AttendanceId
    name: str
    given: Mapping[int, int]
    is_proxy: bool = False


@dataclass(frozen=True)
class ShownHands:
    """A show of hands, person by person, in the order of their names."""

    ballot: Ballot
    people: tuple[Raised, ...]


def who_answered(ballot_id: BallotId) -> ShownHands:
    """What each person answered in a closed show of hands.

    Raises
    ------
    NotAllowedNow
        If the vote is confidential, or not closed for everybody.
    """
    meeting_id = whose.ballot(ballot_id)
    require(Act.RUN_VOTE, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        ballot = ballots.ballot_by_id(tx, ballot_id)
        if ballot.secrecy is not Secrecy.NAMED:
            raise NotAllowedNow(reason="This vote is confidential: nobody sees who answered what.")
        if ballot.state is not BallotState.CLOSED:
            raise NotAllowedNow(reason="Hands are shown when the vote has closed for everybody.")
        found = kept.answers_by_person(tx, ballot_id)
        answered_for = kept.answered_for(tx, ballot_id)
        names = {a.attendance_id: a.name for a in meetings.roster_of(tx, meeting_id)}
    place = {item.recommendation_id: item.position for item in ballot.items}
    people = [
        Raised(
            who, names.get(who, ""), {place[r]: a for r, a in given.items()}, who in answered_for
        )
        for who, given in found.items()
    ]
    return ShownHands(ballot, tuple(sorted(people, key=lambda one: one.name)))
