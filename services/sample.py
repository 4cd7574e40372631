"""The sample programme: read from data/ through the same doors as anyone's files.

Start at `load_sample`.
"""

import csv
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from domain.access import EVERY_ROLE, Act, Actor, Grant, StaffRole
from domain.ballots import Secrecy
from domain.errors import NotAllowedNow, QuoteNotInSource
from domain.ids import MeetingId, ProgrammeId, RecommendationId, StatementId, new_id
from domain.meetings import MeetingFormat, Pillar, Season
from domain.recommendations import RecommendationState
from domain.statements import StatementState
from domain.talk import ConsentUse, Quote, Zone, digest_of, locate_quote
from domain.votes import Answer
from services import (
    ballots,
    meetings,
    programmes,
    recommendations,
    transcripts,
    translations,
    voting,
    written_contributions,
)
from services.access import acting_as, require
from services.initiative_files import import_initiatives
from services.links import secrets_for
from services.passages import embed_texts, passages_of_meeting
from services.runtime import runtime
from services.sample_themes import name_themes, say_same
from services.settings import HOME
from services.theme_finding import find_themes_of_meeting
from services.upkeep import SAMPLE, WHOLE
from store import declarations
from store import meetings as kept
from store import statements as written
from store.embeddings import add_embeddings, all_embeddings

NAME = "Sample roundtable programme"
FOLDER = HOME / "data"
VECTORS = FOLDER / "sample" / "embeddings.npz"
AUTHOR = "sample"
LOADER = Actor(AUTHOR, EVERY_ROLE)
FACILITATOR = Actor(AUTHOR, (Grant(StaffRole.FACILITATOR),))
"""Who brings words in without the right to release them, so that they wait."""
AGREED = transcripts.ConsentGiven(
    frozenset(ConsentUse) - {ConsentUse.QUOTED_BY_NAME}, "invented for the sample"
)
N_OPEN = 6

Tell = Callable[[str], None]


def load_sample(tell: Tell = lambda _: None) -> ProgrammeId:
    """Store the sample programme unless it is here already; says what it does.

    A sample that was interrupted half-way is taken away and loaded from its beginning.
    """
    require(Act.START_PROGRAMME)
    with acting_as(LOADER):
        return _load_sample(tell)


def _load_sample(tell: Tell) -> ProgrammeId:
    with runtime().store.write() as tx:
        begun = [p.programme_id for p in kept.programmes(tx) if p.is_sample]
        if begun and declarations.read(tx, SAMPLE) == WHOLE:
            return begun[0]
        for programme_id in begun:
            kept.remove_programme(tx, programme_id)
        programme_id = kept.add_programme(tx, NAME, is_sample=True)
    _load_vectors()
    for folder in sorted((FOLDER / "sample").glob("*/meeting.toml")):
        tell(f"Sample meeting {folder.parent.name}")
        _load_meeting(programme_id, folder.parent)
    _leave_a_vote_open(programme_id)
    _leave_words_to_decide(programme_id)
    for folder in (FOLDER / "sample" / "initiatives", FOLDER / "documented"):
        tell(f"Initiatives: {folder.name}")
        files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))}
        import_initiatives(programme_id, files, actor=AUTHOR)
    with runtime().store.write() as tx:
        declarations.declare(tx, SAMPLE, WHOLE)
    return programme_id


def save_vectors() -> int:
    """Write every vector of a store that holds only the sample: a first start needs no model."""
    require(Act.EXPORT)
    model, path_name = runtime().model_name
    for programme in programmes.programmes():
        if not programme.is_sample:
            raise NotAllowedNow(reason="This store holds more than the sample; use a fresh one.")
        for summary in meetings.meetings_of(programme.programme_id):
            for view in recommendations.recommendations(summary.meeting.meeting_id):
                embed_texts([view.recommendation.text])
    with runtime().store.read() as tx:
        found = all_embeddings(tx, model, path_name)
    keys = sorted(found)
    vectors = np.stack([np.frombuffer(found[key], dtype=np.float16) for key in keys])
    np.savez_compressed(VECTORS, model=np.array(model), sha256=np.array(keys), vectors=vectors)
    return len(keys)


def _load_vectors() -> None:
    """Vectors of every arithmetic path are equal to .999, so the stored ones serve any."""
    model, path_name = runtime().model_name
    if not VECTORS.exists():
        return
    with np.load(VECTORS, allow_pickle=False) as stored:
        if str(stored["model"]) != model:
            return
        rows = dict(zip(stored["sha256"].tolist(), stored["vectors"], strict=True))
    with runtime().store.write() as tx:
        add_embeddings(tx, model, path_name, {key: row.tobytes() for key, row in rows.items()})


def _load_meeting(programme_id: ProgrammeId, folder: Path) -> None:
    told = tomllib.loads((folder / "meeting.toml").read_text(encoding="utf-8"))
    meeting_id = meetings.create_meeting(
        programme_id,
        season=Season(told["season"]),
        held_on=date.fromisoformat(str(told["held_on"])),
        challenge=told["challenge"],
        pillar=Pillar(told["pillar"]),
        format=MeetingFormat(told["format"]),
        actor=AUTHOR,
    )
    roster_file = meetings.read_roster_file("roster.csv", (folder / "roster.csv").read_bytes())
    meetings.save_roster(meeting_id, roster_file.rows, actor=AUTHOR)
    _load_talk(meeting_id, folder)
    _load_translations(meeting_id, folder)
    find_themes_of_meeting(meeting_id)
    name_themes(meeting_id, told.get("theme_names", []))
    say_same(programme_id, meeting_id, told.get("same_theme", []))
    _load_recommendations(meeting_id, folder)
    _load_votes(meeting_id, folder)
    _load_decisions(meeting_id, folder)


