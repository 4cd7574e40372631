import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.tallies import Counts, count_answers, wilson_interval
from domain.ids import RecommendationId
from domain.people import StakeholderGroup
from domain.votes import Answer

RAMP, PHONE = RecommendationId("ramp"), RecommendationId("phone")
LIVED, CLINICIAN = StakeholderGroup.PERSON_LIVING_WITH_ALS, StakeholderGroup.CLINICIAN


def test_answers_are_counted_by_recommendation_and_group():
    answers = [
        (RAMP, LIVED, Answer.AGREE),
        (RAMP, LIVED, Answer.PASS),
        (RAMP, CLINICIAN, Answer.DISAGREE),
        (PHONE, LIVED, Answer.AGREE),
    ]

    tally = count_answers(answers)

    assert tally == {
        RAMP: {LIVED: Counts(1, 1, 0), CLINICIAN: Counts(0, 0, 1)},
        PHONE: {LIVED: Counts(1, 0, 0)},
    }


def test_no_answers_make_an_empty_tally():
    assert count_answers([]) == {}


@given(
    st.lists(
        st.tuples(
            st.sampled_from([RAMP, PHONE]),
            st.sampled_from(list(StakeholderGroup)),
            st.sampled_from(list(Answer)),
        )
    ),
    st.randoms(),
)
def test_the_order_of_answers_changes_nothing(answers, random):
    shuffled = list(answers)
    random.shuffle(shuffled)

    assert str(count_answers(answers)) == str(count_answers(shuffled))


@pytest.mark.parametrize(
    ("n_yes", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_intervals_are_those_of_newcombe_1998_table_1(n_yes, n, low, high):
    interval = wilson_interval(n_yes, n)

    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_lies_inside_its_interval_and_that_between_0_and_1(case):
    interval = wilson_interval(*case)

    assert 0 <= interval.low <= interval.share <= interval.high <= 1


@pytest.mark.parametrize(("n_yes", "n"), [(0, 0), (3, 2), (-1, 4)])
def test_a_share_of_nobody_is_refused(n_yes, n):
    with pytest.raises(ValueError, match="no share"):
        wilson_interval(n_yes, n)
