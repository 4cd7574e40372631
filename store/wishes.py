"""What people asked for about single turns of theirs. Start at `add_wish`."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select

from domain.ids import MeetingId, UtteranceId
from domain.talk import Wish, WishMadeBy
from store.tables import utterance, utterance_wish

CHUNK = 500
"""Fewer values a statement than any database allows."""


def add_wish(tx: Connection, utterance_id: UtteranceId, wish: Wish, *, made_by: WishMadeBy) -> bool:
    """Note a wish; False where the same one stands already and stays as it was made."""
    if wish in wishes_of(tx, [utterance_id]).get(utterance_id, frozenset()):
        return False
    tx.execute(
        insert(utterance_wish).values(
            utterance_id=utterance_id, wish=wish, made_by=made_by, made_at=datetime.now(UTC)
        )
    )
    return True


def take_back(tx: Connection, utterance_id: UtteranceId, wish: Wish) -> bool:
    """Forget a wish; False where there was none."""
    gone = tx.execute(
        delete(utterance_wish).where(
            utterance_wish.c.utterance_id == utterance_id, utterance_wish.c.wish == wish
        )
    )
    return bool(gone.rowcount)


def wishes_of(
    tx: Connection, utterance_ids: Iterable[UtteranceId]
) -> dict[UtteranceId, frozenset[Wish]]:
    """The wishes about these turns; a turn without one is left out."""
    wanted = list(utterance_ids)
    found: dict[UtteranceId, set[Wish]] = {}
    for at in range(0, len(wanted), CHUNK):
        query = select(utterance_wish.c.utterance_id, utterance_wish.c.wish).where(
            utterance_wish.c.utterance_id.in_(wanted[at : at + CHUNK])
        )
        for utterance_id, wish in tx.execute(query):
            found.setdefault(UtteranceId(utterance_id), set()).add(Wish(wish))
    return {utterance_id: frozenset(wishes) for utterance_id, wishes in found.items()}


def withdrawn_at(tx: Connection, meeting_id: MeetingId) -> frozenset[UtteranceId]:
    """The turns of a meeting that somebody withdrew."""
    return _turns_with(tx, meeting_id, Wish.WITHDRAWN)


def private_at(tx: Connection, meeting_id: MeetingId) -> frozenset[UtteranceId]:
    """The turns of a meeting that are on no page and no wall that everybody may look at."""
    return _turns_with(tx, meeting_id, Wish.PRIVATE)


def _turns_with(tx: Connection, meeting_id: MeetingId, wish: Wish) -> frozenset[UtteranceId]:
    query = (
        select(utterance_wish.c.utterance_id)
        .join_from(utterance_wish, utterance)
        .where(utterance.c.meeting_id == meeting_id, utterance_wish.c.wish == wish)
    )
    return frozenset(UtteranceId(found) for found in tx.execute(query).scalars())
