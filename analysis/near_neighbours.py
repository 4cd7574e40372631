"""Which meanings lie nearest to each: all compared, or in a large set those near by.

Start at `nearest`. Up to 10,000 nodes every pair is compared. Above, the space is parted into
cells of some hundred nodes around centres (k-means on the sphere: Dhillon and Modha 2001), and a
node is compared with those for which its own cell is one of their nearest: the cost grows with the
number of nodes instead of its square. Both are the same on every machine: the nodes lie on a grid
on which cosines and sums come out exact, and draws depend on content alone.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.intp]
Floats = NDArray[np.float64]
Grid = NDArray[np.float32]

STEPS = 2048
MOST_COMPARED_WITH_ALL = 10_000
NODES_IN_CELL = 300
# Chosen by recall of the 15 nearest: see docs/benchmarks.md, scale.
CELLS_OF_NODE = 12
_SAMPLED_OF_CELL = 40
_N_ROUNDS = 6
_BLOCK_CELLS = 1 << 22


def on_grid(rows: NDArray[np.floating]) -> Grid:
    """Rows at unit length, rounded to the grid; a zero row stays zero."""
    exact = np.asarray(rows, dtype=np.float64)
    lengths = np.linalg.norm(exact, axis=1, keepdims=True)
    units = exact / np.where(lengths == 0.0, 1.0, lengths)
    # Adding zero turns -0.0, another byte pattern, into 0.0.
    return (np.round(units * STEPS) / STEPS + 0.0).astype(np.float32)


def nearest(nodes: Grid, n_neighbours: int) -> tuple[Ints, Ints, Floats]:
    """Every node with its nearest ones; all that tie with the last are in, so no order decides.

    Parameters
    ----------
    nodes
        Shape (n_nodes, n_dims), unit rows on the grid, sorted by content.
    n_neighbours
        How many for each; fewer where no more have a positive cosine.

    Returns
    -------
    Shape (n_links,) each: node, neighbour, and their cosine.
    """
    if n_neighbours < 1 or len(nodes) < 2:
        return np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0)
    everybody = np.arange(len(nodes))
    if len(nodes) <= MOST_COMPARED_WITH_ALL:
        compared: Iterator[tuple[Ints, Ints]] = iter([(everybody, everybody)])
    else:
        compared = _cells(nodes)
    found = [
        links for who, whom in compared for links in _nearest_of(nodes, who, whom, n_neighbours)
    ]
    starts, ends, cosines = (np.concatenate(part) for part in zip(*found, strict=True))
    return starts, ends, cosines.astype(np.float64)


def _nearest_of(
    nodes: Grid, who: Ints, whom: Ints, n_neighbours: int
) -> Iterator[tuple[Ints, Ints, Grid]]:
    """Links of the nodes ``who`` to the nearest of the sorted nodes ``whom``, block by block."""
    others = nodes if len(whom) == len(nodes) else nodes[whom]
    n_kept = min(n_neighbours, len(whom) - 1)
    block = max(1, _BLOCK_CELLS // len(whom))
    for start in range(0, len(who), block):
        part = who[start : start + block]
        cosines = nodes[part] @ others.T
        place = np.minimum(np.searchsorted(whom, part), len(whom) - 1)
        is_self = whom[place] == part
        cosines[np.flatnonzero(is_self), place[is_self]] = -2.0
        last = np.partition(cosines, len(whom) - n_kept, axis=1)[:, [len(whom) - n_kept]]
        row, column = np.nonzero((cosines >= last) & (cosines > 0.0))
        yield part[row], whom[column], cosines[row, column]


def _cells(nodes: Grid) -> Iterator[tuple[Ints, Ints]]:
    """For each cell the nodes in it, and those to compare them with."""
    n_cells = max(1, len(nodes) // NODES_IN_CELL)
    centres = _centres(nodes, n_cells)
    near = _nearest_cells(nodes, centres, min(CELLS_OF_NODE, n_cells))
    by_first = _members(near[:, 0], n_cells)
    by_any = _members(near.reshape(-1), n_cells)
    for first, anywhere in zip(by_first, by_any, strict=True):
        if len(first):
            yield first, anywhere // near.shape[1]


def _centres(nodes: Grid, n_cells: int) -> Grid:
    drawn = np.random.default_rng(0).permutation(len(nodes))[: n_cells * _SAMPLED_OF_CELL]
    sample = nodes[np.sort(drawn)]
    centres = nodes[drawn[:n_cells]]
    for _ in range(_N_ROUNDS):
        cell = _nearest_cells(sample, centres, 1)[:, 0]
        order = np.argsort(cell, kind="stable")
        used, starts = np.unique(cell[order], return_index=True)
        # Sums of numbers on the grid are exact in float64, whatever their order.
        sums = np.add.reduceat(sample[order].astype(np.float64), starts, axis=0)
        centres = centres.copy()
        centres[used] = on_grid(sums)
    return centres


def _nearest_cells(nodes: Grid, centres: Grid, n_nearest: int) -> Ints:
    """Shape (n_nodes, n_nearest): cells by nearness of their centre, ties to the lower number."""
    found = np.empty((len(nodes), n_nearest), dtype=np.intp)
    block = max(1, _BLOCK_CELLS // len(centres))
    for start in range(0, len(nodes), block):
        far = -(nodes[start : start + block] @ centres.T)
        if n_nearest == 1:
            found[start : start + block, 0] = np.argmin(far, axis=1)
            continue
        # A cosine on the grid and the cell's number in one key, so that no two keys are alike.
        keys = np.round(far.astype(np.float64) * STEPS**2) * len(centres) + np.arange(len(centres))
        some = np.argpartition(keys, n_nearest - 1, axis=1)[:, :n_nearest]
        order = np.argsort(np.take_along_axis(keys, some, axis=1), axis=1)
        found[start : start + block] = np.take_along_axis(some, order, axis=1)
    return found


def _members(cells: Ints, n_cells: int) -> list[Ints]:
    """For each cell the sorted places where its number stands."""
    order = np.argsort(cells, kind="stable")
    return np.split(order, np.cumsum(np.bincount(cells, minlength=n_cells))[:-1])
