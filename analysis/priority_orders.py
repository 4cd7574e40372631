"""Which come first, by who is counted and how much. Start at `priority_orders`.

Whether an order hangs on who is counted is the first thing a critic asks of a programme whose
sponsors choose topics. All of it is worked out of the released vote (`analysis.support_ranges`):
where counts were withheld, it says which surely belong to the first ones and which may.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from analysis.order_certainty import certainty
from analysis.support_ranges import ANYTHING, NOTHING, Range, support, support_weighted
from analysis.suppression import Released, ReleasedVote
from domain.people import Family, StakeholderGroup

Floats = NDArray[np.float64]

_SURE, _LIKELY = 0.95, 0.8
_N_DRAWS = 400


class WhoCounts(StrEnum):
    """Whose answers make an order."""

    EVERYBODY = "everybody counts the same"
    GROUPS = "every group counts the same"
    NO_INDUSTRY = "without industry"
    LIVED = "only people living with ALS and caregivers"


class Why(StrEnum):
    """Why it cannot be told which come first."""

    FEW = "Not shown: fewer than five people"
    NOT_APART = "Not shown: these people are too few to be shown apart"
    WORDS = "Not shown: too much stands in words instead of counts"


class Sureness(StrEnum):
    """How sure it is that something belongs to the first ones, in words instead of numbers."""

    SURE = "sure"
    LIKELY = "likely"
    CLOSE = "too close to call"
    UNLIKELY = "unlikely"
    UNTOLD = "cannot be told"


@dataclass(frozen=True)
class PriorityOrder:
    """The first ones by one way of counting, as option numbers.

    ``surely`` are among the first in every vote that the release allows, most support first;
    ``perhaps`` in some, or they tie for the last places. ``n_left`` places are left for those.
    ``differs`` tells whether the first ones are others than when everybody counts the same, None
    where that is open. ``why_not`` where nothing is told.
    """

    who_counts: WhoCounts
    n_counted: int
    surely: tuple[int, ...] = ()
    perhaps: tuple[int, ...] = ()
    n_left: int = 0
    differs: bool | None = False
    why_not: Why | None = None


def priority_orders(
    votes: Sequence[ReleasedVote], n_first: int, *, may_pass: bool
) -> tuple[PriorityOrder, ...]:
    """Tell the first ones once for each way of counting.

    Support is the share who stand high: agree, choose, score 7 to 9, place in the first third.

    Parameters
    ----------
    votes
        What was released of each option for the room.
    n_first
        How many count as the first ones.
    may_pass
        Whether there is an answer between.

    Returns
    -------
    One for each `WhoCounts`. Every group counts the same after groups of fewer than k people were
    joined, as they are shown.
    """
    found: list[PriorityOrder] = []
    for who in WhoCounts:
        made = [_share(vote, who, may_pass=may_pass) for vote in votes]
        n_counted = max((n for n, _ in made), default=0)
        shares = [share for _, share in made]
        if why_not := _why_not(votes, n_counted, shares):
            order = PriorityOrder(who, n_counted, why_not=why_not)
        else:
            order = _first_ones(who, n_counted, [share or ANYTHING for share in shares], n_first)
        found.append(_beside(order, found[0]) if found else order)
    return tuple(found)


def sureness(
    votes: Sequence[ReleasedVote], n_first: int, *, may_pass: bool, is_ranking: bool = False
) -> tuple[Sureness, ...]:
    """How sure it is that each option is among the first, when everybody counts the same.

    Where counts were withheld it is told only as far as it is the same whatever they were: with
    the least support for the option and the most for all others, and the other way round.
    """
    ranges = [support(vote, may_pass=may_pass) for vote in votes]
    low, high = (np.array([float(bound) for bound in b]) for b in _bounds(ranges))
    n = np.array([max(1, vote.whole.n // (2 if is_ranking else 1)) for vote in votes])

    def word(option: int, own: Floats, others: Floats) -> Sureness:
        shares = others.copy()
        shares[option] = own[option]
        return _in_words(float(certainty(shares, n, n_first, n_draws=_N_DRAWS)[option]))

    pairs = [(word(o, low, high), word(o, high, low)) for o in range(len(votes))]
    return tuple(worst if worst is best else Sureness.UNTOLD for worst, best in pairs)


def _bounds(ranges: Sequence[Range]) -> tuple[list[Fraction], list[Fraction]]:
    return [r.low for r in ranges], [r.high for r in ranges]


def _share(vote: ReleasedVote, who: WhoCounts, *, may_pass: bool) -> tuple[int, Range | None]:
    """How many are counted, and their support; None where they are not shown apart."""
    if who is WhoCounts.EVERYBODY:
        return vote.whole.n, support(vote, may_pass=may_pass)
    if who is WhoCounts.GROUPS:
        if len(vote.groups) < 2:
            return vote.whole.n, None
        weights = [Fraction(1, part.n * len(vote.groups)) for part in vote.groups]
        return vote.whole.n, support_weighted(vote, weights, may_pass=may_pass)
    return _share_of(vote, _COUNTED[who], may_pass=may_pass)


def _share_of(
    vote: ReleasedVote, is_counted: Callable[[StakeholderGroup], bool], *, may_pass: bool
) -> tuple[int, Range | None]:
    parts: Sequence[Released] = vote.groups or (vote.whole,)
    counted = [[is_counted(group) for group in part.groups] for part in parts]
    n = sum(part.n for part, who in zip(parts, counted, strict=True) if who and all(who))
    if any(any(who) and not all(who) for who in counted):
        return n, None
    if not n:
        return n, NOTHING
    weights = [Fraction(all(who), n) for who in counted]
    return n, support_weighted(vote, weights, may_pass=may_pass)


_COUNTED: dict[WhoCounts, Callable[[StakeholderGroup], bool]] = {
    WhoCounts.NO_INDUSTRY: lambda group: group is not StakeholderGroup.INDUSTRY,
    WhoCounts.LIVED: lambda group: group.family is Family.LIVED_EXPERIENCE,
}


def _why_not(
    votes: Sequence[ReleasedVote], n_counted: int, shares: Sequence[Range | None]
) -> Why | None:
    if all(vote.whole.n < vote.k for vote in votes):
        return Why.FEW
    if all(share is None for share in shares):
        return Why.NOT_APART
    return Why.FEW if n_counted < votes[0].k else None


def _first_ones(
    who: WhoCounts, n_counted: int, known: Sequence[Range], n_first: int
) -> PriorityOrder:
    surely, perhaps = [], []
    for option, own in enumerate(known):
        others = [share for number, share in enumerate(known) if number != option]
        if sum(other.high >= own.low for other in others) < n_first:
            surely.append(option)
        elif sum(other.low > own.high for other in others) < n_first:
            perhaps.append(option)
    is_open = any(share.low < share.high for share in known)
    if is_open and not surely and len(perhaps) == len(known):
        return PriorityOrder(who, n_counted, why_not=Why.WORDS)
    surely.sort(key=lambda option: -known[option].low)
    return PriorityOrder(who, n_counted, tuple(surely), tuple(perhaps), n_first - len(surely))


def _beside(order: PriorityOrder, first: PriorityOrder) -> PriorityOrder:
    """The same, told whether its first ones are others than the first one's."""
    if order.why_not or first.why_not:
        return replace(order, differs=None)
    may_here, may_there = ({*o.surely, *o.perhaps} for o in (order, first))
    if set(order.surely) - may_there or set(first.surely) - may_here:
        return replace(order, differs=True)
    return replace(order, differs=None if order.perhaps or first.perhaps else False)


def _in_words(share: float) -> Sureness:
    if share >= _SURE:
        return Sureness.SURE
    if share >= _LIKELY:
        return Sureness.LIKELY
    return Sureness.CLOSE if share > 1 - _LIKELY else Sureness.UNLIKELY
