"""How many threads multiply the matrices of an analysis. Start at `for_passages`."""

from collections.abc import Iterator
from contextlib import contextmanager

from threadpoolctl import threadpool_limits

# From here on one product takes longer than it takes to wake a second thread.
_SMALL = 5_000


@contextmanager
def for_passages(n_passages: int) -> Iterator[None]:
    """One thread for the small matrices of a meeting; in a large set the library's own number.

    After each product the library's threads wait awake for the next one. In a meeting that takes
    the other core from the grouping beside it: with 1,450 passages 2.5 instead of 1.9 seconds of
    processor time on two cores.
    """
    with threadpool_limits(1 if n_passages <= _SMALL else None, user_api="blas"):
        yield
