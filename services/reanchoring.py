"""What stands behind recommendations when the words of a turn change. Start at `reanchor`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.moved_words import Followed, follow
from domain.errors import QuoteNotInSource
from domain.ids import RevisionId, UtteranceId
from domain.recommendations import LossReason
from domain.talk import Quote, verify_quote
from store import anchors, review
from store.engine import Connection


@dataclass(frozen=True)
class Reanchored:
    """What a change did: quotes that moved along, that wait, were lost; passages removed."""

    n_moved: int = 0
    n_lost: int = 0
    n_passages: int = 0
    n_offered: int = 0
    """Quotes whose own words were corrected: not shown until somebody confirms the new ones."""


def reanchor(tx: Connection, utterance_id: UtteranceId, *, reason: str) -> None:
    """Let everything that points at a turn's words follow a change of them, or end.

    The reason is a `LossReason`. Where the text changed, evidence moves to the release that
    stands now if its exact words stand there, at the same place, at one other and no more, or where
    the two texts, laid side by side, have them. Where its own words were corrected it waits there,
    without words, for somebody to confirm; otherwise it goes and the recommendation remembers that
    it lost a source. Where the words were
    withdrawn or are about to be erased, all of it goes. The same transaction writes the change.
    """
    reanchor_all(tx, [utterance_id], reason=reason)


def reanchor_all(
    tx: Connection, utterance_ids: Sequence[UtteranceId], *, reason: str
) -> Reanchored:
    """The same for many turns at once, and what it did."""
    why = LossReason(reason)
    stands = anchors.newest_releases(tx, utterance_ids) if why is LossReason.TEXT_CHANGED else {}
    n_moved = n_lost = n_offered = 0
    behind = anchors.evidence_of(tx, utterance_ids)
    before = review.words_of(tx, {a.revision_id for a in behind}) if stands else {}
    for anchor in behind:
        now = stands.get(anchor.utterance_id)
        if now and now[0] == anchor.revision_id:
            continue
        place = _same_words(now, anchor) if now else None
        if place:
            anchors.move(tx, anchor, place)
            n_moved += 1
            continue
        corrected = _corrected(now, anchor, before) if now else None
        if now and corrected:
            is_sure = _follow(tx, anchor, now, corrected)
            n_moved, n_offered = n_moved + is_sure, n_offered + (not is_sure)
            continue
        # A text that stands nowhere any more did not change: it was taken back.
        is_gone = now is None and why is LossReason.TEXT_CHANGED
        anchors.lose(tx, anchor, LossReason.WITHDRAWN if is_gone else why)
        n_lost += 1
    n_passages = anchors.forget_passages(
        tx, utterance_ids, keep={revision_id for revision_id, _ in stands.values()}
    )
    return Reanchored(n_moved, n_lost, n_passages, n_offered)


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


def _corrected(
    now: tuple[RevisionId, str], anchor: anchors.Anchor, before: Mapping[RevisionId, str]
) -> Followed | None:
    """Where its words went, if the text of now is a correction of the one it points into."""
    return follow(before.get(anchor.revision_id, ""), now[1], anchor.start, anchor.end)


def _follow(
    tx: Connection, anchor: anchors.Anchor, now: tuple[RevisionId, str], place: Followed
) -> bool:
    """Move a quote to where its words stand now; True where these are the very words."""
    if place.is_same and anchor.quote:
        anchors.move(tx, anchor, verify_quote(*now, place.start, place.end, anchor.quote))
        return True
    anchors.let_wait(tx, anchor, now[0], place.start, place.end)
    return False
