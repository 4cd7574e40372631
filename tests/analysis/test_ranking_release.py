from collections import Counter, defaultdict
from itertools import combinations_with_replacement, permutations

import pytest

from analysis.ranking_release import release_ranking
from analysis.suppression import PUBLIC_K, ROOM_K
from analysis.tallies import Counts
from domain.ids import RecommendationId
from domain.people import StakeholderGroup as Group

A, B, C, D = map(RecommendationId, "abcd")
CLINIC = Group.CLINICIAN


def firsts(*counts, k=ROOM_K):
    tally = {r: {CLINIC: c} for r, c in zip((A, B, C, D), counts, strict=False)}
    return [vote.whole.n_agree for vote in release_ranking(tally, k).values()]


def test_counts_are_shown_where_all_can_be():
    assert firsts(Counts(6, 0, 6), Counts(6, 0, 6)) == [6, 6]


def test_first_places_are_told_of_everybody_where_two_or_more_stay_untold():
    assert firsts(Counts(11, 2, 7), Counts(6, 8, 6), Counts(1, 8, 11), Counts(2, 8, 10)) == [
        11,
        6,
        None,
        None,
    ]


def test_one_that_few_placed_first_does_not_stay_alone():
    """B-8: 20 less the others would be 2."""
    assert firsts(Counts(12, 2, 6), Counts(6, 8, 6), Counts(2, 10, 8)) == [12, None, None]


def test_files_tell_no_first_places_of_ten_or_fewer():
    room = firsts(Counts(11, 4, 15), Counts(19, 8, 3), Counts(0, 18, 12))
    files = firsts(Counts(11, 4, 15), Counts(19, 8, 3), Counts(0, 18, 12), k=PUBLIC_K)

    assert all(told is None or told in room for told in files)


@pytest.mark.parametrize("n", [5, 7, 11, 12])
def test_whoever_goes_through_every_ranking_solves_no_few_peoples_places(n):
    """B-8: All orders of three by so many people, over the room's page and the file."""
    ways, alike = list(permutations(range(3))), defaultdict(list)
    for people in combinations_with_replacement(ways, n):
        cells = []
        for option in range(3):
            places = Counter(order.index(option) for order in people)
            cells.append(Counts(places[0], places[1], places[2]))
        tally = {r: {CLINIC: c} for r, c in zip((A, B, C), cells, strict=True)}
        page = tuple(tuple(release_ranking(tally, k).values()) for k in (ROOM_K, PUBLIC_K))
        alike[page].append([cell for counts in cells for cell in counts.cells])

    certain = [
        values[0]
        for votes in alike.values()
        for values in zip(*votes, strict=True)
        if len(set(values)) == 1 and (0 < values[0] < ROOM_K or values[0] == n)
    ]
    assert certain == []
