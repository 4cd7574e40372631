"""Themes: groups of passages that speak of the same thing, on two levels. Start at `find_themes`.

How it works: passages are linked to their nearest in meaning, and to the next ones in time as far
as the meeting shows that neighbours in time speak of the same (`analysis.theme_graph`); as far as
that goes, what is said around a passage counts for its meaning too. Leiden finds broad themes and
fine ones, of short texts at the most stable resolution (`analysis.theme_levels`); a fine theme
belongs to the broad one that holds most of it. Nobody has to say how many there are, and a tree of
merges answers at once for every breadth (`analysis.theme_tree`). Talk of sixty passages or more is
parted into at least five broad themes.

What was tuned on what: the number of neighbours and the weight of a link on banking77 and
clinc150 (test); the reach and weight of time and the share of context on twelve meetings of QMSum
(val). The middle of the most stable resolutions was taken because on banking77 and clinc150 it
changed least between seeds. How fine themes are was then checked on twenty groupings with 3 to 400
labels: parts of these two sets with other sizes and coarser labels, ArgKP, Perspectrum, Polis,
QMSum. Of twenty-two rules (the broadest of the best, weighted means, a price for fineness) none was
ahead on all; that resolutions below 1 are tried too came from there. How much finer the fine themes
of talk are was set on the sample and ten meetings of QMSum (`analysis.theme_levels`). For meetings
of more than 500 passages fewer steps in time were checked on 75 meetings of QMSum (train and val).
The number of samples and of starts was set on how much themes of the invented sample
change with the path of arithmetic.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.near_neighbours import Floats, Grid, Ints, on_grid
from analysis.theme_graph import ThemeGraph, link_passages
from analysis.theme_levels import Limits, find_communities
from analysis.theme_memberships import Memberships, find_memberships
from analysis.theme_tree import Merge, groups_at_breadth, join_groups, merge_tree
from domain.errors import TooFewPassages

NO_THEME = -1

_MOST_SHARE_SET_ASIDE = 0.1
# Half as near to the theme's centre as its passages usually are.
_FAR_FROM_ITS_THEME = 0.5
# Talk of so many passages is shown in at least so many broad themes, as long as links allow.
_LONG_TALK, _FEWEST_BROAD = 60, 5


@dataclass(frozen=True, eq=False)
class Themes:
    """What `find_themes` found.

    ``fine`` and ``broad`` shape (n_passages,): the theme on each level, 0 the largest, or
    `NO_THEME`. ``strength`` shape (n_passages,): the share (0-1) of the passage's likeness to its
    neighbours that goes to its own fine theme; 0 if it has none. ``broad_of_fine`` shape
    (n_fine,). ``typical`` and ``typical_broad``: per theme its passages, the nearest to its
    centre first. ``centres`` shape (n_fine, n_dims), unit rows. ``merges``: how fine themes join,
    the most linked first.
    """

    fine: Ints
    broad: Ints
    strength: Floats
    broad_of_fine: Ints
    typical: tuple[Ints, ...]
    typical_broad: tuple[Ints, ...]
    centres: Grid
    memberships: Memberships
    merges: tuple[Merge, ...]

    def at_breadth(self, n_themes: int) -> Ints:
        """Shape (n_passages,): the themes when fine ones are joined until ``n_themes`` are left.

        Themes that nothing links stay apart, so there can be more. 0 is the largest.
        """
        sizes = np.bincount(self.fine[self.fine >= 0], minlength=len(self.centres))
        groups = groups_at_breadth(sizes.tolist(), self.merges, n_themes)
        return np.append(groups, NO_THEME)[self.fine]


def find_themes(
    vectors: NDArray[np.floating],
    *,
    times_s: Floats | None = None,
    min_size: int = 3,
    most_broad: int = 12,
    seed: int = 0,
) -> Themes:
    """Group passages into themes by what was said and, if known, when.

    The same vectors and times give the same groups in any order of the passages, with any number
    of threads. Equally large themes are numbered in the order first said: by time where times are
    given, otherwise by the order of the rows.

    Parameters
    ----------
    vectors
        Shape (n_passages, n_dims), finite and non-zero; only their direction counts.
    times_s
        Shape (n_passages,): when each was said, NaN if unknown. Give each meeting its own range,
        more than ten minutes from the next, and passages of two meetings are never neighbours.
    min_size
        Fewest passages that make a theme.
    most_broad
        Most broad themes, as long as links allow.
    seed
        Of the random samples by which the resolution is chosen.

    Returns
    -------
    Both levels. At most a tenth of the passages are in no theme: those without enough company that
    lie less than half as near to any theme's centre as its own passages usually do. If no
    ``min_size`` passages belong together at all, every passage is in none.

    Raises
    ------
    TooFewPassages
        If there are fewer than ``min_size`` passages, or fewer than two.
    VectorsUnusable
        If a vector has no direction.
    """
    needed = max(2, min_size)
    if len(vectors) < needed:
        raise TooFewPassages(found=len(vectors), needed=needed)

    graph = link_passages(vectors, times_s)
    said = _order_said(len(vectors), times_s)
    is_long_talk = times_s is not None and len(vectors) >= _LONG_TALK
    limits = Limits(min_size, _FEWEST_BROAD if is_long_talk else 1, most_broad)
    communities, parts = find_communities(graph, limits, seed=seed)
    fine_of_node = _settle(graph, communities, min_size)
    fine = _largest_first(fine_of_node[graph.node_of_passage], said)
    fine_of_node[graph.node_of_passage] = fine
    n_fine = int(fine.max()) + 1
    tree = merge_tree(
        _links_between(graph, fine_of_node, n_fine), _part_of_theme(fine_of_node, parts, n_fine)
    )
    n_merges = max(tree.n_within, n_fine - most_broad)
    broader = _broader(fine, join_groups(n_fine, tree.merges[:n_merges]))
    return _described(graph, fine, _largest_first(broader, said), said, tree.merges)


def _described(
    graph: ThemeGraph, fine: Ints, broad: Ints, said: Ints, merges: tuple[Merge, ...]
) -> Themes:
    n_fine = int(fine.max()) + 1
    fine_of_node = np.empty(graph.n_nodes, dtype=np.intp)
    fine_of_node[graph.node_of_passage] = fine
    broad_of_fine = np.empty(n_fine, dtype=np.intp)
    broad_of_fine[fine[fine >= 0]] = broad[fine >= 0]
    broad_of_node = np.append(broad_of_fine, NO_THEME)[fine_of_node]

    centres = _centres(graph, fine_of_node)
    strength, memberships = find_memberships(graph, fine_of_node)
    return Themes(
        fine=fine,
        broad=broad,
        strength=strength,
        broad_of_fine=broad_of_fine,
        typical=_typical(graph, fine, centres, said),
        typical_broad=_typical(graph, broad, _centres(graph, broad_of_node), said),
        centres=centres,
        memberships=memberships,
        merges=merges,
    )


def _settle(graph: ThemeGraph, communities: Ints, min_size: int) -> Ints:
    """Shape (n_nodes,): communities, with small ones joined to the nearest theme or set aside."""
    n_copies = np.bincount(graph.node_of_passage, minlength=graph.n_nodes)
    sizes = np.bincount(communities, n_copies)
    themes = np.flatnonzero(sizes >= min_size)
    if not len(themes):
        return np.full(graph.n_nodes, NO_THEME, dtype=np.intp)
    number = np.full(len(sizes), NO_THEME, dtype=np.intp)
    number[themes] = np.arange(len(themes))
    theme_of_node = number[communities]

    small = np.flatnonzero(theme_of_node == NO_THEME)
    centres = _centres(graph, theme_of_node)
    links = _links_to_themes(graph, theme_of_node, len(themes))[small]
    nearness = graph.directions[small] @ centres.T
    # Links know of time too; a node without links to any theme has only its meaning.
    best = np.where(links.max(axis=1) > 0.0, np.argmax(links, axis=1), np.argmax(nearness, axis=1))
    of_its_own = (graph.directions * centres[theme_of_node]).sum(axis=1)
    usual = np.array([np.median(of_its_own[theme_of_node == t]) for t in range(len(themes))])
    likeness = nearness[np.arange(len(small)), best] / np.maximum(usual[best], 1e-9)
    theme_of_node[small] = best
    n_may_leave = int(_MOST_SHARE_SET_ASIDE * n_copies.sum())
    for i in np.argsort(likeness, kind="stable"):
        n_may_leave -= n_copies[small[i]]
        if likeness[i] >= _FAR_FROM_ITS_THEME or n_may_leave < 0:
            break
        theme_of_node[small[i]] = NO_THEME
    return theme_of_node


def _links_to_themes(graph: ThemeGraph, theme_of_node: Ints, n_themes: int) -> Floats:
    """Shape (n_nodes, n_themes): the weight of each node's links to each theme."""
    nodes = np.concatenate([graph.starts, graph.ends])
    themes = theme_of_node[np.concatenate([graph.ends, graph.starts])]
    weights = np.concatenate([graph.weights, graph.weights])[themes >= 0]
    cells = nodes[themes >= 0] * n_themes + themes[themes >= 0]
    sums = np.bincount(cells, weights, minlength=graph.n_nodes * n_themes)
    return np.asarray(sums.reshape(graph.n_nodes, n_themes))


