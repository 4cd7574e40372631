"""Writers that need nothing of each other share one commit. Start at `CommitTogether.write`.

An answer is acknowledged when it is on the disk, and reaching the disk is what takes time: with
one transaction each, writers wait for as many writes of the disk as stand before them. Here whoever
is done hands the open transaction to whoever waits, and the last one commits for all. Each writer
works in a savepoint, so a refused one leaves no trace in the others; each returns only after the
commit, and if that fails every one of them fails. Nobody ever waits for company: with nobody
behind, a writer commits at once.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import RootTransaction
from sqlalchemy.exc import DBAPIError

MOST = 64
LONGEST_S = 0.03
"""From then on no further writer joins: the first ones have waited long enough."""


@dataclass(eq=False)
class _Open:
    """A transaction that several writers share."""

    connection: Connection
    transaction: RootTransaction
    begun_s: float
    n_writers: int = 0
    is_broken: bool = False
    error: Exception | None = None
    is_done: threading.Event = field(default_factory=threading.Event)


class CommitTogether:
    """One writer at a time, one commit for those that wait behind each other."""

    def __init__(
        self, engine: Engine, lock: threading.Lock, when_begun: Callable[[], None]
    ) -> None:
        self.n_commits = 0
        self._when_begun = when_begun
        self._engine = engine
        self._lock = lock
        self._open: _Open | None = None
        self._n_waiting = 0
        self._counting = threading.Lock()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction as `Store.write` gives it: kept for good when the block has ended."""
        self._wait_for_turn()
        shared: _Open | None = None
        try:
            shared = self._open or self._begin()
            with self._savepoint(shared):
                yield shared.connection
            shared.n_writers += 1
        finally:
            try:
                if self._open is not None and not self._may_go_on(self._open):
                    self.settle()
            finally:
                self._lock.release()
        shared.is_done.wait()
        if shared.error is not None:
            raise shared.error

    def settle(self) -> None:
        """Commit what is open; call while holding the lock. Who wrote in it learns how it went."""
        shared, self._open = self._open, None
        if shared is None:
            return
        try:
            if shared.is_broken:
                shared.transaction.rollback()
            else:
                shared.transaction.commit()
                self.n_commits += 1
        except Exception as error:
            shared.error = error
        finally:
            shared.connection.close()
            shared.is_done.set()

    def _wait_for_turn(self) -> None:
        with self._counting:
            self._n_waiting += 1
        try:
            self._lock.acquire()
        finally:
            with self._counting:
                self._n_waiting -= 1

    def _begin(self) -> _Open:
        connection = self._engine.connect().execution_options(is_writer=True)
        try:
            self._when_begun()
            transaction = connection.begin()
        except BaseException:
            connection.close()
            raise
        self._open = _Open(connection, transaction, time.monotonic())
        return self._open

    @contextmanager
    def _savepoint(self, shared: _Open) -> Iterator[None]:
        # By hand: SQLAlchemy's own way takes longer than all that a press asks inside it.
        tx = shared.connection
        try:
            tx.exec_driver_sql("SAVEPOINT one_writer")
            try:
                yield
            except BaseException:
                if _is_whole(tx):
                    tx.exec_driver_sql("ROLLBACK TO one_writer")
                    tx.exec_driver_sql("RELEASE one_writer")
                raise
            tx.exec_driver_sql("RELEASE one_writer")
        except DBAPIError as error:
            # A full or failing disk may have ended the whole transaction: nobody in it is kept.
            if not _is_whole(shared.connection):
                shared.is_broken, shared.error = True, error
            raise

    def _may_go_on(self, shared: _Open) -> bool:
        return (
            self._n_waiting > 0
            and not shared.is_broken
            and shared.n_writers < MOST
            and time.monotonic() - shared.begun_s < LONGEST_S
        )


def _is_whole(connection: Connection) -> bool:
    """Whether SQLite still holds the transaction that was begun."""
    raw = connection.connection.driver_connection
    return bool(getattr(raw, "in_transaction", False))
