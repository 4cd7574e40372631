"""What the machine would hide, by revision, in the store. Start at `suggestions_of`."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, delete, insert, select

from domain.identifiers import IdentifierKind, Suggestion
from domain.ids import MeetingId, RevisionId
from store.tables import hide_search, suggested_hide, text_revision, utterance

CHUNK = 500


def suggestions_of(
    tx: Connection, revision_ids: Sequence[RevisionId]
) -> dict[RevisionId, tuple[Suggestion, ...]]:
    """The suggestions of each text in order; a text without any is left out."""
    found: dict[RevisionId, list[Suggestion]] = {}
    for ids in _chunks(revision_ids):
        query = (
            select(suggested_hide)
            .where(suggested_hide.c.revision_id.in_(ids))
            .order_by(suggested_hide.c.revision_id, suggested_hide.c.start)
        )
        for row in tx.execute(query):
            one = Suggestion(row.start, row.end, IdentifierKind(row.kind), row.why, row.sureness)
            found.setdefault(RevisionId(row.revision_id), []).append(one)
    return {revision_id: tuple(several) for revision_id, several in found.items()}


def searched(
    tx: Connection, revision_ids: Sequence[RevisionId], searched_with: str
) -> set[RevisionId]:
    """Which of these texts were looked through by this search, whatever it found."""
    found: set[RevisionId] = set()
    for ids in _chunks(revision_ids):
        query = select(hide_search.c.revision_id).where(
            hide_search.c.revision_id.in_(ids), hide_search.c.searched_with == searched_with
        )
        found.update(RevisionId(one) for one in tx.execute(query).scalars())
    return found


def replace_suggestions(
    tx: Connection, suggested: Mapping[RevisionId, Sequence[Suggestion]], searched_with: str
) -> None:
    """Store what a search found in place of what an earlier one did; texts gone are passed over."""
    for ids in _chunks(list(suggested)):
        known = select(text_revision.c.revision_id).where(text_revision.c.revision_id.in_(ids))
        there = list(tx.execute(known).scalars())
        tx.execute(delete(suggested_hide).where(suggested_hide.c.revision_id.in_(there)))
        tx.execute(delete(hide_search).where(hide_search.c.revision_id.in_(there)))
        rows = [_row(one, s) for one in there for s in suggested[RevisionId(one)]]
        if rows:
            tx.execute(insert(suggested_hide), rows)
        if there:
            told = [{"revision_id": one, "searched_with": searched_with} for one in there]
            tx.execute(insert(hide_search), told)


def meetings_of(tx: Connection, revision_ids: Sequence[RevisionId]) -> set[MeetingId]:
    """The meetings that these texts belong to."""
    found: set[MeetingId] = set()
    for ids in _chunks(revision_ids):
        query = (
            select(utterance.c.meeting_id)
            .join_from(utterance, text_revision)
            .where(text_revision.c.revision_id.in_(ids))
            .distinct()
        )
        found.update(MeetingId(one) for one in tx.execute(query).scalars())
    return found


def _row(revision_id: str, suggestion: Suggestion) -> dict[str, object]:
    return {
        "revision_id": revision_id,
        "start": suggestion.start,
        "end": suggestion.end,
        "kind": suggestion.kind,
        "why": suggestion.why,
        "sureness": suggestion.sureness,
    }


def _chunks(ids: Sequence[RevisionId]) -> Iterable[Sequence[RevisionId]]:
    return (ids[at : at + CHUNK] for at in range(0, len(ids), CHUNK))
