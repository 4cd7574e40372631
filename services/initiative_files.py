"""Initiatives from CSV files, as a spreadsheet keeps them. Start at `import_initiatives`.

Six tables share the column `key`: initiatives, stage_events, milestones, deliverables, measures
and (by `measure_key`) readings. Only the first is required; docs/data.md tells each column.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from domain.access import Act
from domain.errors import BadRows, NotAllowedNow
from domain.ids import InitiativeId, MeasureId, ProgrammeId, RecommendationId
from domain.initiatives import (
    Deliverable,
    Initiative,
    InitiativeKind,
    Measure,
    Milestone,
    Reading,
    Stage,
    StageEvent,
)
from intake.child import read_safely
from intake.result import Table
from services.access import require
from services.initiatives import check_events, check_link, store_initiatives
from services.runtime import runtime
from store import meetings, recommendations

Row = dict[str, str]
T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
TABLES = ("initiatives", "stage_events", "milestones", "deliverables", "measures", "readings")


class _Rows:
    """The rows of all tables, and everything found wrong in them, told at once."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.wrong: list[str] = []
        self._tables: dict[str, list[tuple[str, Row]]] = {}
        for name in TABLES:
            data = files.get(f"{name}.csv")
            table = _read(f"{name}.csv", data) if data is not None else None
            self._tables[name] = _as_rows(table) if table else []

    def of(self, name: str) -> list[tuple[str, Row]]:
        return self._tables[name]

    def grouped(self, name: str, key: str, make: Callable[[Row], T]) -> defaultdict[str, list[T]]:
        found: defaultdict[str, list[T]] = defaultdict(list)
        for place, row in self.of(name):
            made = self.made(place, row, make)
            if made is not None:
                found[row.get(key, "")].append(made)
        return found

    def made(self, place: str, row: Row, make: Callable[[Row], T]) -> T | None:
        try:
            return make(row)
        except KeyError as error:
            self.wrong.append(f"{place}: the column {error} is missing")
        except (ValueError, NotAllowedNow) as error:
            self.wrong.append(f"{place}: {error}")
        return None

    def refuse_unknown_keys(self) -> None:
        """A row that belongs to nothing would be lost without a word; one key twice is unclear."""
        keys = [row.get("key", "") for _, row in self.of("initiatives")]
        self.wrong += [f"initiatives.csv: the key {k!r} is there twice" for k in _twice(keys)]
        for name in TABLES[1:-1]:
            self._refuse_strangers(name, "key", set(keys))
        measure_keys = {row.get("measure_key", "") for _, row in self.of("measures")}
        self._refuse_strangers("readings", "measure_key", measure_keys)

    def _refuse_strangers(self, name: str, column: str, known: set[str]) -> None:
        for place, row in self.of(name):
            if row.get(column, "") not in known:
                self.wrong.append(f"{place}: no row has the {column} {row.get(column, '')!r}")


def import_initiatives(
    programme_id: ProgrammeId, files: Mapping[str, bytes], *, actor: str = "facilitator"
) -> int:
    """Store every initiative of the files; all rows are checked before any is stored.

    Raises
    ------
    NotAllowedNow
        If the one table that is needed is not among the files.
    BadRows
        With every row that cannot be understood.
    """
    require(Act.FOLLOW_UP, programme_id=programme_id)
    if "initiatives.csv" not in files:
        raise NotAllowedNow(reason="The file initiatives.csv is missing. Add it to the others.")
    rows = _Rows(files)
    known = _recommendations_by_label(programme_id)
    events = rows.grouped("stage_events", "key", _event)
    milestones = rows.grouped("milestones", "key", _milestone)
    deliverables = rows.grouped("deliverables", "key", _deliverable)
    readings = rows.grouped("readings", "measure_key", _reading)
    measures = rows.grouped("measures", "key", lambda row: _measure(row, readings))

    def make(row: Row) -> Initiative:
        key = row["key"]
        check_events(events[key])
        return Initiative(
            InitiativeId(""),
            programme_id,
            _needed(row, "title"),
            _word(InitiativeKind, row["kind"]),
            row.get("summary", ""),
            row.get("owner", ""),
            check_link(row.get("link", "")),
            row.get("source", ""),
            bool(row.get("source", "")),
            _answers(row.get("answers", ""), known),
            tuple(events[key]),
            tuple(milestones[key]),
            tuple(deliverables[key]),
            tuple(measures[key]),
        )

    found = [rows.made(place, row, make) for place, row in rows.of("initiatives")]
    rows.refuse_unknown_keys()
    if rows.wrong:
        raise BadRows(n_rows=len(rows.wrong), rows="; ".join(rows.wrong[:20]))
    new = [initiative for initiative in found if initiative is not None]
    store_initiatives(new, actor=actor)
    return len(new)


