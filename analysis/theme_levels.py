"""How fine themes are, and which broad one each belongs to. Start at `find_communities`.

Communities are found by Leiden (Traag, Waltman and van Eck 2019) at the resolution at which two
random four fifths of the passages agree best on who belongs together. Nobody says how many
themes there are: the passages do. Broad themes are Leiden's at resolution 1, where a group is
more linked inside than chance would have it.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import compress

import graspologic_native
import numpy as np
from numpy.typing import NDArray

from analysis.theme_graph import Ints, ThemeGraph

_BROAD = 1.0
# From the broad communities to groups of about ten, in steps of the square root of two.
RESOLUTIONS = tuple(_BROAD * 2 ** (step / 2) for step in range(13))
_SHARE_SAMPLED = 0.8
_N_PAIRS = 2
_MOST_SHARE_IN_SMALL_ONES = 0.1
_RANDOMNESS = 0.001

_Edges = list[tuple[str, str, float]]
_Sample = tuple[NDArray[np.bool_], _Edges]


def find_communities(graph: ThemeGraph, *, min_size: int, seed: int) -> tuple[Ints, Ints]:
    """Fine and broad community of each node, both shape (n_nodes,), found independently.

    A resolution that leaves more than a tenth of the passages in communities below ``min_size``
    is too fine, and so is every higher one.
    """
    edges = _edges(graph)
    if not edges:
        return np.arange(graph.n_nodes), np.arange(graph.n_nodes)
    broad = _leiden(edges, graph.n_nodes, _BROAD, seed)
    resolution = _most_stable(graph, edges, min_size, seed)
    return _leiden(edges, graph.n_nodes, resolution, seed), broad


def _most_stable(graph: ThemeGraph, edges: _Edges, min_size: int, seed: int) -> float:
    n_passages = np.bincount(graph.node_of_passage, minlength=graph.n_nodes)
    samples = _samples(graph, edges, seed)
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as threads:
        whole = list(threads.map(lambda r: _leiden(edges, graph.n_nodes, r, seed), RESOLUTIONS))
        usable = RESOLUTIONS[: _n_usable(whole, n_passages, min_size)]
        agreement = list(threads.map(lambda r: _agreement(samples, graph.n_nodes, r, seed), usable))
    # One resolution can agree by luck; it is believed as far as its neighbours agree too.
    padded = np.pad(np.array(agreement), 1, mode="edge")
    smooth = (padded[:-2] + 2 * padded[1:-1] + padded[2:]) / 4
    return usable[int(np.argmax(smooth))]


def adjusted_rand(a: Ints, b: Ints) -> float:
    """Agreement of two groupings: 1 the same, 0 as by chance (Hubert and Arabie 1985, eq. 5)."""
    n = len(a)
    pairs = _n_pairs(np.unique(a.astype(np.int64) * (int(b.max()) + 1) + b, return_counts=True)[1])
    pairs_a, pairs_b = (_n_pairs(np.bincount(labels)) for labels in (a, b))
    by_chance = pairs_a * pairs_b / (n * (n - 1) / 2)
    most = (pairs_a + pairs_b) / 2
    return 1.0 if most == by_chance else float((pairs - by_chance) / (most - by_chance))


def _edges(graph: ThemeGraph) -> _Edges:
    names = np.array([str(node) for node in range(graph.n_nodes)], dtype=object)
    return list(
        zip(
            names[graph.starts].tolist(),
            names[graph.ends].tolist(),
            graph.weights.tolist(),
            strict=True,
        )
    )


def _samples(graph: ThemeGraph, edges: _Edges, seed: int) -> list[list[_Sample]]:
    rng = np.random.default_rng(seed)
    pairs = []
    for _ in range(_N_PAIRS):
        drawn = [rng.random(graph.n_nodes) < _SHARE_SAMPLED for _ in range(2)]
        pairs.append(
            [
                (is_in, list(compress(edges, is_in[graph.starts] & is_in[graph.ends])))
                for is_in in drawn
            ]
        )
    return pairs


def _leiden(edges: _Edges, n_nodes: int, resolution: float, seed: int) -> Ints:
    labels = np.full(n_nodes, -1, dtype=np.intp)
    if edges:
        _, found = graspologic_native.leiden(edges, None, resolution, _RANDOMNESS, 1, True, seed, 1)
        nodes = np.fromiter(map(int, found), dtype=np.intp, count=len(found))
        labels[nodes] = np.fromiter(found.values(), dtype=np.intp, count=len(found))
    alone = np.flatnonzero(labels < 0)
    labels[alone] = labels.max(initial=-1) + 1 + np.arange(len(alone))
    return labels


def _n_usable(whole: list[Ints], n_passages: Ints, min_size: int) -> int:
    for i, labels in enumerate(whole):
        sizes = np.bincount(labels, n_passages)
        if sizes[sizes < min_size].sum() > _MOST_SHARE_IN_SMALL_ONES * n_passages.sum():
            return max(1, i)
    return len(whole)


def _agreement(
    samples: list[list[_Sample]],
    n_nodes: int,
    resolution: float,
    seed: int,
) -> float:
    found = []
    for pair in samples:
        one, other = (_leiden(edges, n_nodes, resolution, seed) for _, edges in pair)
        in_both = pair[0][0] & pair[1][0]
        if in_both.sum() > 1:
            found.append(adjusted_rand(one[in_both], other[in_both]))
    return float(np.mean(found)) if found else 0.0


def _n_pairs(sizes: Ints) -> float:
    return float((sizes * (sizes - 1) // 2).sum())
