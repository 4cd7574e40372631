from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.mixed_groups import mix

PEOPLE = {f"p{n:02}": ("living with ALS", "caregiver", "clinician")[n % 3] for n in range(24)}
some_people = st.dictionaries(st.integers(0, 99), st.sampled_from("abcd"), min_size=4, max_size=40)


@given(people=some_people, n_groups=st.integers(1, 4), seed=st.integers(0, 9))
def test_everybody_sits_once_and_sizes_differ_by_one_at_most(people, n_groups, seed):
    seating = mix(people, n_groups, seed=seed)

    assert sorted(p for group in seating for p in group) == sorted(people)
    assert max(map(len, seating)) - min(map(len, seating)) <= 1


@given(people=some_people, n_groups=st.integers(1, 4), seed=st.integers(0, 9))
def test_every_kind_of_person_is_spread_evenly(people, n_groups, seed):
    seating = mix(people, n_groups, seed=seed)
    counts = [Counter(people[p] for p in group) for group in seating]

    for kind in set(people.values()):
        assert max(c[kind] for c in counts) - min(c[kind] for c in counts) <= 1


def test_the_second_seating_parts_those_who_sat_together():
    first = mix(PEOPLE, 4, seed=1)
    met = {frozenset(pair) for group in first for pair in combinations(group, 2)}

    second = mix(PEOPLE, 4, met_before=first, seed=2)

    again = sum(frozenset(pair) in met for group in second for pair in combinations(group, 2))
    anyhow = sum(
        frozenset(pair) in met
        for group in mix(PEOPLE, 4, seed=2)
        for pair in combinations(group, 2)
    )
    assert again < anyhow


def test_the_same_seed_gives_the_same_seating():
    assert mix(PEOPLE, 3, seed=5) == mix(PEOPLE, 3, seed=5)


def test_more_groups_than_people_are_refused():
    with pytest.raises(ValueError, match="2 people cannot sit in 3"):
        mix({"a": "x", "b": "y"}, 3)
