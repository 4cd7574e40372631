"""Hand-written stand-ins for what is too heavy to run in every test."""

import hashlib
import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

N_DIMS = 384


class WordEmbedder:
    """Texts that share words lie close: each word points in a fixed random direction."""

    model_id = "words"
    path_name = "fake"
    n_dims = N_DIMS

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def use_threads(self, n_threads: int | None) -> None:
        """Words need one thread only."""

    def embed(
        self, texts: Sequence[str], *, on_progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        rows = np.stack([_of_text(text) for text in texts]) if texts else np.zeros((0, N_DIMS))
        if on_progress:
            on_progress(len(texts), len(texts))
        return rows.astype(np.float32)


def _of_text(text: str) -> NDArray[np.float64]:
    words = [w for w in re.findall(r"[a-z]+", text.lower()) if len(w) > 3] or ["nothing"]
    total = sum((_of_word(word) for word in words), np.zeros(N_DIMS))
    norm = float(np.linalg.norm(total))
    return np.asarray(total / (norm or 1.0))


def _of_word(word: str) -> NDArray[np.float64]:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
    return np.random.default_rng(seed).normal(size=N_DIMS)
