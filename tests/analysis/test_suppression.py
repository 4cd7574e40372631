import os
from collections import defaultdict
from itertools import product

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from analysis.grouping import by_family, by_role, label_of
from analysis.small_cells import Phrase, is_telling
from analysis.suppression import PUBLIC_K, in_words, release, release_all
from analysis.tallies import Counts
from domain.ids import RecommendationId
from domain.people import StakeholderGroup as Group
from tests.analysis.attacker import cells_solved_by_knowing_the_program, solved_cells

ALS, CARER, PAST = Group.PERSON_LIVING_WITH_ALS, Group.CURRENT_CAREGIVER, Group.PAST_CAREGIVER
CLINIC, ACADEMIC, INDUSTRY = Group.CLINICIAN, Group.ACADEMIC_INVESTIGATOR, Group.INDUSTRY
RAMP, PHONE, BED = map(RecommendationId, ("ramp", "phone", "bed"))
N_ATTACKS = 10_000 if os.environ.get("STRESS") == "1" else 300


def test_a_group_whose_answers_are_5_or_more_is_counted():
    vote = release({ALS: Counts(6, 0, 5), CLINIC: Counts(5, 5, 5)})

    assert [part.counts for part in vote.groups] == [Counts(6, 0, 5), Counts(5, 5, 5)]


def test_where_every_group_is_counted_so_is_the_whole():
    vote = release({ALS: Counts(6, 0, 5), CLINIC: Counts(5, 5, 5)})

    assert in_words(vote.whole) == "11 of 26 agree, 10 disagree, 5 pass"


def test_an_answer_of_4_people_turns_counts_into_a_phrase():
    vote = release({ALS: Counts(9, 0, 4), CLINIC: Counts(5, 5, 5)})

    assert in_words(vote.groups[0]) == "two thirds or more agree (13 answered)"


def test_a_group_of_one_mind_is_not_said_to_be_of_one_mind():
    vote = release({ALS: Counts(0, 0, 8), CLINIC: Counts(7, 1, 0)})

    assert [part.phrase for part in vote.groups] == [Phrase.DISAGREE, Phrase.AGREE]


def test_how_many_agree_is_told_when_only_the_passes_are_few():
    vote = release({ALS: Counts(6, 1, 3), CLINIC: Counts(4, 1, 5)})

    assert in_words(vote.whole) == "10 of 20 agree"


def test_the_whole_is_not_counted_when_it_would_give_the_one_worded_group_away():
    vote = release({ALS: Counts(9, 0, 1), CLINIC: Counts(5, 5, 5)})

    assert in_words(vote.whole) == "25 answered; counts would tell what single people said"


def test_fewer_than_5_people_show_only_that_they_answered():
    vote = release({ALS: Counts(3, 0, 1)})

    assert (vote.groups, in_words(vote.whole)) == (
        (),
        "4 answered; counts would tell what single people said",
    )


def test_a_vote_that_nobody_answered_shows_nobody():
    vote = release({})

    assert (vote.whole.n, vote.groups) == (0, ())


def test_in_public_a_number_stands_for_11_people_or_more():
    vote = release({ALS: Counts(11, 0, 5), CLINIC: Counts(12, 0, 6)}, PUBLIC_K)

    assert (vote.whole.counts, vote.groups) == (Counts(23, 0, 11), ())


def test_in_public_groups_are_shown_when_each_can_be_counted():
    vote = release({ALS: Counts(11, 0, 15), CLINIC: Counts(12, 0, 16)}, PUBLIC_K)

    assert [part.counts for part in vote.groups] == [Counts(11, 0, 15), Counts(12, 0, 16)]


@pytest.mark.parametrize(("k", "room_k"), [(4, 5), (2, 2)])
def test_a_smaller_k_than_the_room_has_is_refused(k, room_k):
    with pytest.raises(ValueError, match="room"):
        release({}, k, room_k=room_k)


def test_small_groups_are_joined_inside_their_family_first():
    sizes = {ALS: 8, CARER: 4, PAST: 3, CLINIC: 5, INDUSTRY: 6}

    assert by_role(sizes, 5) == ((ALS,), (CARER, PAST), (CLINIC,), (INDUSTRY,))


def test_families_that_stay_small_become_other_groups():
    sizes = {ALS: 8, CLINIC: 2, INDUSTRY: 3}

    way = by_role(sizes, 5)

    assert [label_of(groups, sizes) for groups in way] == ["person living with ALS", "other groups"]


def test_a_small_remainder_takes_another_family_along_before_lived_experience():
    assert by_role({ALS: 5, CLINIC: 9, INDUSTRY: 1}, 5) == ((ALS,), (CLINIC, INDUSTRY))


def test_past_caregivers_join_current_ones_whatever_their_numbers():
    assert by_role({ALS: 5, CARER: 6, PAST: 1}, 5) == ((ALS,), (CARER, PAST))


def test_a_ballot_shows_the_same_groups_at_each_recommendation_that_allows_it():
    full = {ALS: Counts(6, 0, 0), CARER: Counts(6, 0, 0), PAST: Counts(4, 0, 0)}
    one_skipped = {**full, ALS: Counts(5, 0, 0)}
    three_skipped = {**full, ALS: Counts(3, 0, 0), CLINIC: Counts(7, 0, 0)}

    shown = release_all({RAMP: full, PHONE: one_skipped, BED: three_skipped})

    assert [part.groups for part in shown[RAMP].groups] == [(ALS,), (CARER, PAST)]
    assert [part.groups for part in shown[PHONE].groups] == [(ALS,), (CARER, PAST)]
    assert [part.groups for part in shown[BED].groups] == [(ALS, CARER, PAST), (CLINIC,)]


