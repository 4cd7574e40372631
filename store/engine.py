"""One store, one code path: SQLite by default, PostgreSQL by URL. Start at `Store`."""

import os
import secrets
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Text, cast, create_engine, event, func, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from domain.errors import StoreNotReady
from domain.votes import VOTE_SIGN
from store import declarations
from store.server_tables import rewrite_tables

BUSY_S = 30
MIGRATE = "Run: python manage.py migrate"
ALONE_WITHIN_S = 2
REWRITE_FACTOR = 2.2
"""A rewritten file, and the log of its pages, need so many times the room of the file."""
ONE_WRITER = 5_314_227  # any number, as long as every process asks for the same one


class Store:
    """The database of this process: many readers, one writer at a time."""

    def __init__(self, url: str) -> None:
        parsed = _parsed(url)
        if parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+pg8000")
        self.url = parsed
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(parsed) if self.is_sqlite else _server_engine(parsed)
        # SQLite's own wait is unfair: with one connection a thread the slowest write took
        # seconds where a queue in front of it takes milliseconds.
        self._writer = threading.Lock()
        self._n_writes = 0

    @property
    def path(self) -> Path | None:
        """The database file, when there is one."""
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one moment of the store."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self, *, is_alone: bool = True) -> Iterator[Connection]:
        """One transaction: commits at the end of the block, or leaves no trace.

        One at a time in each database, because lists and the audit log are numbered on. A writer
        that numbers nothing (``is_alone=False``) works beside others where the database can do so.
        """
        if not self.is_sqlite:
            with self.engine.connect() as connection:
                connection = connection.execution_options(is_writer=True)
                with connection.begin():
                    if is_alone:
                        connection.execute(select(func.pg_advisory_xact_lock(ONE_WRITER)))
                    yield connection
            return
        with self._writer, self.engine.connect() as connection:
            connection = connection.execution_options(is_writer=True)
            # Now that the writer has its connection, what was read on it is marked off.
            self._n_writes += 1
            with connection.begin():
                yield connection

    def mark(self, tx: Connection) -> object:
        """Another one after anything was committed, here or by another process.

        None for a writer: it sees what nobody else does yet. SQLite tells each connection whether
        another one committed since its last look, as of the moment that the transaction sees; what
        the connection itself wrote, this process counts. On a server the transactions that are
        visible are the mark.
        """
        if tx.get_execution_options().get("is_writer"):
            return None
        if self.is_sqlite:
            version = tx.exec_driver_sql("PRAGMA data_version").scalar_one()
            return (tx.connection.dbapi_connection, version, self._n_writes)
        return tx.execute(select(cast(func.txid_current_snapshot(), Text))).scalar_one()

    def check(self) -> None:
        """Refuse a store that cannot be reached or whose answers carry another sign.

        Raises
        ------
        StoreNotReady
            With what was found and the command to run.
        """
        self._refuse_missing()
        try:
            with self.read() as connection:
                declared = declarations.read(connection, "vote_sign")
        except DBAPIError as error:
            raise StoreNotReady(
                found=f"the database does not answer as expected ({type(error).__name__})",
                todo=MIGRATE,
            ) from error
        if declared != VOTE_SIGN:
            raise StoreNotReady(
                found=f"the database declares the vote sign {declared!r}, not {VOTE_SIGN!r}",
                todo="It was not written by this product; choose another database.",
            )

    def is_damaged(self) -> bool:
        """Whether the SQLite file is there and is not whole; reads all of it."""
        if self.path is None or not self.path.exists():
            return False
        try:
            with closing(sqlite3.connect(self.path, timeout=BUSY_S)) as raw:
                found = [row[0] for row in raw.execute("PRAGMA quick_check")]
        except sqlite3.OperationalError:  # it cannot be read now; whoever opens it next says why
            return False
        except sqlite3.DatabaseError:
            return True
        return found != ["ok"]

    def is_alive(self) -> bool:
        """Whether one trivial query answers."""
        try:
            with self.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except (DBAPIError, OSError):
            return False
        return True

    def back_up(self, target: Path) -> None:
        """Copy a consistent moment of the SQLite file while it is in use.

        The copy is one file that is there whole or not at all.

        Raises
        ------
        StoreNotReady
            If the store is PostgreSQL, which has a command of its own, or the target exists.
        """
        if not self.is_sqlite or self.path is None:
            raise StoreNotReady(found="this store is PostgreSQL", todo="Use pg_dump to back it up.")
        self._refuse_missing()
        if target.exists():
            raise StoreNotReady(found=f"{target} exists", todo="Name a file that does not.")
        if not target.absolute().parent.is_dir():
            raise StoreNotReady(
                found=f"there is no folder {target.parent}", todo="Name a file in one that exists."
            )
        draft = target.with_name(f"{target.name}.{secrets.token_hex(4)}.partial")
        try:
            os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            copy_database(self.path, draft)
            os.replace(draft, target)
        finally:
            draft.unlink(missing_ok=True)

    def compact(self, *, is_quick: bool = False) -> bool:
        """Leave nothing of deleted rows in the files; False when that is not done to the end.

        Quick: only what the database keeps of earlier pages.
        """
        if not self.is_sqlite:
            return is_quick or rewrite_tables(self.engine)
        with self._writer:
            raw = self.engine.raw_connection()
            try:
                is_rewritten = is_quick or self._rewrite(raw.cursor())
                busy = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            finally:
                raw.close()
        return is_rewritten and not busy

    def _rewrite(self, cursor: Any) -> bool:
        """Write the file anew where there is room for that."""
        path = self.path
        if path is None:
            return True
        if shutil.disk_usage(path.parent).free < REWRITE_FACTOR * path.stat().st_size:
            return False
        try:
            cursor.execute("VACUUM")
        except sqlite3.OperationalError:  # no room for its draft, or somebody else writes
            return False
        return True

    def _refuse_missing(self) -> None:
        # Connecting would make an empty file where there is none.
        if self.path is not None and not self.path.exists():
            raise StoreNotReady(found=f"there is no database at {self.path}", todo=MIGRATE)

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


