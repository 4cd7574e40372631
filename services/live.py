"""Work in the room: lines typed or pasted as people speak. Start at `scribe`."""

from dataclasses import dataclass

from domain.errors import NotAllowedNow
from domain.ids import MeetingId, RecommendationId, UtteranceId
from domain.people import StakeholderGroup
from domain.recommendations import RecommendationState
from domain.talk import Manner, Transcript, Utterance, Zone, verify_quote
from intake.child import read_safely
from intake.result import TranscriptFile
from services.runtime import runtime
from services.transcripts import compare_with_meeting, new_source
from store import audit, recommendations, talk
from store.engine import Connection
from store.talk import NewUtterance

SCRIBED = "live notes"


@dataclass(frozen=True)
class Pasted:
    """What a paste brought in."""

    n_utterances: int
    n_speakers: int


def scribe(
    meeting_id: MeetingId,
    text: str,
    *,
    stakeholder_group: StakeholderGroup | None,
    is_proposal: bool = False,
    author: str = "scribe",
) -> UtteranceId:
    """Add one line as it is heard; a proposing line becomes a draft recommendation at once."""
    words = text.strip()
    if not words:
        raise NotAllowedNow(reason="There is nothing to add yet: type what was said.")
    with runtime().store.write() as tx:
        source = _live_source(tx, meeting_id)
        line = NewUtterance(
            None,
            words,
            None,
            None,
            "live notes",
            manner=Manner.SCRIBED,
            stakeholder_group=stakeholder_group,
            is_proposal=is_proposal,
        )
        utterance_id = talk.add_utterances(tx, source, [line], {}, author=author)[0]
        talk.release_all(tx, [utterance_id], author=author)
        if is_proposal:
            _draft_from(tx, meeting_id, utterance_id, author)
    return utterance_id


def paste(meeting_id: MeetingId, text: str, *, author: str = "scribe") -> Pasted:
    """Add pasted captions or lines; known lines of an earlier paste are not doubled.

    Raises
    ------
    FileRefused
        If nothing in the text can be read as words that somebody said.
    """
    pasted: TranscriptFile = read_safely(
        "read_pasted_captions", "pasted text", text.encode("utf-8", "replace")
    )
    understood = compare_with_meeting(meeting_id, pasted)
    people = {m.label: m.attendance_id for m in understood.matches}
    with runtime().store.write() as tx:
        source = _live_source(tx, meeting_id)
        known = {
            (u.text, u.start_s)
            for u in talk.utterances_of(tx, meeting_id, Zone.RESTRICTED)
            if u.transcript_id == source.transcript_id
        }
        new = [
            NewUtterance(
                t.speaker,
                t.text,
                t.start_s,
                t.end_s,
                f"live notes, {t.place}",
                manner=Manner.SCRIBED,
            )
            for t in pasted.turns
            if (t.text, t.start_s) not in known
        ]
        ids = talk.add_utterances(tx, source, new, people, author=author)
        talk.release_all(tx, ids, author=author)
    return Pasted(len(new), len({t.speaker for t in new if t.speaker}))


def propose(utterance_id: UtteranceId, *, author: str = "scribe") -> RecommendationId:
    """Turn a line into a draft recommendation with the line as its first evidence."""
    with runtime().store.write() as tx:
        meeting_id = talk.meeting_of_utterance(tx, utterance_id)
        return _draft_from(tx, meeting_id, utterance_id, author)


def newest_lines(meeting_id: MeetingId, n: int = 20) -> list[Utterance]:
    """The last lines of a meeting, the newest first."""
    with runtime().store.read() as tx:
        return talk.utterances_of(tx, meeting_id, Zone.SHARED)[: -n - 1 : -1]


def take_back(utterance_id: UtteranceId) -> None:
    """Undo a line that was typed here; what came from a file is not touched."""
    with runtime().store.write() as tx:
        if not talk.remove_scribed(tx, utterance_id):
            raise NotAllowedNow(reason="Only a line that was typed here can be taken back.")
        audit.record(tx, "scribe", "line taken back", "utterance", utterance_id)


def _live_source(tx: Connection, meeting_id: MeetingId) -> Transcript:
    for transcript in talk.transcripts_of(tx, meeting_id):
        if transcript.format == SCRIBED:
            return transcript
    new = new_source(meeting_id, SCRIBED, SCRIBED)
    return Transcript(**{**vars(new), "transcript_id": talk.add_transcript(tx, new)})


def _draft_from(
    tx: Connection, meeting_id: MeetingId, utterance_id: UtteranceId, author: str
) -> RecommendationId:
    line = next(
        u for u in talk.utterances_of(tx, meeting_id, Zone.SHARED) if u.utterance_id == utterance_id
    )
    talk.mark_proposal(tx, utterance_id, is_proposal=True)
    recommendation_id = recommendations.add_recommendation(
        tx, meeting_id, line.text, RecommendationState.DRAFT, author=author
    )
    quote = verify_quote(line.revision_id, line.text, 0, len(line.text), line.text)
    recommendations.add_evidence(tx, recommendation_id, quote)
    audit.record(tx, author, "draft from a line", "recommendation", recommendation_id)
    return recommendation_id
