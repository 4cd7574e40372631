import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import QuoteNotInSource
from domain.ids import RevisionId
from domain.talk import locate_quote, verify_quote

R = RevisionId("r")


@given(source=st.text(min_size=1), data=st.data())
def test_every_true_stretch_of_a_source_is_a_quote(source, data):
    start = data.draw(st.integers(0, len(source) - 1))
    end = data.draw(st.integers(start + 1, len(source)))

    quote = verify_quote(R, source, start, end, source[start:end])

    assert quote.text == source[start:end]


@given(source=st.text(), words=st.text(min_size=1), start=st.integers(-5, 50))
def test_words_that_are_not_exactly_there_are_refused(source, words, start):
    end = start + len(words)
    if start >= 0 and source[start:end] == words:
        return

    with pytest.raises(QuoteNotInSource):
        verify_quote(R, source, start, end, words)


def test_white_space_is_not_forgiven():
    with pytest.raises(QuoteNotInSource):
        locate_quote(R, "one  two", "one two")


def test_curly_quotes_are_not_straight_ones():
    with pytest.raises(QuoteNotInSource):
        locate_quote(R, "it’s hard", "it's hard")


def test_nothing_is_no_quote():
    with pytest.raises(QuoteNotInSource):
        locate_quote(R, "words", "")


def test_an_error_crosses_a_process_with_its_values():
    error = QuoteNotInSource(quote="words")

    again = pickle.loads(pickle.dumps(error))

    assert (str(again), again.params) == (str(error), {"quote": "words"})
