"""Somebody who puts the orders and the counts of one vote together, and runs the program."""

import os
from collections import Counter, defaultdict
from itertools import combinations_with_replacement, product

import numpy as np
import pytest

from analysis.priority_orders import priority_orders
from analysis.suppression import PUBLIC_K, ROOM_K, release_all
from analysis.tallies import Counts
from domain.ids import RecommendationId
from domain.people import StakeholderGroup as Group

N_OPTIONS = 2
BALLOTS = tuple(product((0, 1), repeat=N_OPTIONS))
"""Every ballot on which both recommendations are chosen or left."""

Vote = tuple[tuple[int, ...], ...]
"""The ballots of the people of one group, in a fixed order."""

N_PEOPLE = [4, 12, 20] if os.environ.get("STRESS") else [4, 12]


def seen_of(vote: Vote) -> object:
    """What is shown of a vote in the room, in files, and as orders."""
    groups = [Group.CLINICIAN] * len(vote)
    tally = {RecommendationId(str(n)): {groups[0]: counts_of(vote, n)} for n in range(N_OPTIONS)}
    orders = priority_orders(np.array(vote, dtype=float), groups, 1)
    return (
        *(tuple(release_all(tally, k, may_pass=False).items()) for k in (ROOM_K, PUBLIC_K)),
        tuple((None if o.order is None else tuple(o.order), o.differs) for o in orders),
    )


def counts_of(vote: Vote, option: int) -> Counts:
    chosen = Counter(ballot[option] for ballot in vote)
    return Counts(chosen[1], 0, chosen[0])


@pytest.mark.parametrize("n_people", N_PEOPLE)
def test_orders_and_counts_together_tell_no_few_peoples_answers(n_people, record_property):
    """B-8: Every approval of two by so many people is gone through; see the limits for fewer."""
    alike: dict[object, list[Vote]] = defaultdict(list)
    for vote in combinations_with_replacement(BALLOTS, n_people):
        alike[seen_of(vote)].append(vote)

    certain = []
    for votes, option in product(alike.values(), range(N_OPTIONS)):
        cells = {counts_of(vote, option).cells for vote in votes}
        if len(cells) == 1:
            certain += [c for c in cells.pop() if 0 < c < ROOM_K or c == n_people]

    n_votes = sum(map(len, alike.values()))
    record_property("figure", f"{n_votes:,} approvals with their orders, {len(certain)} certain")
    assert certain == []
