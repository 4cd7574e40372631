"""What a panel's ratings from 1 to 9 say, and whether it disagrees. Start at `summarise`.

The RAND/UCLA appropriateness method: Fitch et al. (2001), MR-1269; the worked example of the
tests is Table 1 of Basger, Chen and Moles (2012), BMJ Open, PMC3467596.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

LOWEST, HIGHEST = 1, 9
SHARES = (0.3, 0.5, 0.7)
"""The percentiles that the method reads; the middle one is the median."""

_MIDDLE = 5.0
# Fitch et al. 2001, page 59: the range that a symmetric panel may reach without disagreeing, and
# how much more an asymmetric one may.
_RANGE_OF_SYMMETRY, _CORRECTION = 2.35, 1.5


class Verdict(StrEnum):
    """Where the panel's median lies, if the panel does not disagree."""

    HIGH = "high"
    UNCERTAIN = "uncertain"
    LOW = "low"


@dataclass(frozen=True)
class PanelRating:
    """Ratings of one thing: ``n`` panelists rated it, of ``n_panel``.

    ``ipr`` is the range between the 30th and 70th percentile, ``ipras`` the range from which on
    the panel disagrees, larger where ratings lean to one end.
    """

    n: int
    n_panel: int
    median: float
    p30: float
    p70: float
    ipr: float
    ipras: float

    @property
    def disagrees(self) -> bool:
        """Whether the panel's ratings lie further apart than chance of opinion explains."""
        return self.ipr > self.ipras

    @property
    def verdict(self) -> Verdict:
        """High from 7, low up to 3, uncertain between or where the panel disagrees."""
        if self.disagrees or 3 < self.median < 7:
            return Verdict.UNCERTAIN
        return Verdict.HIGH if self.median >= 7 else Verdict.LOW


def summarise(ratings: Sequence[int], n_panel: int) -> PanelRating:
    """Summarise the ratings of one thing.

    Parameters
    ----------
    ratings
        Whole numbers from 1 to 9, at least one; their order changes nothing.
    n_panel
        How many were asked.

    Raises
    ------
    ValueError
        If there is no rating, more than were asked, or one outside 1 to 9.

    Examples
    --------
    >>> r = summarise([4, 5, 6, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 9, 9], n_panel=15)
    >>> r.median, r.ipr, round(r.ipras, 2), r.disagrees
    (7.0, 1.0, 6.1, False)
    """
    if not 1 <= len(ratings) <= n_panel:
        raise ValueError(f"{len(ratings)} ratings of a panel of {n_panel}")
    if any(r not in range(LOWEST, HIGHEST + 1) for r in ratings):
        raise ValueError(f"ratings go from {LOWEST} to {HIGHEST}")
    known = dict(enumerate(sorted(ratings)))
    percentiles = (percentile(known, share, len(ratings)) for share in SHARES)
    return from_percentiles(*percentiles, n=len(ratings), n_panel=n_panel)


def from_percentiles(
    p30: float, median: float, p70: float, *, n: int, n_panel: int | None = None
) -> PanelRating:
    """What follows from three percentiles of ``n`` ratings, each from 1 to 9."""
    asymmetry = abs(_MIDDLE - (p30 + p70) / 2)
    ipras = _RANGE_OF_SYMMETRY + _CORRECTION * asymmetry
    return PanelRating(n, n if n_panel is None else n_panel, median, p30, p70, p70 - p30, ipras)


def place_of(share: float, n: int) -> tuple[int, int, float]:
    """Between which two of n ranks, from 0, a percentile lies, and how far from the lower (0-1).

    Linear between the two nearest ratings (Hyndman and Fan 1996, definition 7).
    """
    # Rounded, since 0.7 times 10 is a little less than 7 in binary.
    place = round(share * (n - 1), 9)
    below = int(place)
    part = place - below
    return below, below + 1 if part else below, part


def percentile(ranks: Mapping[int, int], share: float, n: int) -> float:
    """A percentile of ``n`` ratings from the ranks, from 0, that it lies between."""
    below, above, part = place_of(share, n)
    return round(ranks[below] + part * (ranks[above] - ranks[below]), 9)
