"""How fine themes are, and which broad one each belongs to. Start at `find_communities`.

Communities are found by Leiden (Traag, Waltman and van Eck 2019). Nobody says how many there are:
the passages do. Broad themes are Leiden's at resolution 1, where a group is more linked inside
than chance would have it. Fine themes of short texts are those of the resolution at which two
random four fifths of the passages agree best on who belongs together (of several that agree as
well, the middle one); they may be broader than the broad ones, as long as they are more than can
be shown as such.

In talk that hangs together in time this agreement tells little: in 13 of 14 meetings (the sample's
four, ten of QMSum, train and val) it is at resolution 2.8 within a standard deviation of its best,
wherever that is, and the last digits of the vectors decided between 7 and 34 fine themes. There
they are found at a fixed multiple of the broad ones' resolution: of 1.4, 2, 2.8, 4 and 5.7 the one
at which themes of these meetings changed least with digits. It gives one to three dozen.

A path of arithmetic changes the last digits of a vector, and where groups are weak that could
change who is in them. So the samples depend on directions coarsely (`_lots`), and in small sets
Leiden is asked many times and the partition of highest modularity is taken.
"""

import os
from bisect import bisect_left
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import graspologic_native
import numpy as np
from scipy import sparse

from analysis.near_neighbours import Floats, Grid, Ints
from analysis.theme_graph import ThemeGraph

_BROAD = 1.0
# From very broad communities to groups of about ten, in steps of the square root of two.
RESOLUTIONS = tuple(_BROAD * 2 ** (step / 2) for step in range(-4, 13))
_BROAD_RESOLUTIONS = tuple(_BROAD * 2 ** (step / 8) for step in range(25))
_SHARE_SAMPLED = 0.8
# Chance weighs more in a small set, where another pair of samples costs next to nothing. A large
# set says the same with one pair and at every second or fourth resolution: each takes seconds.
_SMALL = 500
_PAIRS_UP_TO = ((_SMALL, 24), (5_000, 4), (20_000, 2))
_LARGE, _VERY_LARGE = 20_000, 50_000
_MOST_SHARE_IN_SMALL_ONES = 0.1
_RANDOMNESS = 0.001
_N_SIGNS = 12
# How often the search for the best partition passes over the nodes and starts anew. In a small set
# chance decides more, and a start costs next to nothing.
_N_PASSES, _N_PASSES_SMALL = 3, 5
_STARTS_TIMES_NODES, _STARTS_TIMES_NODES_SMALL, _MOST_STARTS = 5_000, 10_000, 50
_MANY_STARTS_UP_TO = 2_000
# Above so many nodes only resolutions around the best of the first pairs are looked at closely. One
# pair can be lucky: with the vectors of another path it once chose 41 instead of 90 groups. Two say
# the same as four over all resolutions on banking77, clinc150 and ArgKP, also with digits changed.
_LOOK_AT_ALL_UP_TO, _N_FIRST_PAIRS, _LOOK_AROUND = 2_000, 2, 3
# How much finer than the broad themes of talk its fine ones are, and if too much is small then.
_FINER_IN_TALK = tuple(2 ** (step / 2) for step in (3, 2, 1))
# A meaning said many times over is held together by so many of its copies, not more.
_MOST_COPIES_THAT_COUNT = 15


@dataclass(frozen=True, eq=False)
class _Links:
    """Links of ``nodes`` (numbers in the whole graph) as a symmetric matrix, both directions.

    The matrix has ``nodes`` first and behind them a stand-in for the copies of each node that has
    copies, linked to this node alone (in row and column ``n_nodes`` onward): Leiden as it is here
    overlooks a link of a node with itself, and would join the few meanings of a list of copies.
    """

    nodes: Ints
    matrix: sparse.csr_matrix


@dataclass(frozen=True)
class Limits:
    """``min_size``: fewest passages of a theme. ``fewest_broad``, ``most_broad``: broad themes."""

    min_size: int
    fewest_broad: int
    most_broad: int


def find_communities(graph: ThemeGraph, limits: Limits, *, seed: int) -> tuple[Ints, Ints]:
    """Fine and broad community of each node, both shape (n_nodes,).

    A resolution that leaves more than a tenth of the passages in communities below ``min_size``
    is too fine, and so is every higher one. One below 1 is too broad for fine themes where it
    leaves no more than ``most_broad``. Where resolution 1 gives fewer than ``fewest_broad``
    communities, the broad ones are those of the next higher resolution that does not.
    """
    links = _links(graph)
    if not links.matrix.nnz:
        return np.arange(graph.n_nodes), np.arange(graph.n_nodes)
    is_talk = bool((graph.weights > graph.likeness).any())
    with ThreadPoolExecutor(max_workers=1) as beside:
        # The two levels wait for each other only where the broad one must be finer than usual.
        broadly = beside.submit(_broad, graph, links, limits, seed)
        resolution = (_of_fine_talk if is_talk else _most_stable)(graph, links, limits, seed)
        fine = _best_leiden(links, resolution, seed)
        broad_resolution, broad = broadly.result()
    if broad_resolution == _BROAD:
        return fine, broad
    wanted = max(broad_resolution, resolution)
    if is_talk:
        wanted = _of_fine_talk(graph, links, limits, seed, broad_resolution)
    return fine if wanted == resolution else _best_leiden(links, wanted, seed), broad


