"""Who may act for people who have died, as they wished. Start at `add_contact`."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, Select, delete, insert, select

from domain.errors import NotFound
from domain.ids import AttendanceId, FamilyContactId, MeetingId, PersonId
from store.tables import attendance, family_contact


@dataclass(frozen=True)
class KeptContact:
    """A contact as it was recorded."""

    family_contact_id: FamilyContactId
    person_id: PersonId
    attendance_id: AttendanceId
    name: str
    wish: str
    link_hash: str
    recorded_at: datetime
    recorded_by: str


def add_contact(tx: Connection, new: KeptContact) -> None:
    """Keep who may act for somebody."""
    tx.execute(insert(family_contact).values(**vars(new)))


def remove_contact(tx: Connection, family_contact_id: FamilyContactId) -> None:
    """Forget a contact; their link opens nothing from then on."""
    tx.execute(
        delete(family_contact).where(family_contact.c.family_contact_id == family_contact_id)
    )


def contact_by_id(tx: Connection, family_contact_id: FamilyContactId) -> KeptContact:
    """One contact.

    Raises
    ------
    NotFound
        If there is none with this id.
    """
    query = select(family_contact).where(family_contact.c.family_contact_id == family_contact_id)
    found = _first(tx, query)
    if found is None:
        raise NotFound(kind="family contact", id=family_contact_id)
    return found


def contact_of_link(tx: Connection, link_hash: str) -> KeptContact | None:
    """Whose link this is; None for one that is unknown."""
    return _first(tx, select(family_contact).where(family_contact.c.link_hash == link_hash))


def contact_for(tx: Connection, person_id: PersonId) -> KeptContact | None:
    """Who acts for a person; None for the living, and where nobody was named."""
    return _first(tx, select(family_contact).where(family_contact.c.person_id == person_id))


def contacts_at(tx: Connection, meeting_id: MeetingId) -> dict[AttendanceId, KeptContact]:
    """The people of a meeting who have died, each with who acts for them."""
    query = (
        select(family_contact, attendance.c.attendance_id.label("here"))
        .join_from(family_contact, attendance, attendance.c.person_id == family_contact.c.person_id)
        .where(attendance.c.meeting_id == meeting_id)
    )
    return {AttendanceId(row.here): _contact(row) for row in tx.execute(query)}


def attendances_of(tx: Connection, person_id: PersonId) -> list[AttendanceId]:
    """Every meeting at which a person was."""
    query = select(attendance.c.attendance_id).where(attendance.c.person_id == person_id)
    return [AttendanceId(found) for found in tx.execute(query).scalars()]


def _first(tx: Connection, query: Select[tuple[object, ...]]) -> KeptContact | None:
    row = tx.execute(query).first()
    return _contact(row) if row else None


def _contact(row: Row[tuple[object, ...]]) -> KeptContact:
    return KeptContact(
        FamilyContactId(row.family_contact_id),
        PersonId(row.person_id),
        AttendanceId(row.attendance_id),
        row.name,
        row.wish,
        row.link_hash,
        row.recorded_at,
        row.recorded_by,
    )
