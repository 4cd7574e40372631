"""Which recommendation stands for which other ones of its meeting. Start at `merge`."""

from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select

from domain.ids import RecommendationId
from store.tables import ballot_item, initiative_answer, recommendation_merge


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
