from datetime import date

import pytest

from ui import words


def test_a_number_is_told_with_its_denominator():
    assert words.people_say(18, of=24) == "18 of 24 people"


@pytest.mark.parametrize(("n", "told"), [(0, "no quotes"), (1, "1 quote"), (3, "3 quotes")])
def test_counts_agree_with_their_noun(n, told):
    assert words.count(n, "quote") == told


@pytest.mark.parametrize(
    ("seconds", "told"), [(None, ""), (0, "0:00"), (245.9, "4:05"), (3753, "1:02:33")]
)
def test_a_place_in_a_recording_reads_as_a_clock(seconds, told):
    assert words.clock(seconds) == told


@pytest.mark.parametrize(
    ("value", "told"), [(0, "0 %"), (0.002, "under 1 %"), (0.424, "42 %"), (1, "100 %")]
)
def test_a_share_is_told_in_whole_percent_and_never_hides_a_little(value, told):
    assert words.share(value) == told


@pytest.mark.parametrize(
    ("months", "told"),
    [
        (0, "this month"),
        (1, "1 month"),
        (23, "23 months"),
        (24, "2 years"),
        (27, "2 years 3 months"),
    ],
)
def test_age_is_told_in_months_and_then_in_years(months, told):
    assert words.age(months) == told


def test_a_day_is_told_with_its_month_as_a_word():
    assert words.day(date(2024, 10, 3)) == "3 October 2024"


def test_an_unknown_day_is_said_to_be_unknown():
    assert words.day(None) == "no date yet"


@pytest.mark.parametrize(
    ("value", "told"), [(None, "none yet"), (12.0, "12"), (9.625, "9.62"), (1234.5, "1,234.5")]
)
def test_a_measured_value_carries_no_idle_digits(value, told):
    assert words.number(value) == told


def test_a_list_ends_with_and():
    assert words.listed(["a", "b", "c"]) == "a, b and c"


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (20.0, "1 minute"),
        (3600.0, "1 hour"),
        (5350.2, "1 hour 29 minutes"),
        (7380.0, "2 hours 3 minutes"),
    ],
)
def test_how_long_something_took_is_told_in_words(seconds, told):
    assert words.lasting(seconds) == told
