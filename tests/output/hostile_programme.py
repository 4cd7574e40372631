"""A programme in which every word is hostile, made through the services. Start at `make`."""

import csv
import io
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote as in_address

from sqlalchemy import text as sql

from domain.ids import BallotId, InitiativeId, MeetingId, ProgrammeId, RecommendationId
from domain.initiatives import (
    Deliverable,
    Initiative,
    InitiativeKind,
    Measure,
    Milestone,
    Reading,
    Stage,
    StageEvent,
)
from domain.meetings import MeetingFormat, Pillar, Season
from domain.people import StakeholderGroup
from domain.talk import ConsentUse, Utterance, locate_quote
from domain.votes import Answer
from intake.front_door import read_transcript
from intake.result import RosterRow
from services import (
    ballots,
    initiatives,
    links,
    live,
    meetings,
    programmes,
    recommendations,
    transcripts,
    voting,
)
from services.runtime import runtime
from services.theme_finding import find_themes_of_meeting
from services.transcripts import ConsentGiven, Understanding
from tests.output.hostile_words import OURS, all_strings, as_name, can_be_said

CHALLENGE = "<script>alert(1)</script> *What* {{7*7}} $x$ :red[now] & -> then"
FILE_NAME = "![x](http://127.0.0.1:9/x.png)<img src=x onerror=alert(1)>.csv"
VOTE = "<b>Vote</b> **now** {{1}} $y$"
GROUPS = list(StakeholderGroup)
N_VOTERS = 24


@dataclass(frozen=True)
class Hostile:
    """What was planted, and where it is."""

    programme_id: ProgrammeId
    meeting_id: MeetingId
    vote_meeting_id: MeetingId
    ballot_id: BallotId
    initiative_id: InitiativeId
    names: tuple[str, ...]
    said: tuple[str, ...]
    recommended: tuple[str, ...]
    titles: tuple[str, ...]
    theme_names: tuple[str, ...]
    secrets: dict[str, str]


def make() -> Hostile:
    """Plant every string as name, statement, recommendation, title and theme."""
    strings = [s for s in all_strings() if can_be_said(s)]
    names = tuple(dict.fromkeys(as_name(s) for s in strings))
    programme_id = programmes.start_ours("<i>Programme</i> *of* {{ours}}")
    meeting_id = _meeting(programme_id, CHALLENGE, date(2024, 10, 3))
    _roster(meeting_id, names)
    said = _said(meeting_id, names, strings)
    theme_names = _themes(meeting_id)
    for line in OURS[:15]:
        live.scribe(meeting_id, line, stakeholder_group=None)
    recommended = tuple(dict.fromkeys(s.strip() for s in strings))
    _recommend(meeting_id, recommended, said)
    vote_meeting_id, ballot_id, secrets = _vote(programme_id)
    titles, initiative_id = _initiatives(programme_id, meeting_id, strings)
    return Hostile(
        programme_id,
        meeting_id,
        vote_meeting_id,
        ballot_id,
        initiative_id,
        names,
        tuple(u.text for u in said),
        recommended,
        titles,
        theme_names,
        secrets,
    )


def _meeting(programme_id: ProgrammeId, challenge: str, held_on: date) -> MeetingId:
    return meetings.create_meeting(
        programme_id,
        season=Season.FALL,
        held_on=held_on,
        challenge=challenge,
        pillar=Pillar.CARE,
        format=MeetingFormat.ONLINE,
    )


def _roster(meeting_id: MeetingId, names: tuple[str, ...]) -> None:
    rows = [RosterRow(n, GROUPS[k % len(GROUPS)], n, n, "") for k, n in enumerate(names)]
    meetings.save_roster(meeting_id, rows)


def _said(meeting_id: MeetingId, names: tuple[str, ...], strings: list[str]) -> list[Utterance]:
    """Person n says string n, and then string n + 1: each string twice, by two people."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["speaker", "text"])
    for n, name in enumerate(names):
        writer.writerow([name, strings[n % len(strings)]])
    source = read_transcript(FILE_NAME, out.getvalue().encode("utf-8", "surrogatepass"))
    on_it = {a.name: a.attendance_id for a in meetings.roster(meeting_id)}
    people = {s.label: on_it.get(as_name(s.label)) for s in source.speakers if s.label}
    agreed = ConsentGiven(frozenset(ConsentUse), "<b>forms</b> {{7*7}}")
    understood = Understanding(source, (), None)
    transcripts.store_transcript(meeting_id, understood, people, agreed, is_released=True)
    return transcripts.utterances(meeting_id)


def _themes(meeting_id: MeetingId) -> tuple[str, ...]:
    """Find themes, and give them hostile names, as other people's words would."""
    find_themes_of_meeting(meeting_id)
    with runtime().store.write() as tx:
        found = tx.execute(sql("SELECT theme_id FROM run_theme ORDER BY rank")).scalars().all()
        names = [as_name(OURS[n % len(OURS)]) for n in range(len(found))]
        for theme_id, name in zip(found, names, strict=True):
            tx.execute(
                sql("UPDATE run_theme SET name = :name, key_words = :name WHERE theme_id = :id"),
                {"name": name, "id": theme_id},
            )
    return tuple(names)


