"""How groups join into fewer and broader ones. Start at `merge_tree`.

A run computes the tree once; `groups_at_breadth` then answers at once for every breadth, from the
sizes of the fine themes and the merges alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.near_neighbours import Floats, Ints

Merge = tuple[int, int, float]


@dataclass(frozen=True)
class MergeTree:
    """Merges in the order in which to do them; the first ``n_within`` leave just the parts."""

    merges: tuple[Merge, ...]
    n_within: int


def merge_tree(links: Floats, part_of_group: Ints) -> MergeTree:
    """Join groups two by two, the most linked first, inside their parts before across them.

    The most linked pair is the one whose links exceed most what chance would give it
    (Paris: Bonald, Charpentier, Galland and Hollocou 2018, algorithm 1).

    Parameters
    ----------
    links
        Shape (n_groups, n_groups), symmetric: the weight between groups, on the diagonal twice
        the weight inside.
    part_of_group
        Shape (n_groups,): groups of one part join before any of two parts.

    Returns
    -------
    Merges of two groups, the lower number first, with how many times more linked they are than
    by chance. The joined group goes by the lower number. Groups that nothing links stay apart.
    """
    is_within = part_of_group[:, None] == part_of_group
    within = _paris(np.where(is_within, links, 0.0))
    goes_by = join_groups(len(links), within)
    joined = np.zeros_like(links)
    np.add.at(joined, (goes_by[:, None], goes_by), links)
    return MergeTree(merges=(*within, *_paris(joined)), n_within=len(within))


def join_groups(n_groups: int, merges: Sequence[Merge]) -> Ints:
    """Shape (n_groups,): the number that each group goes by once the merges are done."""
    goes_by = np.arange(n_groups)
    for a, b, _ in merges:
        goes_by[goes_by == goes_by[b]] = goes_by[a]
    return goes_by


def groups_at_breadth(sizes: Sequence[int], merges: Sequence[Merge], n_groups: int) -> Ints:
    """Which broad theme each fine theme belongs to when about so many broad ones are wanted.

    Parameters
    ----------
    sizes
        Shape (n_fine,): passages of each fine theme.
    merges
        As `merge_tree` gives them, for these fine themes.
    n_groups
        How many broad themes to leave; more are left where nothing links them.

    Returns
    -------
    Shape (n_fine,): the broad theme of each fine theme, 0 the one with most passages; of two
    equally large ones the first is the one that holds the lower fine number.
    """
    goes_by = join_groups(len(sizes), merges[: max(0, len(sizes) - n_groups)])
    largest, group = np.unique(goes_by, return_inverse=True)
    totals = np.bincount(group, sizes, minlength=len(largest))
    number = np.empty(len(largest), dtype=np.intp)
    number[np.argsort(-totals, kind="stable")] = np.arange(len(largest))
    return number[group]


def fewest_groups(n_fine: int, merges: Sequence[Merge]) -> int:
    """How few broad themes there can be: one for each set of fine themes that links connect."""
    return n_fine - len(merges)


def _paris(links: Floats) -> list[Merge]:
    weight = links.astype(np.float64).copy()
    total = weight.sum()
    degree = weight.sum(axis=1)
    np.fill_diagonal(weight, 0.0)
    is_alive = np.ones(len(weight), dtype=bool)
    merges: list[Merge] = []
    chain: list[int] = []
    while is_alive.any():
        if not chain:
            chain.append(int(np.argmax(is_alive)))
        top = chain[-1]
        ratio = weight[top] * total / np.maximum(degree[top] * degree, np.finfo(float).tiny)
        best = int(np.argmax(ratio))
        if ratio[best] <= 0.0:
            # Nothing reaches this group any more: it is a root.
            is_alive[top] = False
            chain.pop()
        elif len(chain) > 1 and ratio[chain[-2]] >= ratio[best]:
            a, b = sorted((top, chain[-2]))
            merges.append((a, b, float(ratio[chain[-2]])))
            del chain[-2:]
            _absorb(weight, degree, a, b)
            is_alive[b] = False
        else:
            chain.append(best)
    return sorted(merges, key=lambda merge: -merge[2])


def _absorb(weight: Floats, degree: Floats, a: int, b: int) -> None:
    weight[a] += weight[b]
    weight[:, a] = weight[a]
    weight[a, a] = 0.0
    weight[b] = 0.0
    weight[:, b] = 0.0
    degree[a] += degree[b]
    degree[b] = 0.0
