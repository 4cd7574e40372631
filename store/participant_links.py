"""The hashes of people's personal links in the store. Start at `attendance_of_link`."""

from sqlalchemy import Connection, bindparam, delete, insert, select

from domain.ids import AttendanceId
from store.prepared import Prepared
from store.tables import participant_link

_WHOSE_LINK = Prepared(
    select(participant_link.c.attendance_id).where(
        participant_link.c.link_hash == bindparam("link_hash")
    )
)


def set_link(tx: Connection, attendance_id: AttendanceId, generation: int, link_hash: str) -> None:
    """Keep the hash of a person's link in place of an earlier one."""
    tx.execute(delete(participant_link).where(participant_link.c.attendance_id == attendance_id))
    tx.execute(
        insert(participant_link).values(
            attendance_id=attendance_id, generation=generation, link_hash=link_hash
        )
    )


def link_generation(tx: Connection, attendance_id: AttendanceId) -> int | None:
    """How often a person's link was made anew; None before the first."""
    query = select(participant_link.c.generation).where(
        participant_link.c.attendance_id == attendance_id
    )
    return tx.execute(query).scalar_one_or_none()


def attendance_of_link(tx: Connection, link_hash: str) -> AttendanceId | None:
    """Whose link this is; None for a link that is unknown or was replaced."""
    row = _WHOSE_LINK.first(tx, link_hash=link_hash)
    return AttendanceId(row.attendance_id) if row else None