def _load_talk(meeting_id: MeetingId, folder: Path) -> None:
    path = next(folder.glob("transcript.*"))
    understood = transcripts.understand(meeting_id, path.name, path.read_bytes())
    transcripts.store_transcript(
        meeting_id,
        understood,
        {match.label: match.attendance_id for match in understood.matches},
        AGREED,
        is_released=True,
        author=AUTHOR,
    )
    prepared = folder / "written.csv"
    if prepared.exists():
        written_contributions.import_written(
            meeting_id, prepared.name, prepared.read_bytes(), author=AUTHOR, consent=AGREED
        )


def _load_translations(meeting_id: MeetingId, folder: Path) -> None:
    """What somebody wrote that words in another language say, and somebody else reviewed."""
    path = folder / "translations.csv"
    if not path.exists():
        return
    cut = {p.quote.text: p for p in passages_of_meeting(meeting_id, Zone.SHARED)}
    for row in _rows(path):
        if row["words"] not in cut:
            raise QuoteNotInSource(quote=row["words"])
        turn = cut[row["words"]].utterance.utterance_id
        with acting_as(Actor(row["written_by"], EVERY_ROLE)):
            made = translations.write(turn, digest_of(row["words"]), row["translation"], seen=None)
        with acting_as(Actor(row["reviewed_by"], EVERY_ROLE)):
            translations.review(made)


def _load_recommendations(meeting_id: MeetingId, folder: Path) -> None:
    path = next(folder.glob("recommendations.*"))
    found = recommendations.read_list(path.name, path.read_bytes())
    recommendations.save_list(meeting_id, found, author=AUTHOR)
    id_of = _ids_by_number(meeting_id)
    said = transcripts.utterances(meeting_id)
    for row in _rows(folder / "evidence.csv"):
        quote = _find(row["quote"], [(u.revision_id, u.text) for u in said])
        recommendations.attach(id_of[int(row["recommendation"])], quote, author=AUTHOR)


def _find(words: str, texts: list[tuple[Any, str]]) -> Quote:
    for revision_id, text in texts:
        if words in text:
            return locate_quote(revision_id, text, words)
    raise QuoteNotInSource(quote=words)


def _load_votes(meeting_id: MeetingId, folder: Path) -> None:
    id_of = _ids_by_number(meeting_id)
    ballot_id = ballots.open_ballot(
        meeting_id, list(id_of.values()), title="Priorities", secrecy=Secrecy.CONFIDENTIAL
    )
    secret_of = {attendance.name: secret for attendance, secret in secrets_for(meeting_id)}
    for row in _rows(folder / "votes.csv"):
        for number, recommendation_id in id_of.items():
            told = (row.get(str(number)) or "").strip().upper()
            if told:
                secret = secret_of[row["name"]]
                voting.lay_answer(secret, ballot_id, recommendation_id, Answer[told])
    ballots.close_ballot(ballot_id)


def _load_decisions(meeting_id: MeetingId, folder: Path) -> None:
    id_of = _ids_by_number(meeting_id)
    decided = {int(r["recommendation"]): r["decision"] for r in _rows(folder / "decisions.csv")}
    chosen = [id_of[n] for n, decision in decided.items() if decision == "chosen"]
    left = [id_of[n] for n, decision in decided.items() if decision == "not chosen"]
    recommendations.choose(chosen, author=AUTHOR)
    recommendations.leave(left, author=AUTHOR)


def _leave_a_vote_open(programme_id: ProgrammeId) -> None:
    """A ballot of the newest meeting that a newcomer can answer."""
    newest = meetings.meetings_of(programme_id)[0].meeting.meeting_id
    chosen = [
        view.recommendation.recommendation_id
        for view in recommendations.recommendations(newest)
        if view.recommendation.state is RecommendationState.CHOSEN
    ]
    ballots.open_ballot(newest, chosen[:N_OPEN], title="What first?")


def _leave_words_to_decide(programme_id: ProgrammeId) -> None:
    """Words of the newest meeting on both desks: sent by participants, and not released yet."""
    folder = max((FOLDER / "sample").glob("*/meeting.toml")).parent
    newest = meetings.meetings_of(programme_id)[0].meeting.meeting_id
    with runtime().store.write() as tx:
        who = {a.name: a.attendance_id for a in kept.roster_of(tx, newest)}
        for row in _rows(folder / "statements.csv"):
            statement_id = StatementId(new_id())
            written.put(tx, statement_id, who[row["name"]], row["text"], "en")
            written.move(tx, statement_id, StatementState.SENT)
    later = folder / "brought_in_later.csv"
    with acting_as(FACILITATOR):
        written_contributions.import_written(
            newest, later.name, later.read_bytes(), author=AUTHOR, consent=AGREED
        )


def _ids_by_number(meeting_id: MeetingId) -> dict[int, RecommendationId]:
    return {
        view.recommendation.number: view.recommendation.recommendation_id
        for view in recommendations.recommendations(meeting_id)
    }


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
