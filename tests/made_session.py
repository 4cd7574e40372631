"""A meeting of fifteen people with five recommendations, for guided sessions. Start at `make`."""

from dataclasses import dataclass

from domain.ids import AttendanceId, GuidedSessionId, MeetingId, RecommendationId
from domain.people import StakeholderGroup as Group
from services import guided_sessions, meetings, recommendations
from tests.made_vote import make_meeting

KINDS = (Group.PERSON_LIVING_WITH_ALS, Group.CURRENT_CAREGIVER, Group.CLINICIAN)
N_EACH = 5


@dataclass(frozen=True)
class Made:
    """Ids of what was made; options by number, people by stakeholder group."""

    meeting_id: MeetingId
    options: tuple[RecommendationId, ...]
    people: tuple[AttendanceId, ...]


def make(n_each: int = N_EACH, n_options: int = 5) -> Made:
    """So many people of each of three stakeholder groups."""
    _, meeting_id = make_meeting()
    for kind in KINDS:
        for n in range(1, n_each + 1):
            meetings.add_person(meeting_id, f"{kind.value.title()} Zq{n}", kind)
    options = tuple(
        recommendations.write(meeting_id, f"Lend equipment number {n} in a week.", author="test")
        for n in range(1, n_options + 1)
    )
    people = tuple(a.attendance_id for a in meetings.roster(meeting_id))
    return Made(meeting_id, options, people)


def begin(made: Made, group_size: int = 5) -> GuidedSessionId:
    """A session over all of it with everybody."""
    return guided_sessions.start(made.meeting_id, made.options, made.people, group_size=group_size)
