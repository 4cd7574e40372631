"""Passages: what of a turn the model reads at once, by place and digest. Start at `passages_of`."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, insert, select

from domain.ids import MeetingId, PassageId, RevisionId, new_id
from domain.talk import Utterance
from domain.themes import Passage
from store.reach import chunks_of
from store.tables import passage, text_revision, utterance


def passages_of(tx: Connection, revision_ids: Sequence[RevisionId]) -> list[Passage]:
    """Stored passages of these revisions, in the order of revision and place."""
    found: list[Passage] = []
    for chunk in chunks_of(revision_ids):
        query = (
            select(
                *(passage.c.passage_id, passage.c.revision_id, passage.c.start, passage.c.end),
                *(passage.c.text_sha256, text_revision.c.text),
            )
            .join_from(passage, text_revision)
            .where(passage.c.revision_id.in_(chunk))
        )
        found += [
            Passage(PassageId(passage_id), RevisionId(of), start, end, text[start:end], sha256)
            for passage_id, of, start, end, sha256, text in tx.execute(query).all()
        ]
    order = {revision_id: n for n, revision_id in enumerate(revision_ids)}
    return sorted(found, key=lambda p: (order[p.revision_id], p.start))


def passages_at(
    tx: Connection, meeting_id: MeetingId, turns: Mapping[RevisionId, Utterance]
) -> list[Passage]:
    """The same of these turns, which are most of a meeting: its passages are read in one go."""
    query = (
        select(
            *(passage.c[n] for n in ("passage_id", "revision_id", "start", "end", "text_sha256"))
        )
        .join_from(passage, text_revision)
        .join(utterance)
        .where(utterance.c.meeting_id == meeting_id)
    )
    order = {revision_id: n for n, revision_id in enumerate(turns)}
    found = [
        Passage(passage_id, of, start, end, turns[of].text[start:end], sha256)
        for passage_id, of, start, end, sha256 in tx.execute(query).all()
        if of in turns
    ]
    return sorted(found, key=lambda p: (order[p.revision_id], p.start))


def add_passages(tx: Connection, new: Iterable[tuple[RevisionId, int, int, str]]) -> None:
    """Store passages as (revision, start, end, SHA-256 of the text)."""
    rows = [
        {
            "passage_id": new_id(),
            "revision_id": revision_id,
            "start": start,
            "end": end,
            "text_sha256": sha256,
        }
        for revision_id, start, end, sha256 in new
    ]
    if rows:
        tx.execute(insert(passage), rows)
