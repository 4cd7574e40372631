"""How strongly each passage belongs to its theme, and to others. Start at `find_memberships`."""

from dataclasses import dataclass

import numpy as np

from analysis.near_neighbours import Floats, Ints
from analysis.theme_graph import ThemeGraph

# A passage speaks of a second theme too if a quarter of its likeness goes there.
_SECOND_THEME_SHARE = 0.25


@dataclass(frozen=True, eq=False)
class Memberships:
    """Which passage speaks of which fine theme: one row each, shape (n_memberships,)."""

    passages: Ints
    themes: Ints
    strengths: Floats


def find_memberships(graph: ThemeGraph, theme_of_node: Ints) -> tuple[Floats, Memberships]:
    """Each passage's share of likeness to its own theme, and every theme it speaks of.

    Parameters
    ----------
    theme_of_node
        Shape (n_nodes,): theme, or -1 for none.

    Returns
    -------
    Shape (n_passages,): share (0-1) of the likeness to its neighbours that goes to its own theme,
    0 without one. And the memberships: the own theme, and each other that has a quarter or more.
    """
    n_themes = max(1, int(theme_of_node.max(initial=-1)) + 1)
    nodes = np.concatenate([graph.starts, graph.ends, np.arange(graph.n_nodes)])
    likes = np.concatenate([graph.ends, graph.starts, np.arange(graph.n_nodes)])
    # Copies of a passage are one node: each is as like its copies as can be.
    n_copies = np.bincount(graph.node_of_passage, minlength=graph.n_nodes)
    likeness = np.concatenate([graph.likeness, graph.likeness, n_copies - 1.0])
    totals = np.bincount(nodes, likeness, minlength=graph.n_nodes)
    is_in = theme_of_node[likes] >= 0
    cells = nodes[is_in] * n_themes + theme_of_node[likes[is_in]]
    keys, key_of = np.unique(cells, return_inverse=True)
    sums = np.bincount(key_of, likeness[is_in], minlength=len(keys))
    node, theme = keys // n_themes, keys % n_themes
    is_own = theme == theme_of_node[node]
    # A passage that resembles nothing, yet has a theme, is there alone with itself.
    share = np.divide(sums, totals[node], out=is_own.astype(float), where=totals[node] > 0.0)

    strength_of_node = np.zeros(graph.n_nodes)
    strength_of_node[node[is_own]] = share[is_own]
    speaks = (is_own | (share >= _SECOND_THEME_SHARE)) & (theme_of_node[node] >= 0)
    rows = _rows_of_passages(graph.node_of_passage, node[speaks], graph.n_nodes)
    memberships = Memberships(
        passages=rows[0], themes=theme[speaks][rows[1]], strengths=share[speaks][rows[1]]
    )
    return strength_of_node[graph.node_of_passage], memberships


def _rows_of_passages(node_of_passage: Ints, sorted_nodes: Ints, n_nodes: int) -> tuple[Ints, Ints]:
    """For each passage the rows of its node: passages repeated, and the row numbers."""
    n_rows = np.bincount(sorted_nodes, minlength=n_nodes)
    first_row = np.cumsum(n_rows) - n_rows
    n_mine = n_rows[node_of_passage]
    passages = np.repeat(np.arange(len(node_of_passage)), n_mine)
    place = np.arange(len(passages)) - np.repeat(np.cumsum(n_mine) - n_mine, n_mine)
    return passages, first_row[node_of_passage[passages]] + place
