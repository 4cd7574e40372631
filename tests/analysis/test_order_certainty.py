import numpy as np
import pytest

from analysis.order_certainty import certainty, order_of, weighted_means

NAN = np.nan
INDUSTRY, LIVED = ["industry"] * 8, ["lived"] * 2
SCORES = np.array([[1.0, 0.0]] * 8 + [[0.0, 1.0]] * 2)


def test_without_weights_every_person_counts_the_same():
    assert weighted_means(SCORES, INDUSTRY + LIVED).tolist() == [0.8, 0.2]


def test_with_equal_weights_a_group_of_two_counts_as_one_of_eight():
    means = weighted_means(SCORES, INDUSTRY + LIVED, {"industry": 1.0, "lived": 1.0})

    assert means.tolist() == [0.5, 0.5]


def test_a_group_that_is_left_out_changes_nothing():
    assert weighted_means(SCORES, INDUSTRY + LIVED, {"lived": 1.0}).tolist() == [0.0, 1.0]


def test_a_group_that_did_not_answer_an_option_weighs_nothing_there():
    scores = np.array([[1.0, NAN], [0.0, 1.0]])

    means = weighted_means(scores, ["a", "b"], {"a": 1.0, "b": 1.0})

    assert means.tolist() == [0.5, 1.0]


def test_an_option_that_nobody_answered_has_no_mean_and_comes_last():
    means = weighted_means(np.array([[NAN, 0.0], [NAN, 1.0]]), ["a", "a"])

    assert np.isnan(means[0])
    assert order_of(means).tolist() == [1, 0]


def test_equal_means_stand_in_the_order_of_their_numbers():
    assert order_of(np.array([0.5, 0.5 + 1e-12, 0.9])).tolist() == [2, 0, 1]


def test_a_first_place_that_everybody_gives_is_certain():
    shares = certainty(np.array([[1.0, 0.0, 0.0]] * 9), ["a"] * 9, 1, n_draws=50)

    assert shares.tolist() == [1.0, 0.0, 0.0]


def test_options_that_tie_at_the_border_share_the_places_left():
    shares = certainty(np.array([[1.0, 0.5, 0.5]] * 9), ["a"] * 9, 2, n_draws=10)

    assert shares.tolist() == [1.0, 0.5, 0.5]


def test_a_close_order_is_less_sure_than_a_clear_one():
    rng = np.random.default_rng(0)
    near = (rng.random((30, 2)) < [0.55, 0.45]).astype(float)
    clear = (rng.random((30, 2)) < [0.9, 0.1]).astype(float)

    assert certainty(near, ["a"] * 30, 1)[0] < certainty(clear, ["a"] * 30, 1)[0]


def test_shares_add_up_to_the_places_and_repeat_with_the_seed():
    scores = np.random.default_rng(1).random((20, 6))

    shares = certainty(scores, ["a"] * 12 + ["b"] * 8, 3, n_draws=200)

    assert shares.sum() == pytest.approx(3.0)
    assert shares.tolist() == certainty(scores, ["a"] * 12 + ["b"] * 8, 3, n_draws=200).tolist()
