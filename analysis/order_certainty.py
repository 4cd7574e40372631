"""How sure an order of priorities is, and whether it hangs on who is counted. Start at `certainty`.

The bootstrap (Efron 1979): people are drawn anew, with as many of each stakeholder group as there
are, and the order is made again; the share of times in which something is among the first k says
how sure its place is.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


def weighted_means(
    scores: NDArray[np.floating], groups: Sequence[str], weights: Mapping[str, float] | None = None
) -> Floats:
    """The mean score of each option, every group weighing what it is given.

    Parameters
    ----------
    scores
        Shape (n_people, n_options): what each person gave, NaN where they gave nothing.
    groups
        The stakeholder group of each person.
    weights
        What the mean of a group weighs, 0 for a group that is left out; without weights every
        person counts the same.

    Returns
    -------
    Shape (n_options,): NaN where nobody who counts answered. A group that did not answer an
    option weighs nothing there.
    """
    rows = np.asarray(scores, dtype=np.float64)
    if weights is None:
        return _mean(rows)
    names = sorted({g for g in groups if weights.get(g, 0.0) > 0.0})
    if not names:
        return np.full(rows.shape[1], np.nan)
    of = np.asarray(list(groups))
    means = np.stack([_mean(rows[of == name]) for name in names])
    weight = np.array([weights[name] for name in names])[:, None] * np.isfinite(means)
    total = weight.sum(axis=0)
    sums = (np.nan_to_num(means) * weight).sum(axis=0)
    return np.asarray(np.where(total > 0, sums / np.where(total > 0, total, 1.0), np.nan))


def order_of(means: NDArray[np.floating]) -> Ints:
    """Shape (n_options,): option numbers, the highest mean first; ties and unknowns by number."""
    rounded = np.round(np.nan_to_num(np.asarray(means), nan=-np.inf), 9)
    return np.argsort(-rounded, kind="stable")


def certainty(
    scores: NDArray[np.floating],
    groups: Sequence[str],
    n_first: int,
    *,
    weights: Mapping[str, float] | None = None,
    n_draws: int = 1000,
    seed: int = 0,
) -> Floats:
    """In which share of redrawn meetings each option is among the first.

    Parameters
    ----------
    scores, groups, weights
        As for `weighted_means`.
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
    rows, of = np.asarray(scores, dtype=np.float64), np.asarray(list(groups))
    rng = np.random.default_rng(seed)
    members = [np.flatnonzero(of == name) for name in sorted(set(groups))]
    hits = np.zeros(rows.shape[1])
    for _ in range(n_draws):
        drawn = np.concatenate([rng.choice(m, len(m)) for m in members])
        means = weighted_means(rows[drawn], of[drawn].tolist(), weights)
        hits += _share_among_first(np.nan_to_num(means, nan=-np.inf), n_first)
    return np.asarray(hits / n_draws)


def _share_among_first(means: Floats, n_first: int) -> Floats:
    rounded = np.round(means, 9)
    border = np.sort(rounded)[::-1][min(n_first, len(rounded)) - 1]
    is_above, is_at = rounded > border, rounded == border
    return np.asarray(is_above + is_at * ((n_first - is_above.sum()) / max(1, is_at.sum())))


def _mean(rows: Floats) -> Floats:
    """Column means over those who answered; NaN where nobody did."""
    n = np.isfinite(rows).sum(axis=0)
    return np.asarray(np.where(n > 0, np.nansum(rows, axis=0) / np.maximum(n, 1), np.nan))