def _broad(graph: ThemeGraph, links: _Links, limits: Limits, seed: int) -> tuple[float, Ints]:
    def is_enough(communities: Ints) -> bool:
        large = _sizes(graph, communities) >= limits.min_size
        return bool(large.sum() >= limits.fewest_broad)

    for resolution in _BROAD_RESOLUTIONS:
        if is_enough(_leiden(links, resolution, seed)):
            communities = _best_leiden(links, resolution, seed)
            if is_enough(communities):
                return resolution, communities
    return _BROAD, _best_leiden(links, _BROAD, seed)


def _of_fine_talk(
    graph: ThemeGraph, links: _Links, limits: Limits, seed: int, broad_resolution: float = _BROAD
) -> float:
    finer = (broad_resolution * times for times in _FINER_IN_TALK)
    enough = (r for r in finer if not _is_too_fine(graph, links, limits, r, seed=seed))
    return next(enough, broad_resolution)


def _is_too_fine(
    graph: ThemeGraph, links: _Links, limits: Limits, resolution: float, *, seed: int
) -> bool:
    sizes = _sizes(graph, _leiden(links, resolution, seed))
    in_small_ones = sizes[sizes < limits.min_size].sum()
    return bool(in_small_ones > _MOST_SHARE_IN_SMALL_ONES * len(graph.node_of_passage))


def _sizes(graph: ThemeGraph, communities: Ints) -> Floats:
    """Shape (n_communities,): the passages of each."""
    n_passages = np.bincount(graph.node_of_passage, minlength=graph.n_nodes)
    return np.asarray(np.bincount(communities, n_passages))


def _most_stable(graph: ThemeGraph, links: _Links, limits: Limits, seed: int) -> float:
    every = 4 if graph.n_nodes > _VERY_LARGE else 2 if graph.n_nodes > _LARGE else 1
    fine = [r for r in RESOLUTIONS[::every] if r >= _BROAD]
    broad = [r for r in RESOLUTIONS[::every] if r < _BROAD]

    def is_too_fine(resolution: float) -> bool:
        return _is_too_fine(graph, links, limits, resolution, seed=seed)

    def is_fine_enough(resolution: float) -> bool:
        sizes = _sizes(graph, _leiden(links, resolution, seed))
        return bool((sizes >= limits.min_size).sum() > limits.most_broad)

    usable = [
        *broad[_first(is_fine_enough, broad) :],
        *fine[: max(1, _first(is_too_fine, fine))],
    ]
    samples = _samples(links, _lots(graph.directions, seed))
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as threads:

        def agreement(pairs: list[tuple[_Links, _Links]]) -> Floats:
            return np.array(list(threads.map(lambda r: _agreement(pairs, r, seed), usable)))

        if graph.n_nodes <= _LOOK_AT_ALL_UP_TO or len(samples) <= _N_FIRST_PAIRS:
            return usable[_middle_of_best(agreement(samples))]
        # Each takes a while here: the first pairs say where to look, all of them look there.
        first = agreement(samples[:_N_FIRST_PAIRS])
        near = int(np.argmax(_smoothed(first)))
        around = slice(max(0, near - _LOOK_AROUND), near + _LOOK_AROUND + 1)
        usable = usable[around]
        whole = np.hstack([first[around], agreement(samples[_N_FIRST_PAIRS:])])
        return usable[_middle_of_best(whole)]


