from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.search_ranking import WordIndex, marks, rank, read_question, words_of

TEXTS = (
    "The power chair came late, and the chair was the wrong one.",
    "Riluzole was never on the list.",
    "My husband's ventilator hums at night.",
    "Chair the meeting with power.",
    "Letters take months.",
)
NEAR = np.array([0.1, 0.2, 0.9, 0.8, 0.05])


def first(asked, cosine=NEAR, **more):
    return rank(read_question(asked), WordIndex.of_texts(TEXTS), cosine, **more).texts.tolist()


def test_the_nearest_in_meaning_comes_first():
    assert first("breathing machine noise while sleeping")[0] == 2


def test_a_phrase_in_quotation_marks_comes_first_wherever_the_meaning_lies():
    assert first('who pays for a "power chair"')[0] == 0


def test_the_words_of_a_phrase_elsewhere_in_another_order_are_no_phrase():
    index = WordIndex.of_texts(TEXTS)

    assert index.holds(("power", "chair")).tolist() == [True, False, False, False, False]


def test_a_phrase_does_not_reach_from_one_text_into_the_next():
    index = WordIndex.of_texts(["a b", "c d"])

    assert not index.holds(("b", "c")).any()


def test_a_word_that_the_model_does_not_know_is_found():
    ranked = rank(read_question("riluzole"), WordIndex.of_texts(TEXTS), NEAR)

    assert ranked.texts[0] == 1
    assert ranked.is_exact.tolist() == [True, *[False] * (len(ranked.texts) - 1)]


@pytest.mark.parametrize("asked", ["RILUZOLE", "rilúzole", "riluzole?", "“riluzole”", "Riluzole’s"])
def test_case_accents_and_marks_make_no_difference(asked):
    assert first(asked)[0] == 1


def test_without_a_model_the_words_alone_decide():
    assert first("chair", None) == [0, 3]


def test_texts_without_a_vector_are_found_by_their_words():
    near = np.array([np.nan, np.nan, 0.9, 0.8, 0.05])

    assert 1 in first("riluzole list", near)


def test_where_nothing_answers_the_nearest_three_are_given():
    assert first("zzz", np.array([0.1, 0.2, 0.05, 0.25, 0.15])) == [3, 1, 4]


def test_only_what_is_wanted_is_returned():
    wanted = np.array([True, False, False, True, True])

    assert set(first("riluzole ventilator", wanted=wanted)) <= {0, 3, 4}


def test_an_empty_index_answers_nothing():
    assert rank(read_question("chair"), WordIndex.of_texts([]), None).texts.tolist() == []


def test_bm25_is_that_of_its_formula():
    index = WordIndex.of_texts(["a b b", "a", "c c c c"])
    # By hand: N 3, two of them hold a; idf = ln(1 + (3 - 2 + .5) / (2 + .5)) = .470003629,
    # mean length 8/3; text 1: 2.2 / (1 + 1.2 (.25 + .75 · 3 / 2.6667)) = .952273...
    by_hand = [
        0.470003629 * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 3 / (8 / 3))),
        0.470003629 * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 1 / (8 / 3))),
        0.0,
    ]

    assert index.bm25(("a",)) == pytest.approx(by_hand)


@given(st.text())
def test_marks_are_stretches_of_the_text_in_order(text):
    found = marks(text, set(words_of(text)))

    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))


@given(st.lists(st.text(max_size=30), max_size=8), st.text(max_size=30))
def test_any_words_are_a_question_to_any_texts(texts, asked):
    ranked = rank(read_question(asked), WordIndex.of_texts(texts), None)

    assert len(set(ranked.texts.tolist())) == len(ranked.texts) <= len(texts)


@given(st.permutations(range(len(TEXTS))))
def test_the_order_of_texts_changes_no_answer(order):
    index = WordIndex.of_texts([TEXTS[n] for n in order])
    ranked = rank(read_question("chair at night"), index, NEAR[list(order)])

    assert [order[n] for n in ranked.texts] == first("chair at night")
