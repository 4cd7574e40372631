"""What the picture of support says, out of what a vote of a few recommendations released."""

from analysis.priority_orders import WhoCounts
from domain.ballots import Ballot, BallotItem, BallotState, Secrecy
from domain.ids import BallotId, MeetingId, RecommendationId
from domain.votes import WORDINGS, Method
from services.priorities import Order, Priorities, Support
from ui.vote_support import finding, tiers


def priorities_of(*told, surely=(), perhaps=(), n_first=2):
    """Of ten people so many at the least and at the most, by number; in the order of the chart."""
    items = [BallotItem(n, RecommendationId(str(n)), f"Thing {n}") for n, _, _ in told]
    of = {item.position: item for item in items}
    rest = tuple(item for item in items if item.position not in (*surely, *perhaps))
    everybody = Order(
        WhoCounts.EVERYBODY.value,
        10,
        tuple(of[n] for n in surely),
        tuple(of[n] for n in perhaps),
        rest,
        n_first - len(surely),
        False,
        "",
    )
    ballot = Ballot(
        BallotId("b"),
        MeetingId("m"),
        "What first?",
        Secrecy.CONFIDENTIAL,
        BallotState.CLOSED,
        None,
        None,
        tuple(items),
    )
    support = tuple(Support(of[n], 10, low, high) for n, low, high in told)
    return Priorities(ballot, n_first, WORDINGS[Method.AGREEMENT], (everybody,), {}, support)


def test_the_first_ones_are_named_where_they_are_decided():
    found = priorities_of((2, 9, 10), (1, 8, 8), (3, 5, 5), surely=(2, 1))

    assert finding(found) == "No. 2 and 1 come first"


def test_where_they_are_open_a_level_is_told_that_enough_surely_reach():
    found = priorities_of((2, 7, 10), (1, 7, 10), (4, 7, 7), (3, 2, 9), perhaps=(1, 2, 3))

    assert finding(found) == "At least seven of ten agree: No. 1, 2 and 4"


def test_a_level_is_chosen_that_nothing_above_misses():
    """Eight of ten is reached by two, and missed by one that may have more support than they."""
    found = priorities_of((3, 7, 10), (1, 8, 8), (2, 8, 8), perhaps=(1, 2, 3))

    assert finding(found) == "At least seven of ten agree: No. 1, 2 and 3"


def test_little_support_is_told_as_that():
    found = priorities_of((1, 4, 4), (2, 4, 4), (3, 1, 1), perhaps=(1, 2))

    assert finding(found) == "No 2 recommendations with half of everybody behind them"


def test_each_bar_says_whether_it_surely_perhaps_or_surely_not_comes_first():
    found = priorities_of((1, 9, 9), (2, 6, 8), (3, 7, 7), (4, 1, 1), surely=(1,), perhaps=(2, 3))

    assert tiers(found) == {1: "surely", 2: "perhaps", 3: "perhaps", 4: "surely not"}
