"""How much support a released vote can hold, for some or all of its groups. Start at `support`.

Everything here is worked out of what `analysis.suppression` releases and of nothing else. Whoever
reads the release could do the same sums; so an order or a set that is made of them tells nobody
more than the release, however often and for whomever it is made.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from analysis.small_cells import agree_behind
from analysis.suppression import ROOM_K, Released, ReleasedVote
from domain.people import StakeholderGroup

Groups = frozenset[StakeholderGroup]


@dataclass(frozen=True)
class Range:
    """The least and the most that a share (0-1) can be behind what is released."""

    low: Fraction
    high: Fraction


ANYTHING = Range(Fraction(0), Fraction(1))
NOTHING = Range(Fraction(0), Fraction(0))


def support(vote: ReleasedVote, *, may_pass: bool) -> Range:
    """The share of everybody who stand high (agree, choose, 7 to 9, first third)."""
    n = vote.whole.n
    if not n:
        return NOTHING
    fewest, most = agree_in_all(vote, may_pass=may_pass)
    return Range(Fraction(fewest, n), Fraction(most, n))


def support_weighted(vote: ReleasedVote, weights: Sequence[Fraction], *, may_pass: bool) -> Range:
    """A sum over the groups of how many stand high times what one of them weighs.

    Parameters
    ----------
    vote
        One recommendation as it was released for the room.
    weights
        What one person of each group weighs, at least 0, in the vote's order.
    may_pass
        Whether there is an answer between.
    """
    parts = vote.groups or (vote.whole,)
    ranges = [agree_in(part, may_pass=may_pass) for part in parts]
    fewest, most = agree_in_all(vote, may_pass=may_pass)
    missing = fewest - sum(low for low, _ in ranges)
    spare = sum(high for _, high in ranges) - most
    low = high = Fraction(0)
    # What the whole has beyond the least of each group lies, at the least, where it weighs least.
    for weight, (least, greatest) in sorted(zip(weights, ranges, strict=True)):
        more, fewer = (min(max(n, 0), greatest - least) for n in (missing, spare))
        low += weight * (least + more)
        high += weight * (greatest - fewer)
        missing -= more
        spare -= fewer
    return Range(low, high)


def agree_in(part: Released, *, may_pass: bool) -> tuple[int, int]:
    """The fewest and the most of a released part who may stand high."""
    if part.n_agree is not None:
        return part.n_agree, part.n_agree
    if part.phrase is None:
        return 0, part.n
    return agree_behind(part.n, part.phrase, ROOM_K, may_pass=may_pass)


def agree_in_all(vote: ReleasedVote, *, may_pass: bool) -> tuple[int, int]:
    """The fewest and the most of everybody who may stand high."""
    if vote.whole.n_agree is not None or not vote.groups:
        return agree_in(vote.whole, may_pass=may_pass)
    ranges = [agree_in(part, may_pass=may_pass) for part in vote.groups]
    return sum(low for low, _ in ranges), sum(high for _, high in ranges)


def parts_in_common(votes: Sequence[ReleasedVote]) -> tuple[Groups, ...]:
    """The finest parts that can be told apart at every recommendation, in the first one's order."""
    found: list[Groups] = []
    for vote in votes:
        for part in vote.groups or (vote.whole,):
            joined = frozenset(part.groups)
            apart = []
            for one in found:
                if one & joined:
                    joined |= one
                else:
                    apart.append(one)
            found = [*apart, joined]
    order = list(StakeholderGroup)
    return tuple(sorted((p for p in found if p), key=lambda p: min(map(order.index, p))))
