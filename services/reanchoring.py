"""What stands behind recommendations when the words of a turn change. Start at `reanchor`."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import QuoteNotInSource
from domain.ids import RevisionId, UtteranceId
from domain.recommendations import LossReason
from domain.talk import Quote, verify_quote
from store import anchors
from store.engine import Connection


@dataclass(frozen=True)
class Reanchored:
    """What a change did: quotes that moved along, that were lost, passages that were removed."""

    n_moved: int = 0
    n_lost: int = 0
    n_passages: int = 0


def reanchor(tx: Connection, utterance_id: UtteranceId, *, reason: str) -> None:
    """Let everything that points at a turn's words follow a change of them, or end.

    The reason is a `LossReason`. Where the text changed, evidence moves to the release that
    stands now if its exact words stand there, at the same place or at one other and no more;
    otherwise it goes and the recommendation remembers that it lost a source. Where the words were
    withdrawn or are about to be erased, all of it goes. The same transaction writes the change.
    """
    reanchor_all(tx, [utterance_id], reason=reason)


def reanchor_all(
    tx: Connection, utterance_ids: Sequence[UtteranceId], *, reason: str
) -> Reanchored:
    """The same for many turns at once, and what it did."""
    why = LossReason(reason)
    stands = anchors.newest_releases(tx, utterance_ids) if why is LossReason.TEXT_CHANGED else {}
    n_moved = n_lost = 0
    for anchor in anchors.evidence_of(tx, utterance_ids):
        now = stands.get(anchor.utterance_id)
        if now and now[0] == anchor.revision_id:
            continue
        place = _same_words(now, anchor) if now else None
        if place:
            anchors.move(tx, anchor, place)
            n_moved += 1
            continue
        # A text that stands nowhere any more did not change: it was taken back.
        is_gone = now is None and why is LossReason.TEXT_CHANGED
        anchors.lose(tx, anchor, LossReason.WITHDRAWN if is_gone else why)
        n_lost += 1
    n_passages = anchors.forget_passages(
        tx, utterance_ids, keep={revision_id for revision_id, _ in stands.values()}
    )
    return Reanchored(n_moved, n_lost, n_passages)


def _same_words(now: tuple[RevisionId, str], anchor: anchors.Anchor) -> Quote | None:
    """Where the quote stands in the text of now, if there is one such place."""
    revision_id, text = now
    try:
        return verify_quote(revision_id, text, anchor.start, anchor.end, anchor.quote)
    except QuoteNotInSource:
        first = text.find(anchor.quote) if anchor.quote else -1
        if first < 0 or text.find(anchor.quote, first + 1) >= 0:
            return None
        return verify_quote(revision_id, text, first, first + len(anchor.quote), anchor.quote)
