"""A vote in which recommendations are put in order by moving them. Start at `ranking_page`.

Everybody begins with an order of their own, made from their link, so that no recommendation gains
by being asked first. It counts from the first move on, or when it is kept as it stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from domain.ballots import Ballot, BallotItem
from domain.errors import FormRefused
from domain.ids import BallotId, RecommendationId
from domain.votes import Method
from services.keys import derive
from services.page_marks import make_mark, press_hash, purpose_of, read_mark
from services.pressing import Sitting
from services.voters import reading
from services.voting import Outcome, answers_in, item_at, open_ballot_of
from store import presses


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
        return _page(secret, ballot, answers_in(tx, secret, ballot), position)


@dataclass(frozen=True)
class MovePress:
    """A press that moves one recommendation by a place, or keeps the order as it stands."""

    secret: str
    ballot_id: BallotId
    position: int
    wanted: Move
    mark: str

    def keep(self, sitting: Sitting) -> Outcome:
        """Lay the new order; the very press that was counted before changes nothing again.

        Raises
        ------
        FormRefused
            If the vote is no ranking.
        """
        booth = sitting.booth(self.secret, self.ballot_id)
        page = _page(self.secret, booth.ballot, booth.given, self.position)
        purpose = purpose_of("rank", self.ballot_id, page.item)
        if read_mark(self.secret, purpose, self.mark).is_too_soon:
            return Outcome.TOO_SOON
        press = press_hash(self.mark, self.wanted.value)
        if presses.spend(sitting.tx, self.ballot_id, press):
            booth.lay(_places(_moved(page, self.wanted)))
        return Outcome.SAVED


def own_order(secret: str, ballot: Ballot) -> tuple[BallotItem, ...]:
    """The order in which this person meets the recommendations."""
    return tuple(
        sorted(
            ballot.items,
            key=lambda item: derive(secret, f"order|{ballot.ballot_id}|{item.recommendation_id}"),
        )
    )


def _page(
    secret: str, ballot: Ballot, places: Mapping[RecommendationId, int], position: int
) -> RankingPage:
    if ballot.method is not Method.RANKING:
        raise FormRefused(found="This vote does not ask for an order.")
    item = item_at(ballot, position)
    order = own_order(secret, ballot)
    if places:
        order = tuple(sorted(order, key=lambda item: places[item.recommendation_id]))
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
