import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intervals import difference_interval

TABLE_II = [
    ((56, 70), (48, 80), 0.0524, 0.3339),
    ((9, 10), (3, 10), 0.1705, 0.8090),
    ((6, 7), (2, 7), 0.0582, 0.8062),
    ((5, 56), (0, 29), -0.0381, 0.1926),
    ((0, 10), (0, 20), -0.1611, 0.2775),
    ((0, 10), (0, 10), -0.2775, 0.2775),
    ((10, 10), (0, 20), 0.6791, 1.0000),
    ((10, 10), (0, 10), 0.6075, 1.0000),
]


@pytest.mark.parametrize(("later", "earlier", "low", "high"), TABLE_II)
def test_differences_are_those_of_newcombe_1998_table_2_method_10(later, earlier, low, high):
    interval = difference_interval(later, earlier)

    assert (interval.low, interval.high) == pytest.approx((low, high), abs=5e-5)


SHARES = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(later=SHARES, earlier=SHARES)
def test_a_change_told_backwards_is_the_same_change_with_the_other_sign(later, earlier):
    there, back = difference_interval(later, earlier), difference_interval(earlier, later)

    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))


@given(later=SHARES, earlier=SHARES)
def test_the_change_itself_lies_between_its_bounds(later, earlier):
    found = difference_interval(later, earlier)

    assert -1 - 1e-9 <= found.low <= found.share <= found.high <= 1 + 1e-9


@pytest.mark.parametrize("nobody", [((0, 0), (1, 2)), ((1, 2), (0, 0))])
def test_nobody_has_no_share_to_compare(nobody):
    with pytest.raises(ValueError, match="no share"):
        difference_interval(*nobody)
