"""Writers that need nothing of each other share one commit. Start at `in_turn`.

An answer is acknowledged when it is on the disk, and reaching the disk is what takes time. So who
comes while others are written down waits for the same commit. Each works in a savepoint, and one
that is refused leaves no trace in the others.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlalchemy import Connection

from store.prepared import say

T = TypeVar("T")


def in_turn(tx: Connection, works: Sequence[Callable[[], T]]) -> list[T | Exception]:
    """What came of each, in their order; nothing is kept before the transaction is.

    Raises
    ------
    Exception
        What one of them met when the database itself ended the transaction, as a full or failing
        disk may make it do: then nothing of any of them is kept.
    """
    found: list[T | Exception] = []
    for work in works:
        say(tx, "SAVEPOINT one_writer")
        try:
            found.append(work())
        except Exception as error:
            if not _is_whole(tx):
                raise
            say(tx, "ROLLBACK TO one_writer")
            found.append(error)
        say(tx, "RELEASE one_writer")
    return found


def _is_whole(tx: Connection) -> bool:
    """Whether SQLite still holds the transaction that was begun."""
    return bool(getattr(tx.connection.driver_connection, "in_transaction", False))
