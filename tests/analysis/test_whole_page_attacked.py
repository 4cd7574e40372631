"""Somebody who knows the roll and the program, and puts all that is shown of a vote together."""

import os
from collections import Counter, defaultdict
from functools import cache
from itertools import combinations_with_replacement, permutations, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.grouping import Way, by_role
from analysis.score_spread import Spread
from analysis.suppression import PUBLIC_K, ROOM_K, Released, release
from analysis.tallies import Counts, Tally
from domain.ids import RecommendationId
from domain.people import StakeholderGroup as Group
from domain.votes import Method, standing
from tests.analysis.attacker import scores_known
from tests.analysis.whole_page import Earlier, page_of, shown

IS_STRESS = os.environ.get("STRESS") == "1"
N_ATTACKS = 10_000 if IS_STRESS else 150
GROUPS = (Group.PERSON_LIVING_WITH_ALS, Group.CLINICIAN, Group.INDUSTRY)
SIZES = [(4,), (7, 5), (12,)] + ([(20,), (12, 6), (8, 3)] if IS_STRESS else [])
RANKED = [(2, (12,)), (2, (7, 6)), (3, (7,)), (3, (4, 2))] + (
    [(2, (9, 8, 6)), (3, (11,)), (3, (6, 5)), (4, (5,))] if IS_STRESS else []
)
DRAWN = [(5,), (9,), (12,), (14,), (5, 5), (7, 5), (9, 8), (12, 4), (5, 6, 5), (8, 9, 7), (12, 12)]
SCORED = [(10,), (12,), (21,), (11, 10), (10, 4, 12), (24, 13)]
SLOW_IS_FINE = [HealthCheck.too_slow]

Cells = tuple[Counts, ...]


def tally_of(options: list[Cells]) -> Tally:
    return {
        RecommendationId(str(number)): {
            g: c for g, c in zip(GROUPS, cells, strict=False) if c.n or number == 0
        }
        for number, cells in enumerate(options)
    }


def few(options: list[Cells]):
    """The cells that nobody may be able to work out: of 1 to 4 people, or of all."""
    return [
        (option, group, answer, cell)
        for option, cells in enumerate(options)
        for group, counts in enumerate(cells)
        for answer, cell in enumerate(counts.cells)
        if 0 < cell < ROOM_K or cell == counts.n > 0
    ]


def certain_in(votes_by_page) -> list[object]:
    """Small cells that all votes with one page have in common."""
    return [
        cell
        for votes in votes_by_page.values()
        for cell in set.intersection(*(set(few(list(vote))) for vote in votes))
    ]


@pytest.mark.parametrize("sizes", SIZES)
def test_all_that_is_shown_together_tells_no_few_peoples_answers(sizes, record_property):
    """B-8: Every approval of two by so many people is gone through, ballot by ballot."""
    alike, n_votes = defaultdict(set), 0
    for vote in product(*(combinations_with_replacement(BALLOTS, n) for n in sizes)):
        options = []
        for option in range(2):
            chosen = [Counter(ballot[option] for ballot in people)[1] for people in vote]
            options.append(tuple(Counts(c, 0, n - c) for c, n in zip(chosen, sizes, strict=True)))
        alike[page_of(tally_of(options), Method.APPROVAL)].add(tuple(options))
        n_votes += 1

    certain = certain_in(alike)

    record_property("figure", f"{n_votes:,} approvals with all beside them, {len(certain)} certain")
    assert certain == []


BALLOTS = tuple(product((0, 1), repeat=2))


@pytest.mark.parametrize(("n_options", "sizes"), RANKED)
def test_all_that_is_shown_of_an_order_tells_no_few_peoples_places(
    n_options, sizes, record_property
):
    """B-8: Every way in which so many people can put two, three or four in order."""
    alike, n_votes = defaultdict(set), 0
    for by_group in product(*(_ranked(n_options, n) for n in sizes)):
        options = [tuple(cells[option] for cells in by_group) for option in range(n_options)]
        alike[page_of(tally_of(options), Method.RANKING)].add(tuple(options))
        n_votes += 1

    certain = certain_in(alike)

    record_property(
        "figure", f"{n_votes:,} ways to put {n_options} in order, {len(certain)} certain"
    )
    assert certain == []


@cache
def _ranked(n_options: int, n: int) -> frozenset[tuple[Counts, ...]]:
    """Counts of every option, each way in which n people can put them in order."""
    ways = [
        [Counts.of(standing(Method.RANKING, place, n_options)) for place in order]
        for order in permutations(range(1, n_options + 1))
    ]
    return frozenset(
        tuple(sum(given, start=Counts()) for given in zip(*people, strict=True))
        for people in combinations_with_replacement(ways, n)
    )


