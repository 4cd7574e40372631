"""Passages of a meeting and their vectors; only new sentences are ever embedded.

Start at `vectors_of_meeting`.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.passages import split_passages
from domain.errors import QuoteNotInSource, VectorsUnusable
from domain.ids import MeetingId, PassageId
from domain.talk import ConsentUse, Quote, Utterance, Zone, digest_of, verify_passage
from domain.themes import Passage
from services import words_to_read
from services.runtime import runtime
from services.words_to_read import Reviewed
from store import counts, talk
from store.embeddings import add_embeddings, embeddings_of
from store.passages import add_passages, passages_of

LOOK_AT_VOTES_EVERY_S = 0.25
"""A vote that opens has the processor to itself this soon; asking at each batch costs more."""
Vectors = NDArray[np.float32]
Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class MeetingPassage:
    """A passage with the utterance it belongs to; `quote.read_by` is what it is grouped by."""

    passage_id: PassageId
    utterance: Utterance
    quote: Quote


def vectors_of_meeting(
    meeting_id: MeetingId,
    zone: Zone,
    *,
    use: ConsentUse = ConsentUse.QUOTED,
    on_progress: Progress | None = None,
) -> tuple[list[MeetingPassage], Vectors]:
    """Every passage of a meeting in order, with its unit vector, shape (n_passages, n_dims)."""
    passages = passages_of_meeting(meeting_id, zone, use=use)
    vectors = embed_texts([p.quote.read_by for p in passages], on_progress=on_progress)
    return passages, vectors


def passages_of_meeting(
    meeting_id: MeetingId, zone: Zone, *, use: ConsentUse = ConsentUse.QUOTED
) -> list[MeetingPassage]:
    """Every passage of a meeting that serves this use; those not cut yet are cut and stored.

    One whose words are not any more what was cut is left out.
    """
    store = runtime().store
    with store.read() as tx:
        said = talk.utterances_of(tx, meeting_id, zone, use=use)
        known = passages_of(tx, [u.revision_id for u in said])
        reviewed = words_to_read.at_meeting(tx, meeting_id)
    cut = {passage.revision_id for passage in known}
    missing = [u for u in said if u.revision_id not in cut and u.text.strip()]
    if missing:
        new = [
            (u.revision_id, start, end, sha256_of(u.text[start:end]))
            for u in missing
            for start, end in split_passages(u.text, runtime().count_tokens)
        ]
        with store.write() as tx:
            add_passages(tx, new)
            known += passages_of(tx, [u.revision_id for u in missing])
    by_revision = {u.revision_id: u for u in said}
    order = {revision_id: n for n, revision_id in enumerate(by_revision)}
    known.sort(key=lambda p: (order[p.revision_id], p.start))
    verified = (_verified(p, by_revision[p.revision_id], reviewed) for p in known)
    return [passage for passage in verified if passage]


def embed_texts(texts: Sequence[str], *, on_progress: Progress | None = None) -> Vectors:
    """Unit vectors of texts, shape (n_texts, n_dims); known texts need no model."""
    model, path_name = runtime().model_name
    keys = [sha256_of(text) for text in texts]
    store = runtime().store
    with store.read() as tx:
        found = embeddings_of(tx, model, path_name, list(dict.fromkeys(keys)))
    text_of = dict(zip(keys, texts, strict=True))
    missing = [key for key in text_of if key not in found]
    if missing:
        new = _embed_new([text_of[key] for key in missing], on_progress)
        fresh = {key: row.tobytes() for key, row in zip(missing, new, strict=True)}
        with store.write() as tx:
            add_embeddings(tx, model, path_name, fresh)
        found |= fresh
    if not keys:
        return np.zeros((0, 0), dtype=np.float32)
    rows = np.stack([np.frombuffer(found[key], dtype=np.float16) for key in keys])
    return _unit(rows.astype(np.float32))


def embed_passing(text: str) -> Vectors:
    """The unit vector of words that are still being written, shape (n_dims,); it is not kept."""
    embedder = runtime().embedder()
    # One sentence gains nothing from a second thread, and on a busy computer it would wait for it.
    embedder.use_threads(1)
    # Rounded as stored vectors are, so that a text is as near to itself as can be.
    row = embedder.embed([text]).astype(np.float16).astype(np.float32)
    return np.asarray(_unit(row)[0], dtype=np.float32)


def n_threads_now() -> int | None:
    """One thread while people vote, because their pages go first; else as many as there are.

    The sample's vote is always open and nobody waits for it.
    """
    with runtime().house.read() as tx:
        return 1 if counts.is_any_ballot_open(tx) else None


def sha256_of(text: str) -> str:
    """Key of a text in the cache of vectors."""
    return digest_of(text)


def _verified(cut: Passage, said: Utterance, reviewed: Reviewed) -> MeetingPassage | None:
    try:
        quote = verify_passage(cut.revision_id, said.text, cut.start, cut.end, cut.text_sha256)
    except QuoteNotInSource:
        return None
    return MeetingPassage(cut.passage_id, said, reviewed.beside(said.utterance_id, quote))


def _embed_new(texts: list[str], on_progress: Progress | None) -> NDArray[np.float16]:
    next_look = 0.0

    def look_at_votes() -> None:
        nonlocal next_look
        if time.monotonic() >= next_look:
            embedder.use_threads(n_threads_now())
            next_look = time.monotonic() + LOOK_AT_VOTES_EVERY_S

    def tell(n_done: int, n_all: int) -> None:
        look_at_votes()
        if on_progress:
            on_progress(n_done / max(n_all, 1), f"Reading {n_done} of {n_all} passages")

    if on_progress:
        on_progress(0.0, "Loading the language model")
    embedder = runtime().embedder()
    look_at_votes()
    vectors = embedder.embed(texts, on_progress=tell).astype(np.float16)
    _refuse_without_direction(vectors)
    return vectors


def _refuse_without_direction(vectors: NDArray[np.float16]) -> None:
    """Nothing broken is kept: the cache would answer with it for ever."""
    is_bad = ~np.isfinite(vectors).all(axis=1) | ~vectors.any(axis=1)
    if is_bad.any():
        first = int(np.argmax(is_bad)) + 1
        raise VectorsUnusable(n_bad=int(is_bad.sum()), n_all=len(vectors), first=first)


def _unit(rows: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths == 0, 1, lengths), dtype=np.float32)
