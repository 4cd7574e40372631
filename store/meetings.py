"""Programmes, meetings, people and attendance in the store. Start at `meetings_of`."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, func, insert, select, update

from domain.errors import NotFound
from domain.ids import AttendanceId, MeetingId, PersonId, ProgrammeId, new_id
from domain.meetings import Attendance, Meeting, MeetingFormat, Pillar, Programme, Season
from domain.people import StakeholderGroup
from store.prepared import Prepared
from store.tables import attendance, meeting, person, programme


def add_programme(tx: Connection, name: str, *, is_sample: bool) -> ProgrammeId:
    """Begin a series of meetings."""
    programme_id = ProgrammeId(new_id())
    tx.execute(
        insert(programme).values(
            programme_id=programme_id,
            name=name,
            is_sample=is_sample,
            created_at=datetime.now(UTC),
        )
    )
    return programme_id


def programmes(tx: Connection) -> list[Programme]:
    """Every programme, the oldest first."""
    rows = _PROGRAMMES.all(tx)
    return [Programme(ProgrammeId(r.programme_id), r.name, r.is_sample, r.time_zone) for r in rows]


def time_zone_of(tx: Connection, meeting_id: MeetingId) -> str:
    """In which time zone a meeting's programme tells days and hours."""
    query = select(programme.c.time_zone).join_from(meeting, programme)
    found: str = tx.execute(query.where(meeting.c.meeting_id == meeting_id)).scalar_one()
    return found


def set_time_zone(tx: Connection, programme_id: ProgrammeId, time_zone: str) -> None:
    """Tell days and hours of a programme in another time zone."""
    which = programme.c.programme_id == programme_id
    tx.execute(update(programme).where(which).values(time_zone=time_zone))


def remove_programme(tx: Connection, programme_id: ProgrammeId) -> None:
    """Take a programme away with everything in it."""
    tx.execute(delete(programme).where(programme.c.programme_id == programme_id))


def add_meeting(tx: Connection, new: Meeting) -> MeetingId:
    """Store a meeting; its id may be given empty."""
    meeting_id = MeetingId(new.meeting_id or new_id())
    tx.execute(
        insert(meeting).values(
            meeting_id=meeting_id,
            programme_id=new.programme_id,
            season=new.season,
            held_on=new.held_on,
            challenge=new.challenge,
            pillar=new.pillar,
            format=new.format,
            created_at=datetime.now(UTC),
        )
    )
    return meeting_id


def meeting_by_id(tx: Connection, meeting_id: MeetingId) -> Meeting:
    """One meeting.

    Raises
    ------
    NotFound
        If no meeting has this id.
    """
    row = _MEETING.first(tx, meeting_id=meeting_id)
    if row is None:
        raise NotFound(kind="meeting", id=meeting_id)
    return _meeting(row)


def meetings_of(tx: Connection, programme_id: ProgrammeId) -> list[Meeting]:
    """Meetings of a programme, the newest first."""
    query = (
        select(meeting)
        .where(meeting.c.programme_id == programme_id)
        .order_by(meeting.c.held_on.desc(), meeting.c.meeting_id)
    )
    return [_meeting(row) for row in tx.execute(query)]


def add_attendance(tx: Connection, new: Attendance, programme_id: ProgrammeId) -> AttendanceId:
    """Put a person on the roster; a name already there is brought up to date instead.

    A person is recognised by name within the programme.
    """
    person_id = _person(tx, programme_id, new.name)
    told = {
        "stakeholder_group": new.stakeholder_group,
        "interests": new.interests,
        "access_needs": new.access_needs,
    }
    known = tx.execute(
        select(attendance.c.attendance_id).where(
            attendance.c.meeting_id == new.meeting_id, attendance.c.person_id == person_id
        )
    ).scalar_one_or_none()
    if known:
        tx.execute(update(attendance).where(attendance.c.attendance_id == known).values(**told))
        return AttendanceId(known)
    attendance_id = AttendanceId(new_id())
    tx.execute(
        insert(attendance).values(
            attendance_id=attendance_id, meeting_id=new.meeting_id, person_id=person_id, **told
        )
    )
    return attendance_id


def roster_of(tx: Connection, meeting_id: MeetingId) -> list[Attendance]:
    """Everybody at a meeting, by stakeholder group in the programme's order, then by name."""
    query = _attendances().where(attendance.c.meeting_id == meeting_id)
    order = list(StakeholderGroup)
    found = [attendance_of_row(row) for row in tx.execute(query)]
    return sorted(found, key=lambda a: (order.index(a.stakeholder_group), a.name))


def group_sizes(
    tx: Connection, programme_id: ProgrammeId
) -> dict[MeetingId, dict[StakeholderGroup, int]]:
    """How many people of each stakeholder group are on the roster of each meeting."""
    query = (
        select(attendance.c.meeting_id, attendance.c.stakeholder_group, func.count())
        .join_from(attendance, person)
        .where(person.c.programme_id == programme_id, person.c.name != "")
        .group_by(attendance.c.meeting_id, attendance.c.stakeholder_group)
    )
    found: dict[MeetingId, dict[StakeholderGroup, int]] = {}
    for meeting_id, group, n in tx.execute(query):
        found.setdefault(MeetingId(meeting_id), {})[StakeholderGroup(group)] = n
    return found


def attendance_by_id(tx: Connection, attendance_id: AttendanceId) -> Attendance:
    """One person at one meeting."""
    row = _ATTENDANCE.first(tx, attendance_id=attendance_id)
    if row is None:
        raise NotFound(kind="person at a meeting", id=attendance_id)
    return attendance_of_row(row)


def names_of(tx: Connection, programme_id: ProgrammeId) -> Sequence[str]:
    """Names of all people of a programme."""
    query = select(person.c.name).where(person.c.programme_id == programme_id, person.c.name != "")
    return tx.execute(query.order_by(person.c.name)).scalars().all()


def _person(tx: Connection, programme_id: ProgrammeId, name: str) -> PersonId:
    query = select(person.c.person_id).where(
        person.c.programme_id == programme_id, person.c.name == name
    )
    known = tx.execute(query).scalar_one_or_none()
    if known:
        return PersonId(known)
    person_id = PersonId(new_id())
    tx.execute(insert(person).values(person_id=person_id, programme_id=programme_id, name=name))
    return person_id


def _attendances() -> Select[tuple[object, ...]]:
    """Everybody but those who were erased, of whom only the count in a closed vote is left."""
    return (
        select(attendance, person.c.name).join_from(attendance, person).where(person.c.name != "")
    )


_ATTENDANCE = Prepared(
    _attendances().where(attendance.c.attendance_id == bindparam("attendance_id"))
)
_MEETING = Prepared(select(meeting).where(meeting.c.meeting_id == bindparam("meeting_id")))
_PROGRAMMES = Prepared(select(programme).order_by(programme.c.created_at, programme.c.programme_id))


def attendance_of_row(row: Any) -> Attendance:
    """A row of the table, with the person's name."""
    return Attendance(
        AttendanceId(row.attendance_id),
        MeetingId(row.meeting_id),
        PersonId(row.person_id),
        row.name,
        StakeholderGroup(row.stakeholder_group),
        row.interests,
        row.access_needs,
    )


def _meeting(row: Row[tuple[object, ...]]) -> Meeting:
    return Meeting(
        MeetingId(row.meeting_id),
        ProgrammeId(row.programme_id),
        Season(row.season),
        row.held_on,
        row.challenge,
        Pillar(row.pillar),
        MeetingFormat(row.format),
    )
