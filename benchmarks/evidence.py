"""Evidence for a recommendation, beside plain cosine and BM25 over the same texts. See `measure`.

ArgKP: which arguments say a key point (a recommendation and its quotes), and whether an argument
speaks for or against the motion. QMSum: which turns of a meeting answer a question.
"""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from analysis.evidence import Said, Text, rank_evidence, relevance
from analysis.stance import PRAISE, SURE_FROM, WARNING, direction_of, stances
from analysis.word_match import WordMatch
from benchmarks._labelled import real_data
from benchmarks._pairs import Talk, Topic, average_precision, talks, topics
from benchmarks.frame import Claim, at_least, main

OURS, COSINE, BM25 = "ours", "plain cosine", "BM25"
N_FIRST = 5
N_MEETINGS = {"val": 35, "train": 30}
NOBODY = -9.0

Scores = NDArray[np.float64]
Embed = Callable[[Sequence[str]], NDArray[np.float32]]


def measure(options: argparse.Namespace) -> Sequence[Claim]:
    """Key points and their arguments, stances, questions and their turns."""
    folder = real_data()
    if folder is None:
        raise SystemExit("Set ROUNDTABLE_REAL_DATA to the folder of real data.")
    from analysis.embeddings import load_embedder

    embed = load_embedder(None).embed
    claims = [
        claim
        for split in ("dev", "train")
        for claim in _on_topics(split, topics(folder, split), embed)
    ]
    for split in ("val", "train"):
        claims += _on_meetings(folder, split, embed)
    return claims


def _on_topics(split: str, found: Sequence[Topic], embed: Embed) -> list[Claim]:
    name = f"ArgKP {split} ({len(found)} topics)"
    vectors = [(embed(t.arguments), embed(t.key_points)) for t in found]
    by_side = {
        side: [score(t, *v) for t, v in zip(found, vectors, strict=True)]
        for side, score in _SIDES.items()
    }
    first = {side: _precision_at_1(found, scores) for side, scores in by_side.items()}
    pairs = {side: _over_pairs(found, scores) for side, scores in by_side.items()}
    return [
        at_least(f"{name}: precision at 1", first.pop(OURS), 0, peers=first),
        at_least(f"{name}: average precision of pairs", pairs.pop(OURS), 0, peers=pairs),
        *_on_stances(name, found, [v for v, _ in vectors], embed),
    ]


def _ours(topic: Topic, said: NDArray[np.float32], points: NDArray[np.float32]) -> Scores:
    passages = Said(topic.arguments, said, topic.arguments)
    columns = [
        relevance(Text(words, vector), passages)
        for words, vector in zip(topic.key_points, points, strict=True)
    ]
    return np.stack(columns, axis=1)


def _cosine(topic: Topic, said: NDArray[np.float32], points: NDArray[np.float32]) -> Scores:
    return np.asarray(said @ points.T, dtype=np.float64)


def _bm25(topic: Topic, said: NDArray[np.float32], points: NDArray[np.float32]) -> Scores:
    index = WordMatch(topic.arguments)
    return np.stack([index.match(words) for words in topic.key_points], axis=1)


_SIDES = {OURS: _ours, COSINE: _cosine, BM25: _bm25}


def _precision_at_1(found: Sequence[Topic], scores: Sequence[Scores]) -> float:
    """Of arguments that say any key point: whether the best one is among those they say."""
    right = []
    for topic, score in zip(found, scores, strict=True):
        asked = np.where(topic.labels < 0, NOBODY, score)
        best = topic.labels[np.arange(len(asked)), asked.argmax(axis=1)]
        right += (best[topic.labels.max(axis=1) == 1] == 1).tolist()
    return float(np.mean(right))


def _over_pairs(found: Sequence[Topic], scores: Sequence[Scores]) -> float:
    labels = np.concatenate([t.labels[t.labels >= 0] for t in found])
    told = np.concatenate([s[t.labels >= 0] for t, s in zip(found, scores, strict=True)])
    return average_precision(labels == 1, told)


def _on_stances(
    name: str, found: Sequence[Topic], vectors: Sequence[NDArray[np.float32]], embed: Embed
) -> list[Claim]:
    direction = direction_of(embed(PRAISE), embed(WARNING))
    told = np.concatenate(
        [stances(t.motion, t.arguments, v, direction) for t, v in zip(found, vectors, strict=True)]
    )
    is_for = np.concatenate([t.stances == 1 for t in found])
    majority = float(max(is_for.mean(), 1 - is_for.mean()))
    sure = told <= -SURE_FROM
    return [
        at_least(f"{name}: for or against, area under ROC", roc_auc_score(is_for, told), 0.7),
        at_least(
            f"{name}: for or against, accuracy",
            float(np.mean((told > 0) == is_for)),
            0,
            peers={"always the commoner one": majority},
        ),
        at_least(
            f"{name}: right where it says “may speak against” ({sure.mean():.0%} of arguments)",
            float(1 - is_for[sure].mean()),
            0.8,
            peers={"always the commoner one": majority},
        ),
    ]


def _on_meetings(folder: Path, split: str, embed: Embed) -> list[Claim]:
    found: dict[str, list[tuple[bool, float, int]]] = {}
    read = talks(folder, f"qmsum_{split}.jsonl", N_MEETINGS[split])
    for talk in read:
        vectors = embed(talk.turns)
        said, index = Said(talk.turns, vectors, talk.speakers), WordMatch(talk.turns)
        for asked in talk.asked:
            vector = embed([asked.question])[0]
            orders = {
                OURS: rank_evidence(Text(asked.question, vector), said, n_most=50).passages,
                COSINE: _order(vectors @ vector),
                BM25: _order(index.match(asked.question)),
            }
            for side, order in orders.items():
                found.setdefault(side, []).append(_hits(order, asked.turns, talk))
    n_asked = len(found[OURS])
    name = f"QMSum {split} ({len(read)} meetings, {n_asked} questions)"
    hit, rank, voices = (
        {side: float(np.mean([one[n] for one in told])) for side, told in found.items()}
        for n in range(3)
    )
    return [
        at_least(f"{name}: a right turn among the first 5", hit.pop(OURS), 0, peers=hit),
        at_least(f"{name}: mean reciprocal rank", rank.pop(OURS), 0, peers=rank),
        at_least(f"{name}: speakers among the first 5", voices.pop(OURS), 0, peers=voices),
    ]


def _order(scores: NDArray[np.floating]) -> NDArray[np.intp]:
    return np.argsort(-scores, kind="stable")


def _hits(order: NDArray[np.intp], right: frozenset[int], talk: Talk) -> tuple[bool, float, int]:
    """Whether one of the first five is right, one over the first right place, speakers."""
    is_right = [int(turn) in right for turn in order]
    rank = 1 / (1 + is_right.index(True)) if any(is_right) else 0.0
    return any(is_right[:N_FIRST]), rank, len({talk.speakers[n] for n in order[:N_FIRST]})


if __name__ == "__main__":
    main("evidence", measure)
