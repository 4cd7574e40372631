import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.common_ground import (
    Ground,
    agree_range,
    find_ground,
    group_consensus,
    is_clear,
)
from analysis.small_cells import Phrase
from analysis.suppression import Released, ReleasedVote, release
from analysis.tallies import Counts
from domain.people import StakeholderGroup as Group

ALS, CARER = Group.PERSON_LIVING_WITH_ALS, Group.CURRENT_CAREGIVER
CLINIC, INDUSTRY = Group.CLINICIAN, Group.INDUSTRY


def test_two_thirds_in_every_group_is_common_ground():
    found = find_ground(release({ALS: Counts(10, 0, 5), CLINIC: Counts(12, 0, 6)}))

    assert found.ground is Ground.AGREED


def test_one_group_below_two_thirds_is_no_common_ground():
    found = find_ground(release({ALS: Counts(10, 0, 5), CLINIC: Counts(11, 0, 7)}))

    assert found.ground is Ground.OPEN


def test_small_groups_agree_by_their_phrases():
    found = find_ground(release({ALS: Counts(5, 0, 1), CLINIC: Counts(7, 0, 0)}))

    assert found.ground is Ground.AGREED


def test_what_every_group_is_against_is_told_too():
    found = find_ground(release({ALS: Counts(5, 0, 10), CLINIC: Counts(0, 1, 6)}))

    assert found.ground is Ground.TURNED_DOWN


def test_groups_differ_where_the_difference_lies_beyond_its_interval():
    found = find_ground(release({ALS: Counts(16, 0, 5), CLINIC: Counts(5, 0, 15)}))

    assert found.ground is Ground.DIFFERS
    assert found.apart.more.groups == (ALS,)
    assert found.apart.less.groups == (CLINIC,)


def test_a_difference_that_chance_explains_is_none():
    found = find_ground(release({ALS: Counts(8, 0, 6), CLINIC: Counts(6, 0, 8)}))

    assert found.ground is Ground.OPEN


def test_opposite_majorities_of_few_people_lean_apart():
    found = find_ground(release({ALS: Counts(5, 0, 1), CLINIC: Counts(1, 0, 5)}))

    assert found.ground is Ground.LEANS_APART


def test_more_pairs_need_a_clearer_difference():
    """With every group a chance to differ is added: all pairs share the one 5 %."""
    two = {ALS: Counts(15, 0, 6), CLINIC: Counts(8, 0, 13)}
    four = {**two, CARER: Counts(11, 0, 10), INDUSTRY: Counts(11, 0, 10)}

    assert find_ground(release(two)).ground is Ground.DIFFERS
    assert find_ground(release(four)).ground is Ground.OPEN


@pytest.mark.parametrize("by_group", [{}, {ALS: Counts(9, 0, 0)}, {ALS: Counts(2, 0, 1)}])
def test_fewer_than_two_groups_cannot_be_compared(by_group):
    assert find_ground(release(by_group)).ground is Ground.UNKNOWN


def test_a_group_of_which_nothing_is_told_leaves_it_open_whether_all_agree():
    told = Released("clinician", (CLINIC,), 15, Counts(15, 0, 0), 15)
    untold = Released("person living with ALS", (ALS,), 12)
    whole = Released("everyone", (ALS, CLINIC), 27)

    assert find_ground(ReleasedVote(11, whole, (told, untold))).ground is Ground.UNKNOWN


def test_a_phrase_is_as_sure_as_the_fewest_people_it_allows():
    few = Released("clinician", (CLINIC,), 7, phrase=Phrase.AGREE)
    many = Released("clinician", (CLINIC,), 40, phrase=Phrase.AGREE)

    assert (is_clear(few), is_clear(many)) == (False, True)


def test_consensus_of_equal_groups_does_not_fall_with_their_number():
    group = Released("clinician", (CLINIC,), 18, Counts(13, 0, 5), 13)

    assert group_consensus([group] * 2) == pytest.approx(14 / 20)
    assert group_consensus([group] * 5) == pytest.approx(14 / 20)


def test_one_group_against_weighs_more_than_its_people():
    """Product of Polis, by hand: (14/20 x 6/20) to the power of one half."""
    for_it = Released("clinician", (CLINIC,), 18, Counts(13, 0, 5), 13)
    against = Released("industry", (INDUSTRY,), 18, Counts(5, 0, 13), 5)

    assert group_consensus([for_it, against]) == pytest.approx((14 * 6 / 400) ** 0.5)


cells = st.integers(0, 25)
votes = st.dictionaries(
    st.sampled_from([ALS, CARER, CLINIC, INDUSTRY]),
    st.builds(Counts, cells, cells, cells).filter(lambda counts: counts.n > 0),
    min_size=1,
    max_size=4,
)


@given(votes)
def test_the_truth_lies_in_the_range_that_a_release_allows(truth):
    shown = release(truth)

    for part in shown.groups:
        least, most = agree_range(part)
        assert least <= sum(truth[group].n_agree for group in part.groups) <= most


@given(st.dictionaries(st.sampled_from([ALS, CLINIC]), st.tuples(cells, cells), min_size=1))
def test_the_number_who_choose_lies_in_the_range_that_a_release_allows(chosen_and_left):
    truth = {g: Counts(a, 0, b) for g, (a, b) in chosen_and_left.items() if a + b}
    shown = release(truth, may_pass=False)

    for part in (*shown.groups, shown.whole):
        least, most = agree_range(part, may_pass=False)
        assert least <= sum(truth[group].n_agree for group in part.groups) <= most


def test_a_choice_that_is_divided_may_be_two_thirds():
    """Four of six choose: said to be divided, so that no phrase fits three of six alone."""
    part = release({CLINIC: Counts(4, 0, 2)}, may_pass=False).whole

    assert (part.phrase, agree_range(part, may_pass=False)) == (Phrase.DIVIDED, (2, 4))


def test_a_group_that_may_be_two_thirds_for_it_does_not_surely_differ():
    """29 of 34 and four of six, of whom three at most were thought to choose it."""
    shown = release({ALS: Counts(29, 0, 5), CLINIC: Counts(4, 0, 2)}, may_pass=False)

    assert find_ground(shown, may_pass=False).ground is Ground.OPEN


@given(votes)
def test_who_is_against_and_who_agrees_can_change_places(truth):
    turned = {g: Counts(c.n_disagree, c.n_pass, c.n_agree) for g, c in truth.items()}
    opposite = {Ground.AGREED: Ground.TURNED_DOWN, Ground.TURNED_DOWN: Ground.AGREED}

    found, other = find_ground(release(truth)), find_ground(release(turned))

    if found.ground in opposite:
        assert other.ground is opposite[found.ground]
        assert other.n_clear == found.n_clear


@given(votes)
def test_groups_that_really_differ_do_so_in_their_own_counts(truth):
    found = find_ground(release(truth))

    if found.ground is Ground.DIFFERS:
        shares = [
            sum(truth[g].n_agree for g in part.groups) / part.n
            for part in (found.apart.more, found.apart.less)
        ]
        assert shares[0] > shares[1]
