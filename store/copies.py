"""Texts that were copied from a line which is not shared any more. Start at `taken_back`."""

from collections.abc import Iterable, Set

from sqlalchemy import Connection, select

from domain.ids import MeetingId, RevisionId, UtteranceId
from domain.talk import RevisionKind
from store import translations
from store.tables import text_revision, utterance
from store.talk import CHUNK, shared_turns


def taken_back(tx: Connection, meeting_id: MeetingId, texts: Iterable[str]) -> frozenset[str]:
    """Those of the texts that stand, word for word, in a proposing line others may not read now.

    A line's translation counts as the line.

    Only lines that were marked as proposals are looked at: of these, or of a sentence of them,
    drafts are made by copying. A text that such a line which others may read holds too stays.
    """
    wanted = {text for text in texts if text}
    lines: dict[UtteranceId, set[str]] = {}
    query = (
        select(utterance.c.utterance_id, text_revision.c.text)
        .join_from(utterance, text_revision)
        .where(utterance.c.meeting_id == meeting_id, utterance.c.is_proposal)
    )
    said = tx.execute(query).all() if wanted else []
    proposing = {utterance_id for utterance_id, _ in said}
    translated = translations.texts_at(tx, meeting_id, frozenset()) if said else []
    said_in_english = [(turn, text) for turn, text, _ in translated if turn in proposing]
    for utterance_id, line in (*said, *said_in_english):
        copied = {text for text in wanted if text in line}
        if copied:
            lines.setdefault(UtteranceId(utterance_id), set()).update(copied)
    if not lines:
        return frozenset()
    stands = shared_turns(tx, lines)
    here = frozenset(one.revision_id for one in stands)
    in_english = [text for _, text, is_so in translations.texts_at(tx, meeting_id, here) if is_so]
    shared = [one.text for one in stands] + in_english
    gone = frozenset(text for texts in lines.values() for text in texts)
    return frozenset(text for text in gone if not any(text in line for line in shared))


def once_released(tx: Connection, meeting_id: MeetingId, keep: Set[RevisionId]) -> list[str]:
    """Words of a meeting that others could read once, in releases other than those to keep.

    Their translations are among them: whoever types a name or a note may repeat these.

    What was never released is not among them: whoever typed something could not read it.
    """
    released = (
        select(text_revision.c.revision_id)
        .join_from(text_revision, utterance)
        .where(utterance.c.meeting_id == meeting_id, text_revision.c.kind == RevisionKind.RELEASED)
    )
    gone = [found for found in tx.execute(released).scalars() if found not in keep]
    translated = translations.texts_at(tx, meeting_id, keep)
    return [text for _, text, stands in translated if not stands] + [
        text
        for at in range(0, len(gone), CHUNK)
        for text in tx.execute(
            select(text_revision.c.text).where(
                text_revision.c.revision_id.in_(gone[at : at + CHUNK])
            )
        ).scalars()
    ]
