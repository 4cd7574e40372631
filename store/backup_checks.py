"""What is in a database file that nobody has open. Start at `look_at`."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, create_engine, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from domain.errors import BackupRefused
from domain.votes import VOTE_SIGN
from store import audit
from store.migrate import is_known, newest_version
from store.tables import metadata

MAGIC = b"SQLite format 3\x00"
ANOTHER = "Choose another backup."
NO_BACKUP = "Choose a file that was written by: python manage.py backup"


@dataclass(frozen=True)
class Looked:
    """A whole database of ours: its version and how many rows each table holds."""

    version: str
    is_newest: bool
    n_rows: dict[str, int]


def look_at(path: Path) -> Looked:
    """Read a file from its first page to its last; nothing is written, not even beside it.

    Raises
    ------
    BackupRefused
        If it is no database of ours, damaged, in use, or of a newer program.
    """
    if not path.is_file():
        raise _refused(path, "there is no such file", ANOTHER)
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise _refused(path, "this is no database", NO_BACKUP)
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        raise _refused(path, "its newest changes lie in another file beside it", NO_BACKUP)
    try:
        with closing(_read_only(path)) as raw:
            _refuse_damaged(path, raw)
            version = _version(path, raw)
        return _looked(path, version)
    except (sqlite3.Error, DBAPIError) as error:
        raise _refused(path, "it is damaged", ANOTHER) from error


@contextmanager
def opened(path: Path) -> Iterator[Connection]:
    """A connection that cannot write, to a database at the newest version."""
    engine = create_engine("sqlite://", creator=lambda: _read_only(path), poolclass=StaticPool)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def count_rows(tx: Connection) -> dict[str, int]:
    """How many rows each table holds."""
    return {
        name: tx.execute(select(func.count()).select_from(table)).scalar_one()
        for name, table in sorted(metadata.tables.items())
    }


def _looked(path: Path, version: str) -> Looked:
    if version != newest_version():
        return Looked(version, False, _rows_of_known_tables(path))
    with opened(path) as tx:
        broken = audit.first_broken(tx)
        if broken is not None:
            raise _refused(path, f"the audit log does not fit from event {broken} on", ANOTHER)
        return Looked(version, True, count_rows(tx))


def _rows_of_known_tables(path: Path) -> dict[str, int]:
    """The same for an older version, in which some tables are missing."""
    with closing(_read_only(path)) as raw:
        here = {row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type='table'")}
        return {
            # The names are those of our own tables.
            name: raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # nosec B608
            for name in sorted(here & set(metadata.tables))
        }


def _refuse_damaged(path: Path, raw: sqlite3.Connection) -> None:
    if [row[0] for row in raw.execute("PRAGMA integrity_check")] != ["ok"]:
        raise _refused(path, "it is damaged", ANOTHER)
    if raw.execute("PRAGMA foreign_key_check").fetchone():
        raise _refused(path, "rows in it belong to nothing", ANOTHER)


def _version(path: Path, raw: sqlite3.Connection) -> str:
    try:
        version = str(raw.execute("SELECT version_num FROM alembic_version").fetchone()[0])
        sign = raw.execute("SELECT value FROM declaration WHERE name='vote_sign'").fetchone()
    except (sqlite3.OperationalError, TypeError) as error:
        raise _refused(path, "this database was not written by this product", NO_BACKUP) from error
    if not is_known(version):
        found = f"it was written by a newer program (version {version}, ours is {newest_version()})"
        raise _refused(path, found, "Update this program first.")
    if sign is None or sign[0] != VOTE_SIGN:
        raise _refused(path, "this database was not written by this product", NO_BACKUP)
    return version


def _read_only(path: Path) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True, check_same_thread=False)


def _refused(path: Path, found: str, todo: str) -> BackupRefused:
    return BackupRefused(file_name=path.name, found=found, todo=todo)