def _order_said(n_passages: int, times_s: Floats | None) -> Ints:
    """Shape (n_passages,): the place of each passage in the order said."""
    order = np.arange(n_passages)
    if times_s is not None:
        order = np.argsort(np.asarray(times_s), kind="stable")
    place = np.empty(n_passages, dtype=np.intp)
    place[order] = np.arange(n_passages)
    return place


def _largest_first(labels: Ints, said: Ints) -> Ints:
    is_in = labels >= 0
    groups, group_of, sizes = np.unique(labels[is_in], return_inverse=True, return_counts=True)
    first_said = np.full(len(groups), len(labels))
    np.minimum.at(first_said, group_of, said[is_in])
    number = np.empty(len(groups), dtype=np.intp)
    number[np.lexsort((first_said, -sizes))] = np.arange(len(groups))
    numbered = np.full(len(labels), NO_THEME, dtype=np.intp)
    numbered[is_in] = number[group_of]
    return numbered


def _broader(fine: Ints, goes_by: Ints) -> Ints:
    """Broad numbers without gaps, in the order of their largest fine theme."""
    number = np.unique(goes_by, return_inverse=True)[1]
    return np.append(number, NO_THEME)[fine]


def _part_of_theme(theme_of_node: Ints, parts: Ints, n_themes: int) -> Ints:
    """Shape (n_themes,): the part that most of a theme's nodes lie in."""
    is_in = theme_of_node >= 0
    counts = np.zeros((n_themes, int(parts.max()) + 1), dtype=np.intp)
    np.add.at(counts, (theme_of_node[is_in], parts[is_in]), 1)
    return np.asarray(np.argmax(counts, axis=1))


