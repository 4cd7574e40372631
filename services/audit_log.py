"""Who did what, for whoever has to answer for it. Start at `read_log`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.access import Act
from reports.csv_tables import write_csv
from services.access import require
from services.runtime import runtime
from store import audit
from store.audit import Event

A_PAGE = 100
COLUMNS = ("number", "happened_at", "actor", "action", "subject_kind", "subject_id", "reason")


@dataclass(frozen=True)
class Log:
    """A page of events, the newest first, and whether the whole chain holds."""

    events: tuple[Event, ...]
    n_events: int
    first_broken: int | None
    actors: tuple[str, ...]


def read_log(*, actor: str = "", before: int | None = None, n: int = A_PAGE) -> Log:
    """Events of one actor, or of all, older than the number ``before``."""
    require(Act.READ_AUDIT)
    with runtime().store.read() as tx:
        return Log(
            tuple(audit.events(tx, actor=actor, before=before, limit=n)),
            audit.count_events(tx),
            audit.first_broken(tx),
            tuple(audit.actors(tx)),
        )


def export_log() -> bytes:
    """The whole log as CSV; taking it along is an event of its own."""
    by = require(Act.READ_AUDIT)
    with runtime().store.write() as tx:
        audit.record(tx, by.name, "audit log exported", "audit log", "all")
        rows = [_row(event) for event in audit.events(tx, limit=None)]
    return write_csv(COLUMNS, rows)


def _row(event: Event) -> Sequence[str | int]:
    return [
        event.number,
        _told(event.happened_at),
        event.actor,
        event.action,
        event.subject_kind,
        event.subject_id,
        event.reason,
    ]


def _told(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
