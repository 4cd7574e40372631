"""The graph under the themes: passages linked by meaning and by time. Start at `link_passages`.

Similarities are exact: the vectors are rounded to multiples of 1/2048, so every product and
every partial sum of a dot product fits float32 without rounding, whatever the order in which a
processor adds. Thread count and make of processor therefore cannot change a theme.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.near_neighbours import Floats, Grid, Ints, nearest, on_grid
from domain.errors import VectorsUnusable

# Neighbours in time count as much as the meeting shows them to speak of the same: fully from
# this lift on. Talk in QMSum's meetings reaches .15 to .35; the same turns shuffled stay below .03.
_FULL_LIFT = 0.15
_PASSAGES_IN_REACH = 20
# Above so many passages each of these steps stands for those it is nearest to: a quarter of the
# links, and the same groups (adjusted mutual information with the topics of 40 meetings of QMSum
# train and 35 of val, all of them linked like this: .701 and .640; by all steps .693 and .643).
_EVERY_STEP_UP_TO, _STEPS = 500, (1, 3, 6, 10, 15)
_LONGEST_PAUSE_S = 600.0
# A passage means what it says and what is said around it (tuned on meetings of QMSum, val).
_CONTEXT_WIDTH, _CONTEXT_SHARE = 2, 0.5
_ASKED_FOR_LIKENESS = 1000


@dataclass(frozen=True, eq=False)
class ThemeGraph:
    """Distinct meanings (nodes) and the links between them, in an order that content alone sets.

    ``node_of_passage`` shape (n_passages,); ``directions`` shape (n_nodes, n_dims), unit rows on
    the grid. Links: ``starts`` < ``ends``, sorted; ``likeness`` of meaning (in talk: of meaning in
    its context), ``weights`` with time added.
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
    time = None if times_s is None else _Time(rows, times_s, _distinct(rows)[1])
    n_neighbours = min(most_neighbours, max(3, round(len(rows) ** 0.5)))
    lift = time.lift(_nearest_likeness(rows, n_neighbours)) if time else 0.0
    # Copies said in another context are other nodes, so a row stands beside itself in context.
    seen = np.hstack([rows, time.in_context(lift)]) if time and lift else rows
    first, node_of_passage = _distinct(seen)
    meant = seen[first][:, -rows.shape[1] :]
    n_nodes = len(first)
    n_neighbours = min(most_neighbours, max(3, round(n_nodes**0.5)), n_nodes - 1)
    starts, ends, likeness = nearest(meant, n_neighbours)
    near_starts, near_ends, nearness = time.links(lift) if time and lift else _no_links()
    by_kind = np.zeros((2, len(likeness) + len(nearness)))
    by_kind[0, : len(likeness)] = likeness
    by_kind[1, len(likeness) :] = nearness
    starts, ends, (in_meaning, in_time) = _joined(
        n_nodes,
        np.concatenate([starts, node_of_passage[near_starts]]),
        np.concatenate([ends, node_of_passage[near_ends]]),
        by_kind,
    )
    return ThemeGraph(node_of_passage, rows[first], starts, ends, in_meaning, in_meaning + in_time)


def _distinct(rows: Grid) -> tuple[Ints, Ints]:
    """First place of each distinct row, in an order that content alone sets; and each row's."""
    whole = np.ascontiguousarray(rows)
    as_bytes = whole.view(np.dtype((np.void, whole.dtype.itemsize * whole.shape[1])))
    _, first, place = np.unique(as_bytes, return_index=True, return_inverse=True)
    return first, place.reshape(-1)


