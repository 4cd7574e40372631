"""Sentences that a person said are no proposal, in the store. Start at `dismissed`."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select

from domain.ids import UtteranceId
from domain.talk import Quote
from store.tables import not_proposal, text_revision
from store.talk import CHUNK

Dismissed = frozenset[tuple[UtteranceId, str]]


def dismissed(tx: Connection, utterance_ids: Iterable[UtteranceId]) -> Dismissed:
    """Turn and words of each such sentence; it holds for the same words in a later release too."""
    wanted = list(dict.fromkeys(utterance_ids))
    found = set()
    for at in range(0, len(wanted), CHUNK):
        query = (
            select(
                text_revision.c.utterance_id,
                text_revision.c.text,
                not_proposal.c.start,
                not_proposal.c.end,
            )
            .join_from(not_proposal, text_revision)
            .where(text_revision.c.utterance_id.in_(wanted[at : at + CHUNK]))
        )
        for utterance_id, text, start, end in tx.execute(query):
            found.add((UtteranceId(utterance_id), text[start:end]))
    return frozenset(found)


def dismiss(tx: Connection, quote: Quote, *, author: str) -> None:
    """Remember that a sentence proposes nothing; the place is kept, no word."""
    _forget(tx, quote.revision_id, quote.start, quote.end)
    tx.execute(
        insert(not_proposal).values(
            revision_id=quote.revision_id,
            start=quote.start,
            end=quote.end,
            marked_at=datetime.now(UTC),
            marked_by=author,
        )
    )


def bring_back(tx: Connection, utterance_id: UtteranceId, quote: Quote) -> None:
    """Forget that, in whichever release of the turn it was said of these words."""
    query = (
        select(not_proposal.c.revision_id, not_proposal.c.start, not_proposal.c.end)
        .add_columns(text_revision.c.text)
        .join_from(not_proposal, text_revision)
        .where(text_revision.c.utterance_id == utterance_id)
    )
    for revision_id, start, end, text in tx.execute(query).all():
        if text[start:end] == quote.text:
            _forget(tx, revision_id, start, end)


def _forget(tx: Connection, revision_id: str, start: int, end: int) -> None:
    tx.execute(
        delete(not_proposal).where(
            not_proposal.c.revision_id == revision_id,
            not_proposal.c.start == start,
            not_proposal.c.end == end,
        )
    )
