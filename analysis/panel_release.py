"""What of a panel's ratings may be told to people in the room. Start at `release_panel`.

A median and two percentiles are ranks: they say what single people gave. `analysis/suppression.py`
decides what is counted; this decides whether the ranks may stand beside it. They may where nobody
can work out, from all that is told together, that exactly 1 to k-1 people gave a score, or low,
middle or high ones. Every way in which the panel could have rated is gone through, by the lowest
and the highest score that each rank can have. What the ranks said is told in words otherwise.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement

from analysis.panel_ratings import (
    HIGHEST,
    LOWEST,
    SHARES,
    PanelRating,
    Verdict,
    from_percentiles,
    percentile,
    place_of,
    summarise,
)
from analysis.score_spread import Spread, spreads
from analysis.small_cells import is_small
from analysis.suppression import ROOM_K, Released, release
from analysis.tallies import Counts
from domain.people import StakeholderGroup

Bounds = tuple[tuple[int, int], ...]
"""The lowest and the highest score that each rank can have, the lowest rank first."""

LARGEST_PANEL = 30
"""Panels of the method have 7 to 15 people; going through all ways takes too long for more."""

_PANEL = StakeholderGroup.OTHER
_STANDINGS = ((1, 3), (4, 6), (7, 9))
_CELLS = (*_STANDINGS, *((score, score) for score in range(LOWEST, HIGHEST + 1)))


@dataclass(frozen=True)
class ReleasedRating:
    """What may be told of a panel's ratings of one thing.

    ``n`` of ``n_panel`` rated; ``counted`` is what the one rule tells of low, middle and high.
    ``rating`` is None where its numbers would tell what a few people gave, ``verdict`` and
    ``disagrees`` where even these words would, or too few rated.
    """

    n: int
    n_panel: int
    counted: Released
    verdict: Verdict | None = None
    disagrees: bool | None = None
    rating: PanelRating | None = None


def release_panel(ratings: Sequence[int], n_panel: int, k: int = ROOM_K) -> ReleasedRating:
    """Decide what may be told of the ratings of one thing.

    Parameters
    ----------
    ratings
        Whole numbers from 1 to 9, in any order; none, if nobody rated.
    n_panel
        How many were asked, at most `LARGEST_PANEL`.
    k
        Fewest people behind anything that is told, as for `analysis.suppression.release`.

    Raises
    ------
    ValueError
        If a rating is outside 1 to 9, or more rated than were asked.
    """
    n = len(ratings)
    low, middle, high = (sum(a <= r <= b for r in ratings) for a, b in _STANDINGS)
    counted = _counted(low, middle, high, k)
    if n <= k:
        # Of exactly k, what is withheld of some ways to rate would tell which they are.
        return ReleasedRating(n, n_panel, counted)
    rating = summarise(ratings, n_panel)
    spread, _ = spreads(release({_PANEL: Counts(high, middle, low)}, k), {_PANEL: ratings})
    if not _gives_away((rating.p30, rating.median, rating.p70), n, counted, spread, k):
        return ReleasedRating(n, n_panel, counted, rating.verdict, rating.disagrees, rating)
    if _words_give_away(n, counted, k):
        return ReleasedRating(n, n_panel, counted)
    return ReleasedRating(n, n_panel, counted, rating.verdict, rating.disagrees)


def _counted(low: int, middle: int, high: int, k: int) -> Released:
    return release({_PANEL: Counts(high, middle, low)}, k).whole


@lru_cache(maxsize=4096)
def _gives_away(
    ranks: tuple[float, float, float], n: int, counted: Released, spread: Spread | None, k: int
) -> bool:
    """Whether how many people gave something is certain, and few enough to know who they are."""
    n_least, n_most = [n] * len(_CELLS), [0] * len(_CELLS)
    for bounds in _fillings(ranks, n, counted, spread, k):
        for cell, (first, last) in enumerate(_CELLS):
            least = sum(first <= low and high <= last for low, high in bounds)
            most = sum(low <= last and first <= high for low, high in bounds)
            n_least[cell] = min(n_least[cell], least)
            n_most[cell] = max(n_most[cell], most)
    standings = len(_STANDINGS)
    return any(
        least == most and (is_small(least, n, k) if cell < standings else 0 < least < k)
        for cell, (least, most) in enumerate(zip(n_least, n_most, strict=True))
    )


@lru_cache(maxsize=4096)
def _words_give_away(n: int, counted: Released, k: int) -> bool:
    """The same of the verdict alone: only some standings of the ranks it rests on lead to it.

    Asked of every verdict at once. Were only the telling one left out, its absence would tell it.
    """
    if counted.phrase is None and counted.counts is None:
        return True  # beside the number of high ones alone it would tell of the low ones
    places = _places(n)
    fits = {
        (low, middle): tuple((p >= low) + (p >= low + middle) for p in places)
        for low, middle in _standings_that_fit(n, counted, k)
    }
    return any(
        any(
            len(numbers) == 1 and is_small(min(numbers), n, k)
            for numbers in map(set, zip(*ways, strict=True))
        )
        for standings in _leading_to(n).values()
        if (ways := [(low, mid, n - low - mid) for (low, mid), s in fits.items() if s in standings])
    )


@lru_cache(maxsize=LARGEST_PANEL)
def _leading_to(n: int) -> dict[tuple[Verdict, bool], set[tuple[int, ...]]]:
    """By what is said in words: standings, 0 to 2, of the ranks that percentiles lie between."""
    places = _places(n)
    found: dict[tuple[Verdict, bool], set[tuple[int, ...]]] = defaultdict(set)
    for scores in combinations_with_replacement(range(LOWEST, HIGHEST + 1), len(places)):
        known = dict(zip(places, scores, strict=True))
        rating = from_percentiles(*(percentile(known, share, n) for share in SHARES), n=n)
        standings = tuple((score - LOWEST) // 3 for score in scores)
        found[rating.verdict, rating.disagrees].add(standings)
    return found


def _places(n: int) -> list[int]:
    return sorted({place for share in SHARES for place in place_of(share, n)[:2]})


def _fillings(
    ranks: tuple[float, float, float], n: int, counted: Released, spread: Spread | None, k: int
) -> Iterator[Bounds]:
    """Every way to fill the ranks that fits all that is told."""
    standings = _standings_that_fit(n, counted, k)
    for known in _known_ranks(ranks, n, spread):
        for low, middle in standings:
            bounds = _bounds(known, n, low, middle)
            if bounds:
                yield bounds


def _standings_that_fit(n: int, counted: Released, k: int) -> list[tuple[int, int]]:
    return [
        (low, middle)
        for low in range(n + 1)
        for middle in range(n + 1 - low)
        if _counted(low, middle, n - low - middle, k) == counted
    ]


def _known_ranks(
    ranks: tuple[float, float, float], n: int, spread: Spread | None
) -> list[dict[int, int]]:
    """Every way in which the ranks beside a percentile can hold it; places from 0."""
    ways: list[dict[int, int]] = [_ranks_of(spread, n)]
    for value, share in zip(ranks, SHARES, strict=True):
        below, above, part = place_of(share, n)
        pairs = [
            (a, b)
            for a in range(LOWEST, HIGHEST + 1)
            for b in range(a, HIGHEST + 1)
            if (below != above or a == b) and abs(a + part * (b - a) - value) < 1e-6
        ]
        ways = [
            known | {below: a, above: b}
            for known in ways
            for a, b in pairs
            if known.get(below, a) == a and known.get(above, b) == b
        ]
    return [known for known in ways if _rises(known)]


def _ranks_of(spread: Spread | None, n: int) -> dict[int, int]:
    if spread is None:
        return {}
    told = ((2, spread.median), (1, spread.low), (3, spread.high))
    return {-(-n * part // 4) - 1: value for part, value in told if value is not None}


def _rises(known: dict[int, int]) -> bool:
    values = [known[place] for place in sorted(known)]
    return values == sorted(values)


def _bounds(known: dict[int, int], n: int, n_low: int, n_middle: int) -> Bounds | None:
    """Lowest and highest score of each rank, or None where these standings do not fit."""
    lows, highs = [], []
    for place in range(n):
        standing = (place >= n_low) + (place >= n_low + n_middle)
        first, last = _STANDINGS[standing]
        score = known.get(place)
        if score is not None and not first <= score <= last:
            return None
        lows.append(first if score is None else score)
        highs.append(last if score is None else score)
    for place in range(1, n):
        lows[place] = max(lows[place], lows[place - 1])
        highs[n - 1 - place] = min(highs[n - 1 - place], highs[n - place])
    return tuple(zip(lows, highs, strict=True))
