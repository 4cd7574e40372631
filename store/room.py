"""What the room sees of a meeting now. Start at `now_shown`."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select

from domain.ids import MeetingId
from store.tables import shown


@dataclass(frozen=True)
class NowShown:
    """Which thing somebody pressed Show for."""

    kind: str
    subject_id: str
    shown_at: datetime


def now_shown(tx: Connection, meeting_id: MeetingId) -> NowShown | None:
    """What is shown; None before anybody pressed Show."""
    row = tx.execute(select(shown).where(shown.c.meeting_id == meeting_id)).first()
    return NowShown(row.kind, row.subject_id, row.shown_at) if row else None


def put_up(tx: Connection, meeting_id: MeetingId, kind: str, subject_id: str, by: str) -> None:
    """Show something in place of what was shown."""
    take_down(tx, meeting_id)
    tx.execute(
        insert(shown).values(
            meeting_id=meeting_id,
            kind=kind,
            subject_id=subject_id,
            shown_at=datetime.now(UTC),
            shown_by=by,
        )
    )


def take_down(tx: Connection, meeting_id: MeetingId) -> None:
    """Show nothing but the challenge."""
    tx.execute(delete(shown).where(shown.c.meeting_id == meeting_id))
