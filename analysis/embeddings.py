"""Embeddings: texts turned into unit vectors of meaning. Start at `load_embedder`.

Two arithmetic paths give the same meaning (cosine at least .999):

- *equal length*: the model's six layers written out on PyTorch. All tokens of a batch go through
  the linear layers as one matrix, attention runs over groups of texts of exactly equal length,
  and no padding exists; so a text has the same vector in every batch. It loads in a quarter of
  the time of sentence-transformers and runs in bfloat16 where the processor multiplies it natively.
- *sentence-transformers*: the library's own `encode`, for every model of another architecture.

Both read the same model folder, and neither opens a network connection.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

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
    read_json,
)
from domain.errors import ModelBroken

if TYPE_CHECKING:
    import torch

# Enough rows to keep a matrix multiplication busy, few enough to stay in the processor's cache.
TOKENS_PER_BATCH = 1024

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
    return EqualLengthEmbedder(folder, name, bfloat16=multiplies_bfloat16())


class EqualLengthEmbedder:
    """BERT with mean pooling, without padding (Devlin et al. 2019, section 3; Reimers 2019)."""

    def __init__(self, folder: Path, model_id: str, *, bfloat16: bool = False) -> None:
        import torch
        from safetensors.torch import load_file

        settings = read_json(folder, "config.json")
        dtype = torch.bfloat16 if bfloat16 else torch.float32
        try:
            weights = load_file(folder / "model.safetensors")
        except Exception as error:  # the two libraries raise bare Exception on a damaged file
            raise ModelBroken(folder=folder, found=str(error)) from error
        self._tokenizer = load_tokenizer(folder)
        self._weights = {name.removeprefix("bert."): w.to(dtype) for name, w in weights.items()}
        self._shape = _Shape(
            n_layers=settings["num_hidden_layers"],
            n_heads=settings["num_attention_heads"],
            epsilon=settings["layer_norm_eps"],
            max_tokens=read_json(folder, "sentence_bert_config.json")["max_seq_length"],
        )
        self.n_dims: int = settings["hidden_size"]
        self.model_id = model_id
        self.path_name = f"equal-length-{'bfloat16' if bfloat16 else 'float32'}"

    def count_tokens(self, text: str) -> int:
        return len(self._tokenizer.encode(encodable(text)).ids)

    def use_threads(self, n_threads: int | None) -> None:
        _use_threads(n_threads)

    def embed(self, texts: Sequence[str], *, on_progress: Progress | None = None) -> Vectors:
        import torch

        readable = [encodable(text) for text in texts]
        place = {text: i for i, text in enumerate(dict.fromkeys(readable))}
        if not place:
            return np.empty((0, self.n_dims), dtype=np.float32)
        keep = self._shape.max_tokens
        tokens = [
            ids if len(ids) <= keep else [*ids[: keep - 1], ids[-1]]
            for ids in (e.ids for e in self._tokenizer.encode_batch(list(place)))
        ]
        vectors = np.empty((len(tokens), self.n_dims), dtype=np.float32)
        n_done = 0
        for batch in _batches(tokens):
            with torch.inference_mode():
                vectors[batch] = self._forward([tokens[i] for i in batch]).numpy()
            n_done += len(batch)
            if on_progress is not None:
                on_progress(n_done, len(tokens))
        return vectors[[place[text] for text in readable]]

    def _forward(self, tokens: list[list[int]]) -> "torch.Tensor":
        """Unit vectors of token lists that are sorted by length."""
        import torch
        from torch.nn import functional

        lengths = [len(ids) for ids in tokens]
        flat = torch.tensor([token for ids in tokens for token in ids])
        positions = torch.cat([torch.arange(length) for length in lengths])
        w = self._weights
        rows = (
            w["embeddings.word_embeddings.weight"][flat]
            + w["embeddings.position_embeddings.weight"][positions]
            + w["embeddings.token_type_embeddings.weight"][0]
        )
        rows = self._normalise(rows, "embeddings")
        for i in range(self._shape.n_layers):
            rows = self._layer(rows, f"encoder.layer.{i}", _runs(lengths))
        means = torch.stack([part.float().mean(dim=0) for part in torch.split(rows, lengths)])
        return functional.normalize(means, dim=1)

    def _layer(
        self, rows: "torch.Tensor", layer: str, runs: list[tuple[int, int]]
    ) -> "torch.Tensor":
        import torch
        from torch.nn import functional

        qkv = [self._linear(rows, f"{layer}.attention.self.{p}") for p in ("query", "key", "value")]
        mixed = torch.empty_like(rows)
        start = 0
        for n_texts, length in runs:
            part = slice(start, start + n_texts * length)
            query, key, value = (
                m[part].view(n_texts, length, self._shape.n_heads, -1).transpose(1, 2) for m in qkv
            )
            attended = functional.scaled_dot_product_attention(query, key, value)
            mixed[part] = attended.transpose(1, 2).reshape(n_texts * length, -1)
            start = part.stop
        said = self._linear(mixed, f"{layer}.attention.output.dense")
        rows = self._normalise(rows + said, f"{layer}.attention.output")
        wide = functional.gelu(self._linear(rows, f"{layer}.intermediate.dense"))
        return self._normalise(
            rows + self._linear(wide, f"{layer}.output.dense"), f"{layer}.output"
        )

    def _linear(self, rows: "torch.Tensor", name: str) -> "torch.Tensor":
        from torch.nn import functional

        return functional.linear(
            rows, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        )

    def _normalise(self, rows: "torch.Tensor", name: str) -> "torch.Tensor":
        from torch.nn import functional

        scale, shift = (self._weights[f"{name}.LayerNorm.{part}"] for part in ("weight", "bias"))
        return functional.layer_norm(rows, (self.n_dims,), scale, shift, self._shape.epsilon)


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


@dataclass(frozen=True)
class _Shape:
    n_layers: int
    n_heads: int
    epsilon: float
    max_tokens: int


def _use_threads(n_threads: int | None) -> None:
    import torch

    every = _n_threads_of_library()
    torch.set_num_threads(n_threads or every)


@cache
def _n_threads_of_library() -> int:
    """The library's own choice, asked before anybody changes it."""
    import torch

    return int(torch.get_num_threads())


def _batches(tokens: list[list[int]]) -> Iterator[list[int]]:
    """Indices by length, cut where a batch is full."""
    batch: list[int] = []
    n_tokens = 0
    for i in sorted(range(len(tokens)), key=lambda i: len(tokens[i])):
        if batch and n_tokens + len(tokens[i]) > TOKENS_PER_BATCH:
            yield batch
            batch, n_tokens = [], 0
        batch.append(i)
        n_tokens += len(tokens[i])
    yield batch


def _runs(lengths: list[int]) -> list[tuple[int, int]]:
    """How many texts of each length, shortest first."""
    counts: dict[int, int] = {}
    for length in lengths:
        counts[length] = counts.get(length, 0) + 1
    return [(n_texts, length) for length, n_texts in counts.items()]
