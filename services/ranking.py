"""A vote in which recommendations are put in order by moving them. Start at `ranking_page`.

Everybody begins with an order of their own, made from their link, so that no recommendation gains
by being asked first. It counts from the first move on, or when it is kept as it stands.
"""

from dataclasses import dataclass
from enum import Enum

from domain.ballots import Ballot, BallotItem
from domain.errors import FormRefused, NotFound
from domain.ids import BallotId, RecommendationId
from domain.votes import Method
from services.keys import derive
from services.page_marks import make_mark, press_hash, purpose_of, read_mark
from services.voters import reading
from services.voting import Outcome, answers_in, lay, open_ballot_of, pressing
from store import presses
from store.engine import Connection


class Move(Enum):
    """What can be done with the recommendation on the page."""

    UP = "up"
    DOWN = "down"
    KEEP = "keep"


@dataclass(frozen=True)
class RankingPage:
    """One recommendation with its place and its neighbours; ``order`` is the whole, first first."""

    ballot: Ballot
    item: BallotItem
    order: tuple[BallotItem, ...]
    is_counted: bool
    mark: str

    @property
    def place(self) -> int:
        return self.order.index(self.item) + 1

    @property
    def above(self) -> BallotItem | None:
        return self.order[self.place - 2] if self.place > 1 else None

    @property
    def below(self) -> BallotItem | None:
        return self.order[self.place] if self.place < len(self.order) else None


def ranking_page(secret: str, ballot_id: BallotId, position: int) -> RankingPage:
    """The recommendation at this position of the ballot, where the person has it.

    Raises
    ------
    BallotClosed
        If the vote takes no more answers.
    NotFound
        If there is no such vote for this person, or it has no such recommendation.
    """
    with reading() as tx:
        ballot, _ = open_ballot_of(tx, secret, ballot_id)
        return _page(tx, secret, ballot, position)


def move(secret: str, ballot_id: BallotId, position: int, wanted: Move, mark: str) -> Outcome:
    """Move one recommendation by a place, or keep the order as it stands.

    The very press that was counted before changes nothing when it comes again.

    Raises
    ------
    FormRefused
        If the vote is no ranking.
    """
    with pressing(secret, ballot_id) as (tx, ballot, attendance):
        page = _page(tx, secret, ballot, position)
        if read_mark(secret, purpose_of("rank", ballot_id, page.item), mark).is_too_soon:
            return Outcome.TOO_SOON
        press = press_hash(mark, wanted.value)
        if presses.is_spent(tx, ballot_id, press):
            return Outcome.SAVED
        lay(tx, secret, ballot, attendance, _places(_moved(page, wanted)))
        presses.spend(tx, ballot_id, press)
    return Outcome.SAVED


def own_order(secret: str, ballot: Ballot) -> tuple[BallotItem, ...]:
    """The order in which this person meets the recommendations."""
    return tuple(
        sorted(
            ballot.items,
            key=lambda item: derive(secret, f"order|{ballot.ballot_id}|{item.recommendation_id}"),
        )
    )


def _page(tx: Connection, secret: str, ballot: Ballot, position: int) -> RankingPage:
    if ballot.method is not Method.RANKING:
        raise FormRefused(found="This vote does not ask for an order.")
    if not 1 <= position <= len(ballot.items):
        raise NotFound(kind="recommendation in this vote", id=position)
    places = answers_in(tx, secret, ballot)
    order = own_order(secret, ballot)
    if places:
        order = tuple(sorted(order, key=lambda item: places[item.recommendation_id]))
    item = ballot.items[position - 1]
    mark = make_mark(secret, purpose_of("rank", ballot.ballot_id, item))
    return RankingPage(ballot, item, order, bool(places), mark)


def _moved(page: RankingPage, wanted: Move) -> list[BallotItem]:
    order = list(page.order)
    here = page.place - 1
    there = here + {Move.UP: -1, Move.DOWN: 1, Move.KEEP: 0}[wanted]
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
    return order


def _places(order: list[BallotItem]) -> dict[RecommendationId, int]:
    return {item.recommendation_id: place for place, item in enumerate(order, start=1)}
