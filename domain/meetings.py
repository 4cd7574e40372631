"""Programmes, meetings and who attended them. Start at `Meeting`."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.ids import AttendanceId, MeetingId, PersonId, ProgrammeId
from domain.people import StakeholderGroup


class Season(StrEnum):
    """The programme meets twice a year."""

    SPRING = "spring"
    FALL = "fall"


class Pillar(StrEnum):
    """Which of the association's three pillars a challenge belongs to."""

    CARE = "care"
    ADVOCACY = "advocacy"
    RESEARCH = "research"


class MeetingFormat(StrEnum):
    """How people came together."""

    IN_PERSON = "in person"
    HYBRID = "hybrid"
    ONLINE = "online"


@dataclass(frozen=True)
class Programme:
    """A whole series of meetings; the sample is one of its own."""

    programme_id: ProgrammeId
    name: str
    is_sample: bool
    time_zone: str = "UTC"


@dataclass(frozen=True)
class Meeting:
    """One spring or fall meeting on one challenge."""

    meeting_id: MeetingId
    programme_id: ProgrammeId
    season: Season
    held_on: date
    challenge: str
    pillar: Pillar
    format: MeetingFormat

    @property
    def label(self) -> str:
        """Short name in lists and eyebrows: "Fall 2024"."""
        return f"{self.season.capitalize()} {self.held_on.year}"


@dataclass(frozen=True)
class Attendance:
    """A person at a meeting, as they were then."""

    attendance_id: AttendanceId
    meeting_id: MeetingId
    person_id: PersonId
    name: str
    stakeholder_group: StakeholderGroup
    interests: str = ""
    access_needs: str = ""
