import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.pasted_again import FEWEST, n_words_again

WORDS = st.lists(st.sampled_from("ab"), max_size=12)


@pytest.mark.parametrize(
    ("before", "pasted", "expected"),
    [
        ("", "we begin now", 0),
        ("we begin now", "we begin now and go on", 3),
        ("we begin now and go on", "and go on until noon", 3),
        ("we begin now and go on", "begin now and", 3),
        ("we all say yes", "yes to this", 0),
        ("yes", "yes and more", 1),
        ("we begin now", "", 0),
    ],
)
def test_the_words_that_are_there_already_are_counted(before, pasted, expected):
    assert n_words_again(before.split(), pasted.split()) == expected


@given(before=WORDS, pasted=WORDS)
def test_the_count_is_that_of_trying_every_length(before, pasted):
    is_inside = any(before[i : i + len(pasted)] == pasted for i in range(len(before)))
    ends = [n for n in range(len(pasted) + 1) if before[len(before) - n :] == pasted[:n]]
    longest = max((n for n in ends if n <= len(before)), default=0)
    expected = len(pasted) if is_inside and len(pasted) >= FEWEST else longest
    if expected < min(FEWEST, len(before)):
        expected = 0

    assert n_words_again(before, pasted) == expected
