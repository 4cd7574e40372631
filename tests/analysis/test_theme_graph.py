import numpy as np
import pytest

from analysis import theme_graph
from analysis.theme_graph import link_passages


def test_copies_are_one_node():
    graph = link_passages(np.array([[1.0, 0.0], [0.6, 0.8], [2.0, 0.0]]), None)

    assert graph.n_nodes == 2
    assert graph.node_of_passage[0] == graph.node_of_passage[2]


def test_two_passages_that_name_each_other_as_nearest_count_their_likeness_twice():
    graph = link_passages(np.array([[1.0, 0.0], [0.6, 0.8]]), None)

    np.testing.assert_allclose(graph.likeness, [1.2], atol=2e-3)


def test_a_cosine_is_the_same_to_the_last_bit_however_it_is_added_up():
    rng = np.random.default_rng(0)
    directions = link_passages(rng.normal(size=(50, 384)), None).directions

    by_blas = directions @ directions.T
    one_by_one = [[np.add.accumulate(a * b)[-1] for b in directions] for a in directions[:5]]

    np.testing.assert_array_equal(by_blas[:5], one_by_one)


def test_passages_of_two_meetings_are_no_neighbours_in_time():
    vectors = np.array(
        [[1.0, 0.02 * i, 0.1] for i in range(4)] + [[-0.1, 0.02 * i, 1.0] for i in range(4)]
    )
    together = np.arange(8.0)
    apart = together + np.repeat([0.0, 5000.0], 4)

    n_links_together = len(link_passages(vectors, together).starts)
    n_links_apart = len(link_passages(vectors, apart).starts)

    assert n_links_apart < n_links_together


def test_time_counts_for_nothing_where_neighbours_are_no_more_alike_than_any_two():
    rng = np.random.default_rng(1)
    vectors = np.eye(10)[rng.permutation(np.repeat(range(10), 40))] + 0.02 * rng.normal(
        size=(400, 10)
    )

    graph = link_passages(vectors, np.arange(400.0))

    assert (graph.weights - graph.likeness).max() < 0.1


def test_a_direction_stays_what_was_said_whatever_was_said_around_it():
    rng = np.random.default_rng(2)
    vectors = np.eye(6)[np.repeat([0, 1, 2], 20)] + 0.1 * rng.normal(size=(60, 6))

    with_times, without = link_passages(vectors, np.arange(60.0)), link_passages(vectors, None)

    np.testing.assert_array_equal(
        with_times.directions[with_times.node_of_passage],
        without.directions[without.node_of_passage],
    )


def test_what_is_said_around_a_passage_brings_it_nearer_to_its_neighbours():
    rng = np.random.default_rng(2)
    vectors = np.eye(40)[np.repeat([0, 1, 2], 20)] + 0.15 * rng.normal(size=(60, 40))

    with_times, without = link_passages(vectors, np.arange(60.0)), link_passages(vectors, None)

    assert with_times.likeness.sum() > without.likeness.sum()


def test_in_a_long_meeting_few_links_in_time_count_as_much_together_as_all(monkeypatch):
    topic = np.repeat(np.random.default_rng(3).permutation(12), 50)
    vectors = np.eye(40)[topic] + 0.2 * np.random.default_rng(1).normal(size=(600, 40))
    few = link_passages(vectors, np.arange(600.0) * 10)
    monkeypatch.setattr(theme_graph, "_EVERY_STEP_UP_TO", 600)

    every = link_passages(vectors, np.arange(600.0) * 10)

    n_in_time = [int((g.weights > g.likeness).sum()) for g in (few, every)]
    in_time = [float((g.weights - g.likeness).sum()) for g in (few, every)]
    assert n_in_time[0] < n_in_time[1] / 3
    assert in_time[0] == pytest.approx(in_time[1], rel=0.02)
