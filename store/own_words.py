"""What single people said, for their own eyes, and where it is used. Start at `turns_of`."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from domain.ids import (
    AttendanceId,
    MeetingId,
    RecommendationId,
    UtteranceId,
)
from domain.talk import Manner, RevisionKind, Wish, WishMadeBy
from store.tables import (
    evidence,
    speaker_label,
    text_revision,
    utterance,
    utterance_wish,
)
from store.wishes import CHUNK

_AS_SAID = (RevisionKind.AS_HEARD, RevisionKind.CORRECTED)


@dataclass(frozen=True)
class OwnTurn:
    """A turn as it was heard or written; as it was released once the first text is gone."""

    utterance_id: UtteranceId
    meeting_id: MeetingId
    manner: Manner
    start_s: float | None
    text: str


def turns_of(tx: Connection, attendance_ids: Sequence[AttendanceId]) -> list[OwnTurn]:
    """Everything that these people said and wrote, in order, each with its newest words."""
    query = (
        select(
            utterance.c.utterance_id,
            utterance.c.meeting_id,
            utterance.c.manner,
            utterance.c.start_s,
            text_revision.c.kind,
            text_revision.c.text,
        )
        .join_from(utterance, text_revision)
        .join(speaker_label, speaker_label.c.speaker_label_id == utterance.c.speaker_label_id)
        .where(speaker_label.c.attendance_id.in_(attendance_ids))
        .order_by(utterance.c.meeting_id, utterance.c.position, text_revision.c.number)
    )
    newest: dict[str, tuple[bool, OwnTurn]] = {}
    for row in tx.execute(query):
        is_as_said = row.kind in _AS_SAID
        known = newest.get(row.utterance_id)
        if not row.text or (known and known[0] and not is_as_said):
            continue
        turn = OwnTurn(
            UtteranceId(row.utterance_id),
            MeetingId(row.meeting_id),
            Manner(row.manner),
            row.start_s,
            row.text,
        )
        newest[row.utterance_id] = (is_as_said, turn)
    return [turn for _, turn in newest.values()]


def withdrawn_by(
    tx: Connection, utterance_ids: Sequence[UtteranceId]
) -> dict[UtteranceId, WishMadeBy]:
    """Who took each of these turns back; those that nobody took back are left out."""
    found: dict[UtteranceId, WishMadeBy] = {}
    for at in range(0, len(utterance_ids), CHUNK):
        query = select(utterance_wish.c.utterance_id, utterance_wish.c.made_by).where(
            utterance_wish.c.utterance_id.in_(utterance_ids[at : at + CHUNK]),
            utterance_wish.c.wish == Wish.WITHDRAWN,
        )
        found |= {UtteranceId(turn): WishMadeBy(who) for turn, who in tx.execute(query)}
    return found


def recommendations_resting_on(
    tx: Connection, attendance_ids: Sequence[AttendanceId]
) -> list[RecommendationId]:
    """Recommendations that have words of these people as evidence."""
    query = (
        select(evidence.c.recommendation_id)
        .join_from(evidence, text_revision)
        .join(utterance)
        .join(speaker_label, speaker_label.c.speaker_label_id == utterance.c.speaker_label_id)
        .where(speaker_label.c.attendance_id.in_(attendance_ids))
        .distinct()
    )
    return [RecommendationId(found) for found in tx.execute(query).scalars()]
