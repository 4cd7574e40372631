"""Two votes on the same recommendations, before and after a talk. See `compare`.

Only what each vote released is put side by side. A difference is told where both were counted and
at least k people's answers lie between the two: a smaller one would be a few people's change.
"""

from dataclasses import dataclass

from analysis.suppression import ROOM_K, ReleasedVote, in_words
from domain.access import Act
from domain.ballots import BallotState
from domain.errors import NotAllowedNow
from domain.ids import BallotId, MeetingId
from services import whose
from services.access import require
from services.ballots import results_in
from services.runtime import runtime
from store import ballots

MORE, FEWER, ALIKE = "more than before", "fewer than before", "about as many as before"
UNTOLD = "cannot be told"


@dataclass(frozen=True)
class Compared:
    """One recommendation in two votes, in words, and what may be said of the change."""

    text: str
    before: str
    after: str
    change: str


def comparable(ballot_id: BallotId) -> list[tuple[BallotId, str]]:
    """Closed votes of the meeting in the same way on some of the same, that closed earlier."""
    meeting_id = whose.ballot(ballot_id)
    require(Act.READ, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        after = ballots.ballot_by_id(tx, ballot_id)
        held = ballots.ballots_of(tx, meeting_id)
    asked = {item.recommendation_id for item in after.items}
    return [
        (one.ballot_id, one.title)
        for one in held
        if one.ballot_id != ballot_id
        and one.state is BallotState.CLOSED
        and one.method is after.method
        and one.closed_at
        and after.closed_at
        and one.closed_at <= after.closed_at
        and asked & {item.recommendation_id for item in one.items}
    ]


def compare(before_id: BallotId, after_id: BallotId) -> list[Compared]:
    """What both asked, in the order of the later one.

    Raises
    ------
    NotAllowedNow
        If one of them is not closed for everybody, or they are of two meetings.
    """
    meeting_id: MeetingId = whose.ballot(after_id)
    require(Act.READ, meeting_id=meeting_id)
    if whose.ballot(before_id) != meeting_id:
        raise NotAllowedNow(reason="These votes are of two meetings: different people voted.")
    with runtime().store.read() as tx:
        earlier = {r.item.recommendation_id: r for r in results_in(tx, before_id).results}
        later = results_in(tx, after_id).results
    return [
        Compared(
            result.item.text,
            in_words(earlier[result.item.recommendation_id].vote.whole, result.wording),
            in_words(result.vote.whole, result.wording),
            change(earlier[result.item.recommendation_id].vote, result.vote),
        )
        for result in later
        if result.item.recommendation_id in earlier
    ]


def change(before: ReleasedVote, after: ReleasedVote) -> str:
    """By how the share that agrees moved; in counts of people, k of them at least."""
    one, two = before.whole, after.whole
    if one.n_agree is None or two.n_agree is None or not one.n or not two.n:
        return UNTOLD
    moved = (two.n_agree / two.n - one.n_agree / one.n) * min(one.n, two.n)
    if abs(moved) < ROOM_K:
        return ALIKE
    return MORE if moved > 0 else FEWER
