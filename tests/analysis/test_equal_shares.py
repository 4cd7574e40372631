import json
from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from analysis.equal_shares import Bloc, Chosen, equal_shares, most_supported

GOLDEN = json.loads((Path(__file__).parents[1] / "data" / "equal_shares.json").read_text("utf-8"))
PROFILES = GOLDEN["profiles"]
profiles = st.lists(st.frozensets(st.integers(0, 5)), min_size=1, max_size=20)


def blocs_of(approvals: Iterable[frozenset[int]], n_options: int) -> list[Bloc]:
    """Voters who approve of the same, wholly or not at all."""
    return [
        Bloc(n, tuple(Fraction(option in approved) for option in range(n_options)))
        for approved, n in sorted(Counter(approvals).items(), key=lambda pair: sorted(pair[0]))
    ]


def by_approval(
    approvals: Iterable[frozenset[int]], n_options: int, n_places: int
) -> tuple[Chosen, ...]:
    return equal_shares(blocs_of(approvals, n_options), n_options, n_places)


def chosen(approvals: Sequence[Sequence[int]], n_options: int, n_places: int) -> str:
    found = by_approval([frozenset(a) for a in approvals], n_options, n_places)
    return "".join(str(o) for o in sorted(c.option for c in found))


def test_every_choice_is_one_that_abcvoting_gives_too():
    differ = [
        row
        for row in PROFILES
        if chosen([[int(o) for o in v] for v in row["v"]], row["o"], row["k"]) not in row["w"]
    ]

    assert len(PROFILES) == 1200
    assert differ == []


@pytest.mark.real
def test_every_choice_is_one_of_those_published_with_abcvoting(real_data):
    files = sorted((real_data / "voting_expected" / "abcvoting" / "test_instances").glob("*.yaml"))
    differ, n_compared = [], 0
    for file in files:
        told = yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)  # ten times as fast
        wanted = [
            ["".join(str(o) for o in sorted(winners)) for winners in entry["result"]]
            for entry in told["compute"]
            if entry["rule_id"] == "equal-shares-with-av-completion" and entry["result"]
        ]
        found = chosen(told["profile"], told["num_cand"], told["committeesize"])
        differ += [file.name for winners in wanted if found not in winners]
        n_compared += len(wanted)

    assert n_compared >= 100
    assert differ == []


def test_a_third_of_the_voters_gets_a_third_of_the_places_where_majority_gives_none():
    two_thirds, one_third = [frozenset({0, 1, 2})] * 6, [frozenset({3, 4})] * 3
    voters = [*two_thirds, *one_third]

    blocs = blocs_of(voters, 5)
    shares, majority = equal_shares(blocs, 5, 3), most_supported(blocs, 5, 3)

    assert sorted(c.option for c in majority) == [0, 1, 2]
    assert sorted(c.option for c in shares) == [0, 1, 3]


def test_a_group_that_half_wants_something_pays_half_of_what_wanting_it_wholly_costs():
    """By hand: 4 x 1 + 4 x 1/2 = 6 wants for one place: 1/6 for a whole one, 1/12 for a half."""
    half = Fraction(1, 2)
    blocs = [Bloc(4, (Fraction(1), Fraction(0))), Bloc(4, (half, Fraction(1)))]

    first, second = equal_shares(blocs, 2, 2)

    assert (first.option, first.price, first.n_support) == (0, Fraction(1, 6), 6)
    # A quarter each to begin with; the second four have 1/4 - 1/12 = 1/6 left, 4/6 in all.
    assert (second.option, second.price) == (1, None)


def test_an_equal_claim_is_told_and_goes_to_the_lower_number():
    first = by_approval([frozenset({0}), frozenset({1})], 2, 1)[0]

    assert (first.option, first.tied_with) == (0, (1,))


def test_what_the_shares_leave_unfilled_goes_to_what_most_approve():
    found = by_approval([frozenset({0})] * 4 + [frozenset({1})] + [frozenset({2})] * 2, 3, 3)

    assert [(c.option, c.price is None) for c in found] == [(0, False), (2, True), (1, True)]


def test_nobody_approving_anything_still_fills_the_places():
    assert [c.option for c in by_approval([frozenset()] * 3, 3, 2)] == [0, 1]


@pytest.mark.parametrize(("n_options", "n_places"), [(2, 3), (2, -1)])
def test_more_places_than_options_are_refused(n_options, n_places):
    with pytest.raises(ValueError, match="cannot be chosen"):
        by_approval([frozenset()], n_options, n_places)


def test_a_bloc_that_speaks_of_other_options_is_refused():
    with pytest.raises(ValueError, match="all 2 options"):
        equal_shares([Bloc(3, (Fraction(1),))], 2, 1)


@given(voters=profiles, seed=st.randoms())
def test_the_order_of_voters_changes_nothing(voters, seed):
    shuffled = list(voters)
    seed.shuffle(shuffled)

    assert by_approval(voters, 6, 3) == by_approval(shuffled, 6, 3)


@given(voters=profiles)
def test_a_group_with_one_wish_in_common_that_is_large_enough_gets_something(voters):
    """Justified representation: Aziz et al. 2017, which equal shares guarantees."""
    found = by_approval(voters, 6, 3)
    taken = {c.option for c in found}
    left_out = [v for v in voters if taken.isdisjoint(v)]

    most = max((sum(o in v for v in left_out) for o in range(6)), default=0)

    assert most * 3 < len(voters) or most == 0
