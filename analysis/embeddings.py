"""Embeddings: texts turned into unit vectors of meaning. Start at `load_embedder`.

Two arithmetic paths give the same meaning (cosine at least .999):

- *packed*: the model's layers written out (`bert_layers`), without padding, so that a text has the
  same vector in every batch, and in bfloat16 where the processor multiplies it natively. Batches
  run side by side, one on each core: no core waits for another inside a layer. It loads in a
  quarter of the time of sentence-transformers.
- *sentence-transformers*: the library's own `encode`, for every model of another architecture.

Both read the same model folder, and neither opens a network connection. Which one runs is
`path_name`, a part of the key under which vectors are kept.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from analysis.model_folder import (
    check_weights,
    encodable,
    find_model_folder,
    is_mean_pooled_bert,
    load_tokenizer,
    model_id,
    multiplies_bfloat16,
    packed_path_name,
    read_json,
)
from domain.errors import ModelBroken

# Enough rows to keep a matrix multiplication busy, few enough to stay in the processor's cache.
TOKENS_PER_BATCH = 1024
# Fewer are read faster at once than side by side.
_FEWEST_TOKENS = 128

Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]


class Embedder(Protocol):
    """Whatever turns texts into vectors: the two paths here, or a fake in a test."""

    model_id: str
    path_name: str
    n_dims: int

    def embed(self, texts: Sequence[str], *, on_progress: Progress | None = None) -> Vectors:
        """Shape (n_texts, n_dims), unit rows in the order of the texts."""

    def count_tokens(self, text: str) -> int:
        """How many of the model's 256 places the text takes, its two end marks included."""

    def use_threads(self, n_threads: int | None) -> None:
        """Do the arithmetic on so many threads from the next batch on; on all if missing."""


def load_embedder(folder_or_hub_id: str | None = None) -> Embedder:
    """Load an embedding model by the fastest path that it and this processor allow.

    Parameters
    ----------
    folder_or_hub_id
        A folder in sentence-transformers' layout, or the hub id of a model already in the local
        Hugging Face cache; the installed all-MiniLM-L6-v2 if missing.

    Raises
    ------
    ModelMissing
        If no such folder or cached model exists.
    ModelBroken
        If the weights are absent, unreadable, or not the ones the default model must have.
    """
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TRANSFORMERS_OFFLINE"] = "1"
    folder = find_model_folder(folder_or_hub_id)
    weights_sha256 = check_weights(folder, is_default=folder_or_hub_id is None)
    name = model_id(folder_or_hub_id, weights_sha256)
    if not is_mean_pooled_bert(folder):
        return LibraryEmbedder(folder, name)
    return PackedEmbedder(folder, name, bfloat16=multiplies_bfloat16())


