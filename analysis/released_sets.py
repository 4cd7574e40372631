"""A set of recommendations by equal shares, out of the released vote alone. Start at `choose`.

Equal shares need to know what each person wants, and whole ballots beside the counts would tell a
few people's answers. What is shown of each stakeholder group is enough for what the method is here
for, that no stakeholder group goes without: everybody of a group is taken to want a recommendation
as much as their group does, as `analysis.equal_shares` allows. A wish that people of several groups
share, and few of each, is not seen.

A group in words counts with a middle of what its words allow, the same for every group, so that
all together are what is counted of everybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from analysis.equal_shares import Bloc, Chosen, equal_shares, most_supported
from analysis.grouping import label_of
from analysis.support_ranges import Groups, agree_in, agree_in_all, parts_in_common
from analysis.suppression import EVERYONE, ReleasedVote
from domain.people import StakeholderGroup


@dataclass(frozen=True)
class ForGroup:
    """What a set holds for a group: options that more than half of it surely support, or may."""

    label: str
    n: int
    surely: tuple[int, ...]
    perhaps: tuple[int, ...]


@dataclass(frozen=True)
class ReleasedSet:
    """The chosen options, those that lost a place by the tie rule alone, and what for whom."""

    chosen: tuple[Chosen, ...]
    tied: tuple[int, ...]
    for_whom: tuple[ForGroup, ...]


@dataclass(frozen=True)
class _Stand:
    """Of ``n`` people of a group, how many surely and how many may stand high, and the middle."""

    n: int
    fewest: int
    most: int
    middle: Fraction


def choose(
    votes: Sequence[ReleasedVote], n_places: int, *, may_pass: bool
) -> tuple[ReleasedSet, ReleasedSet] | None:
    """A set by equal shares, and one by plain majority.

    Parameters
    ----------
    votes
        What was released of each option for the room.
    n_places
        How many to choose, 0 to the number of options.
    may_pass
        Whether there is an answer between.

    Returns
    -------
    None where of some option nothing is told, not even in words.
    """
    if any(_is_silent(vote) for vote in votes):
        return None
    parts = parts_in_common(votes)
    stands = {part: [_stand(vote, part, may_pass=may_pass) for vote in votes] for part in parts}
    blocs = [
        Bloc(
            max(s.n for s in of),
            tuple(s.middle / s.n if s.n else Fraction(0) for s in of),
        )
        for of in stands.values()
    ]
    n_options = len(votes)
    return (
        _told(equal_shares(blocs, n_options, n_places), stands),
        _told(most_supported(blocs, n_options, n_places), stands),
    )


def _is_silent(vote: ReleasedVote) -> bool:
    parts = vote.groups or (vote.whole,)
    is_in_words = all(part.n_agree is not None or part.phrase for part in parts)
    return vote.whole.n < vote.k or not (is_in_words or vote.whole.n_agree is not None)


def _stand(vote: ReleasedVote, groups: Groups, *, may_pass: bool) -> _Stand:
    parts = vote.groups or (vote.whole,)
    ranges = [agree_in(part, may_pass=may_pass) for part in parts]
    fewest, most = agree_in_all(vote, may_pass=may_pass)
    least, greatest = sum(low for low, _ in ranges), sum(high for _, high in ranges)
    taken = Fraction(fewest + most - 2 * least, 2 * (greatest - least)) if greatest > least else 0
    own = [n for n, part in enumerate(parts) if groups.issuperset(part.groups)]
    low, high = sum(ranges[n][0] for n in own), sum(ranges[n][1] for n in own)
    return _Stand(sum(parts[n].n for n in own), low, high, low + Fraction(taken) * (high - low))


def _told(found: tuple[Chosen, ...], stands: dict[Groups, list[_Stand]]) -> ReleasedSet:
    options = sorted(c.option for c in found)
    tied = {o for c in found for o in c.tied_with} - set(options)
    present = [group for groups in stands for group in groups]
    for_whom = tuple(
        ForGroup(
            label_of(tuple(g for g in StakeholderGroup if g in groups), present)
            if len(stands) > 1
            else EVERYONE,
            max(s.n for s in of),
            tuple(o for o in options if 2 * of[o].fewest > of[o].n),
            tuple(o for o in options if 2 * of[o].fewest <= of[o].n < 2 * of[o].most),
        )
        for groups, of in stands.items()
    )
    return ReleasedSet(found, tuple(sorted(tied)), for_whom)
