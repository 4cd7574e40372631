"""The model's arithmetic, written out for speed on ordinary processors. Start at `BertLayers`.

What makes it several times as fast as the library's own way, measured by `benchmarks.embedding`:

- no padding: all tokens of a batch pass the linear layers as one matrix, and attention runs over
  groups of texts of exactly equal length;
- weights lie in the order in which oneDNN multiplies them, query, key and value as one matrix, and
  each multiplication adds its bias, its GELU or its residual before it leaves the cache;
- bfloat16 where the processor multiplies it natively.
"""

import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import torch
from torch import Tensor
from torch.nn import functional

# The weights are laid out for about so many rows; any number of rows may come.
_ROWS_EXPECTED = 1024

Linear = Callable[[Tensor], Tensor]
Residual = Callable[[Tensor, Tensor], Tensor]


@dataclass(frozen=True)
class Shape:
    """What a folder says of its model."""

    n_layers: int
    n_heads: int
    epsilon: float
    max_tokens: int


@dataclass(frozen=True, eq=False)
class _Layer:
    query_key_value: Linear
    attended: Residual
    norm_attended: Linear
    widen: Linear
    narrow: Residual
    norm: Linear


class BertLayers:
    """BERT with mean pooling (Devlin et al. 2019, section 3; Reimers and Gurevych 2019)."""

    def __init__(self, weights: Mapping[str, Tensor], shape: Shape, dtype: torch.dtype) -> None:
        w = {name.removeprefix("bert."): tensor.to(dtype) for name, tensor in weights.items()}
        self._shape = shape
        self._words = w["embeddings.word_embeddings.weight"]
        kind = w["embeddings.token_type_embeddings.weight"][0]
        self._places = w["embeddings.position_embeddings.weight"]
        self._kind = kind
        self._norm = _normaliser(w, "embeddings", shape)
        self._layers = [_layer(w, f"encoder.layer.{n}", shape) for n in range(shape.n_layers)]

    def vectors(self, tokens: Sequence[Sequence[int]]) -> Tensor:
        """Unit vectors, shape (n_texts, n_dims), of token lists that are sorted by length."""
        lengths = [len(ids) for ids in tokens]
        with torch.inference_mode():
            flat = torch.tensor([token for ids in tokens for token in ids])
            positions = torch.cat([torch.arange(length) for length in lengths])
            rows = self._norm(self._words[flat] + self._places[positions] + self._kind)
            runs = _runs(lengths)
            for layer in self._layers:
                mixed = self._attend(layer.query_key_value(rows), runs)
                rows = layer.norm_attended(layer.attended(mixed, rows))
                rows = layer.norm(layer.narrow(layer.widen(rows), rows))
            means = torch.cat(
                [
                    part.view(n_texts, length, -1).float().mean(dim=1)
                    for part, (n_texts, length) in _parts(rows, runs)
                ]
            )
            return functional.normalize(means, dim=1)

    def _attend(self, query_key_value: Tensor, runs: Sequence[tuple[int, int]]) -> Tensor:
        """Each text's tokens mixed among themselves, all texts of one length together."""
        n_dims = query_key_value.shape[1] // 3
        mixed = query_key_value.new_empty((len(query_key_value), n_dims))
        for (part, (n_texts, length)), (into, _) in zip(
            _parts(query_key_value, runs), _parts(mixed, runs), strict=True
        ):
            heads = part.view(n_texts, length, 3, self._shape.n_heads, -1)
            query, key, value = heads.permute(2, 0, 3, 1, 4)
            found = functional.scaled_dot_product_attention(query, key, value)
            into.view(n_texts, length, self._shape.n_heads, -1).copy_(found.transpose(1, 2))
        return mixed


def _layer(w: Mapping[str, Tensor], name: str, shape: Shape) -> _Layer:
    one = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
    weight, bias = (torch.cat([w[f"{part}.{kind}"] for part in one]) for kind in _WEIGHT_BIAS)
    return _Layer(
        _linear(weight, bias),
        _plus(*(w[f"{name}.attention.output.dense.{kind}"] for kind in _WEIGHT_BIAS)),
        _normaliser(w, f"{name}.attention.output", shape),
        _linear(*(w[f"{name}.intermediate.dense.{kind}"] for kind in _WEIGHT_BIAS), gelu=True),
        _plus(*(w[f"{name}.output.dense.{kind}"] for kind in _WEIGHT_BIAS)),
        _normaliser(w, f"{name}.output", shape),
    )


_WEIGHT_BIAS = ("weight", "bias")


def _linear(weight: Tensor, bias: Tensor, *, gelu: bool = False) -> Linear:
    """Rows times weights plus bias, through the exact GELU (with erf) if asked."""
    if not _has_packed_weights():
        if gelu:
            return lambda rows: functional.gelu(functional.linear(rows, weight, bias))
        return lambda rows: functional.linear(rows, weight, bias)
    packed = torch.ops.mkldnn._reorder_linear_weight(weight.contiguous(), _ROWS_EXPECTED)
    after, how = ("gelu", "none") if gelu else ("none", "")
    return lambda rows: torch.ops.mkldnn._linear_pointwise(rows, packed, bias, after, [], how)


def _plus(weight: Tensor, bias: Tensor) -> Residual:
    """Rows times weights plus bias plus what came before."""
    if not _has_packed_weights():
        return lambda rows, before: before + functional.linear(rows, weight, bias)
    packed = torch.ops.mkldnn._reorder_linear_weight(weight.contiguous(), _ROWS_EXPECTED)
    return lambda rows, before: torch.ops.mkldnn._linear_pointwise.binary(
        rows, before, packed, bias, "add"
    )


def _has_packed_weights() -> bool:
    is_x86 = platform.machine() in ("x86_64", "AMD64")
    return is_x86 and torch.backends.mkldnn.is_available()


def _normaliser(w: Mapping[str, Tensor], name: str, shape: Shape) -> Linear:
    scale, shift = (w[f"{name}.LayerNorm.{kind}"] for kind in _WEIGHT_BIAS)
    return partial(
        functional.layer_norm,
        normalized_shape=(len(scale),),
        weight=scale,
        bias=shift,
        eps=shape.epsilon,
    )


def _runs(lengths: Sequence[int]) -> list[tuple[int, int]]:
    """How many texts of each length, shortest first."""
    counts: dict[int, int] = {}
    for length in lengths:
        counts[length] = counts.get(length, 0) + 1
    return [(n_texts, length) for length, n_texts in counts.items()]


def _parts(rows: Tensor, runs: Sequence[tuple[int, int]]) -> list[tuple[Tensor, tuple[int, int]]]:
    """The rows of each run."""
    sizes = [n_texts * length for n_texts, length in runs]
    return list(zip(torch.split(rows, sizes), runs, strict=True))
