"""Recommendations, their revisions and evidence in the store. Start at `recommendations_of`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    delete,
    func,
    insert,
    select,
    true,
    update,
)

from domain.errors import NotFound
from domain.ids import EvidenceId, MeetingId, RecommendationId, RevisionId, ThemeId, new_id
from domain.recommendations import Direction, Recommendation, RecommendationState
from domain.talk import Quote
from store.reach import chunks_of
from store.tables import (
    evidence,
    recommendation,
    recommendation_merge,
    recommendation_revision,
)


@dataclass(frozen=True)
class EvidenceRow:
    """A quote as it is stored: whether it is still in the source is not known yet."""

    evidence_id: EvidenceId
    recommendation_id: RecommendationId
    revision_id: RevisionId
    start: int
    end: int
    quote: str
    direction: Direction


def add_recommendation(
    tx: Connection,
    meeting_id: MeetingId,
    text: str,
    state: RecommendationState,
    *,
    author: str,
    theme_id: ThemeId | None = None,
) -> RecommendationId:
    """Append a recommendation to a meeting's list; numbers count from 1 and are never reused."""
    newest = tx.execute(
        select(func.max(recommendation.c.number)).where(recommendation.c.meeting_id == meeting_id)
    ).scalar_one()
    recommendation_id = RecommendationId(new_id())
    tx.execute(
        insert(recommendation).values(
            recommendation_id=recommendation_id,
            meeting_id=meeting_id,
            number=(newest or 0) + 1,
            state=state,
            theme_id=theme_id,
        )
    )
    revise(tx, recommendation_id, text, author=author)
    return recommendation_id


def revise(tx: Connection, recommendation_id: RecommendationId, text: str, *, author: str) -> None:
    """Append a wording; the earlier ones stay."""
    newest = tx.execute(
        select(func.max(recommendation_revision.c.number)).where(
            recommendation_revision.c.recommendation_id == recommendation_id
        )
    ).scalar_one()
    tx.execute(
        insert(recommendation_revision).values(
            recommendation_id=recommendation_id,
            number=(newest or 0) + 1,
            text=text,
            created_at=datetime.now(UTC),
            author=author,
        )
    )


def set_state(
    tx: Connection,
    recommendation_id: RecommendationId,
    state: RecommendationState,
    because: str = "",
) -> None:
    """Move a recommendation; the reason of an earlier move goes."""
    tx.execute(
        update(recommendation)
        .where(recommendation.c.recommendation_id == recommendation_id)
        .values(state=state, decided_because=because)
    )


def remove_draft(tx: Connection, recommendation_id: RecommendationId) -> bool:
    """Take a draft away; only drafts can be. Whether it was one."""
    gone = tx.execute(
        delete(recommendation).where(
            recommendation.c.recommendation_id == recommendation_id,
            recommendation.c.state == RecommendationState.DRAFT,
        )
    )
    return bool(gone.rowcount)


def recommendations_of(tx: Connection, meeting_id: MeetingId) -> list[Recommendation]:
    """A meeting's recommendations in their newest wording, by number."""
    query = _newest().where(recommendation.c.meeting_id == meeting_id)
    return [_recommendation(r) for r in tx.execute(query.order_by(recommendation.c.number))]


def recommendation_by_id(tx: Connection, recommendation_id: RecommendationId) -> Recommendation:
    """One recommendation in its newest wording."""
    query = _newest().where(recommendation.c.recommendation_id == recommendation_id)
    row = tx.execute(query).first()
    if row is None:
        raise NotFound(kind="recommendation", id=recommendation_id)
    return _recommendation(row)


def recommendations_by_ids(
    tx: Connection, recommendation_ids: Iterable[RecommendationId]
) -> list[Recommendation]:
    """Those of the ids that are there, in their newest wording, in no special order."""
    return [
        _recommendation(row)
        for some in chunks_of(list(recommendation_ids))
        for row in tx.execute(_newest(recommendation_revision.c.recommendation_id.in_(some)))
    ]


