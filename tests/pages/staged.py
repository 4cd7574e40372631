"""A meeting made through the services, as a facilitator would make it. Start at `meeting_with_words`."""

from datetime import date

from domain.ids import MeetingId, ProgrammeId
from domain.meetings import MeetingFormat, Pillar, Season
from domain.people import StakeholderGroup
from domain.talk import ConsentUse
from services import meetings, programmes, transcripts
from services.transcripts import ConsentGiven

ANN, BO, CY = "Ann Ray", "Bo Lind", "Dr. Cy Marsh"
GROUPS = {
    ANN: StakeholderGroup.PERSON_LIVING_WITH_ALS,
    BO: StakeholderGroup.CURRENT_CAREGIVER,
    CY: StakeholderGroup.CLINICIAN,
}
SAID = (
    (ANN, "The wheelchair came eleven weeks after the wheelchair order was signed."),
    (BO, "Our wheelchair order waited for a letter that the wheelchair vendor had lost."),
    (CY, "Every wheelchair order needs the same letter, and the vendor asks for it twice."),
    (ANN, "The ventilator alarm woke the street and nobody had shown us the ventilator manual."),
    (BO, "At night the ventilator alarm means that I get up, find the manual and guess."),
    (CY, "We could show the ventilator alarm at home before the first night, manual in hand."),
)
VTT = "WEBVTT\n\n" + "\n\n".join(
    f"{n}\n00:00:{n * 9:02}.000 --> 00:00:{n * 9 + 8:02}.000\n{who}: {words}"
    for n, (who, words) in enumerate(SAID)
)


def programme() -> ProgrammeId:
    """A programme of one's own."""
    return programmes.start_ours()


def empty_meeting(programme_id: ProgrammeId) -> MeetingId:
    """A meeting on equipment, with nobody and nothing in it."""
    return meetings.create_meeting(
        programme_id,
        season=Season.FALL,
        held_on=date(2024, 10, 17),
        challenge="Getting equipment in time",
        pillar=Pillar.CARE,
        format=MeetingFormat.ONLINE,
    )


def meeting_with_people(programme_id: ProgrammeId) -> MeetingId:
    """The same with three people on its roster."""
    meeting_id = empty_meeting(programme_id)
    for name, group in GROUPS.items():
        meetings.add_person(meeting_id, name, group)
    return meeting_id


def meeting_with_words(programme_id: ProgrammeId) -> MeetingId:
    """The same with six released utterances."""
    meeting_id = meeting_with_people(programme_id)
    understood = transcripts.understand(meeting_id, "talk.vtt", VTT.encode())
    transcripts.store_transcript(
        meeting_id,
        understood,
        {m.label: m.attendance_id for m in understood.matches},
        ConsentGiven(frozenset(ConsentUse), "signed forms"),
        is_released=True,
    )
    return meeting_id
