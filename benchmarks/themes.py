"""Themes beside groups that people made, and beside the tools people would pick. See `measure`.

Every side gets the same vectors. Nobody but k-means is told how many groups there are; it is
told the true number. Texts that a side leaves in no group count as one group together.
"""

import argparse
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score, v_measure_score

from analysis.themes import find_themes
from benchmarks._labelled import (
    Labelled,
    from_csv,
    labelled_sets,
    meetings,
    real_data,
    statements,
)
from benchmarks.frame import Claim, at_least, at_most, faster, main

Labels = NDArray[np.intp]
Side = Callable[[NDArray[np.float32], Sequence[str], int], Labels]

# V-measure, ARI: what the set must reach.
TARGETS = {"banking77": (0.83, 0.57), "clinc150": (0.91, 0.73)}
N_CLAIMS = 60
N_MEETINGS = 20
N_BLOCKS = 8
FEWEST_WORDS = 12
MOST_SET_ASIDE = 0.1
SECONDS_A_WORD = 0.4


@dataclass(frozen=True)
class Found:
    """Groups of one side and how long they took."""

    labels: Labels
    seconds: float


def measure(options: argparse.Namespace) -> Sequence[Claim]:
    """Labelled sets, statements that say the same, meetings with their topics."""
    folder = real_data()
    if folder is None and options.csv is None:
        raise SystemExit("Set ROUNDTABLE_REAL_DATA to the folder of real data, or give --csv FILE.")
    embed = _embedder()
    claims: list[Claim] = []
    sets = [*labelled_sets(folder)] if folder else []
    if options.csv:
        sets = [from_csv(options.csv)]
    for labelled in sets:
        claims += _on_labelled(labelled, embed)
    if folder and not options.csv:
        claims += _on_statements([*statements(folder, N_CLAIMS)], embed)
        claims += _on_meetings(embed, folder)
    return claims


def _embedder() -> Callable[[Sequence[str]], NDArray[np.float32]]:
    from analysis.embeddings import load_embedder

    model = load_embedder(None)
    return lambda texts: model.embed(texts)


def _on_labelled(
    labelled: Labelled, embed: Callable[[Sequence[str]], NDArray[np.float32]]
) -> list[Claim]:
    vectors = embed(labelled.texts)
    n_true = len(set(labelled.labels))
    found = {name: _timed(side, vectors, labelled.texts, n_true) for name, side in SIDES.items()}
    ours, peers = found[OURS], {name: one for name, one in found.items() if name != OURS}
    least_v, least_ari = TARGETS.get(labelled.name, (0.0, 0.0))
    name = f"{labelled.name} ({len(labelled.texts):,} texts, {n_true} labels)"

    def by(score: Callable[..., float]) -> dict[str, float]:
        return {peer: score(labelled.labels, one.labels) for peer, one in peers.items()}

    return [
        at_least(
            f"{name}: V-measure",
            v_measure_score(labelled.labels, ours.labels),
            least_v,
            peers=by(v_measure_score),
        ),
        at_least(
            f"{name}: adjusted Rand",
            adjusted_rand_score(labelled.labels, ours.labels),
            least_ari,
            peers=by(adjusted_rand_score),
        ),
        at_most(f"{name}: share set aside", float(np.mean(ours.labels < 0)), MOST_SET_ASIDE, ""),
        faster(f"{name}: time", ours.seconds, "BERTopic", peers["BERTopic"].seconds, 20),
    ]


def _on_statements(
    sets: Sequence[Labelled], embed: Callable[[Sequence[str]], NDArray[np.float32]]
) -> list[Claim]:
    """Mean over claims: whether statements that say the same come together."""
    scores = []
    for labelled in sets:
        found = find_themes(embed(labelled.texts), min_size=2).fine
        scores.append(adjusted_rand_score(labelled.labels, _apart(found)))
    told = f"Perspectrum ({len(sets)} claims): adjusted Rand, mean"
    return [Claim(told, round(float(np.mean(scores)), 3), "", "told", True)]


def _on_meetings(
    embed: Callable[[Sequence[str]], NDArray[np.float32]], folder: object
) -> list[Claim]:
    """Adjusted mutual information with the topics that people marked, mean over meetings."""
    from pathlib import Path

    scores: dict[str, list[float]] = {}
    n_themes = []
    for meeting in meetings(Path(str(folder)), "qmsum_train.jsonl", N_MEETINGS):
        n_words = np.array([len(turn.split()) for turn in meeting.turns])
        long = [
            n for n, topics in enumerate(meeting.topics_of) if topics and n_words[n] >= FEWEST_WORDS
        ]
        texts = [meeting.turns[n] for n in long]
        truth = [meeting.topics_of[n][0] for n in long]
        vectors = embed(texts)
        times_s = (np.cumsum(n_words) * SECONDS_A_WORD)[long]
        ours = find_themes(vectors, times_s=times_s).broad
        n_themes.append(len(set(ours.tolist()) - {-1}))
        sides = {
            OURS: ours,
            "eight equal blocks of time": np.arange(len(long)) * N_BLOCKS // len(long),
            "BERTopic": SIDES["BERTopic"](vectors, texts, 0),
            "EVoC": SIDES["EVoC"](vectors, texts, 0),
        }
        for name, labels in sides.items():
            scores.setdefault(name, []).append(adjusted_mutual_info_score(truth, labels))
    mean = {name: float(np.mean(values)) for name, values in scores.items()}
    ours_mean = mean.pop(OURS)
    return [
        at_least(
            f"QMSum ({N_MEETINGS} meetings, broad level): adjusted mutual information, mean",
            ours_mean,
            0,
            peers=mean,
        ),
        at_most("QMSum: most broad themes in a meeting", float(max(n_themes)), 15, "themes"),
        at_least("QMSum: fewest broad themes in a meeting", float(min(n_themes)), 5, "themes"),
    ]


def _timed(side: Side, vectors: NDArray[np.float32], texts: Sequence[str], n_true: int) -> Found:
    begun = time.perf_counter()
    labels = side(vectors, texts, n_true)
    return Found(labels, time.perf_counter() - begun)


def _ours(vectors: NDArray[np.float32], texts: Sequence[str], n_true: int) -> Labels:
    return find_themes(vectors).fine


def _k_means(vectors: NDArray[np.float32], texts: Sequence[str], n_true: int) -> Labels:
    from sklearn.cluster import KMeans

    found: Labels = KMeans(n_true, random_state=0, n_init=1).fit_predict(vectors)
    return found


def _bertopic(vectors: NDArray[np.float32], texts: Sequence[str], n_true: int) -> Labels:
    from bertopic import BERTopic

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        topics, _ = BERTopic().fit_transform(list(texts), vectors)
    return np.array(topics)


def _evoc(vectors: NDArray[np.float32], texts: Sequence[str], n_true: int) -> Labels:
    from evoc import EVoC

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.asarray(EVoC().fit_predict(vectors))


def _apart(labels: Labels) -> Labels:
    """Statements in no theme say the same as no other."""
    alone = np.flatnonzero(labels < 0)
    told = labels.copy()
    told[alone] = labels.max(initial=-1) + 1 + np.arange(len(alone))
    return told


OURS = "ours"
SIDES: dict[str, Side] = {
    OURS: _ours,
    "k-means told how many": _k_means,
    "BERTopic": _bertopic,
    "EVoC": _evoc,
}

if __name__ == "__main__":
    main("themes", measure)