def test_a_recommendation_that_few_answered_does_not_hide_the_others():
    full = {ALS: Counts(6, 0, 0), CLINIC: Counts(3, 0, 3)}

    shown = release_all({RAMP: full, PHONE: {ALS: Counts(1, 0, 0)}})

    assert [part.groups for part in shown[RAMP].groups] == [(ALS,), (CLINIC,)]
    assert shown[PHONE].groups == ()


def test_a_family_joined_as_a_whole_has_its_own_name():
    assert label_of((CLINIC, ACADEMIC), [ALS, CLINIC, ACADEMIC]) == "care and research"


def test_part_of_a_family_is_named_by_its_groups():
    assert label_of((CARER, PAST), [ALS, CARER, PAST]) == "current caregiver and past caregiver"


def test_families_keep_their_order():
    assert by_family({ALS: 3, CARER: 4, CLINIC: 5, ACADEMIC: 1}, 5) == (
        (ALS, CARER),
        (CLINIC, ACADEMIC),
    )


def test_how_many_choose_is_told_beside_groups_in_words_where_nobody_is_given_away():
    vote = release(
        {ALS: Counts(6, 0, 2), CLINIC: Counts(6, 0, 3), INDUSTRY: Counts(2, 0, 5)}, may_pass=False
    )

    assert in_words(vote.whole) == "14 of 24 agree"
    assert [part.counts for part in vote.groups] == [None] * 3


def counts_up_to(n_most):
    cells = st.integers(0, n_most // 2)
    return st.builds(Counts, cells, cells, cells).filter(lambda counts: counts.n > 0)


votes = st.dictionaries(st.sampled_from(list(Group)), counts_up_to(10), min_size=1, max_size=5)


@settings(max_examples=N_ATTACKS, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example({ALS: Counts(0, 0, 5), CARER: Counts(5, 0, 0)}, (3, 5))
@given(votes, st.sampled_from([(3, 3), (3, 5), (5, 5), (5, 11)]))
def test_an_attacker_who_knows_the_roll_solves_no_small_cell(truth, ks):
    """B-8: With the roll and every n, over two releases."""
    room_k, k = ks

    shown = release(truth, k, room_k=room_k)

    assert solved_cells(shown, truth, room_k) == []


@pytest.mark.parametrize("sizes", [(3, 4), (6, 3), (7, 1, 4), (3, 3, 3), (4, 5, 3)])
def test_an_attacker_who_also_runs_the_program_solves_no_small_cell(sizes):
    """B-8: Who tries every answer that gives the same page."""
    groups = dict(zip([ALS, CARER, CLINIC], sizes, strict=False))

    def room_and_public(vote):
        return release(vote, 3, room_k=3), release(vote, 6, room_k=3)

    solved = cells_solved_by_knowing_the_program(groups, room_and_public)

    assert [(cell, n) for cell, n in solved if 0 < cell < 3 or cell == n] == []


@settings(deadline=None)
@given(votes)
def test_every_number_that_is_counted_stands_for_5_people_or_none(truth):
    shown = release(truth)

    parts = [shown.whole, *shown.groups]
    assert not [p for p in parts if p.counts and is_telling(p.counts, 5)]


@settings(deadline=None)
@given(votes)
def test_the_groups_that_are_shown_are_everybody_once(truth):
    shown = release(truth)

    together = [group for part in shown.groups for group in part.groups]
    assert sorted(together) == sorted(truth) or not shown.groups


@settings(deadline=None)
@given(votes, st.randoms())
def test_the_order_of_the_groups_changes_nothing(truth, random):
    shuffled = list(truth.items())
    random.shuffle(shuffled)

    assert release(dict(shuffled)) == release(truth)


@pytest.mark.parametrize("n_choose", range(8))
def test_where_nobody_can_pass_how_many_agree_is_not_told_without_the_counts(n_choose):
    """B-8: None of seven choosing it would say that each of the seven left it."""
    shown = release({Group.CLINICIAN: Counts(n_choose, 0, 7 - n_choose)}, may_pass=False)

    assert (shown.whole.counts, shown.whole.n_agree) == (None, None)
    assert shown.whole.phrase is not None


@pytest.mark.parametrize(
    "sizes", [(5,), (7,), (5, 2), (6, 1), (5, 5), (5, 6, 2), (12,), (11, 6), (8, 9, 7)]
)
def test_an_attacker_who_runs_the_program_solves_no_small_cell_of_an_approval(sizes):
    """B-8: Every vote in which all choose or leave, over what the room and files show."""
    groups = dict(zip([ALS, INDUSTRY, CARER], sizes, strict=False))
    alike = defaultdict(list)
    for chosen in product(*(range(n + 1) for n in sizes)):
        vote = {g: Counts(c, 0, n - c) for (g, n), c in zip(groups.items(), chosen, strict=True)}
        seen = release(vote, may_pass=False), release(vote, 11, may_pass=False)
        alike[seen].append(chosen)

    certain = [
        (votes[0][place], n)
        for votes in alike.values()
        for place, n in enumerate(sizes)
        if len({vote[place] for vote in votes}) == 1
    ]

    assert [(c, n) for c, n in certain if 0 < c < 5 or 0 < n - c < 5 or c in (0, n)] == []
