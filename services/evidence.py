"""Quotes for and against a recommendation, found and attached. Start at `suggest_evidence`."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from domain.access import Act
from domain.ids import EvidenceId, RecommendationId, UtteranceId
from domain.people import StakeholderGroup
from domain.recommendations import Direction, Evidence
from domain.talk import Quote, Zone, verify_quote
from services import whose
from services.access import require
from services.passages import MeetingPassage, embed_texts, vectors_of_meeting
from services.recommendation_reading import verified_evidence
from services.runtime import runtime
from store import anchors, audit, talk
from store import recommendations as kept

N_SUGGESTIONS = 8
N_LOOKED_AT = 48
"""So many of the nearest quotes are asked whether they may speak against it."""
FEWEST_IN_COMMON = 0.4
"""Below this cosine a quote is about something else, and nobody guesses what it is against."""


@dataclass(frozen=True)
class Suggestion:
    """A quote about a recommendation; score is the cosine, -1 to 1.

    `direction` is a guess that opens one of two lists; whoever attaches it decides.
    """

    quote: Quote
    utterance_id: UtteranceId
    stakeholder_group: StakeholderGroup | None
    start_s: float | None
    score: float
    direction: Direction = Direction.SUPPORTS


def suggest_evidence(
    recommendation_id: RecommendationId, n: int = N_SUGGESTIONS
) -> tuple[Suggestion, ...]:
    """Quotes of the meeting that speak of the same, by different speakers first.

    Those that may speak against it carry that direction; up to `n` of each.
    """
    require(Act.RUN_MEETING, meeting_id=whose.recommendation(recommendation_id))
    from analysis.evidence import Said, Text, rank_evidence
    from analysis.stance import SURE_FROM, stances

    with runtime().store.read() as tx:
        recommendation = kept.recommendation_by_id(tx, recommendation_id)
        attached, _ = verified_evidence(tx, [recommendation_id])
    taken = {(e.quote.revision_id, e.quote.start) for e in attached.get(recommendation_id, ())}
    passages, vectors = vectors_of_meeting(recommendation.meeting_id, Zone.SHARED)
    if not passages:
        return ()
    query = embed_texts([recommendation.text])[0]
    words = [p.quote.read_by for p in passages]
    ranked = rank_evidence(
        Text(recommendation.text, query),
        Said(words, vectors, [p.utterance.speaker for p in passages]),
        n_most=max(N_LOOKED_AT, n) + len(taken),
    )
    order = [
        int(n)
        for n in ranked.passages
        if (passages[n].quote.revision_id, passages[n].quote.start) not in taken
    ]
    closeness = dict(zip(ranked.passages.tolist(), ranked.closeness.tolist(), strict=True))
    against = {
        n
        for n, stance in zip(
            order,
            stances(recommendation.text, [words[n] for n in order], vectors[order], _direction()),
            strict=True,
        )
        if stance <= -SURE_FROM and closeness[n] >= FEWEST_IN_COMMON
    }
    supports = [n for n in order if n not in against][:n]
    opposes = [n for n in order if n in against][:n]
    return tuple(
        _suggestion(passages[n], closeness[n], direction)
        for some, direction in (
            (supports, Direction.SUPPORTS),
            (opposes, Direction.SPEAKS_AGAINST),
        )
        for n in some
    )


def attach(
    recommendation_id: RecommendationId,
    quote: Quote,
    *,
    author: str,
    direction: Direction = Direction.SUPPORTS,
) -> EvidenceId:
    """Attach a quote as evidence for a recommendation or against it.

    Raises
    ------
    QuoteNotInSource
        If the words are not, character for character, at their place in the store.
    NotFound
        If that text was not released, or its speaker did not agree to be quoted.
    """
    require(Act.RUN_MEETING, meeting_id=whose.recommendation(recommendation_id))
    with runtime().store.write() as tx:
        source = talk.shared_revision(tx, quote.revision_id).text
        verified = verify_quote(quote.revision_id, source, quote.start, quote.end, quote.text)
        evidence_id = kept.add_evidence(tx, recommendation_id, verified, direction)
        audit.record(tx, author, "evidence attached", "evidence", evidence_id)
    return evidence_id


def confirm(corrected: Evidence, *, author: str) -> None:
    """Let a quote whose words were corrected count again, as it was read.

    Raises
    ------
    QuoteNotInSource
        If the words that were read do not stand there any more.
    NotFound
        If that text is not shared any more.
    """
    require(Act.RUN_MEETING, meeting_id=whose.evidence(corrected.evidence_id))
    read = corrected.quote
    with runtime().store.write() as tx:
        source = talk.shared_revision(tx, read.revision_id).text
        quote = verify_quote(read.revision_id, source, read.start, read.end, read.text)
        anchors.confirm(tx, corrected.evidence_id, quote)
        audit.record(tx, author, "corrected evidence confirmed", "evidence", corrected.evidence_id)


def turn(evidence_id: EvidenceId, direction: Direction, *, author: str) -> None:
    """Say that a quote supports its recommendation, or that it speaks against it."""
    require(Act.RUN_MEETING, meeting_id=whose.evidence(evidence_id))
    with runtime().store.write() as tx:
        kept.turn_evidence(tx, evidence_id, direction)
        audit.record(tx, author, f"evidence {direction}", "evidence", evidence_id)


def detach(evidence_id: EvidenceId, *, author: str = "facilitator") -> None:
    """Take a quote away from a recommendation; what was said stays."""
    require(Act.RUN_MEETING, meeting_id=whose.evidence(evidence_id))
    with runtime().store.write() as tx:
        kept.remove_evidence(tx, evidence_id)
        audit.record(tx, author, "evidence detached", "evidence", evidence_id)


def _direction() -> NDArray[np.float64]:
    from analysis.stance import PRAISE, WARNING, direction_of

    vectors = embed_texts([*PRAISE, *WARNING])
    return direction_of(vectors[: len(PRAISE)], vectors[len(PRAISE) :])


def _suggestion(passage: MeetingPassage, score: float, direction: Direction) -> Suggestion:
    said = passage.utterance
    return Suggestion(
        passage.quote, said.utterance_id, said.stakeholder_group, said.start_s, score, direction
    )
