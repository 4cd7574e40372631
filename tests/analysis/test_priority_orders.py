from fractions import Fraction
from itertools import product

import pytest

from analysis.priority_orders import Sureness, WhoCounts, Why, priority_orders, sureness
from analysis.support_ranges import support, support_weighted
from analysis.suppression import release
from analysis.tallies import Counts
from domain.people import StakeholderGroup as Group

CLINICIAN, INDUSTRY, ALS = Group.CLINICIAN, Group.INDUSTRY, Group.PERSON_LIVING_WITH_ALS


def votes_of(*options, may_pass=False):
    """Each option as the numbers who choose it and leave it, by group."""
    return [
        release({g: Counts(a, 0, d) for g, (a, d) in by_group.items()}, may_pass=may_pass)
        for by_group in options
    ]


def by_who(votes, n_first=1):
    return {o.who_counts: o for o in priority_orders(votes, n_first, may_pass=False)}


# Industry wants the first, people living with ALS want the second; all are counted.
SPONSORED = votes_of(
    {INDUSTRY: (30, 5), ALS: (5, 10)},
    {INDUSTRY: (5, 30), ALS: (10, 5)},
)


def test_an_order_that_industry_makes_is_told_apart():
    found = by_who(SPONSORED)

    assert found[WhoCounts.EVERYBODY].surely == (0,)
    assert found[WhoCounts.NO_INDUSTRY].surely == (1,)
    assert found[WhoCounts.NO_INDUSTRY].differs
    assert found[WhoCounts.LIVED].n_counted == 15


def test_every_group_counts_the_same_whatever_its_size():
    """By hand: 30/35 and 5/15 make 25/42 on average, 5/35 and 10/15 make 17/42."""
    found = by_who(SPONSORED)

    assert found[WhoCounts.GROUPS].surely == (0,)
    assert found[WhoCounts.GROUPS].differs is False


def test_a_tie_stays_open_and_is_not_settled_by_the_ballots_order():
    found = by_who(votes_of({ALS: (6, 6)}, {ALS: (6, 6)}))[WhoCounts.EVERYBODY]

    assert (found.surely, found.perhaps, found.n_left) == ((), (0, 1), 1)


@pytest.mark.parametrize("n_industry", [1, 4])
def test_without_a_few_people_is_not_shown(n_industry):
    """B-8: What is left out of an order would be those few."""
    votes = votes_of(
        {INDUSTRY: (n_industry, 0), ALS: (0, 9)}, {INDUSTRY: (0, n_industry), ALS: (9, 0)}
    )

    found = by_who(votes)

    assert found[WhoCounts.NO_INDUSTRY].why_not is Why.NOT_APART
    assert found[WhoCounts.LIVED].why_not is Why.NOT_APART


def test_an_order_of_a_few_people_is_not_shown():
    """B-8: Four people."""
    found = by_who(votes_of({ALS: (4, 0)}, {ALS: (0, 4)}))

    assert {o.why_not for o in found.values()} == {Why.FEW}


def test_words_that_leave_every_order_open_tell_none():
    found = by_who(votes_of({ALS: (4, 3)}, {ALS: (3, 4)}))[WhoCounts.EVERYBODY]

    assert found.why_not is Why.WORDS


def test_words_that_leave_no_doubt_tell_the_first():
    found = by_who(votes_of({ALS: (8, 1)}, {ALS: (1, 8)}))[WhoCounts.EVERYBODY]

    assert found.surely == (0,)


def test_a_first_place_that_nearly_everybody_gives_is_sure_and_the_last_unlikely():
    votes = votes_of({ALS: (35, 5)}, {ALS: (5, 35)})

    assert sureness(votes, 1, may_pass=False) == (Sureness.SURE, Sureness.UNLIKELY)


def test_a_tie_is_too_close_to_call():
    votes = votes_of({ALS: (20, 20)}, {ALS: (20, 20)})

    assert sureness(votes, 1, may_pass=False) == (Sureness.CLOSE, Sureness.CLOSE)


def test_how_sure_is_not_told_where_it_hangs_on_what_is_withheld():
    votes = votes_of({ALS: (8, 1)}, {ALS: (6, 3)})

    assert sureness(votes, 1, may_pass=False) == (Sureness.UNTOLD, Sureness.UNTOLD)


@pytest.mark.parametrize("may_pass", [True, False])
@pytest.mark.parametrize("sizes", [(7,), (12,), (5, 6), (10, 5)])
def test_a_range_holds_what_is_true_of_every_vote(sizes, may_pass):
    groups = dict(zip((ALS, INDUSTRY), sizes, strict=False))
    wrong = []
    for agree in product(*(range(n + 1) for n in sizes)):
        truth = {g: Counts(a, 0, n - a) for (g, n), a in zip(groups.items(), agree, strict=True)}
        vote = release(truth, may_pass=may_pass)
        whole = support(vote, may_pass=may_pass)
        parts = vote.groups or (vote.whole,)
        own = support_weighted(vote, [1] + [0] * (len(parts) - 1), may_pass=may_pass)
        n_own = sum(truth[g].n_agree for g in parts[0].groups)
        if not (
            whole.low <= Fraction(sum(agree), sum(sizes)) <= whole.high
            and own.low <= n_own <= own.high
        ):
            wrong.append(agree)

    assert wrong == []
