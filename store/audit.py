"""The audit log: who did what to which id, hash-chained, without content. Start at `record`."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, select

from store.declarations import declare, read
from store.tables import audit_event

FIRST = "0" * 64
HEAD = "audit_head"
"""Under this name the newest event is declared, so that cutting off the end shows."""

_COLUMNS = (
    "number",
    "happened_at",
    "actor",
    "action",
    "subject_kind",
    "subject_id",
    "reason",
    "previous_hash",
    "hash",
)


@dataclass(frozen=True)
class Event:
    """One thing that somebody did; it names ids, never words."""

    number: int
    happened_at: datetime
    actor: str
    action: str
    subject_kind: str
    subject_id: str
    reason: str


def record(
    tx: Connection,
    actor: str,
    action: str,
    subject_kind: str,
    subject_id: str,
    *,
    reason: str = "",
) -> None:
    """Append one event; the chain makes a later change visible."""
    newest = tx.execute(
        select(audit_event.c.number, audit_event.c.hash)
        .order_by(audit_event.c.number.desc())
        .limit(1)
    ).first()
    number, previous = (newest.number + 1, newest.hash) if newest else (1, FIRST)
    happened_at = datetime.now(UTC)
    told = (number, happened_at, actor, action, subject_kind, subject_id, reason, previous)
    sealed = _seal(*told)
    tx.execute(insert(audit_event).values(dict(zip(_COLUMNS, (*told, sealed), strict=True))))
    declare(tx, HEAD, f"{number} {sealed}")


def events(
    tx: Connection, *, actor: str = "", before: int | None = None, limit: int | None = 100
) -> list[Event]:
    """Events, the newest first: of one actor if named, and older than a number if told."""
    query = select(audit_event).order_by(audit_event.c.number.desc()).limit(limit)
    if actor:
        query = query.where(audit_event.c.actor == actor)
    if before is not None:
        query = query.where(audit_event.c.number < before)
    return [
        Event(
            row.number,
            row.happened_at,
            row.actor,
            row.action,
            row.subject_kind,
            row.subject_id,
            row.reason,
        )
        for row in tx.execute(query)
    ]


def count_events(tx: Connection) -> int:
    """How many events there are."""
    return tx.execute(select(func.count()).select_from(audit_event)).scalar_one()


def actors(tx: Connection) -> list[str]:
    """Everybody who did something, by name."""
    query = select(audit_event.c.actor).distinct().order_by(audit_event.c.actor)
    return list(tx.execute(query).scalars())


def first_broken(tx: Connection) -> int | None:
    """Number of the first event that does not fit the chain, or is gone; None when all fit."""
    number, previous = 0, FIRST
    for row in tx.execute(select(audit_event).order_by(audit_event.c.number)):
        told = tuple(getattr(row, name) for name in _COLUMNS[:-2])
        if row.number != number + 1 or row.previous_hash != previous:
            return number + 1
        if row.hash != _seal(*told, previous):
            return number + 1
        number, previous = row.number, row.hash
    head = read(tx, HEAD)
    is_cut_off = head is not None and head != f"{number} {previous}"
    return number + 1 if is_cut_off else None


def _seal(*told: object) -> str:
    """Seal an event; one without a reason is sealed as all were before reasons were kept."""
    parts = [one.isoformat() if isinstance(one, datetime) else str(one) for one in told]
    is_reason_given = bool(parts[_COLUMNS.index("reason")])
    if not is_reason_given:
        del parts[_COLUMNS.index("reason")]
    joined = json.dumps(parts) if is_reason_given else "\x1f".join(parts)
    return hashlib.sha256(joined.encode()).hexdigest()
