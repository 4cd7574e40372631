import numpy as np
import pytest

from analysis.polarity import is_denied, tone
from analysis.stance import SURE_FROM, asks_to_end, direction_of, stances

TOWARDS_PRAISE = np.array([1.0, 0.0])
LEND = "Lend devices before the first night."


def test_the_direction_runs_from_warning_to_praise_with_length_1():
    way = direction_of(np.array([[0.0, 3.0], [0.0, 1.0]]), np.array([[0.0, -2.0]]))

    assert way.tolist() == [0.0, 1.0]


def test_a_warning_in_meaning_and_in_words_may_speak_against():
    vectors = np.array([[-0.2, 0.98]])

    (told,) = stances(LEND, ["It would harm families"], vectors, TOWARDS_PRAISE)

    assert told <= -SURE_FROM


def test_praise_speaks_for():
    (told,) = stances(LEND, ["It helps families"], np.array([[0.2, 0.98]]), TOWARDS_PRAISE)

    assert told > 0


def test_a_warning_about_what_is_to_end_speaks_for_ending_it():
    vectors = np.array([[-0.2, 0.98]])

    (told,) = stances("Stop the daily form.", ["It harms families"], vectors, TOWARDS_PRAISE)

    assert told > 0


@pytest.mark.parametrize(
    "words", ["I disagree.", "That won’t work at night.", "We tried that.", "My worry is the cost."]
)
def test_a_plain_objection_counts_against(words):
    plain, objecting = (
        stances(LEND, [text], np.zeros((1, 2)), TOWARDS_PRAISE)[0] for text in ("Yes.", words)
    )

    assert objecting < plain


def test_nothing_said_has_no_stance():
    assert len(stances(LEND, [], np.zeros((0, 2)), TOWARDS_PRAISE)) == 0


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("It helps", 1),
        ("It does not help", -1),
        ("Not expensive at all", 1),
        ("It isn’t safe", -1),
        ("The bus left", 0),
    ],
)
def test_the_tone_of_words_turns_with_a_not(words, expected):
    assert tone(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [("should not wait", True), ("should wait", False), ("not without a nurse", False)],
)
def test_two_denials_are_none(words, expected):
    assert is_denied(words) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The vow should be abandoned", True),
        ("Stopping the calls at night", True),
        ("Spend more on weekends", False),
        ("Close captions for every call", True),
    ],
)
def test_a_recommendation_to_end_something_is_known_by_its_verb(words, expected):
    assert asks_to_end(words) is expected
