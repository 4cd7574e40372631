import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from analysis.theme_graph import link_passages
from analysis.theme_levels import (
    Limits,
    _best_leiden,
    _broad,
    _links,
    _middle_of_best,
    _of_fine_talk,
    adjusted_rand,
    find_communities,
)
from analysis.theme_tree import fewest_groups, groups_at_breadth, join_groups, merge_tree
from analysis.themes import find_themes


def test_agreement_of_two_groupings_is_scikit_learns_adjusted_rand():
    rng = np.random.default_rng(0)
    one, other = rng.integers(0, 4, 60), rng.integers(0, 6, 60)

    assert adjusted_rand(one, other) == pytest.approx(adjusted_rand_score(one, other), abs=1e-12)


def test_the_most_linked_pair_is_joined_first():
    links = np.array([[8.0, 3.0, 1.0], [3.0, 8.0, 0.0], [1.0, 0.0, 8.0]])

    tree = merge_tree(links, np.zeros(3, dtype=np.intp))

    assert [merge[:2] for merge in tree.merges] == [(0, 1), (0, 2)]


def test_groups_of_one_part_are_joined_before_any_of_two():
    links = np.array([[8.0, 1.0, 5.0], [1.0, 8.0, 0.0], [5.0, 0.0, 8.0]])

    tree = merge_tree(links, np.array([0, 0, 1]))

    assert [merge[:2] for merge in tree.merges] == [(0, 1), (0, 2)]
    assert tree.n_within == 1


def test_groups_without_a_link_are_never_joined():
    assert merge_tree(np.eye(3) * 4, np.zeros(3, dtype=np.intp)).merges == ()


def test_joined_groups_go_by_the_lowest_number():
    assert join_groups(4, [(1, 3, 2.0), (0, 1, 1.0)]).tolist() == [0, 0, 2, 0]


def test_of_resolutions_that_agree_as_well_the_middle_one_is_taken():
    agreement = np.array([[0.1, 0.1], [0.9, 0.8], [0.9, 0.8], [0.8, 0.9], [0.9, 0.8], [0.8, 0.9]])

    assert _middle_of_best(agreement) == 4


def test_a_resolution_that_agrees_clearly_better_is_taken():
    agreement = np.array([[0.4, 0.4], [0.41, 0.4], [0.9, 0.9], [0.4, 0.41], [0.4, 0.4]])

    assert _middle_of_best(agreement) == 2


@pytest.mark.parametrize("fewest_broad", [1, 9, 14])
def test_fine_themes_of_talk_go_by_its_broad_ones_however_fine_these_must_be(fewest_broad):
    rng = np.random.default_rng(2)
    topics = np.repeat(rng.normal(size=(12, 24)), 10, axis=0)
    said = topics + 0.8 * rng.normal(size=topics.shape)
    graph = link_passages(said, 5.0 * np.arange(len(said)))
    limits, links = Limits(3, fewest_broad, 20), _links(graph)

    fine, broad = find_communities(graph, limits, seed=0)

    resolution, expected_broad = _broad(graph, links, limits, 0)
    expected = _best_leiden(links, _of_fine_talk(graph, links, limits, 0, resolution), 0)
    assert (graph.weights > graph.likeness).any()
    np.testing.assert_array_equal(broad, expected_broad)
    np.testing.assert_array_equal(fine, expected)


THREE_MERGES = ((1, 3, 9.0), (0, 2, 4.0), (0, 1, 1.5))


def test_the_broad_theme_with_most_passages_is_number_0():
    assert groups_at_breadth([9, 8, 1, 7], THREE_MERGES, 2).tolist() == [1, 0, 1, 0]


def test_of_equally_large_broad_themes_the_one_with_the_first_fine_theme_comes_first():
    assert groups_at_breadth([5, 4, 3, 4], THREE_MERGES, 2).tolist() == [0, 1, 0, 1]


def test_no_merge_is_done_where_as_many_themes_as_there_are_were_asked_for():
    assert groups_at_breadth([4, 3, 2, 1], THREE_MERGES, 4).tolist() == [0, 1, 2, 3]
    assert groups_at_breadth([4, 3, 2, 1], THREE_MERGES, 99).tolist() == [0, 1, 2, 3]


def test_what_nothing_links_stays_apart_at_every_breadth():
    merges = THREE_MERGES[:2]

    assert groups_at_breadth([4, 3, 2, 1], merges, 1).tolist() == [0, 1, 0, 1]
    assert fewest_groups(4, merges) == 2


def test_no_fine_theme_has_no_broad_one():
    assert groups_at_breadth([], (), 5).tolist() == []


def test_fine_themes_are_as_few_as_the_passages_say_down_to_what_broad_ones_can_show():
    rng = np.random.default_rng(0)
    spoken_of = np.repeat(np.arange(15), 100)
    vectors = 0.5 * np.eye(80)[spoken_of] + 0.1 * rng.normal(size=(1500, 80))

    assert find_themes(vectors).fine.max() + 1 == 15


def talk(seed):
    """Twelve subjects in a row, twelve passages each, that share a good part of their meaning."""
    rng = np.random.default_rng(seed)
    meanings = np.repeat(rng.normal(size=(12, 32)), 12, axis=0)
    return 0.5 * meanings + rng.normal(size=meanings.shape), np.arange(144) * 20.0


def test_the_last_digits_do_not_decide_which_fine_themes_talk_has():
    vectors, times_s = talk(seed=0)
    digits = np.random.default_rng(9).normal(size=vectors.shape) * 1e-3

    found, again = (find_themes(v, times_s=times_s) for v in (vectors, vectors + digits))

    assert adjusted_rand_score(found.fine, again.fine) > 0.95


def test_talk_has_few_enough_fine_themes_to_be_read():
    vectors, times_s = talk(seed=1)

    found = find_themes(vectors, times_s=times_s)

    assert found.broad.max() < found.fine.max() < 36
