"""Texts that were copied from a line which is not shared any more. Start at `taken_back`."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from domain.ids import MeetingId, UtteranceId
from store.tables import text_revision, utterance
from store.talk import CHUNK, shared_turns


def taken_back(tx: Connection, meeting_id: MeetingId, texts: Iterable[str]) -> frozenset[str]:
    """Those of the texts that are, word for word, a proposing line which others may not read now.

    Only lines that were marked as proposals are looked at: of these, drafts are made by copying.
    """
    wanted = list(dict.fromkeys(texts))
    lines: dict[UtteranceId, set[str]] = {}
    for at in range(0, len(wanted), CHUNK):
        query = (
            select(utterance.c.utterance_id, text_revision.c.text)
            .join_from(utterance, text_revision)
            .where(
                utterance.c.meeting_id == meeting_id,
                utterance.c.is_proposal,
                text_revision.c.text.in_(wanted[at : at + CHUNK]),
            )
        )
        for utterance_id, text in tx.execute(query):
            lines.setdefault(UtteranceId(utterance_id), set()).add(text)
    if not lines:
        return frozenset()
    shared = {said.text for said in shared_turns(tx, lines)}
    return frozenset(text for texts in lines.values() for text in texts) - shared
