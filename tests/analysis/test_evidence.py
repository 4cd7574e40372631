import numpy as np
import pytest

from analysis.evidence import rank_evidence
from domain.errors import VectorsUnusable

QUERY = np.array([1.0, 0.0, 0.0])


def test_the_closest_in_meaning_comes_first():
    vectors = np.array([[0.0, 1.0, 0.0], [0.9, 0.1, 0.0], [0.5, 0.5, 0.0]])

    ranked = rank_evidence(QUERY, vectors, ["a", "b", "c"])

    assert ranked.passages.tolist() == [1, 2, 0]


def test_the_second_quote_comes_from_another_person_if_it_is_nearly_as_close():
    vectors = np.array([[0.9, 0.3, 0.0], [0.9, 0.0, 0.35], [0.88, -0.4, -0.1]])

    assert rank_evidence(QUERY, vectors, ["a", "a", "b"]).passages.tolist() == [0, 2, 1]


def test_the_closeness_shown_is_the_plain_cosine():
    ranked = rank_evidence(QUERY, np.array([[3.0, 4.0, 0.0]]), ["a"])

    assert ranked.closeness.tolist() == [pytest.approx(0.6)]


def test_equally_close_passages_stay_in_the_order_said():
    ranked = rank_evidence(QUERY, np.tile([1.0, 1.0, 0.0], (3, 1)), ["a", "b", "c"])

    assert ranked.passages.tolist() == [0, 1, 2]


def test_no_more_than_asked_for_are_ranked():
    assert len(rank_evidence(QUERY, np.ones((9, 3)), list("abcdefghi"), n_most=4).passages) == 4


def test_a_meeting_without_passages_has_no_evidence():
    assert len(rank_evidence(QUERY, np.empty((0, 3)), []).passages) == 0


def test_a_recommendation_without_direction_is_refused():
    with pytest.raises(VectorsUnusable):
        rank_evidence(np.zeros(3), np.ones((2, 3)), ["a", "b"])
