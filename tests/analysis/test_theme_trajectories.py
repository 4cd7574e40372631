from dataclasses import replace

import pytest

from analysis.theme_speakers import Amount, Told
from analysis.theme_trajectories import Course, Stop, course_of

ABSENT = Stop(None)


def counted(n_speaking, n):
    amount = Amount.MOST if 3 * n_speaking >= 2 * n else Amount.SOME
    return Stop(Told("everyone", (), n, n_speaking, amount, 0.0, 1.0))


def phrased(amount, n):
    return Stop(Told("everyone", (), n, None, amount, 0.0, 1.0))


@pytest.mark.parametrize(
    ("stops", "course"),
    [
        ([counted(6, 25)], Course.NEW),
        ([ABSENT, counted(6, 25)], Course.NEW),
        ([counted(6, 25), ABSENT], Course.GONE),
        ([counted(6, 25), ABSENT, counted(7, 25)], Course.RETURNED),
        ([counted(6, 25), counted(8, 25)], Course.STAYED),
        ([counted(6, 25), counted(18, 25)], Course.GREW),
        ([counted(18, 25), counted(6, 25)], Course.SHRANK),
    ],
)
def test_a_theme_is_what_it_did_up_to_the_newest_meeting(stops, course):
    assert course_of(stops) is course


def test_a_change_of_two_people_among_eight_is_too_few_to_tell():
    assert course_of([counted(5, 10), counted(7, 12)]) is Course.STAYED


def test_from_few_to_a_phrase_it_grew_whatever_number_stands_behind_the_phrase():
    assert course_of([counted(5, 25), phrased(Amount.MOST, 25)]) is Course.GREW


def test_from_phrase_to_phrase_it_shrank_only_where_the_nearest_numbers_differ():
    stops = [phrased(Amount.MOST, 12), phrased(Amount.SOME, 12)]

    assert course_of(stops) is Course.STAYED


def test_where_nothing_may_be_told_no_change_is():
    silent = Stop(replace(counted(6, 25).told, n_speaking=None, amount=None))

    assert course_of([silent, counted(18, 25)]) is Course.STAYED


def test_a_theme_of_no_meeting_is_no_theme():
    with pytest.raises(ValueError, match="no meeting"):
        course_of([ABSENT])
