"""The middle score of a group and the half around it, where nobody is given away. See `spreads`.

A median is a rank: it says what one person gave. Told beside counts it could pin a few people, so

- it is told only of a group whose three standings are counted already;
- it is one of the scores given (the inverse of the distribution function: Hyndman and Fan 1996,
  definition 1), never the mean of two, which would tell two neighbours apart;
- at least k people lie at or below a rank that is told, and at least k at or above it: a median
  needs 2k - 1 people, quartiles 4k - 1;
- of a whole it is told only where it is told of no group: sums of ranks could be solved.

Then an exact score is known of so few as 1 to k-1 people in no case: the ends of the people who
gave it would have to be two neighbouring ranks that are both known, and known ranks are k apart,
or ends of a standing, which k people or nobody have. `tests/analysis/test_score_spread.py` tries
every way to score.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.suppression import Released, ReleasedVote
from domain.people import StakeholderGroup

Scores = Mapping[StakeholderGroup, Sequence[int]]


@dataclass(frozen=True)
class Spread:
    """The middle score of 1 to 9, and the quartiles around it where they may be told."""

    n: int
    median: int
    low: int | None = None
    high: int | None = None


def spreads(vote: ReleasedVote, scores: Scores) -> tuple[Spread | None, tuple[Spread | None, ...]]:
    """What may be told of the scores behind a released vote.

    Parameters
    ----------
    vote
        One recommendation, as `analysis.suppression` released it.
    scores
        What the people of each group gave, 1 to 9, in any order.

    Returns
    -------
    Of the whole, and of each group in the vote's order; None where nothing may be told.
    """
    of_groups = tuple(_spread(part, scores, vote.k) for part in vote.groups)
    of_whole = None if any(of_groups) else _spread(vote.whole, scores, vote.k)
    return of_whole, of_groups


def _spread(part: Released, scores: Scores, k: int) -> Spread | None:
    if part.counts is None:
        return None
    given = sorted(score for group in part.groups for score in scores.get(group, ()))
    n = len(given)
    if n != part.n:
        raise ValueError(f"{n} scores for {part.n} people")
    middle, low, high = _rank(n, 2, 4), _rank(n, 1, 4), _rank(n, 3, 4)
    if not _is_covered(middle, n, k):
        return None
    if not (
        _is_covered(low, n, k) and _is_covered(high, n, k) and middle - low >= k <= high - middle
    ):
        return Spread(n, given[middle - 1])
    return Spread(n, given[middle - 1], given[low - 1], given[high - 1])


def _rank(n: int, numerator: int, denominator: int) -> int:
    """Which of n people, from 1, stands at a share of them."""
    return max(1, -(-n * numerator // denominator))


def _is_covered(rank: int, n: int, k: int) -> bool:
    return rank >= k and n - rank + 1 >= k
