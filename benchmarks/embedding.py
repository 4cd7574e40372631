"""Our way from texts to vectors beside plain sentence-transformers. Start at `measure`.

Speed is measured on sentences of QMSum's meetings (60 to 130 characters), three rounds in turn,
the median of each side. Likeness is measured on banking77 and clinc150. The share of the machine
counts the multiplications of the model's linear layers, nothing else, against the rate at which
the same library multiplies two large matrices in the same arithmetic.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import v_measure_score

from analysis.embeddings import Embedder, load_embedder
from analysis.model_folder import find_model_folder
from analysis.themes import find_themes
from benchmarks._labelled import labelled_sets, meetings, real_data
from benchmarks.frame import Claim, at_least, at_most, main

Vectors = NDArray[np.float32]

N_SENTENCES = 1200
N_MEETINGS = 4
N_ROUNDS = 3
SHORTEST, LONGEST = 60, 130
N_ALONE = 100
N_SIDE = 2048
TIMES_FASTER = 5.0


def measure(options: argparse.Namespace) -> Sequence[Claim]:
    """Speed, share of the machine, likeness to float32, and one live utterance."""
    folder = real_data()
    if folder is None:
        raise SystemExit("Set ROUNDTABLE_REAL_DATA to the folder of real data.")
    ours, plain = load_embedder(None), _plain()
    sentences = _sentences(folder)
    return [
        *_speed(ours, plain, sentences),
        *_likeness(ours, plain, folder),
        _same_in_every_batch(ours, sentences),
        _live(ours, sentences),
    ]


def _plain() -> Callable[[Sequence[str]], Vectors]:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(find_model_folder(None)), device="cpu", local_files_only=True)

    def encode(texts: Sequence[str]) -> Vectors:
        found: Vectors = model.encode(
            list(texts), batch_size=32, normalize_embeddings=True, show_progress_bar=False
        )
        return found

    return encode


def _sentences(folder: Path) -> list[str]:
    found: dict[str, None] = {}
    for meeting in meetings(folder, "qmsum_val.jsonl", N_MEETINGS):
        for turn in meeting.turns:
            for sentence in turn.replace("?", ".").split(" ."):
                if SHORTEST <= len(sentence) <= LONGEST:
                    found[sentence.strip()] = None
    return list(found)[:N_SENTENCES]


def _speed(
    ours: Embedder, plain: Callable[[Sequence[str]], Vectors], sentences: Sequence[str]
) -> list[Claim]:
    ours.embed(sentences[:64])
    plain(sentences[:64])
    seconds: dict[str, list[float]] = {"ours": [], "plain": []}
    for _ in range(N_ROUNDS):
        seconds["ours"].append(_timed(lambda: ours.embed(sentences)))
        seconds["plain"].append(_timed(lambda: plain(sentences)))
    ours_s, plain_s = (float(np.median(seconds[side])) for side in ("ours", "plain"))
    n = len(sentences)
    n_characters = round(float(np.mean([len(sentence) for sentence in sentences])))
    told = f"sentences a second ({n:,} of {n_characters} characters, {ours.path_name})"
    rates = {name: _matrix_rate(name) for name in ("float32", "bfloat16")}
    arithmetic = ours.path_name.rsplit("-", 1)[-1]
    n_tokens = sum(ours.count_tokens(sentence) for sentence in sentences)
    done = n_tokens * _flops_per_token() / ours_s
    return [
        Claim(
            told,
            round(n / ours_s, 1),
            "",
            f"≥ {TIMES_FASTER:g} x as many",
            plain_s / ours_s >= TIMES_FASTER,
            "sentence-transformers, float32, batches of 32",
            round(n / plain_s, 1),
            round(plain_s / ours_s, 2),
        ),
        *(
            Claim(
                f"— this machine multiplies in {name}", round(rate / 1e9), "GFLOP/s", "told", True
            )
            for name, rate in rates.items()
        ),
        Claim(
            f"— share of its rate in {arithmetic} that the linear layers reach",
            round(done / rates.get(arithmetic, rates["float32"]), 3),
            "",
            "told",
            True,
        ),
    ]


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _matrix_rate(name: str) -> float:
    """Operations a second of the fastest of twenty large multiplications."""
    import torch

    kind = getattr(torch, name)
    one, other = (torch.randn(N_SIDE, N_SIDE).to(kind) for _ in range(2))
    fastest = min(_timed(lambda: one @ other) for _ in range(20))
    return float(2 * N_SIDE**3 / fastest)


def _flops_per_token() -> float:
    """A multiplication and an addition for each weight of the layers, embeddings left out."""
    from safetensors import safe_open

    with safe_open(find_model_folder(None) / "model.safetensors", "np") as weights:
        shapes = [
            weights.get_slice(name).get_shape()
            for name in weights.keys()  # noqa: SIM118 - not a mapping
            if "encoder.layer" in name and name.endswith("weight")
        ]
    return float(2 * sum(shape[0] * shape[1] for shape in shapes if len(shape) == 2))


def _likeness(
    ours: Embedder, plain: Callable[[Sequence[str]], Vectors], folder: Path
) -> list[Claim]:
    v_ours, v_plain, recalls, cosines = [], [], [], []
    for labelled in labelled_sets(folder):
        one, other = ours.embed(labelled.texts), plain(labelled.texts)
        v_ours.append(v_measure_score(labelled.labels, find_themes(one).fine))
        v_plain.append(v_measure_score(labelled.labels, find_themes(other).fine))
        recalls.append(_recall(one, other))
        cosines.append(float((one * other).sum(axis=1).min()))
    lost = float(np.mean(v_plain) - np.mean(v_ours))
    return [
        at_most("V-measure lost to float32, mean of banking77 and clinc150", lost, 0.005, ""),
        at_least("recall of float32's ten nearest", float(np.mean(recalls)), 0.95),
        at_least("lowest cosine of a text to its float32 vector", min(cosines), 0.99),
    ]


def _recall(one: Vectors, other: Vectors) -> float:
    """Share of the ten nearest by the other's vectors that are among ours."""
    near = []
    for vectors in (one, other):
        cosines = vectors @ vectors.T
        np.fill_diagonal(cosines, -2.0)
        near.append(np.argpartition(-cosines, 10, axis=1)[:, :10])
    both = [len(set(a) & set(b)) for a, b in zip(*(n.tolist() for n in near), strict=True)]
    return float(np.mean(both)) / 10


def _same_in_every_batch(ours: Embedder, sentences: Sequence[str]) -> Claim:
    together = ours.embed(sentences)[:N_ALONE]
    alone = np.vstack([ours.embed([sentence]) for sentence in sentences[:N_ALONE]])
    furthest = float(1.0 - (together.astype(np.float64) * alone).sum(axis=1).min())
    return Claim(
        f"furthest from itself in another batch ({N_ALONE} sentences): 1 - cosine",
        round(furthest, 7),
        "",
        "≤ 0.00001",
        furthest <= 1e-5,
    )


def _live(ours: Embedder, sentences: Sequence[str]) -> Claim:
    seconds = [_timed(partial(ours.embed, [sentence])) for sentence in sentences[:N_ALONE]]
    return at_most("one live utterance, median", float(np.median(seconds)) * 1000, 15, "ms")


if __name__ == "__main__":
    main("embedding", measure)