def _recommend(
    meeting_id: MeetingId, texts: tuple[str, ...], said: list[Utterance]
) -> list[RecommendationId]:
    made = [recommendations.write(meeting_id, text, author="*a* <b>") for text in texts]
    for utterance in said[: len(OURS)]:
        quote = locate_quote(utterance.revision_id, utterance.text, utterance.text)
        recommendations.attach(made[0], quote, author="a")
    recommendations.revise(made[0], f"{texts[0]} anew", author="<b>b</b>")
    recommendations.revise(made[0], texts[0], author="<b>b</b>")
    recommendations.choose(made[:3])
    return made


def _vote(programme_id: ProgrammeId) -> tuple[MeetingId, BallotId, dict[str, str]]:
    """A meeting of its own, where few enough people vote on few enough recommendations."""
    meeting_id = _meeting(programme_id, "<b>Vote</b> day {{7*7}}", date(2024, 4, 3))
    _roster(meeting_id, tuple(as_name(s) for s in OURS[:N_VOTERS]))
    asked = [recommendations.write(meeting_id, s, author="a") for s in OURS]
    with runtime().store.write() as tx:
        from store import consent

        consent.add_consent(
            tx, meeting_id, {ConsentUse.RECORDED: True}, written_where="f", recorded_by="a"
        )
    ballot_id = ballots.open_ballot(meeting_id, asked, VOTE)
    secrets = {a.name: secret for a, secret in links.secrets_for(meeting_id)}
    for n, secret in enumerate(secrets.values()):
        for position in (1, 2, 3):
            page = voting.ballot_page(secret, ballot_id, position)
            answer = (Answer.AGREE, Answer.AGREE, Answer.DISAGREE)[n % 3]
            voting.answer(secret, ballot_id, position, answer, page.mark)
    ballots.close_ballot(ballot_id)
    return meeting_id, ballot_id, secrets


def _initiatives(
    programme_id: ProgrammeId, meeting_id: MeetingId, strings: list[str]
) -> tuple[tuple[str, ...], InitiativeId]:
    answers = tuple(
        v.recommendation.recommendation_id for v in recommendations.recommendations(meeting_id)[:3]
    )
    titles = tuple(dict.fromkeys(s.strip() for s in OURS))
    plain = [_initiative(programme_id, title, answers) for title in titles]
    all_of_them = [s.strip() for s in strings]
    whole = replace(
        plain[0],
        milestones=tuple(Milestone(s, date(2027, 3, 1), None) for s in all_of_them),
        deliverables=tuple(
            Deliverable(
                s[:80], s, date(2025, 3, 1), f"https://example.org/{in_address(s[:40], safe='')}"
            )
            for s in (t.encode("utf-8", "replace").decode() for t in all_of_them)
        ),
    )
    ids = initiatives.store_initiatives([whole, *plain[1:]], actor="a")
    return titles, ids[0]


def _initiative(
    programme_id: ProgrammeId, title: str, answers: tuple[RecommendationId, ...]
) -> Initiative:
    measure = Measure(
        "", title, title[:20], True, 20.0, date(2025, 1, 31), title, 80.0, date(2027, 1, 31),
        (Reading(45.0, date(2026, 1, 31), title, title),),
    )  # fmt: skip
    return Initiative(
        InitiativeId(""),
        programme_id,
        title,
        InitiativeKind.PROGRAMME,
        title,
        title,
        "https://example.org/?q=%3Cscript%3E",
        "",
        False,
        answers,
        (
            StageEvent(Stage.PROPOSED, date(2025, 1, 10), title),
            StageEvent(Stage.LAUNCHED, date(2026, 9, 1), title),
        ),
        (Milestone(title, date(2026, 3, 1), None),),
        (),
        (measure,),
    )
