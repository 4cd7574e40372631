"""The audit log: who did what to which id, hash-chained, without content. Start at `record`."""

import hashlib
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select

from store.tables import audit_event

FIRST = "0" * 64


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
    tx.execute(
        insert(audit_event).values(
            number=number,
            happened_at=happened_at,
            actor=actor,
            action=action,
            subject_kind=subject_kind,
            subject_id=subject_id,
            reason=reason,
            previous_hash=previous,
            hash=_hash(
                number,
                happened_at,
                actor,
                action,
                subject_kind,
                subject_id,
                *_told(reason),
                previous,
            ),
        )
    )


def first_broken(tx: Connection) -> int | None:
    """Number of the first event that does not fit the chain; None when all do."""
    previous = FIRST
    for expected, row in enumerate(
        tx.execute(select(audit_event).order_by(audit_event.c.number)), start=1
    ):
        told = _hash(
            row.number,
            row.happened_at,
            row.actor,
            row.action,
            row.subject_kind,
            row.subject_id,
            *_told(row.reason),
            previous,
        )
        if row.number != expected or row.previous_hash != previous or row.hash != told:
            return expected
        previous = row.hash
    return None


def _told(reason: str) -> tuple[str, ...]:
    """An event without a reason is sealed as all were before reasons were kept."""
    return (reason,) if reason else ()


def _hash(*parts: object) -> str:
    told = "\x1f".join(p.isoformat() if isinstance(p, datetime) else str(p) for p in parts)
    return hashlib.sha256(told.encode()).hexdigest()
