"""What may be seen of a vote while it is open: how many, never who or what. Start at `glimpse`."""

from collections.abc import Collection
from dataclasses import dataclass

from domain.access import Act
from domain.ballots import BallotState
from domain.errors import NotFound
from domain.ids import BallotId
from services import whose
from services.access import require
from services.runtime import runtime
from store.turnouts import turnouts


@dataclass(frozen=True)
class Glimpse:
    """How many have answered of how many who may, and how many of them not everything yet."""

    n_answered: int
    n_invited: int
    n_underway: int
    is_open: bool

    @property
    def of(self) -> str:
        """What stands behind the large number."""
        return f"of {self.n_invited} people have answered"

    @property
    def told(self) -> str:
        """The rest of it, in words."""
        n_waiting = self.n_invited - self.n_answered
        if not self.is_open:
            return "The vote is closed."
        if self.n_underway:
            have = "has" if self.n_underway == 1 else "have"
            now = f"{self.n_underway} {have} begun and not answered everything yet. "
        else:
            now = ""
        if n_waiting == 0:
            waiting = "Everybody has answered." if not now else "Nobody is missing."
        else:
            waiting = f"{n_waiting} {'has' if n_waiting == 1 else 'have'} not answered yet."
        return f"{now}{waiting} Results are shown when the vote has closed."


def glimpse(ballot_id: BallotId) -> Glimpse:
    """How far one vote is."""
    require(Act.READ, meeting_id=whose.ballot(ballot_id))
    found = _read([ballot_id])
    if ballot_id not in found:
        raise NotFound(kind="ballot", id=ballot_id)
    return found[ballot_id]


def glimpses(ballot_ids: Collection[BallotId]) -> dict[BallotId, Glimpse]:
    """How far several votes are, at once, for whoever passes each on to those who may see it."""
    require(Act.READ)
    return _read(ballot_ids)


def _read(ballot_ids: Collection[BallotId]) -> dict[BallotId, Glimpse]:
    with runtime().store.read() as tx:
        found = turnouts(tx, ballot_ids)
    return {
        ballot_id: Glimpse(answered, invited, underway, state is BallotState.OPEN)
        for ballot_id, (answered, invited, underway, state) in found.items()
    }
