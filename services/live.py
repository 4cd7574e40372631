"""Work in the room: lines typed or pasted as people speak. Start at `scribe`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.pasted_again import n_words_again
from domain.errors import NotAllowedNow
from domain.ids import MeetingId, RecommendationId, UtteranceId
from domain.people import StakeholderGroup
from domain.recommendations import RecommendationState
from domain.talk import Manner, Transcript, Utterance, Zone, verify_quote
from intake.child import read_safely
from intake.result import TranscriptFile, Turn
from services.runtime import runtime
from services.transcripts import compare_with_meeting, new_source
from store import audit, meetings, recommendations, sources, talk
from store.engine import Connection
from store.talk import NewUtterance

SCRIBED = "live notes"
PASTED = f"{SCRIBED}, "
NOT_SHARED = (
    "This line cannot stand behind a draft: people did not agree to be quoted, or it is not "
    "released. Write the recommendation on its own page."
)


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
    """Add pasted captions or lines; what an earlier paste brought is not doubled.

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
        new = _not_yet_here(tx, source, pasted.turns)
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


def _not_yet_here(tx: Connection, source: Transcript, turns: Sequence[Turn]) -> list[NewUtterance]:
    """Turns without the words at their beginning that stand here from an earlier paste."""
    before = [
        word
        for u in talk.utterances_of(tx, source.meeting_id, Zone.RESTRICTED)
        if u.transcript_id == source.transcript_id and u.place.startswith(PASTED)
        for word in u.text.split()
    ]
    n_again = n_words_again(before, [word for turn in turns for word in turn.text.split()])
    new: list[NewUtterance] = []
    for turn in turns:
        n_words = len(turn.text.split())
        if n_words > n_again:
            text = turn.text if n_again <= 0 else turn.text.split(maxsplit=n_again)[-1]
            place = f"{PASTED}{turn.place}"
            new.append(
                NewUtterance(
                    turn.speaker, text, turn.start_s, turn.end_s, place, manner=Manner.SCRIBED
                )
            )
        n_again = max(0, n_again - n_words)
    return new


def _live_source(tx: Connection, meeting_id: MeetingId) -> Transcript:
    meetings.meeting_by_id(tx, meeting_id)
    for transcript in sources.transcripts_of(tx, meeting_id):
        if transcript.format == SCRIBED:
            return transcript
    new = new_source(meeting_id, SCRIBED, SCRIBED)
    return replace(new, transcript_id=sources.add_transcript(tx, new))


def _draft_from(
    tx: Connection, meeting_id: MeetingId, utterance_id: UtteranceId, author: str
) -> RecommendationId:
    shared = talk.utterances_of(tx, meeting_id, Zone.SHARED)
    line = next((u for u in shared if u.utterance_id == utterance_id), None)
    if line is None:
        raise NotAllowedNow(reason=NOT_SHARED)
    talk.mark_proposal(tx, utterance_id, is_proposal=True)
    recommendation_id = recommendations.add_recommendation(
        tx, meeting_id, line.text, RecommendationState.DRAFT, author=author
    )
    quote = verify_quote(line.revision_id, line.text, 0, len(line.text), line.text)
    recommendations.add_evidence(tx, recommendation_id, quote)
    audit.record(tx, author, "draft from a line", "recommendation", recommendation_id)
    return recommendation_id
