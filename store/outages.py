"""A database that does not answer, told as one error. Start at `told_plainly`."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, TimeoutError

from domain.errors import StoreNotReady


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn whatever the driver raises into one error with what to do.

    Raises
    ------
    StoreNotReady
        If the database cannot be reached, read or written.
    """
    try:
        yield
    except (DBAPIError, TimeoutError, OSError) as error:
        raise StoreNotReady(
            found=f"it does not answer as expected ({type(error).__name__})",
            todo="Nothing was saved. Try again in a moment.",
        ) from error
