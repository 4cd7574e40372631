"""A meeting with people and a short talk, made through the services themselves."""

from datetime import date

import pytest

from domain.ids import MeetingId, ProgrammeId
from domain.meetings import MeetingFormat, Pillar, Season
from domain.people import StakeholderGroup
from domain.talk import ConsentUse
from services import agreements, meetings, programmes, transcripts
from services.agreements import Told
from services.runtime import Runtime
from services.transcripts import ConsentGiven

TALK = b"""Ann Lee: The mask leaks every single night and nobody showed us how to fit it.
Bo Diaz: We teach the mask fitting in clinic, but nights at home are different.
Ann Lee: We should teach whoever is awake at night, not only whoever comes to clinic.
Cy Ode: Insurance denied the cough machine twice before anybody called them.
Ann Lee: Twice! The cough machine was denied twice and the insurance letter said nothing.
Bo Diaz: The insurance denial letters never say which form is missing.
Stranger: Hello, can you hear me?
"""
AGREED = ConsentGiven(frozenset(ConsentUse), "consent forms, folder 3")


def agree(meeting_id: MeetingId, *, may_quote: bool = True) -> None:
    """Everybody at the meeting was told that words are grouped, and quoted too unless not."""
    agreements.record_agreement(
        meeting_id, Told.ANNOUNCED, may_quote=may_quote, written_where="minute 2"
    )


@pytest.fixture
def programme_id(app_runtime: Runtime) -> ProgrammeId:
    return programmes.start_ours("Ours")


@pytest.fixture
def meeting_id(programme_id: ProgrammeId) -> MeetingId:
    made = meetings.create_meeting(
        programme_id,
        season=Season.FALL,
        held_on=date(2024, 10, 3),
        challenge="Nights at home",
        pillar=Pillar.CARE,
        format=MeetingFormat.ONLINE,
    )
    meetings.add_person(made, "Ann Lee", StakeholderGroup.PERSON_LIVING_WITH_ALS)
    meetings.add_person(made, "Dr. Bo Diaz", StakeholderGroup.CLINICIAN)
    meetings.add_person(made, "Cyrus Ode", StakeholderGroup.CURRENT_CAREGIVER)
    return made


@pytest.fixture
def told_meeting(meeting_id: MeetingId) -> MeetingId:
    """The meeting with its transcript stored and released; "Stranger" stays nobody's name."""
    understood = transcripts.understand(meeting_id, "talk.txt", TALK)
    people = {match.label: match.attendance_id for match in understood.matches}
    people["Cy Ode"] = next(
        a.attendance_id for a in meetings.roster(meeting_id) if a.name == "Cyrus Ode"
    )
    transcripts.store_transcript(meeting_id, understood, people, AGREED, is_released=True)
    return meeting_id
