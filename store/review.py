"""Turns on their way to others: their texts, what is held back. Start at `texts_of`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select

from domain.ids import MeetingId, RevisionId, UtteranceId, new_id
from domain.review import HeldBack, TurnTexts
from domain.talk import RevisionKind
from store.tables import held_back, text_revision, utterance

CHUNK = 500
"""Fewer values a statement than any database allows."""
_SOURCES = (RevisionKind.AS_HEARD, RevisionKind.CORRECTED)
_SETTLES = (RevisionKind.RELEASED, RevisionKind.WITHHELD)


@dataclass(frozen=True)
class NewText:
    """A further text of a turn; `number` is its place after those that are known."""

    utterance_id: UtteranceId
    number: int
    kind: RevisionKind
    text: str


def texts_of(
    tx: Connection, meeting_id: MeetingId, *, only: UtteranceId | None = None
) -> dict[UtteranceId, TurnTexts]:
    """Which texts the turns of a meeting, or one of them, have; in the order said."""
    revision = text_revision.c
    query = (
        select(
            revision.utterance_id,
            revision.revision_id,
            revision.number,
            revision.kind,
            (revision.text != "").label("has_words"),
            revision.created_at,
            revision.author,
        )
        .join_from(text_revision, utterance)
        .where(*_of(meeting_id, only))
        .order_by(utterance.c.position, revision.number)
    )
    by_turn: dict[UtteranceId, list[Row[Any]]] = {}
    for row in tx.execute(query):
        by_turn.setdefault(UtteranceId(row.utterance_id), []).append(row)
    return {turn: _texts(turn, rows) for turn, rows in by_turn.items()}


def words_of(tx: Connection, revision_ids: Iterable[RevisionId]) -> dict[RevisionId, str]:
    """The words of these texts."""
    wanted = list(revision_ids)
    found: dict[RevisionId, str] = {}
    for at in range(0, len(wanted), CHUNK):
        query = select(text_revision.c.revision_id, text_revision.c.text).where(
            text_revision.c.revision_id.in_(wanted[at : at + CHUNK])
        )
        found |= {RevisionId(revision_id): text for revision_id, text in tx.execute(query)}
    return found


def add_texts(
    tx: Connection, new: Sequence[NewText], *, author: str, at: datetime | None = None
) -> None:
    """Append texts to turns; those of one release share their moment and are known by it."""
    made_at = at or datetime.now(UTC)
    rows = [
        {"revision_id": new_id(), **vars(text), "created_at": made_at, "author": author}
        for text in new
    ]
    if rows:
        tx.execute(insert(text_revision), rows)


def held_of(
    tx: Connection, meeting_id: MeetingId, *, only: UtteranceId | None = None
) -> dict[UtteranceId, HeldBack]:
    """The turns of a meeting, or one of them, as far as they are held back."""
    query = select(held_back).join_from(held_back, utterance).where(*_of(meeting_id, only))
    return {
        UtteranceId(row.utterance_id): HeldBack(row.held_by, row.held_at, row.reason)
        for row in tx.execute(query)
    }


def hold(tx: Connection, utterance_id: UtteranceId, *, by: str, reason: str) -> None:
    """Keep a turn from others; a reason given before is replaced."""
    let_go(tx, utterance_id)
    tx.execute(
        insert(held_back).values(
            utterance_id=utterance_id, held_at=datetime.now(UTC), held_by=by, reason=reason
        )
    )


def let_go(tx: Connection, utterance_id: UtteranceId) -> bool:
    """Hold a turn back no more; False where it was not."""
    gone = tx.execute(delete(held_back).where(held_back.c.utterance_id == utterance_id))
    return bool(gone.rowcount)


def _of(meeting_id: MeetingId, only: UtteranceId | None) -> list[ColumnElement[bool]]:
    of_meeting = [utterance.c.meeting_id == meeting_id]
    return of_meeting if only is None else [*of_meeting, utterance.c.utterance_id == only]


def _texts(turn: UtteranceId, rows: Sequence[Row[Any]]) -> TurnTexts:
    releases = [row for row in rows if row.kind == RevisionKind.RELEASED]
    # The text as heard may be gone: what was released is kept longer.
    sources = [row for row in rows if row.kind in _SOURCES and row.has_words] or releases or rows
    settled = [row for row in rows if row.kind in _SETTLES]
    release = releases[-1] if releases else None
    return TurnTexts(
        turn,
        RevisionId(sources[-1].revision_id),
        rows[-1].number,
        RevisionId(release.revision_id) if release else None,
        release.created_at if release else None,
        release.author if release else "",
        bool(settled) and settled[-1].kind == RevisionKind.WITHHELD,
    )
