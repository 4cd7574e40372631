"""The graph under the themes: passages linked by meaning and by time. Start at `link_passages`.

Similarities are exact: the vectors are rounded to multiples of 1/2048, so every product and
every partial sum of a dot product fits float32 without rounding, whatever the order in which a
processor adds. Thread count and make of processor therefore cannot change a theme.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from domain.errors import VectorsUnusable

Ints = NDArray[np.intp]
Floats = NDArray[np.float64]
Grid = NDArray[np.float32]

_STEPS = 2048
_BLOCK_CELLS = 1 << 22
# Neighbours in time count as much as the meeting shows them to speak of the same: fully from
# this lift on. Talk in QMSum's meetings reaches .15 to .35; the same turns shuffled stay below .03.
_FULL_LIFT = 0.15
_PASSAGES_IN_REACH = 20
_LONGEST_PAUSE_S = 600.0


@dataclass(frozen=True, eq=False)
class ThemeGraph:
    """Distinct meanings (nodes) and the links between them, in an order that content alone sets.

    ``node_of_passage`` shape (n_passages,); ``directions`` shape (n_nodes, n_dims), unit rows on
    the grid. Links: ``starts`` < ``ends``, sorted; ``likeness`` from meaning alone, ``weights``
    with time added.
    """

    node_of_passage: Ints
    directions: Grid
    starts: Ints
    ends: Ints
    likeness: Floats
    weights: Floats

    @property
    def n_nodes(self) -> int:
        return len(self.directions)


def link_passages(
    vectors: NDArray[np.floating], times_s: Floats | None, *, most_neighbours: int = 15
) -> ThemeGraph:
    """Link each passage to its nearest in meaning and, if times are given, in time.

    Parameters
    ----------
    vectors
        Shape (n_passages, n_dims).
    times_s
        Shape (n_passages,): when each was said, in seconds; NaN if unknown.
    most_neighbours
        Links of meaning per node in a large set; a small one takes the root of its size.

    Raises
    ------
    VectorsUnusable
        If a vector holds a NaN or an infinity, or is zero.
    """
    rows = _unit_rows_on_grid(vectors)
    _, first, node_of_passage = np.unique(
        np.ascontiguousarray(rows).view(np.dtype((np.void, rows.dtype.itemsize * rows.shape[1]))),
        return_index=True,
        return_inverse=True,
    )
    nodes = rows[first]
    node_of_passage = node_of_passage.reshape(-1)
    n_neighbours = min(most_neighbours, max(3, round(len(nodes) ** 0.5)), len(nodes) - 1)
    starts, ends, likeness = _nearest(nodes, n_neighbours)
    near_starts, near_ends, nearness = _no_links()
    if times_s is not None and len(likeness):
        near_starts, near_ends, nearness = _time_links(
            rows, node_of_passage, times_s, float(likeness.mean())
        )
    by_kind = np.zeros((2, len(likeness) + len(nearness)))
    by_kind[0, : len(likeness)] = likeness
    by_kind[1, len(likeness) :] = nearness
    starts, ends, (in_meaning, in_time) = _joined(
        len(nodes),
        np.concatenate([starts, near_starts]),
        np.concatenate([ends, near_ends]),
        by_kind,
    )
    return ThemeGraph(node_of_passage, nodes, starts, ends, in_meaning, in_meaning + in_time)


def _unit_rows_on_grid(vectors: NDArray[np.floating]) -> Grid:
    rows = np.asarray(vectors, dtype=np.float64)
    lengths = np.linalg.norm(rows, axis=1)
    bad = np.flatnonzero(~np.isfinite(lengths) | (lengths == 0.0))
    if len(bad):
        raise VectorsUnusable(n_bad=len(bad), n_all=len(rows), first=int(bad[0]) + 1)
    return on_grid(rows)


def on_grid(rows: Floats) -> Grid:
    """Rows at unit length, rounded to the grid; a zero row stays zero."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    units = rows / np.where(lengths == 0.0, 1.0, lengths)
    # Adding zero turns -0.0, another byte pattern, into 0.0.
    return (np.round(units * _STEPS) / _STEPS + 0.0).astype(np.float32)


