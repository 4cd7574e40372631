import numpy as np
import pytest

from analysis.echoes import (
    JOIN_FROM,
    NEAR_FROM,
    SAME_FROM,
    candidates,
    pair_strengths,
    same_pairs,
    strengths,
)

LEND = "Lend cough machines within two days"


def test_the_nearest_come_first_and_equally_near_ones_in_their_order():
    vectors = np.array([[0.0, 1.0], [1.0, 0.0], [0.6, 0.8], [1.0, 0.0]])

    assert candidates(np.array([1.0, 0.0]), vectors).tolist() == [1, 3, 2, 0]


def test_nothing_stored_has_no_candidates():
    assert len(candidates(np.array([1.0, 0.0]), np.zeros((0, 2)))) == 0


def test_at_most_64_are_looked_at():
    assert len(candidates(np.ones(2), np.random.default_rng(0).normal(size=(500, 2)))) == 64


def test_the_same_words_are_the_same():
    assert strengths(LEND, [LEND], np.array([1.0]))[0] >= SAME_FROM


def test_should_not_is_no_echo_of_should():
    """A model of meaning gives such a pair a cosine of .9 and more."""
    told = strengths("Insurers should pay", ["Insurers should not pay"], np.array([0.95]))

    assert told[0] < NEAR_FROM


def test_other_words_with_a_not_are_hardly_touched():
    near = np.array([0.8])

    (told,) = strengths("Never send people home without a machine", [LEND], near)

    assert told == pytest.approx(0.8, abs=0.1)


def test_more_of_the_same_words_is_surer():
    other = "Bring suction pumps before the weekend"

    same_words, none = strengths(LEND, ["Lend cough machines in two days", other], np.full(2, 0.8))

    assert same_words > none


def test_what_all_recommendations_of_a_meeting_share_does_not_make_two_alike():
    """Three share the challenge (third axis); only the first two say the same beside it."""
    vectors = np.array([[0.5, 0.0, 0.87], [0.48, 0.05, 0.87], [0.0, 0.5, 0.87]])
    texts = ["aa", "bb", "cc"]

    pairs = same_pairs(texts, vectors, np.array([0.0, 0.0, 1.0]))

    assert [(i, j) for i, j, _ in pairs] == [(0, 1)]


def test_pairs_are_told_once_and_with_their_strength():
    vectors = np.tile([0.6, 0.8], (3, 1))

    pairs = same_pairs([LEND] * 3, vectors, np.array([1.0, 0.0]))

    assert [(i, j) for i, j, _ in pairs] == [(0, 1), (0, 2), (1, 2)]
    assert all(strength >= JOIN_FROM for _, _, strength in pairs)


def test_the_order_of_a_pair_does_not_matter():
    rng = np.random.default_rng(4)
    vectors = rng.normal(size=(6, 5))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    texts = [f"word{n} not helpful" if n % 2 else f"word{n} helps" for n in range(6)]

    likeness = pair_strengths(texts, vectors, vectors[0])

    np.testing.assert_allclose(likeness, likeness.T)


def test_no_recommendations_have_no_pairs():
    assert same_pairs([], np.zeros((0, 3)), np.ones(3)) == []
