import numpy as np
import pytest

from analysis.priority_orders import Sureness, WhoCounts, priority_orders, sureness
from domain.people import StakeholderGroup as Group

CLINICIAN, INDUSTRY, ALS = Group.CLINICIAN, Group.INDUSTRY, Group.PERSON_LIVING_WITH_ALS


def by_who(scores, groups, n_first=1, k=5):
    found = priority_orders(np.array(scores, dtype=float), groups, n_first, k=k)
    return {o.who_counts: o for o in found}


# Eight from industry want the first; five people living with ALS want the second.
SPONSORED = ([[1, 0]] * 8 + [[0, 1]] * 5, [INDUSTRY] * 8 + [ALS] * 5)


def test_an_order_that_industry_makes_is_told_apart():
    found = by_who(*SPONSORED)

    assert found[WhoCounts.EVERYBODY].order.tolist() == [0, 1]
    assert found[WhoCounts.NO_INDUSTRY].order.tolist() == [1, 0]
    assert found[WhoCounts.NO_INDUSTRY].differs
    assert found[WhoCounts.LIVED].n_counted == 5


def test_every_group_counts_the_same_whatever_its_size():
    scores = [[1, 0]] * 8 + [[0, 1]] * 5 + [[0, 1]] * 5
    found = by_who(scores, [INDUSTRY] * 8 + [ALS] * 5 + [CLINICIAN] * 5)

    assert found[WhoCounts.GROUPS].order.tolist() == [1, 0]


@pytest.mark.parametrize("n_industry", [1, 4])
def test_without_a_few_people_is_not_shown(n_industry):
    """B-8: What is left out of an order would be those few."""
    scores = [[1, 0]] * n_industry + [[0, 1]] * 9

    found = by_who(scores, [INDUSTRY] * n_industry + [ALS] * 9)

    assert found[WhoCounts.NO_INDUSTRY].order is None
    assert found[WhoCounts.LIVED].order is None
    assert found[WhoCounts.EVERYBODY].order is not None


def test_an_order_of_a_few_people_is_not_shown():
    """B-8: Four people."""
    assert all(o.order is None for o in by_who([[1, 0]] * 4, [ALS] * 4).values())


def test_nobody_gives_no_order():
    found = priority_orders(np.empty((0, 3)), [], 1)

    assert all(o.order is None for o in found)


def test_a_first_place_that_everybody_gives_is_sure_and_the_last_unlikely():
    words = sureness(np.array([[1.0, 0.0]] * 9), [ALS] * 9, 1)

    assert words == (Sureness.SURE, Sureness.UNLIKELY)


def test_a_tie_is_too_close_to_call():
    scores = np.array([[1.0, 0.0], [0.0, 1.0]] * 5)

    assert sureness(scores, [ALS] * 10, 1) == (Sureness.CLOSE, Sureness.CLOSE)


def test_how_sure_a_few_people_are_is_not_told():
    """B-8: Shares of redrawn meetings of four."""
    assert sureness(np.array([[1.0, 0.0]] * 4), [ALS] * 4, 1) is None
