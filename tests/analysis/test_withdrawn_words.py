"""What is left of a text when words that somebody said are taken out of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.withdrawn_words import MARK, renamed, said_nowhere_else, without_copies, words_of

SAID = "Nobody showed us how to fit the mask, and the mask leaks at night."
WORD = st.text("abcdef", min_size=1, max_size=3)


@pytest.mark.parametrize(
    "copy",
    [
        SAID,
        SAID.upper(),
        SAID.rstrip("."),
        "  nobody showed us — how to fit the mask and the mask leaks at night  ",
    ],
)
def test_a_copy_is_known_whatever_its_letters_and_marks(copy):
    assert without_copies(copy, [SAID]) == ""


def test_eight_words_in_a_row_are_a_copy():
    text = "We ask: show people how to fit the mask and the mask leaks no more."

    assert without_copies(text, [SAID]) == f"We ask: show people {MARK} no more."


def test_seven_words_in_a_row_are_how_people_speak():
    text = "Tell people how to fit the mask and be glad."

    assert without_copies(text, [SAID]) == text


def test_a_short_answer_is_no_stretch_of_another_text():
    assert without_copies("Yes please, lend ramps.", ["Yes, please."]) == "Yes please, lend ramps."


def test_a_short_turn_is_found_where_it_is_the_whole_text():
    assert without_copies("lend ramps", ["Lend ramps!"]) == ""


@given(said=st.lists(WORD, min_size=8, max_size=20), around=st.lists(WORD, max_size=5))
def test_no_eight_words_of_what_was_said_are_left(said, around):
    text = " ".join([*around, *said, *around])

    left = words_of(without_copies(text, [" ".join(said)]).replace(MARK, " | "))

    runs = {tuple(said[i : i + 8]) for i in range(len(said) - 7)}
    assert not any(tuple(left[i : i + 8]) in runs for i in range(len(left)))


def test_a_word_that_somebody_else_said_too_stays_in_a_name():
    gone = said_nowhere_else(["The plover mask"], ["my mask"])

    assert renamed("Plover and mask", "plover, mask", gone, "None") == ("Mask", "mask")


def test_a_name_of_which_nothing_is_left_is_called_otherwise():
    assert renamed("Plover", "plover", {"plover"}, "Few words in common") == (
        "Few words in common",
        "",
    )


def test_a_text_that_is_one_short_sentence_of_a_longer_turn_is_a_copy():
    said = "It took a year. Lend the chairs at once! Nobody knew."

    assert without_copies("Lend the chairs at once.", [said]) == ""
    assert without_copies("Lend the chairs at once, free.", [said]) == (
        "Lend the chairs at once, free."
    )
