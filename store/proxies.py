"""Who may answer in a person's place, as that person agreed. Start at `consent_of`."""

from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select

from domain.ballots import ProxyConsent
from domain.ids import AttendanceId
from store.tables import proxy_consent


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
