"""Statements that are written out once and run on the driver's own cursor. Start at `Prepared`.

A press on a vote asks the store a handful of small questions, thousands of times a minute. To put
each into words anew, and to wrap each answer, takes the processor ten times as long as the database
needs for it. So here a statement is put into words once for each kind of database, and its values
go to the driver as they are. What a column does with its values (moments with a zone, yes and no)
it does here too, and a failure is told as everywhere else.
"""

from collections import namedtuple
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Connection, Delete, Dialect, Float, Insert, Select, Update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

Statement = Select[Any] | Insert | Update | Delete
_Way = Callable[[Any], Any]


@dataclass(frozen=True)
class _Written:
    """A statement in the words of one kind of database."""

    text: str
    names: tuple[str, ...]
    """Of its values, in their order."""
    fixed: dict[str, Any]
    """Values that stand in the statement itself."""
    ways_in: dict[str, _Way]
    ways_out: tuple[tuple[int, _Way], ...]
    make_row: Callable[[Sequence[Any]], Any]


class Prepared:
    """One statement; its values are named where it is run."""

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._written: dict[str, _Written] = {}

    def all(self, tx: Connection, **values: object) -> list[Any]:
        """Every row that it finds, as named tuples."""
        written = self._in_words_of(tx.dialect)
        found = self._run(tx, written, values, is_asking=True)
        if not written.ways_out:
            return [written.make_row(row) for row in found]
        rows = []
        for row in found:
            told = list(row)
            for place, way in written.ways_out:
                told[place] = way(told[place])
            rows.append(written.make_row(told))
        return rows

    def first(self, tx: Connection, **values: object) -> Any:
        """The one row that it finds; None if there is none."""
        found = self.all(tx, **values)
        return found[0] if found else None

    def run(self, tx: Connection, **values: object) -> int:
        """Do it; how many rows it touched."""
        n_rows: int = self._run(tx, self._in_words_of(tx.dialect), values, is_asking=False)
        return n_rows

    def _run(
        self, tx: Connection, written: _Written, values: dict[str, Any], *, is_asking: bool
    ) -> Any:
        if written.fixed:
            values = {**written.fixed, **values}
        for name, way in written.ways_in.items():
            values[name] = way(values[name])
        return _run(tx, written.text, [values[name] for name in written.names], is_asking=is_asking)

    def _in_words_of(self, dialect: Dialect) -> _Written:
        known = self._written.get(dialect.name)
        if known is None:
            known = self._written[dialect.name] = _write(self._statement, dialect)
        return known


def say(tx: Connection, words: str) -> None:
    """Say something to the database that has no values and finds nothing."""
    _run(tx, words, [], is_asking=False)


def _run(tx: Connection, words: str, values: list[Any], *, is_asking: bool) -> Any:
    raw = tx.connection.dbapi_connection
    assert raw is not None, "a transaction has a connection"
    try:
        cursor = raw.cursor()
        cursor.execute(words, values)
        found = cursor.fetchall() if is_asking else cursor.rowcount
        cursor.close()
    except tx.dialect.loaded_dbapi.Error as error:
        raise _told(tx, words, error) from error
    return found


def _write(statement: Statement, dialect: Dialect) -> _Written:
    words: Any = statement.compile(dialect=dialect)
    names = tuple(words.positiontup or ())
    binds: dict[str, BindParameter[Any]] = {name: words.binds[name] for name in names}
    columns = list(statement.selected_columns) if isinstance(statement, Select) else []
    ways = [_way_out(column.type, dialect) for column in columns]
    return _Written(
        str(words),
        names,
        {name: bind.effective_value for name, bind in binds.items() if not bind.required},
        {name: way for name, bind in binds.items() if (way := _way_in(bind.type, dialect))},
        tuple((place, way) for place, way in enumerate(ways) if way),
        _row_of([column.key or "" for column in columns]),
    )


def _row_of(names: list[str]) -> Callable[[Sequence[Any]], Any]:
    found: Any = namedtuple("Found", names)  # type: ignore[misc]  # named by the statement
    make: Callable[[Sequence[Any]], Any] = found._make
    return make


def _way_in(kind: TypeEngine[Any], dialect: Dialect) -> _Way | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _way_out(kind: TypeEngine[Any], dialect: Dialect) -> _Way | None:
    if isinstance(kind, Float):
        return None  # every driver gives one as it is
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def _told(tx: Connection, text: str, error: Exception) -> BaseException:
    # As SQLAlchemy tells it: whoever called knows no driver. Values are never repeated.
    base = tx.dialect.loaded_dbapi.Error
    return DBAPIError.instance(text, None, error, base, hide_parameters=True, dialect=tx.dialect)
