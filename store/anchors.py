"""What points at the words of a turn: evidence, passages, vectors. Start at `evidence_of`."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, distinct, func, insert, select, update

from domain.ids import EvidenceId, RecommendationId, RevisionId, UtteranceId, new_id
from domain.recommendations import LossReason
from domain.talk import Quote, RevisionKind, Zone, digest_of
from store import translations
from store.erasure import remove_vectors
from store.reach import chunks_of
from store.revisions import newest_texts
from store.tables import evidence, lost_source, passage, text_revision, utterance


@dataclass(frozen=True)
class Anchor:
    """A quote behind a recommendation and the text that it points into."""

    evidence_id: EvidenceId
    recommendation_id: RecommendationId
    utterance_id: UtteranceId
    revision_id: RevisionId
    start: int
    end: int
    quote: str


def evidence_of(tx: Connection, utterance_ids: Sequence[UtteranceId]) -> list[Anchor]:
    """Every quote from these turns, whichever text of theirs it points into, oldest first."""
    found: list[Anchor] = []
    for chunk in chunks_of(utterance_ids):
        query = (
            select(evidence, text_revision.c.utterance_id)
            .join_from(evidence, text_revision)
            .where(text_revision.c.utterance_id.in_(chunk))
            .order_by(evidence.c.added_at, evidence.c.evidence_id)
        )
        found += [
            Anchor(
                EvidenceId(row.evidence_id),
                RecommendationId(row.recommendation_id),
                UtteranceId(row.utterance_id),
                RevisionId(row.revision_id),
                row.start,
                row.end,
                row.quote,
            )
            for row in tx.execute(query)
        ]
    return found


def newest_releases(
    tx: Connection, utterance_ids: Sequence[UtteranceId]
) -> dict[UtteranceId, tuple[RevisionId, str]]:
    """The release of each turn that stands now, with its words; one taken back has none."""
    found: dict[UtteranceId, tuple[RevisionId, str]] = {}
    for chunk in chunks_of(utterance_ids):
        query = newest_texts(Zone.SHARED, utterance.c.utterance_id.in_(chunk))
        found |= {
            UtteranceId(row.utterance_id): (RevisionId(row.revision_id), row.text)
            for row in tx.execute(query)
        }
    return found


def move(tx: Connection, anchor: Anchor, place: Quote) -> None:
    """Let a quote point at the same words elsewhere; where one points there already, they join."""
    there = select(evidence.c.evidence_id).where(
        evidence.c.recommendation_id == anchor.recommendation_id,
        evidence.c.revision_id == place.revision_id,
        evidence.c.start == place.start,
        evidence.c.end == place.end,
    )
    this_one = evidence.c.evidence_id == anchor.evidence_id
    if tx.execute(there).first() is not None:
        tx.execute(delete(evidence).where(this_one))
        return
    tx.execute(
        update(evidence)
        .where(this_one)
        .values(revision_id=place.revision_id, start=place.start, end=place.end)
    )


def let_wait(tx: Connection, anchor: Anchor, revision_id: RevisionId, start: int, end: int) -> None:
    """Let a quote point at a place without words of its own: it is shown once it is confirmed."""
    tx.execute(
        update(evidence)
        .where(evidence.c.evidence_id == anchor.evidence_id)
        .values(revision_id=revision_id, start=start, end=end, quote="")
    )


def confirm(tx: Connection, evidence_id: EvidenceId, quote: Quote) -> None:
    """Give a quote that waits the words that stand at its place."""
    tx.execute(
        update(evidence).where(evidence.c.evidence_id == evidence_id).values(quote=quote.text)
    )


def lose(tx: Connection, anchor: Anchor, reason: LossReason) -> None:
    """Take a quote away and remember that there was one; neither whose nor what."""
    tx.execute(delete(evidence).where(evidence.c.evidence_id == anchor.evidence_id))
    tx.execute(
        insert(lost_source).values(
            lost_source_id=new_id(),
            recommendation_id=anchor.recommendation_id,
            lost_at=datetime.now(UTC),
            reason=reason,
        )
    )


def losses_of(
    tx: Connection, recommendation_ids: Iterable[RecommendationId]
) -> dict[RecommendationId, list[tuple[datetime, LossReason]]]:
    """When and why recommendations lost a source, the oldest first; without a loss left out."""
    found: dict[RecommendationId, list[tuple[datetime, LossReason]]] = {}
    for chunk in chunks_of(list(recommendation_ids)):
        query = (
            select(lost_source)
            .where(lost_source.c.recommendation_id.in_(chunk))
            .order_by(lost_source.c.lost_at, lost_source.c.lost_source_id)
        )
        for row in tx.execute(query):
            lost = (row.lost_at, LossReason(row.reason))
            found.setdefault(RecommendationId(row.recommendation_id), []).append(lost)
    return found


def forget_passages(
    tx: Connection,
    utterance_ids: Sequence[UtteranceId],
    *,
    keep: Collection[RevisionId],
) -> int:
    """Remove passages of releases that stand no more, with their places in themes; how many.

    What was never released keeps its passages in the restricted zone. Vectors go with the last
    passage that has the same words.
    """
    gone: dict[str, str] = {}
    for chunk in chunks_of(utterance_ids):
        query = (
            select(passage.c.passage_id, passage.c.text_sha256, passage.c.revision_id)
            .join_from(passage, text_revision)
            .where(
                text_revision.c.utterance_id.in_(chunk),
                text_revision.c.kind == RevisionKind.RELEASED,
            )
        )
        gone |= {
            row.passage_id: row.text_sha256
            for row in tx.execute(query)
            if row.revision_id not in keep
        }
    translated = translations.read_over(tx, gone)
    for some in chunks_of(list(gone)):
        tx.execute(delete(passage).where(passage.c.passage_id.in_(some)))
    remove_vectors(tx, set(gone.values()) | {digest_of(text) for text in translated})
    return len(gone)


def n_behind(tx: Connection, utterance_ids: Sequence[UtteranceId]) -> dict[UtteranceId, int]:
    """Behind how many recommendations each of these turns stands; none is left out."""
    found: dict[UtteranceId, int] = {}
    for chunk in chunks_of(utterance_ids):
        query = (
            select(text_revision.c.utterance_id, func.count(distinct(evidence.c.recommendation_id)))
            .join_from(evidence, text_revision)
            .where(text_revision.c.utterance_id.in_(chunk))
            .group_by(text_revision.c.utterance_id)
        )
        found |= {UtteranceId(turn): n for turn, n in tx.execute(query)}
    return found
