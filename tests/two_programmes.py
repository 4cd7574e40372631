"""Two programmes that must not see each other, and everybody who might try. Start at `make_world`."""

from dataclasses import dataclass, field, replace
from datetime import date

from domain.access import Grant, StaffRole
from domain.ballots import AnsweringMode
from domain.ids import (
    AttendanceId,
    BallotId,
    InitiativeId,
    MeetingId,
    ProgrammeId,
    RecommendationId,
    StatementId,
    UtteranceId,
)
from domain.initiatives import InitiativeKind
from domain.meetings import MeetingFormat, Pillar, Season
from domain.people import StakeholderGroup
from domain.talk import ConsentUse, locate_quote
from domain.votes import Answer
from services import (
    ballots,
    initiatives,
    links,
    meetings,
    owner_links,
    programmes,
    recommendations,
    transcripts,
    voting,
)
from services.runtime import runtime
from services.transcripts import ConsentGiven
from store import ballots as kept
from tests.made_account import cookie_of, sign_in
from tests.made_statement import write_statement
from tests.pages.chain import make_chain

FOREIGN = "zebra"
"""Stands in everything of the other programme."""
BESIDE = "okapi"
"""Stands in everything of the other meeting of one's own programme."""


@dataclass(frozen=True)
class Place:
    """A meeting with what belongs to it."""

    programme_id: ProgrammeId
    meeting_id: MeetingId
    recommendation_id: RecommendationId
    initiative_id: InitiativeId
    ballot_id: BallotId
    utterance_id: UtteranceId
    secret: str
    """Of the personal link of somebody who was there, spoke and answered."""
    owner_secret: str
    statement_id: StatementId

    @property
    def query(self) -> str:
        """The words of an address that opens all of it."""
        return (
            f"programme={self.programme_id}&meeting={self.meeting_id}"
            f"&recommendation={self.recommendation_id}&initiative={self.initiative_id}"
            f"&ballot={self.ballot_id}&vote={self.ballot_id}&theme=x"
        )


@dataclass(frozen=True)
class World:
    """One's own place, the one beside it in the same programme, and one elsewhere."""

    own: Place
    proxy: Place
    """The same as somebody sees it who answers in another's place."""
    beside: Place
    other: Place
    cookies: dict[tuple[StaffRole, str], str] = field(default_factory=dict)
    """By role and by what it holds for: "programme" or "meeting"."""


def make_world() -> World:
    """Everything there is, twice and more, and an account for each role."""
    chain = make_chain()
    own = _place(chain.programme_id, chain.meeting_id, chain.initiative_id)
    beside_id = _meeting(chain.programme_id, BESIDE)
    beside = _place(chain.programme_id, beside_id, _initiative(chain.programme_id, BESIDE))
    other_programme = programmes.start_ours(f"{FOREIGN} programme")
    other_id = _meeting(other_programme, FOREIGN)
    other = _place(other_programme, other_id, _initiative(other_programme, FOREIGN))
    world = World(own, _as_proxy(own), beside, other)
    for role in StaffRole:
        for scope, grant in grants(role, own).items():
            world.cookies[role, scope] = cookie_of(sign_in(f"{role} of {scope}", grant))
    return world


def grants(role: StaffRole, own: Place) -> dict[str, Grant]:
    """A role for a programme and for a meeting; an admin's holds everywhere."""
    if role is StaffRole.ADMIN:
        return {"programme": Grant(role)}
    return {
        "programme": Grant(role, programme_id=own.programme_id),
        "meeting": Grant(role, meeting_id=own.meeting_id),
    }


def _meeting(programme_id: ProgrammeId, word: str) -> MeetingId:
    meeting_id = meetings.create_meeting(
        programme_id,
        season=Season.SPRING,
        held_on=date(2025, 4, 3),
        challenge=f"The {word} challenge",
        pillar=Pillar.CARE,
        format=MeetingFormat.ONLINE,
    )
    name = f"Zoe {word.capitalize()}"
    meetings.add_person(meeting_id, name, StakeholderGroup.PERSON_LIVING_WITH_ALS)
    said = f"{name}: Every {word} that I met stood in a corridor for weeks before it was lent."
    understood = transcripts.understand(meeting_id, "talk.txt", said.encode())
    transcripts.store_transcript(
        meeting_id,
        understood,
        {m.label: m.attendance_id for m in understood.matches},
        ConsentGiven(frozenset(ConsentUse), "signed forms"),
        is_released=True,
    )
    recommendations.write(meeting_id, f"Lend each {word} at once.", author=f"{word} author")
    return meeting_id


def _initiative(programme_id: ProgrammeId, word: str) -> InitiativeId:
    return initiatives.create(
        programme_id,
        title=f"The {word} initiative",
        kind=InitiativeKind.PROGRAMME,
        owner=f"{word} owner",
        summary=f"Lends each {word}.",
        answers=[],
        proposed_on=date(2025, 5, 1),
    )


def _as_proxy(own: Place) -> Place:
    """The next of those who spoke, on the roll as answered for by somebody else."""
    people = {a.attendance_id: s for a, s in links.secrets_for(own.meeting_id) if s != own.secret}
    said = next(u for u in transcripts.utterances(own.meeting_id) if u.attendance_id in people)
    attendance_id = AttendanceId(said.attendance_id or "")
    secret = people[attendance_id]
    voting.lay_answer(secret, own.ballot_id, own.recommendation_id, Answer.AGREE)
    quote = locate_quote(said.revision_id, said.text, said.text)
    recommendations.attach(own.recommendation_id, quote, author="test")
    with runtime().store.write() as tx:
        kept.set_answering_mode(tx, own.ballot_id, attendance_id, AnsweringMode.PROXY)
    written = write_statement(secret, "Lend what stands in corridors.", is_sent=False)
    return replace(own, secret=secret, utterance_id=said.utterance_id, statement_id=written)


def _place(programme_id: ProgrammeId, meeting_id: MeetingId, initiative_id: InitiativeId) -> Place:
    asked = recommendations.recommendations(meeting_id)[0].recommendation.recommendation_id
    ballot_id = ballots.open_ballot(meeting_id, [asked])
    said = next(u for u in transcripts.utterances(meeting_id) if u.attendance_id)
    speaker = AttendanceId(said.attendance_id or "")
    secret = next(s for a, s in links.secrets_for(meeting_id) if a.attendance_id == speaker)
    voting.lay_answer(secret, ballot_id, asked, Answer.AGREE)
    owner = owner_links.make_link(initiative_id, "Olga Owner").rpartition("/")[2]
    return Place(
        programme_id,
        meeting_id,
        asked,
        initiative_id,
        ballot_id,
        said.utterance_id,
        secret,
        owner,
        write_statement(secret, "Lend what stands in corridors.", is_sent=False),
    )
