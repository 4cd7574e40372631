from itertools import combinations

import numpy as np
import pytest

from analysis.score_spread import Spread, spreads
from analysis.suppression import Released, ReleasedVote, release
from analysis.tallies import Counts
from domain.people import StakeholderGroup as Group

ALS, CLINIC = Group.PERSON_LIVING_WITH_ALS, Group.CLINICIAN


def counts_of(scores):
    low, high = sum(s <= 3 for s in scores), sum(s >= 7 for s in scores)
    return Counts(high, len(scores) - low - high, low)


def told(scores, k=5):
    vote = release({group: counts_of(given) for group, given in scores.items()}, k, room_k=k)
    return spreads(vote, scores)


def test_a_counted_group_of_ten_tells_its_middle_score():
    _, (als, _) = told({ALS: [2] * 5 + [8] * 6, CLINIC: [3] * 6 + [9] * 5})

    assert als == Spread(11, 8)


def test_twenty_people_tell_the_half_around_the_middle():
    _, (als, _) = told({ALS: [2] * 6 + [5] * 6 + [8] * 8, CLINIC: [3] * 6 + [9] * 6})

    assert als == Spread(20, 5, 2, 8)


def test_a_group_in_a_phrase_tells_no_score():
    _, (als, clinic) = told({ALS: [9] * 11, CLINIC: [3] * 6 + [9] * 5})

    assert als is None
    assert clinic is not None


def test_the_whole_is_silent_where_a_group_is_told():
    """B-8: Medians of groups and of all together could be solved for few people."""
    whole, groups = told({ALS: [2] * 6 + [8] * 6, CLINIC: [3] * 6 + [9] * 6})

    assert all(groups)
    assert whole is None


def test_of_one_group_the_whole_is_told():
    whole, groups = told({ALS: [2] * 6 + [8] * 6})

    assert (whole, groups) == (Spread(12, 2), ())


def test_a_middle_is_a_score_that_somebody_gave():
    """The mean of 4 and 5 would tell that exactly ten gave 4 or less."""
    _, (als, _) = told({ALS: [2] * 6 + [4] * 4 + [5] * 3 + [8] * 7, CLINIC: [1] * 6 + [9] * 6})

    assert als.median == 4


def test_scores_of_other_people_are_refused():
    vote = ReleasedVote(5, Released("everyone", (ALS,), 12, Counts(6, 0, 6), 6))

    with pytest.raises(ValueError, match="11 scores for 12 people"):
        spreads(vote, {ALS: [2] * 6 + [8] * 5})


@pytest.mark.parametrize(("n", "k"), [(6, 3), (9, 3), (10, 3), (12, 3), (10, 5), (11, 5)])
def test_whoever_tries_every_way_to_score_solves_no_few_people(n, k):
    """B-8: For each page that can be shown, no exact score is known of 1 to k-1 people."""
    ways = every_histogram(n)
    agree, middle, low = ways[:, 6:].sum(1), ways[:, 3:6].sum(1), ways[:, :3].sum(1)
    cells = np.stack([agree, middle, low], axis=1)
    ways = ways[~(((cells > 0) & (cells < k)) | (cells == n)).any(1)]
    pages = {}
    for way in ways:
        scores = {ALS: [score for score, n_gave in enumerate(way, start=1) for _ in range(n_gave)]}
        pages.setdefault((counts_of(scores[ALS]), told(scores, k)), []).append(way)

    solved = [
        (page, score)
        for page, same in pages.items()
        for score, (least, most) in enumerate(zip(np.min(same, 0), np.max(same, 0), strict=True), 1)
        if least == most and 0 < least < k
    ]
    assert pages
    assert solved == []


def every_histogram(n):
    """Shape (n_ways, 9): how many gave each score, every way for n people."""
    bars = np.array(list(combinations(range(n + 8), 8)))
    edges = np.hstack([np.full((len(bars), 1), -1), bars, np.full((len(bars), 1), n + 8)])
    return np.diff(edges, axis=1) - 1
