"""A small meeting with an open vote, made through the services. Start at `make_vote`."""

from dataclasses import dataclass
from datetime import date

from domain.ids import BallotId, MeetingId, ProgrammeId
from domain.meetings import Attendance, MeetingFormat, Pillar, Season
from domain.people import StakeholderGroup as Group
from domain.talk import ConsentUse
from services import ballots, links, meetings, recommendations
from services.runtime import runtime
from store import consent
from store import meetings as kept

PEOPLE = [
    ("Maria Delgado", Group.PERSON_LIVING_WITH_ALS),
    ("Tom Okafor", Group.PERSON_LIVING_WITH_ALS),
    ("Priya Raman", Group.PERSON_LIVING_WITH_ALS),
    ("Elena Delgado", Group.CURRENT_CAREGIVER),
    ("Wei Chen", Group.CURRENT_CAREGIVER),
    ("Amara Nwosu", Group.CLINICIAN),
]


@dataclass(frozen=True)
class MadeVote:
    """Ids and links of the vote that was made."""

    programme_id: ProgrammeId
    meeting_id: MeetingId
    ballot_id: BallotId
    people: dict[str, Attendance]
    secrets: dict[str, str]

    @property
    def maria(self) -> str:
        return self.secrets["Maria Delgado"]

    @property
    def tom(self) -> str:
        return self.secrets["Tom Okafor"]


def make_meeting(*, is_sample: bool = False) -> tuple[ProgrammeId, MeetingId]:
    """A meeting without people."""
    with runtime().store.write() as tx:
        programme_id = kept.add_programme(tx, "Roundtable", is_sample=is_sample)
    meeting_id = meetings.create_meeting(
        programme_id,
        season=Season.FALL,
        held_on=date(2024, 10, 12),
        challenge="Getting equipment in time",
        pillar=Pillar.CARE,
        format=MeetingFormat.ONLINE,
    )
    return programme_id, meeting_id


def make_vote(
    n_recommendations: int = 3, *, is_sample: bool = False, is_consent_known: bool = True
) -> MadeVote:
    """Six people and an open vote."""
    programme_id, meeting_id = make_meeting(is_sample=is_sample)
    for name, group in PEOPLE:
        meetings.add_person(meeting_id, name, group)
    for n in range(1, n_recommendations + 1):
        text = f"Lend equipment number {n} within a week of the day on which it is asked for."
        recommendations.write(meeting_id, text, author="test")
    if is_consent_known:
        with runtime().store.write() as tx:
            uses = dict.fromkeys((ConsentUse.RECORDED, ConsentUse.GROUPED), True)
            consent.add_consent(tx, meeting_id, uses, written_where="a form", recorded_by="test")
    ballot_id = ballots.open_ballot(meeting_id, title="Priorities")
    found = links.secrets_for(meeting_id)
    return MadeVote(
        programme_id,
        meeting_id,
        ballot_id,
        {attendance.name: attendance for attendance, _ in found},
        {attendance.name: secret for attendance, secret in found},
    )
