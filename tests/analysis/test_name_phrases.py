"""Which words of a text could name a theme."""

from collections import Counter

import numpy as np
import pytest

from analysis import name_phrases
from analysis.name_phrases import (
    can_be_said_once,
    nouns_of,
    phrases_of,
    telling_stems,
    usual_spelling,
    without_halves,
)
from analysis.theme_names import name_themes


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("A lot of people came", "lot of people"),
        ("It was things like ramps", "things like ramps"),
        ("The chair they delivered", "chair they delivered"),
        ("There is additional equipment", "additional"),
        ("It became completely flat", "completely flat"),
        ("Give subjects a task", "subjects a task"),
        ("The chair. Delivery was late", "chair delivery"),
    ],
)
def test_half_a_phrase_names_nothing(text, half):
    assert half not in phrases_of(text)


@pytest.mark.parametrize(
    "phrase", ["loss of voice", "change the lock", "feeding tube", "first night"]
)
def test_a_whole_phrase_may_be_a_name(phrase):
    assert phrase in phrases_of(f"We spoke of that: {phrase}.")


def test_a_given_name_names_nothing_even_if_nobody_is_on_the_roster():
    assert not any("marilyn" in phrase for phrase in phrases_of("Then Marilyn fixed the ramp"))


def test_a_given_name_that_is_an_everyday_word_stays_a_word():
    assert "grace" in phrases_of("There is no grace period")


def test_a_word_that_is_always_part_of_a_longer_phrase_is_half_of_it():
    found = without_halves(Counter({"feeding": 3, "tube": 4, "feeding tube": 3}))

    assert found == {"feeding tube": 3}


def test_a_word_that_mostly_stands_alone_is_none():
    found = without_halves(Counter({"tube": 8, "feeding tube": 3}))

    assert "tube" in found


def test_a_capital_of_a_sentence_is_not_part_of_a_word():
    assert usual_spelling([["Ramps", "help"], ["Buy", "XML"]]) == {
        "ramps": "ramps",
        "help": "help",
        "buy": "buy",
        "xml": "XML",
    }


def test_a_name_of_a_place_keeps_its_capital():
    assert usual_spelling([["We", "were", "in", "Estonia"]])["estonia"] == "Estonia"


def test_a_word_that_nobody_knows_and_one_person_said_is_not_trusted():
    assert not can_be_said_once("robustne chip")
    assert can_be_said_once("simple chip")


def test_singular_and_plural_are_alike():
    assert telling_stems("loan of chairs") == telling_stems("chair loans")


def test_no_word_is_kept_when_the_names_are_made():
    name_themes(["The feeding tube helps", "A feeding tube again"], np.array([0, 0]))

    assert name_phrases._stem_of.cache_info().currsize == 0
    assert name_phrases._tells.cache_info().currsize == 0


@pytest.mark.parametrize("word", ["skip", "red", "enjoying"])
def test_a_verb_or_a_word_before_a_noun_is_no_noun(word):
    assert word not in nouns_of(
        [["they", "skip", "the", "red", "form"], ["enjoying", "my", "lunch"]]
    )


def test_the_last_word_after_an_article_is_a_noun():
    assert nouns_of([["my", "breathing", "tube", "is", "loud"]]) == {"tube"}
