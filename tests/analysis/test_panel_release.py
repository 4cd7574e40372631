"""What a panel's numbers may tell, held against every way in which it could have rated."""

from collections import defaultdict
from itertools import combinations_with_replacement

import pytest

from analysis.panel_ratings import Verdict
from analysis.panel_release import release_panel
from analysis.small_cells import is_small

GOLDEN = [4, 5, 6, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 9, 9]
STANDINGS = ((1, 3), (4, 6), (7, 9))


def test_the_golden_panel_is_told_in_numbers():
    """FIELD: Basger et al. 2012, Table 1."""
    told = release_panel(GOLDEN, 15)

    assert (told.verdict, told.disagrees) == (Verdict.HIGH, False)
    assert told.rating is not None
    assert (told.rating.median, told.rating.ipr) == (7.0, 1.0)
    assert told.rating.ipras == pytest.approx(6.1)
    assert told.counted.counts is None


@pytest.mark.parametrize("ratings", [[], [9], [1, 5, 9, 9], [7, 8, 8, 8, 9]])
def test_of_up_to_five_ratings_no_number_and_no_verdict_is_told(ratings):
    told = release_panel(ratings, 9)

    assert (told.n, told.n_panel) == (len(ratings), 9)
    assert told.verdict is told.disagrees is told.rating is None


def test_numbers_that_would_tell_what_few_people_gave_become_words():
    """Of eight the second and third lowest are 7 and 8: one gave less than 7, for certain."""
    told = release_panel([5, 7, 8, 8, 9, 9, 9, 9], 8)

    assert told.rating is None
    assert (told.verdict, told.disagrees) == (Verdict.HIGH, False)


def test_where_the_words_alone_would_tell_nothing_is_said():
    """Low by its median, yet under two thirds are low: of seven that is four, for certain."""
    told = release_panel([1, 2, 3, 3, 4, 8, 9], 7)

    assert told.counted.phrase == "divided"
    assert told.verdict is told.disagrees is told.rating is None


def what_is_told(ratings, k):
    told = release_panel(ratings, len(ratings), k)
    return (told.verdict, told.disagrees, told.rating, told.counted)


@pytest.mark.parametrize("n", [6, 7])
def test_no_small_cell_follows_from_anything_that_is_told(n, record_property):
    """B-8: All ways to rate, grouped by what is told of them: no count of a few is certain."""
    seen = defaultdict(list)
    for ratings in combinations_with_replacement(range(1, 10), n):
        seen[what_is_told(ratings, 5)].append(ratings)

    solved = [
        told
        for told, ways in seen.items()
        if any(is_certain(ways, a, b, n) for a, b in STANDINGS)
        or any(is_known_of_few(ways, score) for score in range(1, 10))
    ]

    n_told = sum(len(ways) for told, ways in seen.items() if told[2] is not None)
    n_ways = sum(map(len, seen.values()))
    record_property("figure", f"{n_ways:,} ways of {n} people, {n_told:,} in numbers, 0 solved")
    assert solved == []
    assert n_told > 0


def is_certain(ways, first, last, n):
    numbers = {sum(first <= r <= last for r in ratings) for ratings in ways}
    return len(numbers) == 1 and is_small(numbers.pop(), n, 5)


def is_known_of_few(ways, score):
    numbers = {ratings.count(score) for ratings in ways}
    return len(numbers) == 1 and 0 < numbers.pop() < 5
