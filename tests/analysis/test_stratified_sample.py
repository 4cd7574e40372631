from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from analysis.stratified_sample import FEWEST, draw

GROUPS = st.lists(st.sampled_from("abcde"), min_size=1, max_size=200)


@given(GROUPS, st.integers(1, 100), st.integers(0, 2**31))
def test_every_group_is_in_it_and_no_place_twice(groups, n, seed):
    places = draw(groups, n, seed=seed)

    drawn = Counter(groups[place] for place in places)
    assert len(set(places)) == len(places)
    assert all(drawn[group] >= min(FEWEST, size) for group, size in Counter(groups).items())


def test_a_large_group_has_its_share():
    places = draw(["a"] * 900 + ["b"] * 90 + ["c"] * 10, 100, seed=1)

    assert Counter(min(place // 900, 1) for place in places) == {0: 90, 1: 12}


def test_the_same_seed_draws_the_same():
    groups = list("aabbbcccc") * 20

    assert draw(groups, 30, seed=5) == draw(groups, 30, seed=5)
    assert draw(groups, 30, seed=5) != draw(groups, 30, seed=6)


def test_the_order_does_not_tell_the_group():
    groups = ["a"] * 100 + ["b"] * 100
    drawn = [groups[place] for place in draw(groups, 60, seed=3)]

    assert drawn != sorted(drawn)
    assert drawn != sorted(drawn, reverse=True)
