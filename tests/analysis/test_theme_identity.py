import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.theme_identity import N_TYPICAL, match_by_meaning, match_themes


def test_a_theme_that_keeps_half_its_typical_passages_stays_itself():
    assert match_themes({"nights": [1, 2, 3, 4]}, [[3, 4, 5, 6]]) == ["nights"]


def test_a_theme_with_less_in_common_is_new():
    assert match_themes({"nights": [1, 2, 3, 4]}, [[4, 5, 6, 7]]) == [None]


def test_of_two_parts_the_one_with_more_of_what_is_typical_continues_the_theme():
    before = {"nights": list(range(60))}

    assert match_themes(before, [list(range(20, 60)), list(range(20))]) == [None, "nights"]


def test_of_two_joined_themes_the_larger_one_is_continued():
    before = {"nights": [1, 2], "masks": [3, 4, 5]}

    assert match_themes(before, [[1, 2, 3, 4, 5]]) == ["masks"]


def test_a_theme_that_much_was_added_to_stays_itself():
    assert match_themes({"nights": [1, 2, 3]}, [[*range(50, 150), 1, 2, 3]]) == ["nights"]


def test_a_large_theme_with_one_passage_of_an_earlier_one_does_not_become_it():
    before = {"nights": list(range(N_TYPICAL))}

    assert match_themes(before, [[*range(50, 150), 1]]) == [None]


def test_numbers_do_not_matter():
    before = {"nights": [1, 2, 3], "masks": [4, 5, 6]}

    assert match_themes(before, [[4, 5, 6], [1, 2, 3]]) == ["masks", "nights"]


def test_nothing_before_makes_every_theme_new():
    assert match_themes({}, [[1], [2]]) == [None, None]


@given(
    old=st.lists(st.integers(0, 4), min_size=30, max_size=30),
    new=st.lists(st.integers(0, 4), min_size=30, max_size=30),
)
def test_no_earlier_theme_is_continued_twice(old, new):
    before = {n: [p for p in range(30) if old[p] == n] for n in set(old)}
    after = [[p for p in range(30) if new[p] == n] for n in sorted(set(new))]

    matched = [name for name in match_themes(before, after) if name is not None]

    assert len(matched) == len(set(matched))


@given(labels=st.lists(st.integers(0, 4), min_size=1, max_size=40))
def test_every_theme_of_the_same_run_is_itself(labels):
    groups = {n: [p for p, label in enumerate(labels) if label == n] for n in set(labels)}

    assert match_themes(groups, list(groups.values())) == list(groups)


EAST, NORTH, UP = np.eye(3)


def test_themes_of_two_meetings_that_say_the_same_are_one():
    known = np.array([NORTH, EAST])

    assert match_by_meaning(known, np.array([EAST + 0.1 * UP, UP])) == [1, None]


def test_the_nearest_pair_goes_first_and_each_is_taken_once():
    known = np.array([EAST])

    assert match_by_meaning(known, np.array([EAST + 0.3 * UP, EAST + 0.1 * UP])) == [None, 0]


def test_of_equally_near_themes_the_first_is_continued():
    assert match_by_meaning(np.array([EAST, EAST]), np.array([EAST])) == [0]


@pytest.mark.parametrize(("cosine", "expected"), [(0.81, [0]), (0.79, [None])])
def test_how_near_is_near_enough_can_be_said(cosine, expected):
    new = cosine * EAST + np.sqrt(1 - cosine**2) * NORTH

    assert match_by_meaning(np.array([EAST]), np.array([new]), near_enough=0.8) == expected


def test_nothing_known_leaves_every_theme_new():
    assert match_by_meaning(np.zeros((0, 3)), np.array([EAST, UP])) == [None, None]
