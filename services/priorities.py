"""What a closed vote says of priorities, and whether that hangs on who is counted.

Start at `priorities`. All of it is worked out of the released vote, as the room sees it, and of
nothing else: so it tells nobody more than that, however many ways of counting are asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.priority_orders import Sureness, WhoCounts, priority_orders, sureness
from analysis.released_sets import ReleasedSet, choose
from analysis.support_ranges import agree_in_all
from domain.access import Act
from domain.ballots import Ballot, BallotItem
from domain.ids import BallotId
from domain.votes import WORDINGS, Method, Wording
from services import whose
from services.access import require
from services.ballots import BallotResults, results_in
from services.runtime import runtime

FIRST = 3
SURELY_MORE, NO_MORE = "more than half support", "for none of them more than half"
UNTOLD = "cannot be told"


@dataclass(frozen=True)
class Order:
    """The first ones by one way of counting; ``why_not`` where they are not told.

    ``surely`` belong to them; of ``perhaps`` there are ``n_left``, and which is open; ``not_among``
    them are the others, whatever is withheld.
    """

    who_counts: str
    n_counted: int
    surely: tuple[BallotItem, ...]
    perhaps: tuple[BallotItem, ...]
    not_among: tuple[BallotItem, ...]
    n_left: int
    differs: bool | None
    why_not: str

    @property
    def is_everybody(self) -> bool:
        return self.who_counts == WhoCounts.EVERYBODY.value


@dataclass(frozen=True)
class Support:
    """How many of ``n`` stand behind a recommendation: the fewest and the most, as is shown."""

    item: BallotItem
    n: int
    fewest: int
    most: int

    @property
    def share(self) -> tuple[float, float]:
        """The least and the most of everybody, 0-1."""
        return self.fewest / self.n, self.most / self.n


@dataclass(frozen=True)
class Priorities:
    """The first ``n_first`` by every way of counting, and in words how sure a place is.

    Those that are unlikely to be among them, and those of which it cannot be told, are left out of
    ``sureness``, by the position on the ballot. ``support`` is of everybody, by its middle, of
    those of which anything is told.
    """

    ballot: Ballot
    n_first: int
    wording: Wording
    orders: tuple[Order, ...]
    sureness: dict[int, str]
    support: tuple[Support, ...]


@dataclass(frozen=True)
class Holds:
    """What a set holds for a group, in words."""

    label: str
    n: int
    told: str


@dataclass(frozen=True)
class ChosenSet:
    """A set of recommendations, and what it holds for each group.

    ``tied`` are those that lost a place by the tie rule alone.
    """

    chosen: tuple[BallotItem, ...]
    tied: tuple[BallotItem, ...]
    for_whom: tuple[Holds, ...]


@dataclass(frozen=True)
class SetChoice:
    """The set by equal shares beside that by plain majority; the same, or not.

    ``by_group`` is False where groups are too few to be shown apart: then both are the same.
    """

    n_places: int
    by_shares: ChosenSet
    by_majority: ChosenSet
    by_group: bool

    @property
    def is_same(self) -> bool:
        return set(self.by_shares.chosen) == set(self.by_majority.chosen)


def priorities(ballot_id: BallotId, n_first: int = FIRST) -> Priorities:
    """The first ones of a closed vote by every way of counting.

    Raises
    ------
    NotAllowedNow
        If the vote is not closed.
    """
    require(Act.READ, meeting_id=whose.ballot(ballot_id))
    shown = _shown(ballot_id)
    items, method = shown.ballot.items, shown.ballot.method
    votes, may_pass = [r.vote for r in shown.results], method is not Method.APPROVAL
    n_first = min(n_first, len(items))
    orders = tuple(
        Order(
            o.who_counts.value,
            o.n_counted,
            tuple(items[i] for i in o.surely),
            tuple(items[i] for i in o.perhaps),
            tuple(
                item
                for i, item in enumerate(items)
                if not (o.why_not or i in o.surely or i in o.perhaps)
            ),
            o.n_left,
            o.differs,
            o.why_not.value if o.why_not else "",
        )
        for o in priority_orders(votes, n_first, may_pass=may_pass)
    )
    places: dict[int, str] = {}
    if not orders[0].why_not:
        is_ranking = method is Method.RANKING
        sure = sureness(votes, n_first, may_pass=may_pass, is_ranking=is_ranking)
        places = {
            item.position: word.value
            for item, word in zip(items, sure, strict=True)
            if word not in (Sureness.UNLIKELY, Sureness.UNTOLD)
        }
    support = _support(shown, may_pass=may_pass)
    return Priorities(shown.ballot, n_first, WORDINGS[method], orders, places, support)


def choose_set(ballot_id: BallotId, n_places: int) -> SetChoice | None:
    """A set that leaves no group with nothing, beside what plain majority would choose.

    None where too little is told for that, or the vote asked for an order.

    Raises
    ------
    NotAllowedNow
        If the vote is not closed.
    """
    require(Act.READ, meeting_id=whose.ballot(ballot_id))
    shown = _shown(ballot_id)
    if shown.ballot.method is Method.RANKING:
        return None
    n_places = min(n_places, len(shown.ballot.items))
    votes = [r.vote for r in shown.results]
    found = choose(votes, n_places, may_pass=shown.ballot.method is not Method.APPROVAL)
    if found is None:
        return None
    by_shares, by_majority = (_told(shown.ballot, one) for one in found)
    return SetChoice(n_places, by_shares, by_majority, len(by_shares.for_whom) > 1)


def _support(shown: BallotResults, *, may_pass: bool) -> tuple[Support, ...]:
    found = [
        Support(r.item, r.vote.whole.n, *agree_in_all(r.vote, may_pass=may_pass))
        for r in shown.results
        if r.vote.whole.n >= r.vote.k
    ]
    told = [one for one in found if one.most - one.fewest < one.n]
    return tuple(sorted(told, key=lambda one: (-sum(one.share), -one.fewest, one.item.position)))


def _told(ballot: Ballot, found: ReleasedSet) -> ChosenSet:
    def named(options: Iterable[int]) -> tuple[BallotItem, ...]:
        return tuple(ballot.items[o] for o in sorted(options))

    for_whom = []
    for group in found.for_whom:
        told = UNTOLD if group.perhaps else NO_MORE
        if group.surely:
            numbers = ", ".join(str(item.position) for item in named(group.surely))
            told = f"{SURELY_MORE} {numbers}"
        for_whom.append(Holds(group.label, group.n, told))
    chosen = named(c.option for c in found.chosen)
    return ChosenSet(chosen, named(found.tied), tuple(for_whom))


def _shown(ballot_id: BallotId) -> BallotResults:
    with runtime().store.read() as tx:
        return results_in(tx, ballot_id)
