"""Which words of a text a reviewer hid."""

import pytest

from analysis.hidden_words import hidden_words


def test_what_stands_under_a_stand_in_was_hidden():
    heard = "María Gómez no vino a la clínica de Tucson."

    assert hidden_words(heard, "[name] no vino a la clínica de [place].") == {
        "maría",
        "gómez",
        "tucson",
    }


def test_words_that_were_corrected_beside_it_were_not_hidden():
    heard = "Ask Ann about the riluzol at night."

    assert hidden_words(heard, "Ask [name] about the riluzole at night.") == {"ann"}


def test_a_word_that_the_release_still_says_elsewhere_is_not_hidden():
    assert hidden_words("Rose gave a rose.", "[name] gave a rose.") == frozenset()


@pytest.mark.parametrize("released", ["", "Ask Ann.", "We asked somebody."])
def test_without_a_stand_in_nothing_was_hidden(released):
    assert hidden_words("Ask Ann.", released) == frozenset()
