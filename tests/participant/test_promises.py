"""What is promised is true to what is built, and read with ease."""

import re

import pytest

from domain.promises import PROMISES

SENTENCES = [sentence for promise in PROMISES for sentence in promise.sentences]
EASIEST_FOR_ALL = 8.0
VOWELS = re.compile(r"[aeiouy]+")
# Told by hand: the counting rule below misses them.
SYLLABLES = {"nobody": 3, "somebody": 3, "everything": 3, "people": 2, "else": 1, "those": 1}


def n_syllables(word: str) -> int:
    word = word.lower()
    if word in SYLLABLES:
        return SYLLABLES[word]
    silent = word.endswith("e") and not word.endswith(("le", "ee"))
    silent = silent or (word.endswith(("ed", "es")) and not word.endswith(("ted", "ded", "ses")))
    return max(1, len(VOWELS.findall(word)) - silent)


def grade(text: str) -> float:
    """The school grade of Flesch and Kincaid."""
    sentences = [s for s in re.split(r"[.:?!]+\s|[.:?!]$", text) if s.strip()]
    words = re.findall(r"[A-Za-z']+", text)
    syllables = sum(map(n_syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


@pytest.mark.parametrize(
    ("text", "expected"),
    [("The cat sat on the mat.", -1.45), ("Notwithstanding institutional heterogeneity.", 42)],
)
def test_the_measure_tells_easy_from_hard(text, expected):
    assert grade(text) == pytest.approx(expected, abs=4)


def test_the_promises_are_read_at_grade_8_at_most(record_property):
    found = grade(" ".join(SENTENCES))

    record_property("figure", f"grade {found:.1f}")
    assert found <= EASIEST_FOR_ALL


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda s: s[:30])
def test_no_sentence_is_too_long_to_be_read_in_one_go(sentence):
    for part in re.split(r"[.:]\s", sentence):
        assert len(part.split()) <= 26


@pytest.mark.parametrize(
    "caveat",
    [
        "known by people who know you",
        "runs the computer and breaks the rules",
        "copied that key before and also have your link",
        "answers in it cannot be taken out",
        "within 30 days",
    ],
)
def test_what_cannot_be_promised_is_said(caveat):
    """B-1, B-10: The limits stand beside the promises."""
    assert caveat in " ".join(SENTENCES)
