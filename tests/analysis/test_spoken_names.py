"""Names without words that nobody says any more."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.spoken_names import still_said
from analysis.theme_names import NO_NAME, ThemeName

FOUND = ThemeName("Plover mask and nights", ("plover mask", "nights", "fitting"))
EVERYTHING = ["The Plover mask leaks.", "Our nights are long.", "No fitting."]


def shown(texts, found=FOUND):
    (name,) = still_said([found], [texts])
    return name


def test_a_name_whose_words_are_all_said_stays():
    assert shown(EVERYTHING) == FOUND


def test_a_phrase_that_only_one_person_said_goes_with_them():
    """B-4: A theme's name holds no phrase that was taken back."""
    name = shown(EVERYTHING[1:])

    assert "plover" not in f"{name.name} {name.key_words}".lower()
    assert name.name == "Nights and fitting"


def test_words_of_a_phrase_that_are_said_apart_are_not_the_phrase():
    assert "Plover" not in shown(["The mask. Plover said it.", "Nights. Fitting."]).name


@pytest.mark.parametrize(
    "text", ["Plover, mask", "plover. Mask", "plovers masks", "plover\nmask", "[plover mask]"]
)
def test_a_clause_or_a_typists_mark_does_not_make_a_phrase(text):
    assert "plover" not in shown([text, "nights"]).name.lower()


@pytest.mark.parametrize("text", ["PLOVER MASK", "the plover  mask", "plover/mask"])
def test_a_phrase_is_found_however_it_is_written(text):
    assert shown([text, "nights"]).name == FOUND.name


def test_a_theme_of_which_nothing_is_left_says_so():
    assert shown([]) == ThemeName(NO_NAME, ())


def test_two_themes_never_fall_back_to_one_name():
    first, second = still_said([FOUND, FOUND], [["nights"], ["nights"]])

    assert first.name != second.name


def test_a_name_that_was_given_by_hand_is_shown_only_if_it_was_said():
    by_hand = ThemeName("The blue room", ("nights",))

    assert shown(["In the blue room at nights"], by_hand).name == "The blue room"
    assert shown(["nights"], by_hand).name == "Nights"


def test_a_numbered_name_stays_as_it_is():
    numbered = ThemeName("Nights (2)", ("nights",))

    assert shown(["nights"], numbered).name == "Nights (2)"


def test_marks_of_a_pattern_in_a_phrase_are_only_words():
    odd = ThemeName("C++ (a|b)* and nights", ("c++ (a|b)*", "nights"))

    assert shown(["nights"], odd).name == "Nights"


@given(
    phrase=st.lists(st.text("ab_é-", min_size=1, max_size=3), min_size=1, max_size=3),
    said=st.text("ab_é- .,(\n/'", max_size=24),
)
def test_a_phrase_is_found_where_an_expression_finds_it(phrase, said):
    words = [word.strip("-") or "a" for word in phrase]
    between = r"[^\w.!?,;:()\"“”\n]+"
    expression = between.join(map(re.escape, words))

    name = shown([said], ThemeName(" ".join(words), ())).name

    found = re.search(rf"(?<!\w){expression}(?!\w)", said)
    assert (name == " ".join(words)) == (found is not None)
