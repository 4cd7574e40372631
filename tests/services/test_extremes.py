"""Votes of nobody, of one, of people who all say the same, ties, and a hundred thousand people."""

from collections import Counter

import numpy as np
import pytest

from analysis.priority_orders import priority_orders
from analysis.ranking_release import release_ranking
from analysis.suppression import PUBLIC_K, ROOM_K, release_all
from analysis.tallies import Counts, wilson_interval
from domain.ids import RecommendationId
from domain.people import StakeholderGroup as Group
from domain.votes import Answer, Method, standing
from services import ballots, links, meetings, priorities, recount
from services.pressing import pressing
from tests.made_vote import make_vote

N_ITEMS = 3
METHODS = list(Method)
MIDDLE = {
    Method.AGREEMENT: (0, 0, 0),
    Method.APPROVAL: (0, 0, 0),
    Method.SCORES: (5, 5, 5),
    Method.RANKING: (2, 1, 3),
}
"""What everybody gives who wants nothing in particular: pass, leave, the middle, the same order."""


def closed(method, answers):
    """A closed vote in which so many people give so much."""
    made = make_vote(N_ITEMS)
    ballots.close_ballot(made.ballot_id)
    for n in range(max(len(answers) - 6, 0)):
        meetings.add_person(made.meeting_id, f"Guest {n}", list(Group)[n % 3])
    ballot_id = ballots.open_ballot(made.meeting_id, method=method)
    secrets = [secret for _, secret in links.secrets_for(made.meeting_id)]
    for secret, given in zip(secrets, answers, strict=False):
        with pressing(secret, ballot_id) as booth:
            asked = [item.recommendation_id for item in booth.ballot.items]
            booth.lay(dict(zip(asked, given, strict=True)))
    ballots.close_ballot(ballot_id)
    return ballot_id


def all_that_is_told(ballot_id):
    """Every surface of a closed vote; each must come out without an error."""
    found = [ballots.results(ballot_id, k).results for k in (ROOM_K, PUBLIC_K)]
    ballots.export_results_csv(ballot_id)
    recount.export_recount(ballot_id)
    for n_places in (0, 1, N_ITEMS, N_ITEMS + 1):
        priorities.choose_set(ballot_id, n_places)
    assert recount.count_again(ballot_id).is_right
    return [result.vote for results in found for result in results]


@pytest.mark.parametrize("method", METHODS)
def test_a_vote_in_which_nobody_voted_tells_that_and_nothing_else(app_runtime, method):
    """V15: Zero votes."""
    ballot_id = closed(method, [])

    told = all_that_is_told(ballot_id)

    assert {(v.whole.n, v.whole.counts, v.whole.phrase, v.groups) for v in told} == {
        (0, None, None, ())
    }
    assert not any(one.surely for one in priorities.priorities(ballot_id).orders)


@pytest.mark.parametrize("method", METHODS)
def test_one_voter_is_counted_and_nothing_of_what_they_said_is_told(app_runtime, method):
    """V15: One voter."""
    ballot_id = closed(method, [MIDDLE[method]])

    told = all_that_is_told(ballot_id)

    shown = {(v.whole.n, v.whole.counts, v.whole.n_agree, v.whole.phrase, v.groups) for v in told}
    assert shown == {(1, None, None, None, ())}
    found = priorities.priorities(ballot_id)
    assert not any(one.surely for one in found.orders)
    assert found.sureness == {}


@pytest.mark.parametrize("method", METHODS)
def test_where_everybody_says_the_same_no_count_says_so(app_runtime, method):
    """V15: All pass, or what comes nearest to it; counts would tell what each single one said."""
    ballot_id = closed(method, [MIDDLE[method]] * 24)

    told = all_that_is_told(ballot_id)

    assert {v.whole.n for v in told} == {24}
    assert [part.counts for v in told for part in (v.whole, *v.groups)].count(None) == sum(
        1 + len(v.groups) for v in told
    )


@pytest.mark.parametrize("method", METHODS)
def test_a_tie_is_told_the_same_whoever_comes_first(app_runtime, method):
    """V15: Two recommendations with the same answers, given by different people."""
    ahead, behind = {
        Method.AGREEMENT: ((1, -1, 0), (-1, 1, 0)),
        Method.APPROVAL: ((1, 0, 0), (0, 1, 0)),
        Method.SCORES: ((9, 1, 5), (1, 9, 5)),
        Method.RANKING: ((1, 3, 2), (3, 1, 2)),
    }[method]

    ballot_id = closed(method, [ahead, behind] * 12)

    first, second = (v.whole for v in all_that_is_told(ballot_id)[:2])
    assert (first.n, first.counts, first.n_agree) == (second.n, second.counts, second.n_agree)
    chosen = priorities.choose_set(ballot_id, 1)
    if chosen:
        assert {i.position for i in (*chosen.by_shares.chosen, *chosen.by_shares.tied)} == {1, 2}
    everybody = next(o for o in priorities.priorities(ballot_id).orders if o.is_everybody)
    assert sorted(item.position for item in everybody.surely) == [1, 2, 3]


@pytest.mark.parametrize("method", METHODS)
def test_a_hundred_thousand_voters_are_counted_right(method, record_property):
    """V15: 100,000 voters, put in as counts and as an array."""
    n, chance = 100_000, np.random.default_rng(15)
    if method is Method.RANKING:
        values = chance.permuted(np.tile([1, 2, 3], (n, 1)), axis=1)
    else:
        offered = {Method.AGREEMENT: (-1, 0, 1), Method.APPROVAL: (0, 1)}
        values = chance.choice(offered.get(method, range(1, 10)), size=(n, N_ITEMS))
    which = chance.integers(0, len(Group), n)
    tally = {
        RecommendationId(str(item)): _counts(method, values[:, item], which)
        for item in range(N_ITEMS)
    }

    shown = (release_ranking if method is Method.RANKING else release_all)(tally, PUBLIC_K)

    for item, vote in enumerate(shown.values()):
        stood = _counts(method, values[:, item], np.zeros(n))[Group.PERSON_LIVING_WITH_ALS]
        assert vote.whole.counts == stood
        assert sum(part.n for part in vote.groups) == vote.whole.n == n
        interval = wilson_interval(vote.whole.n_agree, n)
        assert interval.low < interval.share < interval.high
        assert interval.high - interval.low < 0.01
    orders = priority_orders(list(shown.values()), N_ITEMS, may_pass=True)
    high = [vote.whole.n_agree for vote in shown.values()]
    assert list(orders[0].surely) == sorted(range(N_ITEMS), key=lambda item: -high[item])
    record_property(
        "figure", f"{method}: {n:,} voters in {len(set(which.tolist()))} groups, counted right"
    )


def _counts(method, column, which):
    """Counts by group, made by numpy and not by our own tally."""
    found = {}
    for place, group in enumerate(Group):
        values, n_times = np.unique(column[which == place], return_counts=True)
        cells = Counter()
        for value, n in zip(values.tolist(), n_times.tolist(), strict=True):
            cells[standing(method, value, N_ITEMS)] += n
        found[group] = Counts(*(cells[answer] for answer in Answer))
    return found
