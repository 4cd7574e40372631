import numpy as np
import pytest

from analysis import near_neighbours
from analysis.near_neighbours import nearest, on_grid


@pytest.fixture
def in_cells(monkeypatch):
    """Compare within cells of fifty from a hundred nodes on."""
    monkeypatch.setattr(near_neighbours, "MOST_COMPARED_WITH_ALL", 100)
    monkeypatch.setattr(near_neighbours, "NODES_IN_CELL", 50)


def nodes_around(n_nodes, n_centres, *, seed=0):
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(n_centres, 48))
    rows = centres[rng.integers(0, n_centres, n_nodes)] + 0.6 * rng.normal(size=(n_nodes, 48))
    return np.unique(on_grid(rows), axis=0)


def links_of(nodes, n_neighbours=15):
    starts, ends, cosines = nearest(nodes, n_neighbours)
    return dict(zip(zip(starts.tolist(), ends.tolist(), strict=True), cosines, strict=True))


def test_a_small_set_is_compared_with_all():
    nodes = nodes_around(300, 5)
    cosines = nodes @ nodes.T
    np.fill_diagonal(cosines, -2.0)

    links = links_of(nodes, 4)

    truly = {(i, int(j)) for i in range(len(nodes)) for j in np.argsort(-cosines[i])[:4]}
    assert truly <= links.keys()


def test_a_large_set_finds_nine_of_ten_of_the_nearest(in_cells, monkeypatch):
    nodes = nodes_around(4000, 60)
    found = links_of(nodes).keys()
    monkeypatch.setattr(near_neighbours, "MOST_COMPARED_WITH_ALL", 10_000)
    true = links_of(nodes).keys()

    assert len(found & true) / len(true) >= 0.9


def test_a_link_in_cells_has_its_exact_cosine(in_cells):
    nodes = nodes_around(700, 9)

    links = links_of(nodes)

    assert all(cosine == float(nodes[i] @ nodes[j]) for (i, j), cosine in links.items())


def test_no_node_is_its_own_neighbour(in_cells):
    assert all(i != j for i, j in links_of(nodes_around(700, 9)))


def test_every_node_of_a_large_set_has_neighbours(in_cells):
    nodes = nodes_around(1500, 20)

    assert {i for i, _ in links_of(nodes)} == set(range(len(nodes)))


def test_all_that_tie_with_the_last_are_neighbours():
    corners = on_grid(np.vstack([np.ones(6), np.ones((6, 6)) - np.eye(6)]))

    assert sum(1 for i, _ in links_of(corners, 2) if i == 0) == 6


def test_one_node_has_no_neighbour():
    assert links_of(on_grid(np.ones((1, 3)))) == {}