class PackedEmbedder:
    """BERT with mean pooling, without padding, a batch on each core."""

    def __init__(self, folder: Path, model_id: str, *, bfloat16: bool = False) -> None:
        import torch
        from safetensors.torch import load_file

        from analysis.bert_layers import BertLayers, Shape

        settings = read_json(folder, "config.json")
        shape = Shape(
            n_layers=settings["num_hidden_layers"],
            n_heads=settings["num_attention_heads"],
            epsilon=settings["layer_norm_eps"],
            max_tokens=read_json(folder, "sentence_bert_config.json")["max_seq_length"],
        )
        try:
            weights = load_file(folder / "model.safetensors")
        except Exception as error:  # the two libraries raise bare Exception on a damaged file
            raise ModelBroken(folder=folder, found=str(error)) from error
        self._tokenizer = load_tokenizer(folder)
        self._layers = BertLayers(weights, shape, torch.bfloat16 if bfloat16 else torch.float32)
        self._max_tokens = shape.max_tokens
        self._n_threads = _n_threads_of_library()
        self._threads = ThreadPoolExecutor(
            self._n_threads, "embedding", initializer=_use_threads, initargs=(1,)
        )
        self.n_dims: int = settings["hidden_size"]
        self.model_id = model_id
        self.path_name = packed_path_name(bfloat16=bfloat16)

    def count_tokens(self, text: str) -> int:
        return len(self._tokenizer.encode(encodable(text)).ids)

    def use_threads(self, n_threads: int | None) -> None:
        self._n_threads = min(n_threads or _n_threads_of_library(), _n_threads_of_library())

    def embed(self, texts: Sequence[str], *, on_progress: Progress | None = None) -> Vectors:
        readable = [encodable(text) for text in texts]
        place = {text: i for i, text in enumerate(dict.fromkeys(readable))}
        if not place:
            return np.empty((0, self.n_dims), dtype=np.float32)
        keep = self._max_tokens
        tokens = [
            ids if len(ids) <= keep else [*ids[: keep - 1], ids[-1]]
            for ids in (e.ids for e in self._tokenizer.encode_batch(list(place)))
        ]
        vectors = np.empty((len(tokens), self.n_dims), dtype=np.float32)
        n_done = 0
        for batch, rows in self._side_by_side(tokens):
            vectors[batch] = rows
            n_done += len(batch)
            if on_progress is not None:
                on_progress(n_done, len(tokens))
        return vectors[[place[text] for text in readable]]

    def _side_by_side(self, tokens: list[list[int]]) -> Iterator[tuple[list[int], Vectors]]:
        """Batches with their vectors; `use_threads` is obeyed from the next batch on."""
        running: deque[tuple[list[int], Future[Vectors]]] = deque()
        for batch in _batches(tokens, self._n_threads):
            # One batch more than threads, so that no thread waits for us to hand it the next.
            while len(running) > self._n_threads or (running and self._n_threads == 1):
                done, future = running.popleft()
                yield done, future.result()
            running.append((batch, self._threads.submit(self._forward, [tokens[i] for i in batch])))
        for done, future in running:
            yield done, future.result()

    def _forward(self, tokens: list[list[int]]) -> Vectors:
        vectors: Vectors = self._layers.vectors(tokens).numpy()
        return vectors


class LibraryEmbedder:
    """sentence-transformers' own encode: works for every model that it can load."""

    path_name = "sentence-transformers-float32"

    def __init__(self, folder: Path, model_id: str) -> None:
        from sentence_transformers import SentenceTransformer

        try:
            self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        except Exception as error:  # the library raises many kinds on a damaged folder
            raise ModelBroken(folder=folder, found=str(error)) from error
        self.n_dims = int(self._model.get_embedding_dimension() or 0)
        self.model_id = model_id

    def count_tokens(self, text: str) -> int:
        return len(self._model.tokenizer(encodable(text), truncation=False)["input_ids"])

    def use_threads(self, n_threads: int | None) -> None:
        _use_threads(n_threads)

    def embed(self, texts: Sequence[str], *, on_progress: Progress | None = None) -> Vectors:
        vectors = np.empty((len(texts), self.n_dims), dtype=np.float32)
        for start in range(0, len(texts), 256):
            part = [encodable(text) for text in texts[start : start + 256]]
            vectors[start : start + len(part)] = self._model.encode(
                part, normalize_embeddings=True, show_progress_bar=False
            )
            if on_progress is not None:
                on_progress(start + len(part), len(texts))
        return vectors


def _use_threads(n_threads: int | None) -> None:
    import torch

    every = _n_threads_of_library()
    torch.set_num_threads(n_threads or every)


@cache
def _n_threads_of_library() -> int:
    """The library's own choice, asked before anybody changes it."""
    import torch

    return int(torch.get_num_threads())


def _batches(tokens: list[list[int]], n_side_by_side: int) -> Iterator[list[int]]:
    """Indices by length, in batches of about as many tokens each.

    So many batches that no core is left without one while another still works on the last.
    """
    order = sorted(range(len(tokens)), key=lambda i: len(tokens[i]))
    ends = np.cumsum([len(tokens[i]) for i in order])
    rounds = -(-int(ends[-1]) // (TOKENS_PER_BATCH * n_side_by_side))
    n_batches = max(1, min(rounds * n_side_by_side, int(ends[-1]) // _FEWEST_TOKENS))
    number = (ends - 1) * n_batches // ends[-1]
    for batch in np.split(np.array(order), np.flatnonzero(np.diff(number)) + 1):
        yield batch.tolist()