@cache
def alternatives(sizes: tuple[int, ...], method: Method, way: Way) -> dict[object, list[Cells]]:
    """Every way so many people can answer one recommendation, by what is released of it."""
    may_pass, found = method is not Method.APPROVAL, defaultdict(list)
    for cells in product(*(_tables(n, may_pass=may_pass) for n in sizes)):
        found[_released(cells, method, way)].append(cells)
    return dict(found)


def _released(cells: Cells, method: Method, way: Way) -> object:
    by_group, may_pass = dict(zip(GROUPS, cells, strict=False)), method is not Method.APPROVAL
    return tuple(release(by_group, k, way=way, may_pass=may_pass) for k in (ROOM_K, PUBLIC_K))


def _tables(n: int, *, may_pass: bool) -> list[Counts]:
    most = n if may_pass else 0
    return [Counts(a, p, n - a - p) for p in range(most + 1) for a in range(n - p + 1)]


@st.composite
def drawn_votes(draw):
    """How people answered two to four recommendations; a few may skip all but the first."""
    method = draw(st.sampled_from([Method.AGREEMENT, Method.APPROVAL]))
    may_pass = method is not Method.APPROVAL
    sizes = draw(st.sampled_from([s for s in DRAWN if not may_pass or sum(s) < 17]))

    def answered(number: int) -> Cells:
        skipped = [draw(st.integers(0, min(3, n))) if number else 0 for n in sizes]
        return tuple(
            draw(st.sampled_from(_tables(n - less, may_pass=may_pass)))
            for n, less in zip(sizes, skipped, strict=True)
        )

    n_options = draw(st.integers(2, 4))
    return method, [answered(number) for number in range(n_options)]


@settings(max_examples=N_ATTACKS, deadline=None, suppress_health_check=SLOW_IS_FINE)
@given(drawn_votes(), st.data())
def test_an_attacker_with_all_that_is_shown_solves_no_small_cell(vote, data):
    """B-8: Knows every answer to the other recommendations and in an earlier vote."""
    method, options = vote
    earlier = Earlier(shown(tally_of(options[::-1]), method, ROOM_K))
    page = page_of(tally_of(options), method, earlier)
    attacked = data.draw(st.integers(0, len(options) - 1))
    sizes = tuple(counts.n for counts in options[attacked])
    most = {
        group: max(cells[number].n for cells in options)
        for number, group in enumerate(GROUPS[: len(sizes)])
    }
    way = by_role(most, ROOM_K)

    fits = set(few([options[attacked]]))
    for other in alternatives(sizes, method, way)[_released(options[attacked], method, way)]:
        changed = [*options[:attacked], other, *options[attacked + 1 :]]
        if fits and page_of(tally_of(changed), method, earlier) == page:
            fits &= set(few([other]))

    assert fits == set()


@st.composite
def scored_votes(draw):
    """Scores of one recommendation by people of one to three groups, in few standings."""
    sizes = draw(st.sampled_from(SCORED))
    return [
        draw(st.lists(st.sampled_from(draw(st.sampled_from(SPANS))), min_size=n, max_size=n))
        for n in sizes
    ]


SPANS = [(2, 8), (1, 2, 8, 9), (3, 7), (1, 5, 9), (1, 2, 3, 4, 5, 6, 7, 8, 9), (6, 7)]


@settings(max_examples=N_ATTACKS, deadline=None, suppress_health_check=SLOW_IS_FINE)
@given(scored_votes())
def test_medians_of_several_groups_beside_all_counts_tell_no_few_peoples_score(scored):
    """B-8: Of each group the ranks that are told and its counts, of all what is told of all."""
    one = RecommendationId("0")
    given_by = dict(zip(GROUPS, scored, strict=False))
    tally = {one: {group: _standings(scores) for group, scores in given_by.items()}}

    (vote,), _, ((of_whole, of_groups),), _ = page_of(tally, Method.SCORES, scores={one: given_by})

    told = [(part, s) for part, s in zip(vote.groups, of_groups, strict=True) if s]
    told += [(vote.whole, of_whole)] if of_whole else []
    # Counts of a part that tells ranks are exact, and no other number depends on its scores.
    assert not (of_whole and any(of_groups))
    assert [solved for part, s in told for solved in scores_known(part, s, ROOM_K)] == []


def test_a_middle_score_of_so_few_would_give_four_people_away():
    """Why it takes nine: the lowest four of eight, of whom the last gave 1."""
    eight = Released("clinician", (Group.CLINICIAN,), 8, Counts(4, 0, 4), 4)

    assert scores_known(eight, Spread(8, 1), ROOM_K) == [(1, 4)]


def _standings(scores: list[int]) -> Counts:
    return sum((Counts.of(standing(Method.SCORES, s, 1)) for s in scores), start=Counts())
