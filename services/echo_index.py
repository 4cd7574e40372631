"""Vectors of a programme's recommendations, held ready while the process runs. See `index_of`.

It holds ids and numbers, no words: whatever is shown of what it finds is read from the store
anew. It is made again whenever a wording came, went or was erased.
"""

import threading
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from domain.ids import ProgrammeId, RecommendationId
from services.passages import embed_texts, sha256_of
from services.runtime import runtime
from store import echoes
from store.embeddings import embeddings_of
from store.engine import Store

MOST_NEW = 512
"""Wordings embedded at once; more wait for the next time, so that nobody waits long."""


@dataclass(frozen=True, eq=False)
class Index:
    """Recommendations and their unit vectors, shape (n, n_dims); `n_waiting` have none yet."""

    recommendation_ids: tuple[RecommendationId, ...]
    vectors: NDArray[np.float32]
    n_waiting: int
    keys: tuple[str, ...]
    state: echoes.State


_lock = threading.Lock()
_held: WeakKeyDictionary[Store, dict[tuple[ProgrammeId, str], Index]] = WeakKeyDictionary()


def index_of(programme_id: ProgrammeId) -> Index:
    """The index as the store stands now."""
    store = runtime().store
    model = "/".join(runtime().model_name)
    with store.read() as tx:
        now = echoes.state(tx)
    with _lock:
        mine = _held.setdefault(store, {})
        held = mine.get((programme_id, model))
        if held and held.state == now and not held.n_waiting:
            return held
        made = _made(programme_id, held)
        mine[programme_id, model] = made
        return made


def forget() -> None:
    """Let go of every vector, as an erasure does."""
    with _lock:
        _held.clear()


def _made(programme_id: ProgrammeId, earlier: Index | None) -> Index:
    store, (model, path_name) = runtime().store, runtime().model_name
    with store.read() as tx:
        now = echoes.state(tx)
        wordings = echoes.wordings(tx, programme_id)
        keys = [sha256_of(text) for _, text in wordings]
        place = {key: n for n, key in enumerate(earlier.keys)} if earlier else {}
        asked = list(dict.fromkeys(key for key in keys if key not in place))
        stored = embeddings_of(tx, model, path_name, asked) if asked else {}
    text_of = {key: text for key, (_, text) in zip(keys, wordings, strict=True)}
    unknown = [key for key in asked if key not in stored]
    fetched = [*stored, *unknown[:MOST_NEW]]
    fresh = embed_texts([text_of[key] for key in fetched])
    old = earlier.vectors if earlier else np.zeros((0, 0), dtype=np.float32)
    rows = {key: old[n] for key, n in place.items()} | dict(zip(fetched, fresh, strict=True))
    ready = [n for n, key in enumerate(keys) if key in rows]
    return Index(
        tuple(wordings[n][0] for n in ready),
        np.stack([rows[keys[n]] for n in ready]) if ready else np.zeros((0, 0), np.float32),
        len(keys) - len(ready),
        tuple(keys[n] for n in ready),
        now,
    )
