import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.panel_ratings import Verdict, summarise

ratings = st.lists(st.integers(1, 9), min_size=1, max_size=30)


def test_the_published_panel_of_fifteen_comes_out_as_published():
    """PMC3467596, Table 1: median 7, IPR 1.0, IPRAS 6.1, no disagreement."""
    found = summarise([4, 5, 6, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 9, 9], 15)

    assert (found.median, found.p30, found.p70, found.ipr) == (7, 7, 8, 1)
    assert found.ipras == pytest.approx(6.1)
    assert not found.disagrees
    assert found.verdict is Verdict.HIGH


def test_a_panel_at_both_ends_disagrees_and_is_uncertain():
    found = summarise([1, 1, 1, 1, 1, 9, 9, 9, 9, 9], 10)

    assert found.disagrees
    assert found.verdict is Verdict.UNCERTAIN


def test_a_low_median_without_disagreement_is_low():
    assert summarise([1, 2, 2, 3], 4).verdict is Verdict.LOW


def test_who_did_not_rate_is_in_the_denominator():
    assert summarise([8], 9).n_panel == 9


@pytest.mark.parametrize(("given_ratings", "n_panel"), [([], 3), ([5, 5], 1), ([0], 3), ([10], 3)])
def test_what_is_no_rating_is_refused(given_ratings, n_panel):
    with pytest.raises(ValueError, match="rating"):
        summarise(given_ratings, n_panel)


@given(given_ratings=ratings, order=st.randoms())
def test_the_order_of_ratings_changes_nothing(given_ratings, order):
    shuffled = list(given_ratings)
    order.shuffle(shuffled)

    assert summarise(given_ratings, 30) == summarise(shuffled, 30)


@given(given_ratings=ratings)
def test_turning_the_scale_round_turns_the_median_and_keeps_the_disagreement(given_ratings):
    found, turned = summarise(given_ratings, 30), summarise([10 - r for r in given_ratings], 30)

    assert turned.median == pytest.approx(10 - found.median)
    assert turned.ipr == pytest.approx(found.ipr)
    assert turned.ipras == pytest.approx(found.ipras)
