"""Whether two shares differ by more than chance explains. Start at `difference_interval`.

The interval of a single share is `analysis.tallies.wilson_interval`.
"""

from math import sqrt

from analysis.tallies import Interval, wilson_interval

Share = tuple[int, int]
"""How many of how many."""


def difference_interval(later: Share, earlier: Share, *, confidence: float = 0.95) -> Interval:
    """The change from an earlier share to a later one, with the bounds it plausibly lies between.

    Newcombe (1998), Statistics in Medicine 17:873-890, method 10: the Wilson bounds of both
    shares, joined by Pythagoras. It takes the two for independent. Where the same people stand
    behind both, it is rather too wide, so that it claims a change too seldom.

    Parameters
    ----------
    later, earlier
        How many of how many, each of at least 1.
    confidence
        Between 0 and 1, exclusive.

    Returns
    -------
    Later minus earlier, -1 to 1; a change is told apart from chance where 0 lies outside.

    Raises
    ------
    ValueError
        If there is nobody to take a share of.
    """
    new = wilson_interval(*later, confidence=confidence)
    old = wilson_interval(*earlier, confidence=confidence)
    change = new.share - old.share
    down = sqrt((new.share - new.low) ** 2 + (old.high - old.share) ** 2)
    up = sqrt((new.high - new.share) ** 2 + (old.share - old.low) ** 2)
    return Interval(change, change - down, change + up)
