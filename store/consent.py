"""What people agreed to, as the store keeps it. Start at `read_agreements`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, or_, select

from domain.ids import AttendanceId, MeetingId, new_id
from domain.talk import ConsentUse
from store.tables import consent_event

SHARING = (ConsentUse.GROUPED, ConsentUse.QUOTED)


@dataclass(frozen=True)
class Agreements:
    """The newest word on each use, of a person (key) or of the meeting for everybody (None)."""

    newest: Mapping[tuple[AttendanceId | None, ConsentUse], bool]

    def may_share(self, attendance_id: AttendanceId | None) -> bool:
        """Whether a person's words may be shown to others: their own word goes before all."""
        return all(self._is_given(attendance_id, use) for use in SHARING)

    def _is_given(self, attendance_id: AttendanceId | None, use: ConsentUse) -> bool:
        for_all = self.newest.get((None, use), True)
        return self.newest.get((attendance_id, use), for_all)


def add_consent(
    tx: Connection,
    meeting_id: MeetingId,
    given: Mapping[ConsentUse, bool],
    *,
    written_where: str,
    recorded_by: str,
    attendance_id: AttendanceId | None = None,
) -> None:
    """Record what was agreed to, for the meeting or for one person."""
    tx.execute(
        insert(consent_event),
        [
            {
                "consent_event_id": new_id(),
                "meeting_id": meeting_id,
                "attendance_id": attendance_id,
                "consent_use": use,
                "is_given": is_given,
                "written_where": written_where,
                "recorded_at": datetime.now(UTC),
                "recorded_by": recorded_by,
            }
            for use, is_given in given.items()
        ],
    )


def read_agreements(tx: Connection, meeting_id: MeetingId) -> Agreements:
    """What holds now at a meeting."""
    query = (
        select(consent_event.c.attendance_id, consent_event.c.consent_use, consent_event.c.is_given)
        .where(consent_event.c.meeting_id == meeting_id)
        .order_by(consent_event.c.recorded_at)
    )
    return Agreements(
        {
            (AttendanceId(who) if who else None, ConsentUse(use)): is_given
            for who, use, is_given in tx.execute(query)
        }
    )


def is_recorded(tx: Connection, meeting_id: MeetingId, attendance_id: AttendanceId) -> bool:
    """Whether a person, or the meeting for everybody, has been asked already."""
    query = select(consent_event.c.consent_event_id).where(
        consent_event.c.meeting_id == meeting_id,
        or_(
            consent_event.c.attendance_id == attendance_id,
            consent_event.c.attendance_id.is_(None),
        ),
    )
    return tx.execute(query.limit(1)).first() is not None
