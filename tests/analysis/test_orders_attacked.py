"""Somebody who knows the roll and the program, and puts all that is shown of a vote together."""

import os
from collections import Counter, defaultdict
from functools import cache
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.priority_orders import priority_orders, sureness
from analysis.released_sets import choose
from analysis.suppression import PUBLIC_K, ROOM_K, release, release_all
from analysis.tallies import Counts, Tally
from domain.ids import RecommendationId
from domain.people import StakeholderGroup as Group

IS_STRESS = os.environ.get("STRESS") == "1"
GROUPS = (Group.PERSON_LIVING_WITH_ALS, Group.CLINICIAN, Group.INDUSTRY)
BALLOTS = tuple(product((0, 1), repeat=2))
SIZES = [(4,), (7, 5), (12,), (8, 3)] + ([(20,), (12, 6)] if IS_STRESS else [])
DRAWN = [(5,), (9,), (12,), (14,), (5, 5), (7, 5), (9, 8), (12, 4), (5, 6, 5), (8, 9, 7), (12, 12)]

Cells = tuple[Counts, ...]


def page_of(tally: Tally, *, may_pass: bool) -> object:
    """All that is shown: counts in the room and in files, orders, how sure, sets, and silences."""
    room, files = (release_all(tally, k, may_pass=may_pass) for k in (ROOM_K, PUBLIC_K))
    beside = _beside(tuple(room.values()), may_pass=may_pass)
    return tuple(room.values()), tuple(files.values()), beside


@cache
def _beside(votes, *, may_pass):
    return (
        priority_orders(votes, 1, may_pass=may_pass),
        sureness(votes, 1, may_pass=may_pass),
        *(choose(votes, n, may_pass=may_pass) for n in (1, 2)),
    )


def tally_of(options: list[Cells]) -> Tally:
    return {
        RecommendationId(str(number)): dict(zip(GROUPS, cells, strict=False))
        for number, cells in enumerate(options)
    }


def few(options: list[Cells], n_of: tuple[int, ...]):
    """The cells that nobody may be able to work out: of 1 to 4 people, or of all."""
    return [
        (option, group, answer, cell)
        for option, cells in enumerate(options)
        for group, counts in enumerate(cells)
        for answer, cell in enumerate(counts.cells)
        if 0 < cell < ROOM_K or cell == n_of[group]
    ]


@pytest.mark.parametrize("sizes", SIZES)
def test_all_that_is_shown_together_tells_no_few_peoples_answers(sizes, record_property):
    """B-8: Every approval of two by so many people is gone through, ballot by ballot."""
    alike = defaultdict(set)
    n_votes = 0
    for vote in product(*(combinations_with_replacement(BALLOTS, n) for n in sizes)):
        options = []
        for option in range(2):
            chosen = [Counter(ballot[option] for ballot in people)[1] for people in vote]
            options.append(tuple(Counts(c, 0, n - c) for c, n in zip(chosen, sizes, strict=True)))
        alike[page_of(tally_of(options), may_pass=False)].add(tuple(options))
        n_votes += 1

    certain = [
        cell
        for votes in alike.values()
        for cell in set.intersection(*(set(few(list(vote), sizes)) for vote in votes))
    ]
    record_property("figure", f"{n_votes:,} approvals with all beside them, {len(certain)} certain")
    assert certain == []


@cache
def alternatives(sizes: tuple[int, ...], may_pass: bool) -> dict[object, list[Cells]]:
    """Every way so many people can answer one recommendation, by what is released of it."""
    found = defaultdict(list)
    for cells in product(*(_tables(n, may_pass=may_pass) for n in sizes)):
        by_group = dict(zip(GROUPS, cells, strict=False))
        shown = tuple(release(by_group, k, may_pass=may_pass) for k in (ROOM_K, PUBLIC_K))
        found[shown].append(cells)
    return dict(found)


def _tables(n: int, *, may_pass: bool) -> list[Counts]:
    most = n if may_pass else 0
    return [Counts(a, p, n - a - p) for p in range(most + 1) for a in range(n - p + 1)]


@st.composite
def drawn_votes(draw):
    may_pass = draw(st.booleans())
    sizes = draw(st.sampled_from([s for s in DRAWN if not may_pass or sum(s) < 17]))
    cells = st.tuples(*(st.sampled_from(_tables(n, may_pass=may_pass)) for n in sizes))
    return sizes, may_pass, draw(st.lists(cells, min_size=2, max_size=4))


@settings(
    max_examples=10_000 if IS_STRESS else 200,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(drawn_votes(), st.data())
def test_an_attacker_with_orders_sets_and_how_sure_solves_no_small_cell(vote, data):
    """B-8: Knows every answer to the other recommendations, and tries all ways to answer one."""
    sizes, may_pass, options = vote
    page = page_of(tally_of(options), may_pass=may_pass)
    attacked = data.draw(st.integers(0, len(options) - 1))
    own = dict(zip(GROUPS, options[attacked], strict=False))
    shown = tuple(release(own, k, may_pass=may_pass) for k in (ROOM_K, PUBLIC_K))

    fits = [set(few([options[attacked]], sizes))]
    for other in alternatives(sizes, may_pass)[shown]:
        changed = [*options[:attacked], other, *options[attacked + 1 :]]
        if fits[-1] and page_of(tally_of(changed), may_pass=may_pass) == page:
            fits.append(fits[-1] & set(few([other], sizes)))

    assert fits[-1] == set()
