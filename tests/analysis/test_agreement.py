"""Cohen's kappa and its interval, against published numbers and against what must always hold."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.agreement import Category, Confusion, agreement, categories, confusions

ANSWERS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=60)


def coded(table):
    """Two lists of answers that make this table; rows are the first coder's."""
    pairs = [
        (a, b) for a, row in enumerate(table) for b, n in enumerate(row) for _ in range(int(n))
    ]
    return [a for a, _ in pairs], [b for _, b in pairs]


def test_two_answers_as_statpsych_computes_them():
    """R package statpsych 1.6.0, ci.kappa(.05, 31, 12, 4, 58), Cohen's kappa."""
    told = agreement(*coded([[31, 12], [4, 58]]))

    assert told.kappa == pytest.approx(0.6756757, abs=1e-7)
    assert told.low == pytest.approx(0.5317210, abs=1e-6)
    assert told.high == pytest.approx(0.8196303, abs=1e-6)


def test_three_diagnoses_as_in_the_textbook():
    """Fleiss, Levin and Paik (2003), table 18.1: kappa .68, standard error .087."""
    told = agreement(*coded([[75, 1, 4], [5, 4, 1], [0, 0, 10]]))

    assert told.kappa == pytest.approx(0.68, abs=0.005)
    assert (told.high - told.low) / 2 / 1.959964 == pytest.approx(0.087, abs=0.001)


@given(ANSWERS)
def test_the_order_of_the_two_coders_changes_nothing(pairs):
    first, second = zip(*pairs, strict=True)
    one, other = agreement(first, second), agreement(second, first)

    assert one.n_same == other.n_same
    assert (one.kappa is None) == (other.kappa is None)
    if one.kappa is not None:
        assert one.kappa == pytest.approx(other.kappa)
        assert one.low == pytest.approx(other.low)
        assert one.high == pytest.approx(other.high)


@given(ANSWERS, st.permutations(range(5)), st.randoms())
def test_other_names_and_another_order_of_texts_change_nothing(pairs, names, chance):
    shuffled = [(f"t{names[a]}", f"t{names[b]}") for a, b in pairs]
    chance.shuffle(shuffled)

    before = agreement(*zip(*pairs, strict=True))
    after = agreement(*zip(*shuffled, strict=True))

    assert (before.n, before.n_same) == (after.n, after.n_same)
    assert before.kappa == pytest.approx(after.kappa)
    assert before.low == pytest.approx(after.low)


@given(st.lists(st.integers(0, 4), min_size=2, max_size=60).filter(lambda a: len(set(a)) > 1))
def test_identical_answers_have_kappa_one(answers):
    told = agreement(answers, answers)

    assert told.kappa == 1.0
    assert told.high == 1.0
    assert told.low < 1.0


@given(ANSWERS)
def test_the_interval_holds_the_kappa_and_stays_between_minus_one_and_one(pairs):
    told = agreement(*zip(*pairs, strict=True))

    if told.kappa is not None:
        assert -1.0 <= told.low <= told.kappa <= told.high <= 1.0


def test_answers_at_random_have_a_kappa_near_nothing():
    chance = random.Random(7)
    first, second = ([chance.randrange(4) for _ in range(4000)] for _ in range(2))

    told = agreement(first, second)

    assert told.low < 0.0 < told.high
    assert abs(told.kappa) < 0.04


def test_one_and_the_same_answer_throughout_has_no_kappa():
    told = agreement("aaa", "aaa")

    assert (told.n_same, told.kappa, told.low, told.high) == (3, None, None, None)


def test_never_the_same_is_below_chance():
    assert agreement("ab", "ba").kappa == -1.0


@pytest.mark.parametrize(("first", "second"), [("", ""), ("ab", "a")])
def test_what_cannot_be_compared_is_refused(first, second):
    with pytest.raises(ValueError, match="cannot be compared"):
        agreement(first, second)


def test_each_answer_is_counted_for_both_and_together():
    assert categories("aab", "abb") == [Category("a", 2, 1, 1), Category("b", 1, 2, 1)]


def test_differences_come_most_frequent_first():
    assert confusions("aaabc", "abbcc") == [Confusion("a", "b", 2), Confusion("b", "c", 1)]
