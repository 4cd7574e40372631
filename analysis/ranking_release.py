"""What may be shown of a vote in which people put all in order. Start at `release_ranking`.

The places of one person exclude each other: what each got in the first third adds up to a number
that everybody knows. Counts are shown of all recommendations or of none. Where they cannot be, how
many placed each in the first third is told of everybody together, but for those that few or nearly
all placed there. Of these there is never one alone, nor several that are all alike: then the next
fewest stay untold as well, with all that equal them. So whatever is untold could be the other way
round, and the page would be the same.
"""

from collections.abc import Mapping

from analysis.small_cells import is_small
from analysis.suppression import EVERYONE, ROOM_K, Released, ReleasedVote, release_all
from analysis.tallies import Tally, total
from domain.ids import RecommendationId

Firsts = dict[RecommendationId, int]


def release_ranking(tally: Tally, k: int = ROOM_K) -> dict[RecommendationId, ReleasedVote]:
    """Decide for a ballot in which people put all in order.

    Parameters
    ----------
    tally
        Counts by recommendation and group; everybody ranked all.
    k
        As for `analysis.suppression.release`.
    """
    shown = release_all(tally, k)
    if all(part.counts for vote in shown.values() for part in (vote.whole, *vote.groups)):
        return shown
    firsts = {r: total(by_group.values()).n_agree for r, by_group in tally.items()}
    n_of = {r: vote.whole.n for r, vote in shown.items()}
    n = max(n_of.values(), default=0)
    if n < k or min(n_of.values()) < n:
        return {r: _only(vote, None) for r, vote in shown.items()}
    told = _not_few(firsts, n, ROOM_K)
    if k > ROOM_K:
        # Only out of what the room was told, so that the two together tell nothing more.
        less = _not_few(told, n, k)
        told = less if len(told) == len(firsts) else _wide(told, n, k)
    return {r: _only(vote, told.get(r)) for r, vote in shown.items()}


def _only(vote: ReleasedVote, n_first: int | None) -> ReleasedVote:
    return ReleasedVote(
        vote.k, Released(EVERYONE, vote.whole.groups, vote.whole.n, n_agree=n_first)
    )


def _wide(firsts: Mapping[RecommendationId, int], n: int, k: int) -> Firsts:
    return {r: c for r, c in firsts.items() if c and not is_small(c, n, k)}


def _not_few(firsts: Mapping[RecommendationId, int], n: int, k: int) -> Firsts:
    """Those to tell: of the others there are none, or several that are not all alike."""
    told = _wide(firsts, n, k)
    while told and len(told) < len(firsts) and len(set(_rest(firsts, told))) == 1:
        fewest = min(told.values())
        told = {r: c for r, c in told.items() if c > fewest}
    return told


def _rest(firsts: Mapping[RecommendationId, int], told: Firsts) -> list[int]:
    return [c for r, c in firsts.items() if r not in told]
