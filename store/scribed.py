"""Lines that somebody typed in the room, and drafts that were copied from them. See `typed_by`."""

from sqlalchemy import Connection, delete, exists, select

from domain.ids import MeetingId, UtteranceId
from domain.recommendations import RecommendationState
from domain.talk import Manner, RevisionKind, Wish
from store.tables import (
    ballot_item,
    held_back,
    recommendation,
    recommendation_revision,
    text_revision,
    utterance,
    utterance_wish,
)


def typed_by(tx: Connection, meeting_id: MeetingId, author: str) -> frozenset[UtteranceId]:
    """Lines of somebody's own typing that nobody withheld, held back or withdrew since."""
    turn = utterance.c.utterance_id
    query = (
        select(turn)
        .join_from(utterance, text_revision)
        .where(
            utterance.c.meeting_id == meeting_id,
            utterance.c.manner == Manner.SCRIBED,
            text_revision.c.number == 1,
            text_revision.c.author == author,
            ~exists()
            .where(
                text_revision.c.utterance_id == turn,
                text_revision.c.kind == RevisionKind.WITHHELD,
            )
            .correlate(utterance),
            ~exists().where(held_back.c.utterance_id == turn).correlate(utterance),
            ~exists()
            .where(utterance_wish.c.utterance_id == turn, utterance_wish.c.wish == Wish.WITHDRAWN)
            .correlate(utterance),
        )
    )
    return frozenset(UtteranceId(found) for found in tx.execute(query).scalars())


def remove_drafts_of(tx: Connection, utterance_id: UtteranceId) -> int:
    """Take drafts away that are a copy of a typed line, unless people voted on them; how many.

    For a line that is about to be taken back: without it nobody could tell that they are copies.
    """
    line = select(text_revision.c.text).where(text_revision.c.utterance_id == utterance_id)
    lines = list(tx.execute(line).scalars())
    meeting = select(utterance.c.meeting_id).where(
        utterance.c.utterance_id == utterance_id,
        utterance.c.manner == Manner.SCRIBED,
        utterance.c.is_proposal,
    )
    wording = recommendation_revision.c
    drafts = (
        select(recommendation.c.recommendation_id, wording.text)
        .join_from(recommendation, recommendation_revision)
        .where(
            recommendation.c.meeting_id.in_(meeting),
            recommendation.c.state == RecommendationState.DRAFT,
            recommendation.c.recommendation_id.not_in(select(ballot_item.c.recommendation_id)),
        )
    )
    # A draft may be a copy of one sentence of the line.
    copied = {draft for draft, text in tx.execute(drafts) if any(text in heard for heard in lines)}
    tx.execute(delete(recommendation).where(recommendation.c.recommendation_id.in_(copied)))
    return len(copied)
