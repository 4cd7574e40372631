"""Recommendations and the words that support them. Start at `recommendations`."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.access import Act
from domain.errors import NotAllowedNow
from domain.ids import EvidenceId, MeetingId, RecommendationId, ThemeId, UtteranceId
from domain.people import StakeholderGroup
from domain.recommendations import Evidence, Recommendation, RecommendationState
from domain.talk import Quote, Zone, verify_quote
from intake.child import read_safely
from intake.result import RecommendationList
from services import whose
from services.access import require
from services.passages import MeetingPassage, embed_texts, vectors_of_meeting
from services.recommendation_reading import shown_of, verified_evidence
from services.runtime import runtime
from store import anchors, audit, copies, initiatives, meetings, talk
from store import recommendations as kept

N_SUGGESTIONS = 8
TAKEN_BACK = "(words that were taken back)"


@dataclass(frozen=True)
class RecommendationView:
    """A recommendation with its verified evidence and what became of it.

    `n_broken` counts evidence that is not shown: its words are no longer exactly in the source,
    or were withdrawn. `n_lost_sources` counts evidence that is gone for good.
    """

    recommendation: Recommendation
    evidence: tuple[Evidence, ...]
    n_broken: int
    initiatives: tuple[str, ...]
    n_lost_sources: int = 0


@dataclass(frozen=True)
class Suggestion:
    """A quote that may support a recommendation; score is the cosine, -1 to 1."""

    quote: Quote
    utterance_id: UtteranceId
    stakeholder_group: StakeholderGroup | None
    start_s: float | None
    score: float


def recommendations(meeting_id: MeetingId) -> tuple[RecommendationView, ...]:
    """A meeting's recommendations by number, without drafts whose words were taken back."""
    require(Act.READ, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        found = shown_of(tx, meeting_id)
        evidence, broken = verified_evidence(tx, [r.recommendation_id for r in found])
        lost = anchors.losses_of(tx, [r.recommendation_id for r in found])
        programme_id = meetings.meeting_by_id(tx, meeting_id).programme_id
        answering: dict[RecommendationId, list[str]] = {}
        for initiative in initiatives.initiatives_of(tx, programme_id):
            for recommendation_id in initiative.answers:
                answering.setdefault(recommendation_id, []).append(initiative.title)
    return tuple(
        RecommendationView(
            r,
            tuple(evidence.get(r.recommendation_id, ())),
            broken.get(r.recommendation_id, 0),
            tuple(answering.get(r.recommendation_id, ())),
            len(lost.get(r.recommendation_id, ())),
        )
        for r in found
    )


def write(
    meeting_id: MeetingId,
    text: str,
    *,
    author: str,
    theme_id: ThemeId | None = None,
    is_draft: bool = False,
) -> RecommendationId:
    """Add a recommendation at the end of the meeting's list."""
    require(Act.RUN_MEETING, meeting_id=meeting_id)
    wanted = _text(text)
    state = RecommendationState.DRAFT if is_draft else RecommendationState.PROPOSED
    with runtime().store.write() as tx:
        meetings.meeting_by_id(tx, meeting_id)
        recommendation_id = kept.add_recommendation(
            tx, meeting_id, wanted, state, author=author, theme_id=theme_id
        )
        audit.record(tx, author, "recommendation written", "recommendation", recommendation_id)
    return recommendation_id


def revise(recommendation_id: RecommendationId, text: str, *, author: str) -> None:
    """Word a recommendation anew; the earlier wordings stay readable."""
    require(Act.RUN_MEETING, meeting_id=whose.recommendation(recommendation_id))
    wanted = _text(text)
    with runtime().store.write() as tx:
        if kept.recommendation_by_id(tx, recommendation_id).text == wanted:
            return
        kept.revise(tx, recommendation_id, wanted, author=author)
        audit.record(tx, author, "recommendation reworded", "recommendation", recommendation_id)


def wordings(recommendation_id: RecommendationId) -> list[tuple[int, str, str]]:
    """Every wording as (number, text, who), the oldest first.

    An earlier wording that repeats a line which was taken back since is not told.
    """
    require(Act.READ, meeting_id=whose.recommendation(recommendation_id))
    with runtime().store.read() as tx:
        now = kept.recommendation_by_id(tx, recommendation_id)
        found = kept.wordings_of(tx, recommendation_id)
        gone = copies.taken_back(tx, now.meeting_id, {text for _, text, *_ in found} - {now.text})
    return [(n, TAKEN_BACK if text in gone else text, who) for n, text, _, who in found]


def accept_draft(recommendation_id: RecommendationId, *, author: str = "facilitator") -> None:
    """Make a draft a proposed recommendation."""
    _move(
        [recommendation_id],
        (RecommendationState.DRAFT,),
        RecommendationState.PROPOSED,
        author=author,
    )


def remove_draft(recommendation_id: RecommendationId) -> None:
    """Take a draft away; anything else stays."""
    require(Act.RUN_MEETING, meeting_id=whose.recommendation(recommendation_id))
    with runtime().store.write() as tx:
        kept.remove_draft(tx, recommendation_id)


def choose(recommendation_ids: Iterable[RecommendationId], *, author: str = "facilitator") -> None:
    """Mark recommendations as chosen by the meeting."""
    _move(list(recommendation_ids), _BEFORE_CHOICE, RecommendationState.CHOSEN, author=author)


def leave(recommendation_ids: Iterable[RecommendationId], *, author: str = "facilitator") -> None:
    """Mark recommendations as not chosen."""
    _move(list(recommendation_ids), _BEFORE_CHOICE, RecommendationState.NOT_CHOSEN, author=author)


def unchoose(recommendation_id: RecommendationId, *, author: str = "facilitator") -> None:
    """Undo a choice."""
    settled = (RecommendationState.CHOSEN, RecommendationState.NOT_CHOSEN)
    _move([recommendation_id], settled, RecommendationState.PROPOSED, author=author)


def read_list(file_name: str, data: bytes, column: str | None = None) -> RecommendationList:
    """Understand a list of recommendations; nothing is stored."""
    read: RecommendationList = read_safely("read_recommendations", file_name, data, column=column)
    return read


def save_list(meeting_id: MeetingId, found: RecommendationList, *, author: str) -> int:
    """Add a whole list; sentences that the meeting already has are not doubled. n added."""
    require(Act.RUN_MEETING, meeting_id=meeting_id)
    with runtime().store.write() as tx:
        meetings.meeting_by_id(tx, meeting_id)
        known = {r.text for r in kept.recommendations_of(tx, meeting_id)}
        new = [row.text for row in found.rows if row.text not in known]
        for text in new:
            kept.add_recommendation(
                tx, meeting_id, _text(text), RecommendationState.PROPOSED, author=author
            )
        audit.record(tx, author, "recommendations imported", "meeting", meeting_id)
    return len(new)


def suggest_evidence(
    recommendation_id: RecommendationId, n: int = N_SUGGESTIONS
) -> tuple[Suggestion, ...]:
    """Quotes of the meeting that are nearest in meaning, by different speakers first."""
    require(Act.RUN_MEETING, meeting_id=whose.recommendation(recommendation_id))
    from analysis.evidence import rank_evidence

    with runtime().store.read() as tx:
        recommendation = kept.recommendation_by_id(tx, recommendation_id)
        attached, _ = verified_evidence(tx, [recommendation_id])
    taken = {(e.quote.revision_id, e.quote.start) for e in attached.get(recommendation_id, ())}
    passages, vectors = vectors_of_meeting(recommendation.meeting_id, Zone.SHARED)
    if not passages:
        return ()
    query = embed_texts([recommendation.text])[0]
    speakers = [p.utterance.speaker for p in passages]
    ranked = rank_evidence(query, vectors, speakers, n_most=n + len(taken))
    pairs = zip(ranked.passages, ranked.closeness, strict=True)
    found = [(passages[i], float(score)) for i, score in pairs]
    open_ones = [(p, s) for p, s in found if (p.quote.revision_id, p.quote.start) not in taken]
    return tuple(_suggestion(p, score) for p, score in open_ones[:n])


def attach(recommendation_id: RecommendationId, quote: Quote, *, author: str) -> EvidenceId:
    """Attach a quote as evidence.

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
        evidence_id = kept.add_evidence(tx, recommendation_id, verified)
        audit.record(tx, author, "evidence attached", "evidence", evidence_id)
    return evidence_id


def detach(evidence_id: EvidenceId, *, author: str = "facilitator") -> None:
    """Take a quote away from a recommendation; what was said stays."""
    require(Act.RUN_MEETING, meeting_id=whose.evidence(evidence_id))
    with runtime().store.write() as tx:
        kept.remove_evidence(tx, evidence_id)
        audit.record(tx, author, "evidence detached", "evidence", evidence_id)


_BEFORE_CHOICE = (
    RecommendationState.DRAFT,
    RecommendationState.PROPOSED,
    RecommendationState.CHOSEN,
    RecommendationState.NOT_CHOSEN,
)


def _move(
    ids: list[RecommendationId],
    allowed: tuple[RecommendationState, ...],
    state: RecommendationState,
    *,
    author: str,
) -> None:
    for meeting_id in {whose.recommendation(recommendation_id) for recommendation_id in ids}:
        require(Act.RUN_MEETING, meeting_id=meeting_id)
    with runtime().store.write() as tx:
        for recommendation_id in ids:
            found = kept.recommendation_by_id(tx, recommendation_id)
            if found.state not in allowed:
                raise NotAllowedNow(
                    reason=f"Recommendation {found.number} is {found.state}: not possible now."
                )
            kept.set_state(tx, recommendation_id, state)
            audit.record(tx, author, f"recommendation {state}", "recommendation", recommendation_id)


def _text(text: str) -> str:
    wanted = text.strip()
    if not wanted:
        raise NotAllowedNow(reason="A recommendation needs its words.")
    return wanted


def _suggestion(passage: MeetingPassage, score: float) -> Suggestion:
    said = passage.utterance
    return Suggestion(
        passage.quote,
        said.utterance_id,
        said.stakeholder_group,
        said.start_s,
        score,
    )
