"""Bring a database to the newest schema. Start at `migrate`."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from domain.errors import StoreNotReady
from domain.votes import VOTE_SIGN
from store import declarations
from store.engine import Store

FOLDER = Path(__file__).parent / "migrations"


def migrate(store: Store) -> str:
    """Apply what is missing and say what was done; a SQLite file is copied first."""
    before, newest = current_version(store), newest_version()
    if before == newest:
        return "The database is up to date."
    if before is not None and before not in _known_versions():
        raise StoreNotReady(
            found=f"it was written by a newer version ({before})", todo="Update this program."
        )
    kept = _copy_first(store) if before else None
    with store.write() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
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


def newest_version() -> str:
    """The version this program needs."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    return head or ""


def _known_versions() -> set[str]:
    script = ScriptDirectory.from_config(_config())
    return {revision.revision for revision in script.walk_revisions()}


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
