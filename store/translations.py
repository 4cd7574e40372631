"""Translations that people wrote, in the store. Start at `standing_at`."""

from collections.abc import Collection, Iterable, Set
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, insert, select, update

from domain.errors import NotFound
from domain.ids import MeetingId, RevisionId, TranslationId, UtteranceId, new_id
from domain.translations import Translation, seal_of
from store.reach import all_of, chunks_of
from store.tables import passage, text_revision, translation, utterance

Standing = dict[UtteranceId, dict[str, Translation]]
"""By turn, then by the digest of the words: the wording that holds."""


def standing_at(tx: Connection, meeting_id: MeetingId) -> Standing:
    """Every translation at a meeting that nobody took back, reviewed or not."""
    turns = select(utterance.c.utterance_id).where(utterance.c.meeting_id == meeting_id)
    return _standing(tx, translation.c.utterance_id.in_(turns))


def standing_of(tx: Connection, utterance_ids: Iterable[UtteranceId]) -> Standing:
    """The same of these turns."""
    found: Standing = {}
    for some in chunks_of(dict.fromkeys(utterance_ids)):
        found |= _standing(tx, translation.c.utterance_id.in_(some))
    return found


def by_id(tx: Connection, translation_id: TranslationId) -> Translation:
    """A translation, also one that was taken back.

    Raises
    ------
    NotFound
        If there is none.
    """
    this_one = translation.c.translation_id == translation_id
    row = tx.execute(select(translation).where(this_one)).first()
    if row is None:
        raise NotFound(kind="translation", id=translation_id)
    return _read(row)


def add(
    tx: Connection, utterance_id: UtteranceId, original_sha256: str, text: str, *, by: str
) -> TranslationId:
    """Keep a further wording; the earlier ones stay below it."""
    translation_id = TranslationId(new_id())
    tx.execute(
        insert(translation).values(
            translation_id=translation_id,
            utterance_id=utterance_id,
            original_sha256=original_sha256,
            number=newest_number(tx, utterance_id, original_sha256) + 1,
            text=text,
            written_at=datetime.now(UTC),
            written_by=by,
        )
    )
    return translation_id


def newest_number(tx: Connection, utterance_id: UtteranceId, original_sha256: str) -> int:
    """The number of the last wording of a stretch, also of one taken back; 0 without any."""
    newest = select(func.max(translation.c.number)).where(
        translation.c.utterance_id == utterance_id,
        translation.c.original_sha256 == original_sha256,
    )
    return tx.execute(newest).scalar_one() or 0


def mark_reviewed(tx: Connection, found: Translation, *, by: str) -> None:
    """Note who read the wording beside the words and says that it is right."""
    seal = seal_of(found.original_sha256, found.text)
    told = {"reviewed_at": datetime.now(UTC), "reviewed_by": by, "reviewed_sha256": seal}
    _change(tx, found.translation_id, **told)


def end_review(tx: Connection, translation_id: TranslationId) -> None:
    """Let a wording wait for its review again."""
    _change(tx, translation_id, reviewed_at=None, reviewed_by="", reviewed_sha256="")


def end(tx: Connection, translation_id: TranslationId, *, by: str) -> None:
    """Take a wording back: the one before holds again, if there is one."""
    _change(tx, translation_id, ended_at=datetime.now(UTC), ended_by=by)


def bring_back(tx: Connection, translation_id: TranslationId) -> None:
    """Let a wording that was taken back hold again."""
    _change(tx, translation_id, ended_at=None, ended_by="")


def is_ended(tx: Connection, translation_id: TranslationId) -> bool:
    """Whether somebody took a wording back."""
    this_one = translation.c.translation_id == translation_id
    query = select(translation.c.ended_at).where(this_one)
    return tx.execute(query).scalar_one_or_none() is not None


def wordings_of(tx: Connection, utterance_id: UtteranceId) -> list[str]:
    """Every text that a turn ever had, also what was hidden since: to compare with, not to show."""
    return all_of(tx, text_revision.c.text, text_revision.c.utterance_id, [utterance_id])


def read_over(tx: Connection, passage_ids: Collection[str]) -> set[str]:
    """Every wording of the translations of exactly these passages."""
    query = (
        select(translation.c.text)
        .join_from(passage, text_revision)
        .join(
            translation,
            and_(
                translation.c.utterance_id == text_revision.c.utterance_id,
                translation.c.original_sha256 == passage.c.text_sha256,
            ),
        )
    )
    return {
        found
        for some in chunks_of(passage_ids)
        for found in tx.execute(query.where(passage.c.passage_id.in_(some))).scalars()
    }


def texts_at(
    tx: Connection, meeting_id: MeetingId, keep: Set[RevisionId]
) -> list[tuple[UtteranceId, str, bool]]:
    """Every wording at a meeting with its turn, and whether one of these texts has its words."""
    query = (
        select(translation.c.utterance_id, translation.c.original_sha256, translation.c.text)
        .join_from(translation, utterance)
        .where(utterance.c.meeting_id == meeting_id)
    )
    rows = tx.execute(query).all()
    places = (
        select(text_revision.c.utterance_id, passage.c.text_sha256, passage.c.revision_id)
        .join_from(passage, text_revision)
        .where(text_revision.c.utterance_id.in_(select(translation.c.utterance_id)))
    )
    stands = {
        (row.utterance_id, row.text_sha256)
        for row in (tx.execute(places) if rows else ())
        if row.revision_id in keep
    }
    return [
        (UtteranceId(r.utterance_id), r.text, (r.utterance_id, r.original_sha256) in stands)
        for r in rows
    ]


def forget_unanchored(tx: Connection, utterance_ids: Collection[str]) -> list[str]:
    """Remove translations of words that no text of these turns was cut into any more; their words.

    What they translate was hidden, worded otherwise or removed, and its time is over.
    """
    stands = (
        select(passage.c.passage_id)
        .join_from(passage, text_revision)
        .where(
            text_revision.c.utterance_id == translation.c.utterance_id,
            passage.c.text_sha256 == translation.c.original_sha256,
        )
        .exists()
    )
    gone: dict[str, str] = {}
    for some in chunks_of(utterance_ids):
        query = select(translation.c.translation_id, translation.c.text).where(
            translation.c.utterance_id.in_(some), ~stands
        )
        gone |= dict(tx.execute(query).all())
    for some in chunks_of(gone):
        tx.execute(delete(translation).where(translation.c.translation_id.in_(some)))
    return list(gone.values())


def _standing(tx: Connection, which: ColumnElement[bool]) -> Standing:
    query = (
        select(translation)
        .where(which, translation.c.ended_at.is_(None))
        .order_by(translation.c.number)
    )
    found: Standing = {}
    for row in tx.execute(query):
        read = _read(row)
        found.setdefault(read.utterance_id, {})[read.original_sha256] = read
    return found


def _change(tx: Connection, translation_id: TranslationId, **told: object) -> None:
    this_one = translation.c.translation_id == translation_id
    tx.execute(update(translation).where(this_one).values(**told))


def _read(row: Row[tuple[object, ...]]) -> Translation:
    return Translation(
        TranslationId(row.translation_id),
        UtteranceId(row.utterance_id),
        row.original_sha256,
        row.number,
        row.text,
        row.written_at,
        row.written_by,
        row.reviewed_at,
        row.reviewed_by,
        row.reviewed_sha256,
    )
