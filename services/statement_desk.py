"""Statements that participants sent, in the hands of the people who run the meeting. See `waiting`.

People sent them to be read here, so no reason is asked for reading; each decision is written
down. An accepted one is a written contribution like any other: restricted until it is released,
under its author's name in no list, obeying what they agreed to on every request.
"""

from dataclasses import dataclass, replace

from domain.access import Act
from domain.errors import NotAllowedNow
from domain.ids import MeetingId, RecommendationId, StatementId, UtteranceId
from domain.recommendations import RecommendationState
from domain.statements import Statement, StatementState
from domain.talk import ConsentUse, Manner, Quote, Transcript, Utterance, verify_quote
from services import whose
from services.access import require
from services.recommendation_reading import shown_of, verified_evidence
from services.runtime import runtime
from services.transcripts import new_source
from store import audit, consent, meetings, recommendations, sources, talk
from store import statements as kept
from store.engine import Connection
from store.talk import NewUtterance

WRITTEN = "statements"
PLACE = "statement"
NEEDS_REASON = "Say why, in plain words: the person who wrote it reads that sentence."
GONE = "This statement is not waiting any more: its author took it back, or it was decided."
NOT_SHARED = (
    "Others may not read these words: they are not released yet, or their author did not agree to "
    "be quoted. Only their author can change that."
)
NO_CONSENT = "Its author asked that no words of theirs are kept. Nothing was changed."


@dataclass(frozen=True)
class Accepted:
    """An accepted statement that others may read, and the recommendations that rest on it."""

    said: Utterance
    recommendations: tuple[int, ...]

    @property
    def quote(self) -> Quote:
        """Its words, verified, to be drawn as a quotation."""
        return whole_quote(self.said)


def waiting(meeting_id: MeetingId) -> list[Statement]:
    """What was sent and waits, the oldest first; of people who want no words kept, none."""
    require(Act.READ_RAW, meeting_id=meeting_id)
    return _at(meeting_id, StatementState.SENT)


def settled(meeting_id: MeetingId) -> list[Statement]:
    """What was sent back or set aside and can be taken up again."""
    require(Act.READ_RAW, meeting_id=meeting_id)
    return _at(meeting_id, StatementState.SENT_BACK, StatementState.SET_ASIDE)


def n_waiting(meeting_id: MeetingId) -> int:
    """How many wait, for those who may not read them."""
    require(Act.READ, meeting_id=meeting_id)
    return len(_at(meeting_id, StatementState.SENT))