def _links_between(graph: ThemeGraph, theme_of_node: Ints, n_themes: int) -> Floats:
    one, other = theme_of_node[graph.starts], theme_of_node[graph.ends]
    are_in = (one >= 0) & (other >= 0)
    cells = one[are_in] * n_themes + other[are_in]
    links = np.bincount(cells, graph.weights[are_in], minlength=n_themes**2)
    square = links.reshape(n_themes, n_themes)
    return np.asarray(square + square.T)


def _centres(graph: ThemeGraph, theme_of_node: Ints) -> Grid:
    n_themes = int(theme_of_node.max(initial=-1)) + 1
    n_copies = np.bincount(graph.node_of_passage, minlength=graph.n_nodes)
    of_node = np.flatnonzero(theme_of_node >= 0)
    held = (n_copies[of_node].astype(np.float64), (theme_of_node[of_node], of_node))
    # Sums of numbers on the grid are exact in float64, whatever their order.
    sums = sparse.csr_matrix(held, shape=(n_themes, graph.n_nodes)) @ graph.directions
    return on_grid(sums)


def _typical(graph: ThemeGraph, labels: Ints, centres: Grid, said: Ints) -> tuple[Ints, ...]:
    directions = graph.directions[graph.node_of_passage]
    orders = []
    for theme, centre in enumerate(centres):
        passages = np.flatnonzero(labels == theme)
        nearness = directions[passages] @ centre
        orders.append(passages[np.lexsort((said[passages], -nearness))])
    return tuple(orders)
