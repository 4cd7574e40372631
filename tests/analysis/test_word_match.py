import numpy as np
import pytest

from analysis.word_match import WordMatch, stems


def test_a_word_that_few_texts_hold_counts_more_than_one_that_many_hold():
    index = WordMatch(["machine cough", "machine mask", "machine tube", "machine bus"])

    common, rare = (index.match(word)[0] for word in ("machine", "cough"))

    assert rare > common


def test_the_measure_is_bm25_by_hand():
    """Two texts of one word; "cough" is in one: idf ln(1 + 1.5/1.5), tf 2.2/2.2; m / (m + 5)."""
    told = WordMatch(["cough", "mask"]).match("cough")

    expected = np.log(2.0)
    assert told.tolist() == [pytest.approx(expected / (expected + 5.0)), 0.0]


def test_endings_do_not_part_words():
    assert WordMatch(["they were teaching"]).match("teach them")[0] > 0


def test_words_that_say_nothing_match_nothing():
    assert WordMatch(["it is not the one"]).match("it is not the")[0] == 0.0


def test_no_texts_match_nothing():
    assert len(WordMatch([]).match("cough")) == 0


def test_short_words_keep_their_endings():
    assert stems("uses bus") == ["uses", "bus"]
