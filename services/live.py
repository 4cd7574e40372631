"""Work in the room: lines typed or pasted as people speak. Start at `scribe`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.pasted_again import n_words_again
from domain.access import Act
from domain.errors import NotAllowedNow
from domain.ids import MeetingId, RecommendationId, UtteranceId
from domain.people import StakeholderGroup
from domain.recommendations import RecommendationState
from domain.talk import Manner, Transcript, Utterance, Zone, verify_quote
from intake.child import read_safely
from intake.result import TranscriptFile, Turn
from services import whose
from services.access import may, require
from services.runtime import runtime
from services.transcripts import compare_with_meeting, new_source, unrecorded_labels
from store import audit, meetings, recommendations, scribed, sources, talk
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
    """What a paste brought in; those left out were said by people who said no."""

    n_utterances: int
    n_speakers: int
    n_left_out: int = 0


@dataclass(frozen=True)
class Line:
    """A line and whether others may read it; one that they may not is of one's own typing."""

    said: Utterance
    is_shared: bool


def scribe(
    meeting_id: MeetingId,
    text: str,
    *,
    stakeholder_group: StakeholderGroup | None,
    is_proposal: bool = False,
    author: str = "scribe",
) -> UtteranceId:
    """Add one line as it is heard; a proposing line becomes a draft recommendation at once.

    Where people have not agreed to be quoted, or nobody here may release words, the line is kept
    for those who run the meeting and no draft is made of it: a draft would show its words.
    """
    require(Act.RUN_MEETING, meeting_id=meeting_id)
    may_release = may(Act.RELEASE, meeting_id=meeting_id)
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
        if may_release:
            talk.release_all(tx, [utterance_id], author=author)
        if is_proposal and (shared := talk.shared_turns(tx, [utterance_id])):
            _draft_from(tx, shared[0], author)
    return utterance_id


def paste(meeting_id: MeetingId, text: str, *, author: str = "scribe") -> Pasted:
    """Add pasted captions or lines; what an earlier paste brought is not doubled.

    Lines of people who asked that none of their words are kept are left out.

    Raises
    ------
    FileRefused
        If nothing in the text can be read as words that somebody said.
    """
    require(Act.RUN_MEETING, meeting_id=meeting_id)
    pasted: TranscriptFile = read_safely(
        "read_pasted_captions", "pasted text", text.encode("utf-8", "surrogatepass")
    )
    understood = compare_with_meeting(meeting_id, pasted)
    people = {m.label: m.attendance_id for m in understood.matches}
    may_release = may(Act.RELEASE, meeting_id=meeting_id)
    with runtime().store.write() as tx:
        source = _live_source(tx, meeting_id)
        said_no = unrecorded_labels(tx, meeting_id, people)
        turns = [turn for turn in pasted.turns if (turn.speaker or "") not in said_no]
        new = _not_yet_here(tx, source, turns)
        ids = talk.add_utterances(tx, source, new, people, author=author)
        if may_release:
            talk.release_all(tx, ids, author=author)
    n_left_out = len(pasted.turns) - len(turns)
    return Pasted(len(new), len({t.speaker for t in new if t.speaker}), n_left_out)


def propose(utterance_id: UtteranceId, *, author: str = "scribe") -> RecommendationId:
    """Turn a line into a draft recommendation with the line as its first evidence.

    Raises
    ------
    NotAllowedNow
        If others may not read the line.
    """
    require(Act.RUN_MEETING, meeting_id=whose.utterance(utterance_id))
    with runtime().store.write() as tx:
        shared = talk.shared_turns(tx, [utterance_id])
        if not shared:
            raise NotAllowedNow(reason=NOT_SHARED)
        return _draft_from(tx, shared[0], author)


def newest_lines(meeting_id: MeetingId, n: int = 20, *, author: str = "scribe") -> list[Line]:
    """The last lines that others may read, and those of one's own typing; the newest first."""
    require(Act.READ, meeting_id=meeting_id)
    may_type = may(Act.RUN_MEETING, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        shared = {u.utterance_id: u for u in talk.utterances_of(tx, meeting_id, Zone.SHARED)}
        own = scribed.typed_by(tx, meeting_id, author) if may_type else frozenset()
        found = [Line(said, is_shared=True) for said in shared.values()]
        found += [
            Line(said, is_shared=False)
            for said in talk.utterances_of(tx, meeting_id, Zone.RESTRICTED)
            if said.utterance_id in own and said.utterance_id not in shared
        ]
    found.sort(key=lambda line: line.said.position)
    return found[: -n - 1 : -1]


def take_back(utterance_id: UtteranceId) -> None:
    """Undo a line that was typed here and drafts copied from it; what came from a file stays."""
    require(Act.RUN_MEETING, meeting_id=whose.utterance(utterance_id))
    with runtime().store.write() as tx:
        scribed.remove_drafts_of(tx, utterance_id)
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


def _draft_from(tx: Connection, line: Utterance, author: str) -> RecommendationId:
    talk.mark_proposal(tx, line.utterance_id, is_proposal=True)
    recommendation_id = recommendations.add_recommendation(
        tx, line.meeting_id, line.text, RecommendationState.DRAFT, author=author
    )
    quote = verify_quote(line.revision_id, line.text, 0, len(line.text), line.text)
    recommendations.add_evidence(tx, recommendation_id, quote)
    audit.record(tx, author, "draft from a line", "recommendation", recommendation_id)
    return recommendation_id
