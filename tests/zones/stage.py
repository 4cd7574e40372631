"""A meeting in which every line holds a word that stands nowhere else. Start at `make_stage`.

Everybody agreed to everything first, and their words were used everywhere: in themes, as evidence,
in a draft, on the wall. Then `Stage.settle` lets 32 people say each of the 2^5 combinations, and
takes single lines back in each of the ways there are.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import product

from domain.ballots import BallotState
from domain.ids import BallotId, MeetingId, ProgrammeId, RecommendationId, ThemeId, UtteranceId
from domain.initiatives import InitiativeKind
from domain.people import StakeholderGroup
from domain.talk import (
    ConsentUse,
    RevisionKind,
    Utterance,
    Wish,
    WishMadeBy,
    Zone,
    digest_of,
    locate_quote,
)
from services import (
    agreements,
    ballots,
    initiatives,
    links,
    live,
    meetings,
    programmes,
    recommendations,
    room,
    themes,
    transcripts,
    translations,
)
from services.agreements import Told
from services.passages import passages_of_meeting
from services.runtime import runtime
from services.theme_finding import find_themes_of_meeting
from services.transcripts import ConsentGiven
from store import consent, talk, wishes
from tests.made_statement import write_statement
from tests.pages.staged import empty_meeting

USES = tuple(ConsentUse)
NEEDED = (ConsentUse.RECORDED, ConsentUse.GROUPED, ConsentUse.QUOTED)
COMBINATIONS = tuple(product((True, False), repeat=len(USES)))
GROUPS = tuple(StakeholderGroup)
PLACES = ("upstairs", "outside", "slowly", "downtown")
ANN = "Ann Rule"
TRANSLATED = "buckle squeaks"
"""Stands in every translation and in nothing that was said."""
TAKEN_BACK = {
    "unreleased": "zqveiled",
    "withheld": "zqheldback",
    "withdrawn": "zqregretted",
    "released otherwise": "zqnamed",
    "nobody on the roster": "zqstranger",
    "a typed line": "zqtyped",
    "a draft of a statement": "zqdrafted",
    "a statement that waits": "zqwaiting",
}


def marker(given: tuple[bool, ...]) -> str:
    """The word of whoever says this."""
    return "zq" + "".join("y" if is_given else "n" for is_given in given) + "ra"


def is_quotable(given: tuple[bool, ...]) -> bool:
    """Whether the words may be shown to others."""
    told = dict(zip(USES, given, strict=True))
    return all(told[use] for use in NEEDED)


def is_countable(given: tuple[bool, ...]) -> bool:
    """Whether they may at least be counted."""
    told = dict(zip(USES, given, strict=True))
    return told[ConsentUse.RECORDED] and told[ConsentUse.GROUPED]


@dataclass
class Stage:
    """Everything a surface may be asked for."""

    programme_id: ProgrammeId
    meeting_id: MeetingId
    recommendation_id: RecommendationId = field(init=False)
    ballot_id: BallotId = field(init=False)
    open_ballot_id: BallotId = field(init=False)
    draft_line: UtteranceId = field(init=False)
    wall_draft: RecommendationId = field(init=False)

    @property
    def said(self) -> list[Utterance]:
        """Every line, whoever may read it."""
        with runtime().store.read() as tx:
            return talk.utterances_of(tx, self.meeting_id, Zone.RESTRICTED)

    @property
    def shared_markers(self) -> set[str]:
        """Words that others may read once everything is settled."""
        return {marker(given) for given in COMBINATIONS if is_quotable(given)}

    @property
    def hidden_markers(self) -> set[str]:
        """Words that nobody may be shown then."""
        of_people = {marker(given) for given in COMBINATIONS if not is_quotable(given)}
        return of_people | set(TAKEN_BACK.values())

    @property
    def theme_id(self) -> ThemeId:
        """The largest theme."""
        report = themes.theme_report(self.meeting_id)
        assert report
        return report.themes[0].theme_id

    @property
    def secret(self) -> str:
        """The link of somebody who agreed to everything."""
        wanted = person(COMBINATIONS[0])
        return next(s for a, s in links.secrets_for(self.meeting_id) if a.name == wanted)

    def settle(self) -> None:
        """Everybody says what they agree to, and single lines are taken back."""
        who = {a.name: a.attendance_id for a in meetings.roster(self.meeting_id)}
        with runtime().store.write() as tx:
            for given in COMBINATIONS:
                consent.add_consent(
                    tx,
                    self.meeting_id,
                    dict(zip(USES, given, strict=True)),
                    written_where="their page",
                    recorded_by="participant",
                    attendance_id=who[person(given)],
                )
            for said in talk.utterances_of(tx, self.meeting_id, Zone.RESTRICTED):
                if TAKEN_BACK["withheld"] in said.text:
                    talk.add_revision(tx, said.utterance_id, RevisionKind.WITHHELD, "", author="r")
                if TAKEN_BACK["released otherwise"] in said.text:
                    words = said.text.replace(TAKEN_BACK["released otherwise"], "[name]")
                    talk.add_revision(
                        tx, said.utterance_id, RevisionKind.RELEASED, words, author="r"
                    )
                if any(TAKEN_BACK[how] in said.text for how in ("withdrawn", "a typed line")):
                    wishes.add_wish(
                        tx, said.utterance_id, Wish.WITHDRAWN, made_by=WishMadeBy.PERSON
                    )


def person(given: tuple[bool, ...]) -> str:
    """The name of whoever says this; it is not their word."""
    return "Person " + "".join("Y" if is_given else "N" for is_given in given)


def make_stage() -> Stage:
    """The meeting before anybody took anything back."""
    programme_id = programmes.start_ours("Zones")
    stage = Stage(programme_id, empty_meeting(programme_id))
    meeting_id = stage.meeting_id
    for n, given in enumerate(COMBINATIONS):
        meetings.add_person(meeting_id, person(given), GROUPS[n % len(GROUPS)])
    meetings.add_person(meeting_id, ANN, StakeholderGroup.CLINICIAN)
    _bring_in(meeting_id, "talk.txt", _lines(), is_released=True)
    _bring_in(
        meeting_id,
        "later.txt",
        [f"{ANN}: The mask {TAKEN_BACK['unreleased']} leaks.", "Bo: Yes.", f"{ANN}: Indeed."],
        is_released=False,
    )
    _type_a_proposal(stage)
    find_themes_of_meeting(meeting_id)
    _translate(meeting_id)
    _recommend(stage)
    _write(stage)
    return stage


def _lines() -> list[str]:
    lines = []
    for n, given in enumerate(COMBINATIONS):
        word, place = marker(given), PLACES[n % len(PLACES)]
        lines.append(f"{person(given)}: The {word} mask leaks at the mask straps {place}.")
        lines.append(f"{ANN}: A wheelchair ramp was measured {place}, and the ramp was late.")
        lines.append(f"{person(given)}: Insurance letters on the {word} insurance took months.")
    only_counted = next(g for g in COMBINATIONS if is_countable(g) and not is_quotable(g))
    for place in PLACES * 2:
        # So often that a theme is named after the word of somebody who is later only counted.
        lines.append(f"{person(only_counted)}: The {marker(only_counted)} plover nested {place}.")
        lines.append(f"{ANN}: That plover nested {place} in the spring.")
    for how in ("withheld", "withdrawn", "released otherwise"):
        lines.append(f"{ANN}: The mask of {TAKEN_BACK[how]} leaks at the mask straps.")
        lines.append(f"{person(COMBINATIONS[0])}: The mask leaks at the mask straps.")
    stranger = TAKEN_BACK["nobody on the roster"]
    return [*lines, f"Visitor: The mask of {stranger} leaks at the mask straps."]


def _bring_in(meeting_id: MeetingId, name: str, lines: list[str], *, is_released: bool) -> None:
    understood = transcripts.understand(meeting_id, name, "\n".join(lines).encode())
    people = {m.label: m.attendance_id for m in understood.matches}
    agreed = ConsentGiven(frozenset(ConsentUse), "forms")
    transcripts.store_transcript(meeting_id, understood, people, agreed, is_released=is_released)


def _translate(meeting_id: MeetingId) -> None:
    """As if a line of everybody were in another language: its translation holds their word too."""
    for placed in passages_of_meeting(meeting_id, Zone.SHARED):
        found = re.search("zq[a-z]+", placed.quote.text)
        if found and "insurance" not in placed.quote.text:
            turn, sha256 = placed.utterance.utterance_id, digest_of(placed.quote.text)
            words = f"At home the {found[0]} {TRANSLATED} all the time."
            translations.review(translations.write(turn, sha256, words, seen=None))


def _type_a_proposal(stage: Stage) -> None:
    """A line typed for the table, and the draft that was made of it."""
    agreements.record_agreement(
        stage.meeting_id, Told.ANNOUNCED, may_quote=True, written_where="minute 2"
    )
    stage.draft_line = live.scribe(
        stage.meeting_id,
        f"Lend the {TAKEN_BACK['a typed line']} machines within a week.",
        stakeholder_group=None,
        is_proposal=True,
    )
    (draft,) = recommendations.recommendations(stage.meeting_id)
    stage.wall_draft = draft.recommendation.recommendation_id


def _write(stage: Stage) -> None:
    """What somebody wrote on their own page, and nobody decided on."""
    theirs = next(s for a, s in links.secrets_for(stage.meeting_id) if a.name == ANN)
    for how in ("a draft of a statement", "a statement that waits"):
        words = f"The mask {TAKEN_BACK[how]} leaks at night."
        write_statement(theirs, words, is_sent="waits" in how)


def _recommend(stage: Stage) -> None:
    """A chosen recommendation that rests on everybody's words, its votes and its initiative."""
    made = recommendations.write(stage.meeting_id, "Teach the mask at home.", author="f")
    stage.recommendation_id = made
    for said in transcripts.utterances(stage.meeting_id):
        if "zq" in said.text:
            quote = locate_quote(said.revision_id, said.text, said.text)
            recommendations.attach(made, quote, author="f")
    stage.ballot_id = ballots.open_ballot(stage.meeting_id, [made], title="First")
    ballots.close_ballot(stage.ballot_id)
    stage.open_ballot_id = ballots.open_ballot(stage.meeting_id, [made], title="Second")
    recommendations.choose([made])
    initiatives.create(
        stage.programme_id,
        title="Mask visits",
        kind=InitiativeKind.PROGRAMME,
        owner="Jo",
        summary="",
        answers=[made],
        proposed_on=date(2025, 1, 10),
    )
    room.show(stage.meeting_id, room.Showing.RECOMMENDATION, stage.wall_draft)
    assert {b.ballot.state for b in ballots.ballots_of(stage.meeting_id)} == {
        BallotState.OPEN,
        BallotState.CLOSED,
    }