def _nearest_likeness(rows: Grid, n_neighbours: int) -> float:
    """Mean cosine of distinct passages to their nearest: of all, or of some in a large set."""
    nodes = rows[_distinct(rows)[0]]
    n_near = min(n_neighbours, len(nodes) - 1)
    if n_near < 1:
        return 0.0
    asked = np.arange(0, len(nodes), max(1, len(nodes) // _ASKED_FOR_LIKENESS))
    cosines = nodes[asked] @ nodes.T
    cosines[np.arange(len(asked)), asked] = -2.0
    near = np.sort(np.partition(cosines, len(nodes) - n_near, axis=1)[:, -n_near:], axis=1)
    return float(np.maximum(near, 0.0).astype(np.float64).mean())


def _unit_rows_on_grid(vectors: NDArray[np.floating]) -> Grid:
    rows = np.asarray(vectors, dtype=np.float64)
    lengths = np.linalg.norm(rows, axis=1)
    bad = np.flatnonzero(~np.isfinite(lengths) | (lengths == 0.0))
    if len(bad):
        raise VectorsUnusable(n_bad=len(bad), n_all=len(rows), first=int(bad[0]) + 1)
    return on_grid(rows)


def _no_links() -> tuple[Ints, Ints, Floats]:
    return np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0)


def _joined(n_nodes: int, starts: Ints, ends: Ints, by_kind: Floats) -> tuple[Ints, Ints, Floats]:
    """Links in both directions and repeated ones added up by kind, sorted, without loops."""
    is_link = starts != ends
    low, high = np.minimum(starts, ends)[is_link], np.maximum(starts, ends)[is_link]
    keys, link_of = np.unique(low.astype(np.int64) * n_nodes + high, return_inverse=True)
    sums = [np.bincount(link_of, kind[is_link], minlength=len(keys)) for kind in by_kind]
    return (keys // n_nodes).astype(np.intp), (keys % n_nodes).astype(np.intp), np.array(sums)


class _Time:
    """What was said around each passage, and how much that tells of what it means."""

    def __init__(self, rows: Grid, times_s: Floats, content: Ints) -> None:
        times = np.asarray(times_s, dtype=np.float64)
        known = np.flatnonzero(np.isfinite(times))
        in_order = known[np.lexsort((content[known], times[known]))]
        self._rows = rows
        every = tuple(range(1, _PASSAGES_IN_REACH + 1))
        self._linked = every if len(in_order) <= _EVERY_STEP_UP_TO else _STEPS
        self._pairs = {
            step: _within_pause(in_order, times, step)
            for step in sorted({*self._linked, *every[: 3 * _CONTEXT_WIDTH]})
            if step < len(in_order)
        }

    def lift(self, nearest_likeness: float) -> float:
        """From 0 (neighbours in time are like any two passages) to 1 (clearly more alike).

        It says how far the mean cosine of the next four passages lies on the way from the mean
        of all pairs to the mean of the nearest in meaning.
        """
        cosines = [
            np.einsum("ij,ij->i", self._rows[one].astype(np.float64), self._rows[other])
            for one, other in self._up_to(4).values()
        ]
        next_ones = np.concatenate(cosines) if cosines else np.empty(0)
        n = len(self._rows)
        if len(next_ones) == 0 or n < 2:
            return 0.0
        exact = self._rows.astype(np.float64)
        total = exact.sum(axis=0)
        any_two = (float(total @ total) - float((exact**2).sum())) / (n * (n - 1))
        room = nearest_likeness - any_two
        if room <= 0.0:
            return 0.0
        return float(np.clip((next_ones.mean() - any_two) / room / _FULL_LIFT, 0.0, 1.0))

    def in_context(self, lift: float) -> Grid:
        """Each passage's direction, half of it (at full lift) from what was said around it."""
        around = self._rows.copy()
        for step, (one, other) in self._up_to(3 * _CONTEXT_WIDTH).items():
            nearness = np.float32(np.exp(-0.5 * (step / _CONTEXT_WIDTH) ** 2))
            around[one] += nearness * self._rows[other]
            around[other] += nearness * self._rows[one]
        share = np.float32(_CONTEXT_SHARE * lift)
        return on_grid((1 - share) * self._rows + share * on_grid(around))

    def links(self, lift: float) -> tuple[Ints, Ints, Floats]:
        """Passages within reach of each other, and how much that counts."""
        told = {step: pair for step, pair in self._pairs.items() if step in self._linked}
        weights = [
            np.full(len(one), lift * _weight(step, self._linked)) for step, (one, _) in told.items()
        ]
        ones, others = zip(*told.values(), strict=True)
        return np.concatenate(ones), np.concatenate(others), np.concatenate(weights)

    def _up_to(self, last: int) -> dict[int, tuple[Ints, Ints]]:
        return {step: pair for step, pair in self._pairs.items() if step <= last}


def _within_pause(in_order: Ints, times: Floats, step: int) -> tuple[Ints, Ints]:
    """Passages so many steps from each other, as far as no long pause lies between them."""
    one, other = in_order[:-step], in_order[step:]
    is_near = times[other] - times[one] <= _LONGEST_PAUSE_S
    return one[is_near], other[is_near]


def _weight(step: int, linked: Sequence[int]) -> float:
    """What a link in time counts: less with each step, and for the steps it stands for too."""
    every = range(1, _PASSAGES_IN_REACH + 1)
    mine = [s for s in every if min(linked, key=lambda kept: abs(kept - s)) == step]
    return sum(1 - (s - 1) / _PASSAGES_IN_REACH for s in mine)