def _twice(keys: list[str]) -> list[str]:
    return sorted(key for key, n in Counter(keys).items() if n > 1)


def _read(file_name: str, data: bytes) -> Table:
    table: Table = read_safely("read_table", file_name, data)
    return table


def _as_rows(table: Table) -> list[tuple[str, Row]]:
    headers = [header.strip().casefold() for header in table.headers]
    return [
        (f"{table.file_name}, {place}", dict(zip(headers, map(str.strip, row), strict=False)))
        for place, row in zip(table.places, table.rows, strict=True)
    ]


def _recommendations_by_label(programme_id: ProgrammeId) -> dict[str, RecommendationId]:
    """ "2024-fall#3" → id."""
    with runtime().store.read() as tx:
        return {
            f"{m.held_on.year}-{m.season}#{r.number}": r.recommendation_id
            for m in meetings.meetings_of(tx, programme_id)
            for r in recommendations.recommendations_of(tx, m.meeting_id)
        }


def _answers(told: str, known: Mapping[str, RecommendationId]) -> tuple[RecommendationId, ...]:
    labels = [label.strip() for label in told.split(";") if label.strip()]
    unknown = [label for label in labels if label not in known]
    if unknown:
        raise ValueError(f"no recommendation {', '.join(unknown)} (write year-season#number)")
    return tuple(known[label] for label in labels)


def _event(row: Row) -> StageEvent:
    stage, day = _word(Stage, row["stage"]), _day(row["happened_on"])
    return StageEvent(stage, day, row.get("note", ""), row.get("reason", ""))


def _milestone(row: Row) -> Milestone:
    return Milestone(
        _needed(row, "title"), _day(row.get("due_on", "")), _day(row.get("done_on", ""))
    )


def _deliverable(row: Row) -> Deliverable:
    return Deliverable(
        row.get("channel", ""),
        _needed(row, "title"),
        _day(row.get("delivered_on", "")),
        check_link(row.get("link", "")),
    )


def _reading(row: Row) -> Reading:
    day, value = _day(row["read_on"]), _number(row["value"])
    if day is None or value is None:
        raise ValueError("a reading needs its value and its date")
    return Reading(value, day, row.get("source", ""), row.get("note", ""))


def _measure(row: Row, readings: Mapping[str, list[Reading]]) -> Measure:
    better = row.get("better", "higher").casefold()
    if better not in ("higher", "lower"):
        raise ValueError(f"better is {better!r}; write higher or lower")
    return Measure(
        MeasureId(""),
        _needed(row, "name"),
        row.get("unit", ""),
        better == "higher",
        _number(row.get("baseline_value", "")),
        _day(row.get("baseline_on", "")),
        row.get("baseline_source", ""),
        _number(row.get("target_value", "")),
        _day(row.get("target_on", "")),
        tuple(sorted(readings.get(row["measure_key"], []), key=lambda r: r.read_on)),
        row.get("baseline_note", ""),
    )


def _needed(row: Row, column: str) -> str:
    if not row[column]:
        raise ValueError(f"{column} is empty")
    return row[column]


def _day(told: str) -> date | None:
    """A day as 2024-10-03; a month or a year alone stands for its first day."""
    if not told:
        return None
    parts = told.split("-")
    try:
        return date.fromisoformat("-".join(parts + ["01"] * (3 - len(parts))))
    except ValueError:
        raise ValueError(f"{told!r} is no day; write it like 2024-10-03") from None


def _number(told: str) -> float | None:
    if not told:
        return None
    try:
        value = float(told)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(f"{told!r} is no number; write it like 12.5")
    return value


def _word(kind: type[E], told: str) -> E:
    try:
        return kind(told.casefold())
    except ValueError:
        allowed = ", ".join(kind)
        raise ValueError(f"{told!r} is none of: {allowed}") from None
