"""Who may answer in a person's place, as that person agreed. Start at `consent_of`."""

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select, update

from domain.ballots import ProxyConsent
from domain.ids import AttendanceId, MeetingId
from store.reach import chunks_of
from store.tables import attendance, proxy_consent


def consent_of(tx: Connection, attendance_id: AttendanceId) -> ProxyConsent | None:
    """What a person agreed to; None where nothing is written down or it was taken back."""
    query = select(proxy_consent).where(proxy_consent.c.attendance_id == attendance_id)
    row = tx.execute(query).first()
    if row is None:
        return None
    return ProxyConsent(row.proxy_name, row.how_given, row.recorded_at, row.recorded_by)


def set_consent(
    tx: Connection, attendance_id: AttendanceId, proxy_name: str, how_given: str, recorded_by: str
) -> None:
    """Write down who may answer for a person, in place of what stood there."""
    end_consent(tx, attendance_id)
    tx.execute(
        insert(proxy_consent).values(
            attendance_id=attendance_id,
            proxy_name=proxy_name,
            how_given=how_given,
            recorded_at=datetime.now(UTC),
            recorded_by=recorded_by,
        )
    )


def end_consent(tx: Connection, attendance_id: AttendanceId) -> None:
    """From now on nobody may answer for this person."""
    tx.execute(delete(proxy_consent).where(proxy_consent.c.attendance_id == attendance_id))


def agreements_at(
    tx: Connection, meeting_ids: Collection[MeetingId]
) -> list[tuple[AttendanceId, str, str]]:
    """Who agreed at these meetings, to be answered for by whom, and how they said so."""
    p = proxy_consent.c
    return [
        (AttendanceId(row.attendance_id), row.proxy_name, row.how_given)
        for some in chunks_of(meeting_ids)
        for row in tx.execute(
            select(p.attendance_id, p.proxy_name, p.how_given)
            .join_from(proxy_consent, attendance)
            .where(attendance.c.meeting_id.in_(some))
        )
    ]


def reword(tx: Connection, attendance_id: AttendanceId, how_given: str) -> None:
    """Let how somebody agreed say less."""
    tx.execute(
        update(proxy_consent)
        .where(proxy_consent.c.attendance_id == attendance_id)
        .values(how_given=how_given)
    )
