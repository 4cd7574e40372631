"""Recommendations of one meeting that say the same: found, joined, parted. Start at `merge`.

docs/adr/0007-joined-recommendations.md says why nothing moves when two are joined.
"""

from dataclasses import dataclass
from datetime import datetime

from domain.access import Act
from domain.errors import NotAllowedNow
from domain.ids import MeetingId, RecommendationId
from domain.recommendations import Recommendation, RecommendationState
from services import whose
from services.access import require
from services.passages import embed_texts
from services.recommendation_reading import shown_of
from services.runtime import runtime
from store import audit, meetings, merges
from store import recommendations as kept
from store.engine import Connection

N_PAIRS = 5
_OPEN = (RecommendationState.DRAFT, RecommendationState.PROPOSED)


@dataclass(frozen=True)
class Alike:
    """Two recommendations of a meeting that may say the same; `sureness` 0 to 1."""

    first: Recommendation
    second: Recommendation
    sureness: float


@dataclass(frozen=True)
class Apart:
    """Two that somebody said do not ask for the same."""

    first: Recommendation
    second: Recommendation
    marked_at: datetime
    marked_by: str


def alike(meeting_id: MeetingId, n: int = N_PAIRS) -> tuple[Alike, ...]:
    """Pairs that may say the same and can still be joined, the surest first.

    Without those of which somebody said that they are not the same.
    """
    require(Act.RUN_MEETING, meeting_id=meeting_id)
    from analysis.echoes import same_pairs

    with runtime().store.read() as tx:
        the_challenge = meetings.meeting_by_id(tx, meeting_id).challenge
        found = [r for r in shown_of(tx, meeting_id) if not _why_frozen(tx, r)]
        apart = {frozenset(pair[:2]) for pair in merges.kept_apart(tx, meeting_id)}
    if len(found) < 2:
        return ()
    texts = [r.text for r in found]
    challenge = embed_texts([the_challenge])[0]
    pairs = same_pairs(texts, embed_texts(texts), challenge)
    ids = [r.recommendation_id for r in found]
    told = [
        Alike(found[i], found[j], sureness)
        for i, j, sureness in pairs
        if frozenset((ids[i], ids[j])) not in apart
    ]
    return tuple(told[:n])


def keep_apart(first_id: RecommendationId, second_id: RecommendationId, *, author: str) -> None:
    """Say that two do not ask for the same: they are not offered for joining any more.

    Raises
    ------
    NotAllowedNow
        If they are not of one meeting.
    """
    require(Act.RUN_MEETING, meeting_id=whose.recommendation(first_id))
    with runtime().store.write() as tx:
        _refuse_others(tx, first_id, second_id)
        merges.keep_apart(tx, first_id, second_id, by=author)
        audit.record(tx, author, "recommendations kept apart", "recommendation", first_id)


def offer_again(first_id: RecommendationId, second_id: RecommendationId, *, author: str) -> None:
    """Take that back: the two are offered again where they say nearly the same."""
    require(Act.RUN_MEETING, meeting_id=whose.recommendation(first_id))
    with runtime().store.write() as tx:
        _refuse_others(tx, first_id, second_id)
        merges.bring_together(tx, first_id, second_id)
        audit.record(tx, author, "recommendations offered again", "recommendation", first_id)


def kept_apart(meeting_id: MeetingId) -> tuple[Apart, ...]:
    """Pairs of which somebody said that they are not the same, the newest first."""
    require(Act.RUN_MEETING, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        shown = {r.recommendation_id: r for r in shown_of(tx, meeting_id)}
        pairs = merges.kept_apart(tx, meeting_id)
    found = []
    for one, other, when, who in pairs:
        if one in shown and other in shown:
            first, second = sorted((shown[one], shown[other]), key=lambda r: r.number)
            found.append(Apart(first, second, when, who))
    return tuple(found)


def merge(recommendation_id: RecommendationId, into_id: RecommendationId, *, author: str) -> None:
    """Let one recommendation stand for another one of its meeting.

    Raises
    ------
    NotAllowedNow
        If they are not of one meeting, or a vote, a decision or an initiative holds one of them.
    """
    require(Act.RUN_MEETING, meeting_id=whose.recommendation(recommendation_id))
    with runtime().store.write() as tx:
        joined = kept.recommendation_by_id(tx, recommendation_id)
        into = kept.recommendation_by_id(tx, into_id)
        _refuse_others(tx, recommendation_id, into_id)
        for one in (joined, into):
            _refuse_frozen(tx, one)
        merges.merge(tx, recommendation_id, into_id, by=author)
        audit.record(tx, author, "recommendation joined", "recommendation", recommendation_id)


def part(recommendation_id: RecommendationId, *, author: str) -> None:
    """Undo a joining: the recommendation stands for itself again.

    Raises
    ------
    NotAllowedNow
        If people voted since on the one that stands for it, or it was decided or taken up.
    """
    require(Act.RUN_MEETING, meeting_id=whose.recommendation(recommendation_id))
    with runtime().store.write() as tx:
        joined = kept.recommendation_by_id(tx, recommendation_id)
        if joined.merged_into is None:
            return
        _refuse_frozen(tx, kept.recommendation_by_id(tx, joined.merged_into))
        merges.part(tx, recommendation_id)
        audit.record(tx, author, "recommendation parted", "recommendation", recommendation_id)


def _refuse_others(tx: Connection, one: RecommendationId, other: RecommendationId) -> None:
    of = {kept.recommendation_by_id(tx, wanted).meeting_id for wanted in (one, other)}
    if len(of) > 1 or one == other:
        raise NotAllowedNow(reason="Only two recommendations of one meeting can be joined.")


def _refuse_frozen(tx: Connection, one: Recommendation) -> None:
    why = _why_frozen(tx, one)
    if why:
        raise NotAllowedNow(reason=f"Recommendation {one.number} {why}, so it stays as it is.")


def _why_frozen(tx: Connection, one: Recommendation) -> str:
    """Why it can be neither joined nor parted any more; empty while it can."""
    if one.merged_into is not None:
        return "is joined with another one"
    if merges.was_asked(tx, one.recommendation_id):
        return "is in a vote"
    if one.state not in _OPEN:
        return f"is {one.state.value}"
    if merges.is_answered(tx, one.recommendation_id):
        return "is answered by an initiative"
    return ""
