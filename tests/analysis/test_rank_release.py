"""Somebody who sat in one small group works out what the others put where."""

from collections import defaultdict
from itertools import permutations, product

import pytest

from analysis.rank_release import release_round
from analysis.rank_totals import rank_totals

THINGS = "abcde"


def solved(n_groups, n_options, size, k=5, *, sat_in_one):
    """Places of single groups that all orders have in common that show the same page.

    Somebody who sat in a group knows its order; it is called a, b, c. Of the other groups none can
    be told from another, so that looking at one of them is enough.
    """
    things = THINGS[:n_options]
    orders = ["".join(order) for order in permutations(things)]
    n_unknown = n_groups - sat_in_one
    known = [things] * sat_in_one
    alike = defaultdict(lambda: [set() for _ in things])
    for unknown in product(orders, repeat=n_unknown):
        shown = release_round(rank_totals([*known, *unknown]), [size] * n_groups, k)
        page = frozenset((p.option, p.place, p.total) for p in shown)
        for thing, places in zip(things, alike[page], strict=True):
            places.add(unknown[0].index(thing))
    return sum(len(places) == 1 for page in alike.values() for places in page), len(alike)


@pytest.mark.parametrize(
    ("n_groups", "n_options"), [(2, 3), (3, 4), (4, 2), (4, 3), (5, 3), (6, 3)]
)
def test_whoever_sat_in_a_small_group_cannot_work_another_out(n_groups, n_options, record_property):
    """B-8: Every way in which groups of four can put so many things in order."""
    n_solved, n_pages = solved(n_groups, n_options, size=4, sat_in_one=True)

    record_property("figure", f"{n_groups} groups of 4, {n_options} things, {n_pages} pages: 0")
    assert n_solved == 0


@pytest.mark.parametrize(("n_groups", "n_options"), [(2, 3), (3, 2), (3, 3), (4, 3)])
def test_a_file_tells_strangers_no_groups_order(n_groups, n_options):
    """B-8: Groups of eight, whose orders the room was shown."""
    n_solved, _ = solved(n_groups, n_options, size=8, k=11, sat_in_one=False)

    assert n_solved == 0


def test_places_of_three_small_groups_would_give_the_others_away():
    """Why there have to be four: the result is the reverse of what my group said."""
    mine = "abc"

    fits = [
        pair
        for pair in product(map("".join, permutations(mine)), repeat=2)
        if [p.option for p in rank_totals([mine, *pair]) if not p.is_tied] == ["c", "b", "a"]
    ]

    assert fits == [("cba", "cba")]


def test_groups_of_five_show_all_of_it():
    placed = rank_totals(["abc", "bac"])

    assert release_round(placed, [5, 6]) == placed


def test_four_groups_of_four_show_places_alone():
    shown = release_round(rank_totals(["abc", "bac", "abc", "acb"]), [4, 5, 5, 5])

    assert [(p.option, p.place, p.total, p.ranks) for p in shown] == [
        ("a", 1, None, ()),
        ("b", 2, None, ()),
        ("c", 3, None, ()),
    ]


def test_places_that_all_but_one_share_are_not_shown_of_small_groups():
    """1+1+1+3, 2+3+3+1 and 3+2+2+2: a before two that tie."""
    placed = rank_totals(["abc", "acb", "acb", "bca"])

    assert [p.place for p in placed] == [1, 2, 2]
    assert release_round(placed, [4, 4, 4, 4]) == ()


def test_a_round_without_orders_shows_nothing():
    assert release_round((), []) == ()