def _nearest(nodes: Grid, n_neighbours: int) -> tuple[Ints, Ints, Floats]:
    """Every node with its nearest ones; all that tie with the last are in, so no order decides."""
    n = len(nodes)
    found: list[tuple[Ints, Ints, Floats]] = []
    block = max(1, _BLOCK_CELLS // n)
    for start in range(0, n if n_neighbours > 0 else 0, block):
        cosines = nodes[start : start + block] @ nodes.T
        cosines[np.arange(len(cosines)), np.arange(start, start + len(cosines))] = -2.0
        last = np.partition(cosines, n - n_neighbours, axis=1)[:, [n - n_neighbours]]
        row, column = np.nonzero((cosines >= last) & (cosines > 0.0))
        found.append((row + start, column, cosines[row, column].astype(np.float64)))
    if not found:
        return _no_links()
    starts, ends, cosines_found = (np.concatenate(part) for part in zip(*found, strict=True))
    return starts, ends, cosines_found


def _no_links() -> tuple[Ints, Ints, Floats]:
    return np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0)


def _joined(n_nodes: int, starts: Ints, ends: Ints, by_kind: Floats) -> tuple[Ints, Ints, Floats]:
    """Links in both directions and repeated ones added up by kind, sorted, without loops."""
    is_link = starts != ends
    low, high = np.minimum(starts, ends)[is_link], np.maximum(starts, ends)[is_link]
    keys, link_of = np.unique(low.astype(np.int64) * n_nodes + high, return_inverse=True)
    sums = [np.bincount(link_of, kind[is_link], minlength=len(keys)) for kind in by_kind]
    return (keys // n_nodes).astype(np.intp), (keys % n_nodes).astype(np.intp), np.array(sums)


def _time_links(
    rows: Grid, node_of_passage: Ints, times_s: Floats, nearest_likeness: float
) -> tuple[Ints, Ints, Floats]:
    times = np.asarray(times_s, dtype=np.float64)
    known = np.flatnonzero(np.isfinite(times))
    in_order = known[np.lexsort((node_of_passage[known], times[known]))]
    pairs = [
        (in_order[:-step], in_order[step:], step)
        for step in range(1, min(_PASSAGES_IN_REACH, len(in_order) - 1) + 1)
    ]
    pairs = [(a[near], b[near], step) for a, b, step in pairs for near in [_near(times, a, b)]]
    strength = _time_strength(rows, pairs, nearest_likeness)
    if strength == 0.0:
        return _no_links()
    weights = [
        np.full(len(a), strength * (1 - (step - 1) / _PASSAGES_IN_REACH)) for a, _, step in pairs
    ]
    return (
        np.concatenate([node_of_passage[a] for a, _, _ in pairs]),
        np.concatenate([node_of_passage[b] for _, b, _ in pairs]),
        np.concatenate(weights),
    )


def _near(times: Floats, a: Ints, b: Ints) -> NDArray[np.bool_]:
    return np.asarray(times[b] - times[a] <= _LONGEST_PAUSE_S)


def _time_strength(
    rows: Grid, pairs: list[tuple[Ints, Ints, int]], nearest_likeness: float
) -> float:
    """From 0 (neighbours in time are like any two passages) to 1 (clearly more alike).

    The lift is how far the mean cosine of the next four passages lies on the way from the mean
    of all pairs to the mean of the nearest in meaning.
    """
    cosines = [
        (rows[a].astype(np.float64) * rows[b]).sum(axis=1) for a, b, step in pairs if step <= 4
    ]
    next_ones = np.concatenate(cosines) if cosines else np.empty(0)
    n = len(rows)
    if len(next_ones) == 0 or n < 2:
        return 0.0
    total = rows.astype(np.float64).sum(axis=0)
    any_two = (float(total @ total) - float((rows.astype(np.float64) ** 2).sum())) / (n * (n - 1))
    room = nearest_likeness - any_two
    if room <= 0.0:
        return 0.0
    return float(np.clip((next_ones.mean() - any_two) / room / _FULL_LIFT, 0.0, 1.0))