def copy_database(source: Path, target: Path) -> None:
    """Write one moment of a SQLite database over another file, as one file on the disk."""
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as copy:
        read.backup(copy)
        # Else whoever opens the copy, even to read, needs two more files beside it.
        copy.execute("PRAGMA journal_mode=DELETE")
    sync_file(target)


@contextmanager
def held_alone(path: Path) -> Iterator[sqlite3.Connection]:
    """A SQLite file as one file, with nobody else in it until the block ends.

    Raises
    ------
    sqlite3.OperationalError
        If another program has it open.
    sqlite3.DatabaseError
        If it is damaged.
    """
    with closing(sqlite3.connect(path, timeout=ALONE_WITHIN_S, isolation_level=None)) as raw:
        raw.execute("PRAGMA locking_mode=EXCLUSIVE")
        # Every program that has it open holds a part of the log's lock, also while it rests.
        raw.execute("PRAGMA journal_mode=DELETE").fetchone()
        raw.execute("BEGIN EXCLUSIVE")
        raw.execute("COMMIT")
        yield raw


def sync_file(path: Path) -> None:
    """Have a file on the disk, not only on its way there."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError as error:
        # The address may hold a password: it is not repeated.
        raise StoreNotReady(
            found="ROUNDTABLE_DATABASE_URL is no address of a database",
            todo="Write it like postgresql://name:password@host/roundtable.",
        ) from error


def _server_engine(url: URL) -> Engine:
    return create_engine(url, hide_parameters=True)


def _sqlite_engine(url: URL) -> Engine:
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        connect_args={"timeout": BUSY_S, "check_same_thread": False},
        # The connection used last comes first, so that it can tell that nothing changed.
        **({"pool_use_lifo": True} if url.database else {}),
        hide_parameters=True,  # a failure must not quote what people said
    )

    @event.listens_for(engine, "connect")
    def _prepare(raw: sqlite3.Connection, _: object) -> None:
        raw.isolation_level = None  # we begin transactions ourselves, below
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",  # NORMAL may lose the last commits at power loss
            "foreign_keys=ON",
            "secure_delete=ON",
            f"busy_timeout={BUSY_S * 1000}",
        ):
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        is_writer = connection.get_execution_options().get("is_writer", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writer else "BEGIN")

    return engine


__all__ = ["Connection", "Store"]
