"""How sure a place among the first is, out of released counts. Start at `certainty`.

The parametric bootstrap (Efron 1979): the meeting is drawn anew many times from the shares that
are shown, and the order is made again; the share of times in which something is among the first
ones says how sure its place is.

Whole ballots drawn anew would do more: who wants one thing often wants another too, and drawn
together such shares move together. But what comes of whole ballots is not in the counts, and beside
them it could tell a few people's answers. So each recommendation is drawn by itself. Where people
agree with much or with little at once, as most do, that is too careful. Where one thing is chosen
in place of another, as in a ranking, it would be too sure: with half as many people drawn, the
difference of any two varies at least as much as whole ballots could make it, since
-2 cov(a, b) <= var(a) + var(b).
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def certainty(
    shares: NDArray[np.floating],
    n_people: NDArray[np.integer],
    n_first: int,
    *,
    n_draws: int = 1000,
    seed: int = 0,
) -> Floats:
    """In which share of redrawn meetings each option is among the first.

    Parameters
    ----------
    shares
        Shape (n_options,): the share (0-1) that supports each option.
    n_people
        Shape (n_options,): how many people are drawn; at least 1.
    n_first
        How many count as the first.
    n_draws
        How many meetings are drawn.
    seed
        Of the draws; the same seed gives the same shares.

    Returns
    -------
    Shape (n_options,), 0-1. Options that tie at the border share the places left.
    """
    n = np.asarray(n_people)
    drawn = np.random.default_rng(seed).binomial(n, shares, (n_draws, len(n))) / n
    return np.asarray(_share_among_first(np.round(drawn, 9), n_first).mean(axis=0))


def _share_among_first(drawn: Floats, n_first: int) -> Floats:
    """Shape (n_draws, n_options): 1 above the border, a part of the places left at it, 0 below."""
    border = np.sort(drawn, axis=1)[:, [-min(n_first, drawn.shape[1])]]
    is_above, is_at = drawn > border, drawn == border
    left = n_first - is_above.sum(axis=1, keepdims=True)
    return np.asarray(is_above + is_at * np.minimum(1.0, left / is_at.sum(axis=1, keepdims=True)))
