"""A quote that differs from its source in anything, also what no eye sees, is refused."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import QuoteNotInSource
from domain.ids import RevisionId
from domain.talk import digest_of, verify_passage, verify_quote

R = RevisionId("r")
LETTERS = st.text(
    st.sampled_from("abcdeiknopqrstuvwxyzABCDEÉéñüö ß'’-–.,…?!0123456789日本語اب"),
    min_size=6,
    max_size=80,
)
LOOK_ALIKES = {"a": "а", "e": "е", "o": "о", "c": "с", "p": "р", "x": "х", "i": "і", "’": "'"}
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
SPACES = "\u00a0\u2009\u202f\t\n"


def one_letter(words, at, n):
    return words[:at] + chr(ord("a") + (ord(words[at]) + 1 + n) % 26) + words[at + 1 :]


def one_missing(words, at, n):
    return words[:at] + words[at + 1 :]


def case(words, at, n):
    return words[:at] + words[at].swapcase() + words[at + 1 :]


def space(words, at, n):
    return words[:at] + SPACES[n % len(SPACES)] + words[at:]


def another_space(words, at, n):
    return words.replace(" ", SPACES[n % len(SPACES)], 1)


def look_alike(words, at, n):
    found = [letter for letter in LOOK_ALIKES if letter in words]
    return words.replace(found[n % len(found)], LOOK_ALIKES[found[n % len(found)]], 1)


def other_form(words, at, n):
    return unicodedata.normalize(("NFC", "NFD", "NFKC", "NFKD")[n % 4], words)


def nothing_seen(words, at, n):
    return words[:at] + ZERO_WIDTH[n % len(ZERO_WIDTH)] + words[at:]


ALTERATIONS = (
    one_letter,
    one_missing,
    case,
    space,
    another_space,
    look_alike,
    other_form,
    nothing_seen,
)
seen: set[tuple[str, str]] = set()


@settings(max_examples=6500, deadline=None)
@given(
    before=st.text(max_size=20),
    words=LETTERS,
    after=st.text(max_size=20),
    alter=st.sampled_from(ALTERATIONS),
    at=st.integers(0, 79),
    n=st.integers(0, 30),
)
def _altered_quotes_are_refused(before, words, after, alter, at, n):
    source, start = before + words + after, len(before)
    if alter is look_alike and not LOOK_ALIKES.keys() & set(words):
        words = source[start : start + len(words)]
        return
    altered = alter(words, at % len(words), n)
    if altered == words or not altered:
        return

    for end in {start + len(words), start + len(altered)}:
        if source[start:end] == altered:
            continue  # a shorter stretch that stands there is true
        with pytest.raises(QuoteNotInSource):
            verify_quote(R, source, start, end, altered)
        with pytest.raises(QuoteNotInSource):
            verify_passage(R, source, start, end, digest_of(altered))
    seen.add((words, altered))


def test_a_thousand_altered_quotes_are_refused(record_property):
    """One letter, case, a space, a look-alike, another normal form or a mark without width."""
    seen.clear()

    _altered_quotes_are_refused()

    record_property("figure", f"{len(seen):,} of {len(seen):,} altered quotes refused")
    assert len(seen) >= 1000


@given(source=st.text(min_size=1), data=st.data())
def test_a_passage_that_is_unaltered_is_a_quote(source, data):
    start = data.draw(st.integers(0, len(source) - 1))
    end = data.draw(st.integers(start + 1, len(source)))

    quote = verify_passage(R, source, start, end, digest_of(source[start:end]))

    assert quote.text == source[start:end]


@pytest.mark.parametrize(("start", "end"), [(1, 5), (0, 5), (-4, 4), (4, 4), (0, 99)])
def test_a_passage_at_another_place_is_refused(start, end):
    with pytest.raises(QuoteNotInSource):
        verify_passage(R, "leak at night", start, end, digest_of("leak"))
