import numpy as np
import pytest

from analysis.order_certainty import certainty


def shares(*of, n=30, n_first=1, n_draws=200):
    return certainty(np.array(of), np.full(len(of), n), n_first, n_draws=n_draws)


def test_a_first_place_that_everybody_gives_is_certain():
    assert shares(1.0, 0.0, 0.0).tolist() == [1.0, 0.0, 0.0]


def test_options_that_tie_at_the_border_share_the_places_left():
    assert shares(1.0, 0.0, 0.0, n_first=2).tolist() == [1.0, 0.5, 0.5]


def test_a_close_order_is_less_sure_than_a_clear_one():
    assert shares(0.55, 0.45)[0] < shares(0.9, 0.1)[0]


def test_half_as_many_people_are_less_sure():
    assert shares(0.6, 0.4, n=15)[0] < shares(0.6, 0.4, n=60)[0]


def test_shares_add_up_to_the_places_and_repeat_with_the_seed():
    first = shares(0.5, 0.4, 0.6, 0.3, n_first=3)

    assert first.sum() == pytest.approx(3.0)
    assert first.tolist() == shares(0.5, 0.4, 0.6, 0.3, n_first=3).tolist()
