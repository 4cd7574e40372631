"""The same store tests run on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.engine import Store
from tests.postgres import empty_database


@pytest.fixture(params=["sqlite", "postgresql"])
def any_store(
    request: pytest.FixtureRequest, migrated_file: Path, tmp_path: Path
) -> Iterator[Store]:
    """An empty store at the newest version, once in each database."""
    if request.param == "sqlite":
        shutil.copy(migrated_file, tmp_path / "store.db")
        store = Store(f"sqlite:///{tmp_path / 'store.db'}")
    else:
        store = Store(empty_database(request.getfixturevalue("postgres")))
    yield store
    store.close()
