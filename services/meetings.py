"""Meetings and the people at them. Start at `meetings_of`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from domain.access import Act
from domain.errors import NotAllowedNow
from domain.ids import AttendanceId, MeetingId, PersonId, ProgrammeId
from domain.meetings import Attendance, Meeting, MeetingFormat, Pillar, Season
from domain.people import StakeholderGroup
from intake.child import read_safely
from intake.result import RosterFile, RosterRow
from services.access import may, require
from services.runtime import runtime
from store import audit, counts, meetings
from store.engine import Connection


@dataclass(frozen=True)
class MeetingSummary:
    """A meeting with what it holds, in numbers."""

    meeting: Meeting
    n_people: int
    n_utterances: int
    n_themes: int
    n_recommendations: int
    n_open_ballots: int


def meetings_of(programme_id: ProgrammeId) -> list[MeetingSummary]:
    """A programme's meetings that may be read, the newest first."""
    with runtime().store.read() as tx:
        held = counts.of_meetings(tx, programme_id)
        known = meetings.meetings_of(tx, programme_id)
    return [
        MeetingSummary(meeting, **vars(held[meeting.meeting_id]))
        for meeting in known
        if may(Act.READ, meeting_id=meeting.meeting_id, programme_id=programme_id)
    ]


def the_meeting(meeting_id: MeetingId) -> Meeting:
    """One meeting."""
    require(Act.READ, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        return meetings.meeting_by_id(tx, meeting_id)


def create_meeting(
    programme_id: ProgrammeId,
    *,
    season: Season,
    held_on: date,
    challenge: str,
    pillar: Pillar,
    format: MeetingFormat,
    actor: str = "facilitator",
) -> MeetingId:
    """Make a meeting on one challenge.

    Raises
    ------
    NotAllowedNow
        If the challenge is empty, or the programme already holds this meeting.
    """
    require(Act.RUN_MEETING, programme_id=programme_id)
    wanted = " ".join(challenge.split())
    if not wanted:
        raise NotAllowedNow(reason="A meeting needs its challenge: one sentence is enough.")
    new = Meeting(MeetingId(""), programme_id, season, held_on, wanted, pillar, format)
    with runtime().store.write() as tx:
        for known in meetings.meetings_of(tx, programme_id):
            if (known.held_on, known.challenge) == (held_on, wanted):
                raise NotAllowedNow(
                    reason=f"A meeting on “{wanted}” on {held_on} is already here. Open it instead."
                )
        meeting_id = meetings.add_meeting(tx, new)
        audit.record(tx, actor, "meeting made", "meeting", meeting_id)
    return meeting_id


def roster(meeting_id: MeetingId) -> list[Attendance]:
    """Who is at the meeting, by stakeholder group, then by name."""
    require(Act.RUN_MEETING, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        return meetings.roster_of(tx, meeting_id)


def read_roster_file(file_name: str, data: bytes) -> RosterFile:
    """Understand a roster file; nothing is stored."""
    read: RosterFile = read_safely("read_roster", file_name, data)
    return read


def save_roster(
    meeting_id: MeetingId, rows: Iterable[RosterRow], *, actor: str = "facilitator"
) -> int:
    """Put everybody on the roster in one go; people already on it are brought up to date."""
    require(Act.RUN_MEETING, meeting_id=meeting_id)
    with runtime().store.write() as tx:
        meeting = meetings.meeting_by_id(tx, meeting_id)
        n_people = 0
        for row in rows:
            meetings.add_attendance(tx, _attendance(meeting_id, row), meeting.programme_id)
            n_people += 1
        audit.record(tx, actor, "roster saved", "meeting", meeting_id)
    return n_people


def add_person(
    meeting_id: MeetingId,
    name: str,
    group: StakeholderGroup,
    interests: str = "",
    access_needs: str = "",
) -> AttendanceId:
    """Put one person on the roster.

    Raises
    ------
    NotAllowedNow
        If the name is empty.
    """
    require(Act.RUN_MEETING, meeting_id=meeting_id)
    row = RosterRow(person_name(name), group, interests.strip(), access_needs.strip(), "typed")
    with runtime().store.write() as tx:
        meeting = meetings.meeting_by_id(tx, meeting_id)
        return meetings.add_attendance(tx, _attendance(meeting_id, row), meeting.programme_id)


def add_speakers(
    tx: Connection, meeting_id: MeetingId, groups: Mapping[str, StakeholderGroup]
) -> dict[str, AttendanceId]:
    """Put the speakers of a source on the roster, in its transaction; people there stay as told."""
    programme_id = meetings.meeting_by_id(tx, meeting_id).programme_id
    on_it = {a.name: a.attendance_id for a in meetings.roster_of(tx, meeting_id)}
    for label, group in groups.items():
        name = person_name(label)
        if name not in on_it:
            new = _attendance(meeting_id, RosterRow(name, group, "", "", "transcript"))
            on_it[name] = meetings.add_attendance(tx, new, programme_id)
    return {label: on_it[person_name(label)] for label in groups}


def person_name(told: str) -> str:
    """A name without blanks too many.

    Raises
    ------
    NotAllowedNow
        If nothing is left of it.
    """
    name = " ".join(told.split())
    if not name:
        raise NotAllowedNow(reason="A person needs a name.")
    return name


def _attendance(meeting_id: MeetingId, row: RosterRow) -> Attendance:
    return Attendance(
        AttendanceId(""),
        meeting_id,
        PersonId(""),
        row.name,
        row.stakeholder_group,
        row.interests,
        row.access_needs,
    )
