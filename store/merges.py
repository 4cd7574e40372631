"""Which recommendation stands for which other ones of its meeting. Start at `merge`."""

from datetime import UTC, datetime

from sqlalchemy import Connection, and_, delete, insert, select

from domain.ids import MeetingId, RecommendationId
from store.tables import (
    ballot_item,
    initiative_answer,
    not_same,
    recommendation,
    recommendation_merge,
)


def merge(
    tx: Connection, recommendation_id: RecommendationId, into_id: RecommendationId, *, by: str
) -> None:
    """Let one recommendation stand for another, whose words, quotes and votes stay its own."""
    tx.execute(
        insert(recommendation_merge).values(
            recommendation_id=recommendation_id,
            into_id=into_id,
            merged_at=datetime.now(UTC),
            merged_by=by,
        )
    )


def part(tx: Connection, recommendation_id: RecommendationId) -> None:
    """Let a recommendation stand for itself again."""
    t = recommendation_merge
    tx.execute(delete(t).where(t.c.recommendation_id == recommendation_id))


def was_asked(tx: Connection, recommendation_id: RecommendationId) -> bool:
    """Whether a vote, prepared, open or closed, holds it."""
    t = ballot_item.c
    query = select(t.ballot_id).where(t.recommendation_id == recommendation_id).limit(1)
    return tx.execute(query).first() is not None


def is_answered(tx: Connection, recommendation_id: RecommendationId) -> bool:
    """Whether an initiative answers it."""
    t = initiative_answer.c
    query = select(t.initiative_id).where(t.recommendation_id == recommendation_id).limit(1)
    return tx.execute(query).first() is not None


def keep_apart(tx: Connection, one: RecommendationId, other: RecommendationId, *, by: str) -> None:
    """Remember that two do not ask for the same."""
    bring_together(tx, one, other)
    first, second = sorted((one, other))
    tx.execute(
        insert(not_same).values(
            recommendation_id=first, other_id=second, marked_at=datetime.now(UTC), marked_by=by
        )
    )


def bring_together(tx: Connection, one: RecommendationId, other: RecommendationId) -> None:
    """Forget that."""
    first, second = sorted((one, other))
    pair = and_(not_same.c.recommendation_id == first, not_same.c.other_id == second)
    tx.execute(delete(not_same).where(pair))


def kept_apart(
    tx: Connection, meeting_id: MeetingId
) -> list[tuple[RecommendationId, RecommendationId, datetime, str]]:
    """Pairs of a meeting that do not ask for the same, with when and who said so, newest first."""
    query = (
        select(not_same)
        .join(recommendation, recommendation.c.recommendation_id == not_same.c.recommendation_id)
        .where(recommendation.c.meeting_id == meeting_id)
        .order_by(not_same.c.marked_at.desc(), not_same.c.recommendation_id)
    )
    return [
        (
            RecommendationId(r.recommendation_id),
            RecommendationId(r.other_id),
            r.marked_at,
            r.marked_by,
        )
        for r in tx.execute(query)
    ]