def wordings_of(
    tx: Connection, recommendation_id: RecommendationId
) -> list[tuple[int, str, datetime, str]]:
    """Every wording as (number, text, when, who), the oldest first."""
    t = recommendation_revision
    query = (
        select(t.c.number, t.c.text, t.c.created_at, t.c.author)
        .where(t.c.recommendation_id == recommendation_id)
        .order_by(t.c.number)
    )
    return list(tx.execute(query))


def add_evidence(
    tx: Connection,
    recommendation_id: RecommendationId,
    quote: Quote,
    direction: Direction = Direction.SUPPORTS,
) -> EvidenceId:
    """Attach a verified quote; the same one twice is kept once, in the direction told last."""
    same = and_(
        evidence.c.recommendation_id == recommendation_id,
        evidence.c.revision_id == quote.revision_id,
        evidence.c.start == quote.start,
        evidence.c.end == quote.end,
    )
    known = tx.execute(select(evidence.c.evidence_id).where(same)).scalar_one_or_none()
    if known:
        # It may have waited for these very words to be confirmed.
        words = update(evidence).where(evidence.c.evidence_id == known).values(quote=quote.text)
        tx.execute(words)
        turn_evidence(tx, EvidenceId(known), direction)
        return EvidenceId(known)
    evidence_id = EvidenceId(new_id())
    tx.execute(
        insert(evidence).values(
            evidence_id=evidence_id,
            recommendation_id=recommendation_id,
            revision_id=quote.revision_id,
            start=quote.start,
            end=quote.end,
            quote=quote.text,
            direction=direction,
            added_at=datetime.now(UTC),
        )
    )
    return evidence_id


def turn_evidence(tx: Connection, evidence_id: EvidenceId, direction: Direction) -> None:
    """Say what a quote does for its recommendation."""
    this_one = evidence.c.evidence_id == evidence_id
    tx.execute(update(evidence).where(this_one).values(direction=direction))


def remove_evidence(tx: Connection, evidence_id: EvidenceId) -> None:
    """Detach a quote from a recommendation."""
    tx.execute(delete(evidence).where(evidence.c.evidence_id == evidence_id))


def evidence_rows(
    tx: Connection, recommendation_ids: Iterable[RecommendationId]
) -> list[EvidenceRow]:
    """What is stored as evidence, not yet verified, in the order in which it was added."""
    query = (
        select(evidence)
        .where(evidence.c.recommendation_id.in_(list(recommendation_ids)))
        .order_by(evidence.c.added_at, evidence.c.evidence_id)
    )
    return [
        EvidenceRow(
            EvidenceId(row.evidence_id),
            RecommendationId(row.recommendation_id),
            RevisionId(row.revision_id),
            row.start,
            row.end,
            row.quote,
            Direction(row.direction),
        )
        for row in tx.execute(query)
    ]


def _newest(only: ColumnElement[bool] | None = None) -> Select[tuple[object, ...]]:
    """Recommendations with their newest wording; `only` narrows the wordings that are looked at."""
    newest = (
        select(
            recommendation_revision.c.recommendation_id,
            func.max(recommendation_revision.c.number).label("number"),
        )
        .where(true() if only is None else only)
        .group_by(recommendation_revision.c.recommendation_id)
        .subquery()
    )
    wording = recommendation_revision
    return (
        select(
            recommendation,
            wording.c.text,
            wording.c.number.label("revision_number"),
            recommendation_merge.c.into_id,
        )
        .join(newest, newest.c.recommendation_id == recommendation.c.recommendation_id)
        .join(
            wording,
            and_(
                wording.c.recommendation_id == recommendation.c.recommendation_id,
                wording.c.number == newest.c.number,
            ),
        )
        .outerjoin(
            recommendation_merge,
            recommendation_merge.c.recommendation_id == recommendation.c.recommendation_id,
        )
    )


def _recommendation(row: Row[tuple[object, ...]]) -> Recommendation:
    return Recommendation(
        RecommendationId(row.recommendation_id),
        MeetingId(row.meeting_id),
        row.number,
        RecommendationState(row.state),
        row.text,
        row.revision_number,
        ThemeId(row.theme_id) if row.theme_id else None,
        RecommendationId(row.into_id) if row.into_id else None,
        row.decided_because,
    )
