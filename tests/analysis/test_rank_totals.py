import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.rank_totals import rank_totals

rankings = st.lists(st.permutations("abcde"), min_size=1, max_size=6)


def test_the_lowest_total_comes_first_with_what_each_group_gave():
    first = rank_totals(["bac", "abc", "bca"])[0]

    assert (first.option, first.place, first.total, first.ranks) == ("b", 1, 4, (1, 2, 1))


def test_equal_totals_share_a_place_and_say_so():
    found = rank_totals(["abc", "bac"])

    assert [(p.option, p.place, p.is_tied) for p in found] == [
        ("a", 1, True),
        ("b", 1, True),
        ("c", 3, False),
    ]


def test_no_rankings_give_no_places():
    assert rank_totals([]) == ()


@pytest.mark.parametrize("bad", ["ab", "aab", "abd", "abcc"])
def test_a_ranking_that_does_not_hold_every_option_once_is_refused(bad):
    with pytest.raises(ValueError, match="ranking 2"):
        rank_totals(["abc", bad])


@given(given_rankings=rankings)
def test_totals_add_up_to_what_all_ranks_add_up_to(given_rankings):
    assert sum(p.total for p in rank_totals(given_rankings)) == 15 * len(given_rankings)


@given(given_rankings=rankings, order=st.randoms())
def test_the_order_of_rankings_changes_no_total(given_rankings, order):
    shuffled = list(given_rankings)
    order.shuffle(shuffled)

    one, other = rank_totals(given_rankings), rank_totals(shuffled)

    assert {(p.option, p.place, p.total) for p in one} == {
        (p.option, p.place, p.total) for p in other
    }
