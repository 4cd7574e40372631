"""Bring a database to the newest schema. Start at `migrate`."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event

from domain.errors import StoreNotReady
from domain.votes import VOTE_SIGN
from store import declarations
from store.engine import Store

FOLDER = Path(__file__).parent / "migrations"


def migrate(store: Store, *, is_copied: bool = False) -> str:
    """Apply what is missing and say what was done; a SQLite file is copied first, unless it is.

    Raises
    ------
    StoreNotReady
        If the database was written by a newer program, or there is no room for the copy.
    """
    before, newest = current_version(store), newest_version()
    if before == newest:
        return "The database is up to date."
    if not is_known(before):
        raise StoreNotReady(
            found=f"it was written by a newer version ({before}) than this program's ({newest})",
            todo="Nothing was changed. Update this program, or restore a backup of its own time.",
        )
    kept = _copy_first(store) if before and not is_copied else None
    with _foreign_keys_off(store), store.write() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        _refuse_orphans(store, connection)
        if declarations.read(connection, "vote_sign") is None:
            declarations.declare(connection, "vote_sign", VOTE_SIGN)
    copy_note = f" A copy of the old one is at {kept}." if kept else ""
    return f"The database is now at version {newest}.{copy_note}"


def refuse_old(store: Store) -> None:
    """Refuse a shared database whose schema is not this program's."""
    found = current_version(store)
    if found != newest_version():
        raise StoreNotReady(
            found=f"its version is {found or 'none'}, this program needs {newest_version()}",
            todo="Run: python manage.py migrate",
        )


def current_version(store: Store) -> str | None:
    """The version the database says it has; None when it is empty."""
    with store.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


@cache
def newest_version() -> str:
    """The version this program needs."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    return head or ""


def is_known(version: str | None) -> bool:
    """Whether this program can read, or bring up to date, a database of that version."""
    return version is None or version in _all_versions()


@cache
def _all_versions() -> frozenset[str]:
    """Read once: reading every migration takes longer than looking at a backup."""
    script = ScriptDirectory.from_config(_config())
    return frozenset(one.revision for one in script.walk_revisions())


@contextmanager
def _foreign_keys_off(store: Store) -> Iterator[None]:
    """SQLite changes some tables by replacing them; with the keys on, their rows' rows would go."""
    if not store.is_sqlite:
        yield
        return

    def off(connection: Connection) -> None:
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys=OFF")

    event.listen(store.engine, "engine_connect", off)
    store.engine.dispose()
    try:
        yield
    finally:
        event.remove(store.engine, "engine_connect", off)
        store.engine.dispose()


def _refuse_orphans(store: Store, connection: Connection) -> None:
    if store.is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise StoreNotReady(
            found="rows would be left without what they belong to",
            todo="Nothing was changed. Keep the database and report this.",
        )


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return config


def _copy_first(store: Store) -> Path | None:
    if store.path is None or not store.path.exists():
        return None
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    target = store.path.with_name(f"{store.path.stem}-before-{stamp}{store.path.suffix}")
    if shutil.disk_usage(store.path.parent).free < 2 * store.path.stat().st_size:
        raise StoreNotReady(found="too little disk for a copy", todo="Free some disk space.")
    store.back_up(target)
    return target
