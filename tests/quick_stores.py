"""What makes the stores of tests quick, and nothing else of them. Start at `share_compiled`."""

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.util import LRUCache

from store.engine import Store

MOST = 2_000


class Compiled(LRUCache[Any, Any]):
    """SQLAlchemy's memory of statements, for all engines of one kind instead of one engine.

    The product opens one store and puts each statement into words once. Each test opens a store of
    its own, and would spend a third of its time on putting the same ones into words again.
    """

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        return super().get(_of_kind(key), default)

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        super().__setitem__(_of_kind(key), compiled)


def share_compiled() -> None:
    """From now on engines that are opened in this process share what they compiled."""
    known = Compiled(MOST)

    @event.listens_for(Engine, "engine_connect")
    def _share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=known)


def do_not_wait(store: Store) -> None:
    """Leave it to the system when commits reach the disk: only a power cut tells the difference."""

    @event.listens_for(store.engine, "connect")
    def _ask(raw: Any, _: object) -> None:
        raw.execute("PRAGMA synchronous=OFF")


def _of_kind(key: tuple[Any, ...]) -> tuple[Any, ...]:
    dialect, *rest = key
    return (type(dialect), *rest)
