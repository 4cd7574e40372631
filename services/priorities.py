"""What a closed vote says of priorities, and whether that hangs on who is counted.

Start at `priorities`. Nothing of it is a count: orders and words, since many ways to count the same
answers would together tell what few people gave.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.equal_shares import Chosen, equal_shares, most_approved
from analysis.priority_orders import Sureness, WhoCounts, priority_orders, sureness
from analysis.suppression import ROOM_K, ReleasedVote, release_in_phrases
from analysis.tallies import Counts
from domain.access import Act
from domain.ballots import Ballot, BallotItem, BallotState
from domain.errors import NotAllowedNow
from domain.ids import BallotId
from domain.people import StakeholderGroup
from domain.votes import Method, Wording
from services import whose
from services.access import require
from services.runtime import runtime
from store import ballots as kept

FIRST = 3
_APPROVES_FROM = {Method.AGREEMENT: 1, Method.APPROVAL: 1, Method.SCORES: 7}
FINDS_SOMETHING = Wording(
    "What a set holds for each group",
    "",
    "find something they support in it",
    "",
    "find nothing they support in it",
)


@dataclass(frozen=True)
class Order:
    """Recommendations by one way of counting; empty where it may not be shown."""

    who_counts: str
    order: tuple[BallotItem, ...]
    n_counted: int
    differs: bool

    @property
    def is_everybody(self) -> bool:
        return self.who_counts == WhoCounts.EVERYBODY.value


@dataclass(frozen=True)
class Priorities:
    """Orders, and in words how sure a recommendation is to be among the first ``n_first``.

    Those that are unlikely to be are left out, by the position on the ballot.
    """

    ballot: Ballot
    n_first: int
    orders: tuple[Order, ...]
    sureness: dict[int, str]


@dataclass(frozen=True)
class ChosenSet:
    """A set of recommendations, and whether it holds something for most of each group.

    ``tied`` are those that lost a place by the tie rule alone.
    """

    chosen: tuple[BallotItem, ...]
    tied: tuple[BallotItem, ...]
    for_whom: ReleasedVote


@dataclass(frozen=True)
class SetChoice:
    """The set by equal shares beside that by plain majority; the same, or not."""

    n_places: int
    by_shares: ChosenSet
    by_majority: ChosenSet

    @property
    def is_same(self) -> bool:
        return set(self.by_shares.chosen) == set(self.by_majority.chosen)


def priorities(ballot_id: BallotId, n_first: int = FIRST, k: int = ROOM_K) -> Priorities:
    """The order of a closed vote by every way of counting.

    Raises
    ------
    NotAllowedNow
        If the vote is not closed.
    """
    require(Act.READ, meeting_id=whose.ballot(ballot_id))
    ballot, groups, values = _answers(ballot_id)
    scores = -values if ballot.method is Method.RANKING else values
    n_first = min(n_first, len(ballot.items))
    orders = tuple(
        Order(
            o.who_counts.value,
            () if o.order is None else tuple(ballot.items[i] for i in o.order),
            o.n_counted,
            o.differs,
        )
        for o in priority_orders(scores, groups, n_first, k=k)
    )
    sure = sureness(scores, groups, n_first, k=k) or ()
    places = {
        item.position: word.value
        for item, word in zip(ballot.items, sure, strict=False)
        if word is not Sureness.UNLIKELY
    }
    return Priorities(ballot, n_first, orders, places)


def choose_set(ballot_id: BallotId, n_places: int, k: int = ROOM_K) -> SetChoice | None:
    """A set that leaves no group with nothing, beside what plain majority would choose.

    None where too few people answered for a set to be told, or the vote asked for an order.

    Raises
    ------
    NotAllowedNow
        If the vote is not closed.
    """
    require(Act.READ, meeting_id=whose.ballot(ballot_id))
    ballot, groups, values = _answers(ballot_id)
    if ballot.method not in _APPROVES_FROM or len(groups) < k:
        return None
    least, n_options = _APPROVES_FROM[ballot.method], len(ballot.items)
    # Who did not answer approves of nothing: NaN is at least nothing.
    approvals = [frozenset(np.flatnonzero(row >= least).tolist()) for row in values]
    n_places = min(n_places, n_options)

    def told(found: tuple[Chosen, ...]) -> ChosenSet:
        return _told(ballot, found, approvals, groups, k)

    return SetChoice(
        n_places,
        told(equal_shares(approvals, n_options, n_places)),
        told(most_approved(approvals, n_options, n_places)),
    )


def _told(
    ballot: Ballot,
    found: Sequence[Chosen],
    approvals: Sequence[frozenset[int]],
    groups: Sequence[StakeholderGroup],
    k: int,
) -> ChosenSet:
    options = frozenset(c.option for c in found)
    by_group: dict[StakeholderGroup, Counts] = {}
    for approved, group in zip(approvals, groups, strict=True):
        has_some = not options.isdisjoint(approved)
        one = Counts(n_agree=has_some, n_disagree=not has_some)
        by_group[group] = by_group.get(group, Counts()) + one
    tied = frozenset(o for c in found for o in c.tied_with) - options
    return ChosenSet(
        tuple(item for n, item in enumerate(ballot.items) if n in options),
        tuple(item for n, item in enumerate(ballot.items) if n in tied),
        release_in_phrases(by_group, k),
    )


def _answers(
    ballot_id: BallotId,
) -> tuple[Ballot, list[StakeholderGroup], NDArray[np.float64]]:
    """A closed vote with the group of everybody who answered for themselves, and their answers.

    Shape (n_people, n_options), NaN where somebody did not answer.
    """
    with runtime().store.read() as tx:
        ballot = kept.ballot_by_id(tx, ballot_id)
        if ballot.state is not BallotState.CLOSED:
            raise NotAllowedNow(reason="Results are shown when the vote has closed.")
        rows = [row for row in kept.box_of(tx, ballot_id) if not row[4]]
    people = {key: n for n, key in enumerate(dict.fromkeys(row[0] for row in rows))}
    place = {item.recommendation_id: n for n, item in enumerate(ballot.items)}
    values = np.full((len(people), len(ballot.items)), np.nan)
    groups = [StakeholderGroup.OTHER] * len(people)
    for key, recommendation_id, given, group, _ in rows:
        values[people[key], place[recommendation_id]] = given
        groups[people[key]] = group
    return ballot, groups, values