def _middle_of_best(agreement: Floats) -> int:
    """The middle one of the resolutions that agree as well as the best, as far as samples tell.

    As well means: within one standard error (Breiman et al. 1984, section 3.4.3). Shape of
    ``agreement``: (n_resolutions, n_pairs of samples).
    """
    smooth = _smoothed(agreement)
    n_pairs = agreement.shape[1]
    spread = agreement.std(axis=1, ddof=1).mean() if n_pairs > 1 else 0.0
    as_good = np.flatnonzero(smooth >= smooth.max() - spread / n_pairs**0.5)
    return int(as_good[len(as_good) // 2])


def _smoothed(agreement: Floats) -> Floats:
    """One resolution can agree by luck; it is believed as far as its neighbours agree too."""
    padded = np.pad(agreement.mean(axis=1), 1, mode="edge")
    return np.asarray((padded[:-2] + 2 * padded[1:-1] + padded[2:]) / 4)


def _first(is_so: Callable[[float], bool], resolutions: Sequence[float]) -> int:
    """How many resolutions come before the first for which it is so; from there on it stays so."""
    if not resolutions or not is_so(resolutions[-1]):
        return len(resolutions)
    return bisect_left(resolutions[:-1], True, key=is_so)


def adjusted_rand(a: Ints, b: Ints) -> float:
    """Agreement of two groupings: 1 the same, 0 as by chance (Hubert and Arabie 1985, eq. 5)."""
    n = len(a)
    pairs = _n_pairs(np.unique(a.astype(np.int64) * (int(b.max()) + 1) + b, return_counts=True)[1])
    pairs_a, pairs_b = (_n_pairs(np.bincount(labels)) for labels in (a, b))
    by_chance = pairs_a * pairs_b / (n * (n - 1) / 2)
    most = (pairs_a + pairs_b) / 2
    return 1.0 if most == by_chance else float((pairs - by_chance) / (most - by_chance))


def _links(graph: ThemeGraph) -> _Links:
    n_copies = np.bincount(graph.node_of_passage, minlength=graph.n_nodes) - 1
    copied = np.flatnonzero(n_copies)
    stand_ins = graph.n_nodes + np.arange(len(copied))
    starts = np.concatenate([graph.starts, copied])
    ends = np.concatenate([graph.ends, stand_ins])
    held = np.minimum(n_copies[copied], _MOST_COPIES_THAT_COUNT).astype(np.float64)
    weights = np.concatenate([graph.weights, held])
    n_rows = graph.n_nodes + len(copied)
    both = (np.concatenate([starts, ends]), np.concatenate([ends, starts]))
    matrix = sparse.csr_matrix((np.tile(weights, 2), both), shape=(n_rows, n_rows))
    matrix.sort_indices()
    return _Links(np.arange(graph.n_nodes), matrix)


def _lots(directions: Grid, seed: int) -> Floats:
    """Shape (2 * n_pairs, n_nodes): a number from 0 to 1 for each node and sample.

    It is drawn by the sides of random planes on which the node lies (Charikar 2002, section 3), so
    that it depends neither on the order of nodes nor, but for a few, on their last digits.
    """
    rng = np.random.default_rng(seed)
    n_nodes, n_dims = directions.shape
    n_pairs = next((pairs for most, pairs in _PAIRS_UP_TO if n_nodes <= most), 1)
    lots = np.empty((2 * n_pairs, n_nodes))
    for row in lots:
        # Sums of numbers on the grid are exact, whatever their order.
        signs = rng.choice(np.array([-1.0, 1.0], dtype=np.float32), (n_dims, _N_SIGNS))
        sides = (directions @ signs).astype(np.float64)
        code = (sides * n_nodes > sides.sum(axis=0)) @ (1 << np.arange(_N_SIGNS))
        row[:] = rng.random(1 << _N_SIGNS)[code]
    return lots


def _samples(links: _Links, lots: Floats) -> list[tuple[_Links, _Links]]:
    parts = [_part(links, np.flatnonzero(row < _SHARE_SAMPLED)) for row in lots]
    return list(zip(parts[::2], parts[1::2], strict=True))


def _part(links: _Links, nodes: Ints) -> _Links:
    """The links among these nodes, with the stand-ins for their copies."""
    stand_ins = links.matrix[nodes][:, len(links.nodes) :].nonzero()[1] + len(links.nodes)
    rows = np.concatenate([nodes, np.sort(stand_ins)])
    return _Links(nodes, links.matrix[rows][:, rows].sorted_indices())


def _best_leiden(links: _Links, resolution: float, seed: int) -> Ints:
    """The partition of highest modularity that many starts find; a large set has one start."""
    n = len(links.nodes)
    if n > _MANY_STARTS_UP_TO:
        return _leiden(links, resolution, seed)
    is_small = n <= _SMALL
    n_nodes = _STARTS_TIMES_NODES_SMALL if is_small else _STARTS_TIMES_NODES
    n_starts = max(1, min(_MOST_STARTS, n_nodes // n))
    n_passes = _N_PASSES_SMALL if is_small else _N_PASSES
    return _leiden(links, resolution, seed, n_passes=n_passes, n_starts=n_starts)


def _leiden(
    links: _Links, resolution: float, seed: int, *, n_passes: int = 1, n_starts: int = 1
) -> Ints:
    """Shape (n_nodes of the links,): community of each."""
    matrix, n = links.matrix, links.matrix.shape[0]
    if not matrix.nnz:
        return np.arange(len(links.nodes))
    rows, columns = matrix.indptr.astype(np.int64), matrix.indices.astype(np.int32)
    _, found = graspologic_native.leiden_csr(
        rows, columns, matrix.data, n, resolution, _RANDOMNESS, n_passes, True, seed, n_starts
    )
    labels = np.empty(n, dtype=np.intp)
    labels[np.fromiter(found, np.intp, count=n)] = np.fromiter(found.values(), np.intp, count=n)
    return labels[: len(links.nodes)]


def _agreement(samples: list[tuple[_Links, _Links]], resolution: float, seed: int) -> list[float]:
    """How well the two of each pair agree on those that both hold."""
    found = []
    for pair in samples:
        in_both = np.intersect1d(pair[0].nodes, pair[1].nodes, assume_unique=True)
        one, other = (
            _leiden(part, resolution, seed)[np.searchsorted(part.nodes, in_both)] for part in pair
        )
        found.append(adjusted_rand(one, other) if len(one) > 1 else 0.0)
    return found


def _n_pairs(sizes: Ints) -> float:
    return float((sizes * (sizes - 1) // 2).sum())