def accepted(meeting_id: MeetingId) -> list[Accepted]:
    """What was accepted and may be read by others now, in the order of the meeting."""
    require(Act.READ, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        ids = [
            s.utterance_id for s in kept.statements_at(tx, meeting_id, [StatementState.ACCEPTED])
        ]
        shared = talk.shared_turns(tx, [one for one in ids if one])
        known = shown_of(tx, meeting_id, with_merged=True)
        behind, _ = verified_evidence(tx, [r.recommendation_id for r in known])
        rests: dict[UtteranceId, list[int]] = {}
        for found in known:
            for quote in behind.get(found.recommendation_id, ()):
                numbers = rests.setdefault(quote.utterance_id, [])
                if found.number not in numbers:
                    numbers.append(found.number)
    in_order = sorted(shared, key=lambda said: said.position)
    return [Accepted(said, tuple(rests.get(said.utterance_id, ()))) for said in in_order]


def accept(statement_id: StatementId, *, is_shared: bool, author: str) -> UtteranceId:
    """Make a statement a written contribution; released as it stands, or kept for the review.

    Raises
    ------
    NotAllowedNow
        If it does not wait any more, or its author wants no words to be kept.
    """
    meeting_id = whose.statement(statement_id)
    require(Act.READ_RAW, meeting_id=meeting_id)
    require(Act.RELEASE, meeting_id=meeting_id)
    with runtime().store.write() as tx:
        found = _waiting(tx, statement_id)
        if not _is_kept(tx, found):
            raise NotAllowedNow(reason=NO_CONSENT)
        name = meetings.attendance_by_id(tx, found.attendance_id).name
        turn = NewUtterance(name, found.text, None, None, PLACE, manner=Manner.WRITTEN)
        source = _source(tx, meeting_id)
        people = {name: found.attendance_id}
        utterance_id = talk.add_utterances(tx, source, [turn], people, author=author)[0]
        if is_shared:
            talk.release_all(tx, [utterance_id], author=author)
        kept.accept(tx, statement_id, utterance_id, by=author)
        audit.record(tx, author, "statement accepted", "statement", statement_id)
    return utterance_id


def send_back(statement_id: StatementId, reason: str, *, author: str) -> None:
    """Ask its author to change something; they read why."""
    _settle(statement_id, StatementState.SENT_BACK, reason, author)


def set_aside(statement_id: StatementId, reason: str, *, author: str) -> None:
    """Not take a statement; its author reads why."""
    _settle(statement_id, StatementState.SET_ASIDE, reason, author)


def take_up(statement_id: StatementId, *, author: str) -> None:
    """Undo a decision: the statement waits again, as long as its author did not change it."""
    meeting_id = whose.statement(statement_id)
    require(Act.READ_RAW, meeting_id=meeting_id)
    require(Act.RELEASE, meeting_id=meeting_id)
    with runtime().store.write() as tx:
        if kept.by_id(tx, statement_id).state in (
            StatementState.SENT_BACK,
            StatementState.SET_ASIDE,
        ):
            kept.move(tx, statement_id, StatementState.SENT)
            audit.record(tx, author, "statement taken up again", "statement", statement_id)


def draft(utterance_id: UtteranceId, wording: str, *, author: str) -> RecommendationId:
    """Make a draft recommendation that rests on an accepted statement: its words are its evidence.

    Raises
    ------
    NotAllowedNow
        If others may not read the statement, or the wording is empty.
    """
    require(Act.RUN_MEETING, meeting_id=whose.utterance(utterance_id))
    wanted = " ".join(wording.split())
    if not wanted:
        raise NotAllowedNow(reason="Write what is recommended.")
    with runtime().store.write() as tx:
        shared = talk.shared_turns(tx, [utterance_id])
        if not shared:
            raise NotAllowedNow(reason=NOT_SHARED)
        said = shared[0]
        recommendation_id = recommendations.add_recommendation(
            tx, said.meeting_id, wanted, RecommendationState.DRAFT, author=author
        )
        recommendations.add_evidence(tx, recommendation_id, whole_quote(said))
        audit.record(tx, author, "draft from a statement", "recommendation", recommendation_id)
    return recommendation_id


def whole_quote(said: Utterance) -> Quote:
    """All words of a contribution as one quotation."""
    return verify_quote(said.revision_id, said.text, 0, len(said.text), said.text)


def _at(meeting_id: MeetingId, *states: StatementState) -> list[Statement]:
    with runtime().store.read() as tx:
        found = kept.statements_at(tx, meeting_id, states)
        agreed = consent.read_agreements(tx, meeting_id)
    return [one for one in found if agreed.of_person(one.attendance_id, None, ConsentUse.RECORDED)]


def _settle(statement_id: StatementId, state: StatementState, reason: str, author: str) -> None:
    meeting_id = whose.statement(statement_id)
    require(Act.READ_RAW, meeting_id=meeting_id)
    require(Act.RELEASE, meeting_id=meeting_id)
    why = " ".join(reason.split())
    if not why:
        raise NotAllowedNow(reason=NEEDS_REASON)
    with runtime().store.write() as tx:
        _waiting(tx, statement_id)
        kept.move(tx, statement_id, state, reason=why, by=author)
        audit.record(tx, author, f"statement {state}", "statement", statement_id)


def _waiting(tx: Connection, statement_id: StatementId) -> Statement:
    found = kept.by_id(tx, statement_id)
    if found.state is not StatementState.SENT:
        raise NotAllowedNow(reason=GONE)
    return found


def _is_kept(tx: Connection, found: Statement) -> bool:
    agreed = consent.read_agreements(tx, found.meeting_id)
    return agreed.of_person(found.attendance_id, None, ConsentUse.RECORDED)


def _source(tx: Connection, meeting_id: MeetingId) -> Transcript:
    for source in sources.transcripts_of(tx, meeting_id):
        if source.format == WRITTEN:
            return source
    new = new_source(meeting_id, "statements of participants", WRITTEN)
    return replace(new, transcript_id=sources.add_transcript(tx, new))
