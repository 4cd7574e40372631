"""Sentences that propose something, beside what people would try first. See `measure`.

Peers in the same run: one line of modal verbs, the patterns that stood here before, and logistic
regression over TF-IDF or over MiniLM's vectors, learned from the same sentences. ``--csv FILE``
measures on any sentences: columns text and label, where 1, yes or true proposes.
"""

import argparse
import json
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, precision_score, recall_score
from sklearn.pipeline import make_pipeline

from analysis import proposals
from analysis.proposal_features import traits_of
from benchmarks import _proposal_patterns
from benchmarks._labelled import from_csv, real_data
from benchmarks._proposal_crossing import EMAIL_TEST, crossed
from benchmarks._proposal_sentences import (
    Labelled,
    email_intent,
    from_file,
    heard,
    invented,
    minutes,
    texts_of,
    voices,
)
from benchmarks._proposal_strangers import strangers
from benchmarks._proposal_training import EMAIL_TRAINING, N_OF_EACH, SEED, learn
from benchmarks.frame import Claim, at_least, at_most, main

Say = Callable[[Sequence[str]], NDArray[np.bool_]]

MODAL = re.compile(
    r"\b(?:should|could|would|must|need|needs|please|suggest|recommend|why not|let's|wish)\b",
    re.IGNORECASE,
)
OURS = "ours"
TARGET, EMAIL_TARGET = 0.70, 0.74
MOST_MS = 1.0
SHARE_LISTED = 0.2
PENALTIES = (0.05, 0.1, 0.2, 0.4)
EVEN = 0.5
"""Where the sentences to come are like the ones learned from, half is where to list."""
YES = frozenset({"1", "yes", "true"})


def measure(options: argparse.Namespace) -> Sequence[Claim]:
    """Held-out and real sentences; each set with precision, recall and F1."""
    hand = [*invented(N_OF_EACH, SEED), *from_file("written"), *voices()]
    sides: dict[str, Say] = {
        OURS: lambda texts: np.array([proposals.is_proposal(text) for text in texts]),
        "modal verbs": lambda texts: np.array([bool(MODAL.search(text)) for text in texts]),
        "earlier patterns": lambda texts: np.array(
            [_proposal_patterns.matches(text) for text in texts]
        ),
        **_learned(hand),
    }
    if options.csv:
        told = from_csv(options.csv)
        rows = zip(told.texts, told.labels, strict=True)
        given = [Labelled(text, label.lower() in YES, told.name) for text, label in rows]
        return _on(told.name, given, sides, TARGET)
    claims = [_speed(), *_on_held_out("held out", from_file("held_out"), sides)]
    claims += _on_held_out("unseen voices", voices(is_unseen=True), sides)
    folder = real_data()
    return claims + (_on_real(folder, hand, sides) if folder else [])


def _on_held_out(name: str, sentences: Sequence[Labelled], sides: dict[str, Say]) -> list[Claim]:
    claims = _on(f"{name}, all", sentences, sides, TARGET)
    for kind in sorted({one.kind for one in sentences}):
        claims += _on(f"{name}, {kind}", [s for s in sentences if s.kind == kind], sides, TARGET)
    return claims


def _on_real(folder: Path, hand: Sequence[Labelled], sides: dict[str, Say]) -> list[Claim]:
    """E-mails, meetings and minutes; where a set took part in learning, it is left out here."""
    without = {**sides, OURS: _saying(learn(hand))}
    training = email_intent(folder, EMAIL_TRAINING)
    test = email_intent(folder, EMAIL_TEST)
    own = {**_learned(training), OURS: _saying(_best_of(training), is_gated=False)}
    return [
        *_on_crossing(folder, sides["modal verbs"]),
        *(
            claim
            for source, them in strangers(folder).items()
            for claim in _on(f"strangers' {source}, labelled by hand", them, sides, 0.0)
        ),
        *_on("email_intent test, learned from its own training half", test, own, EMAIL_TARGET),
        *_on("email_intent test, learned without any e-mail", test, without, 0.0),
        *_on("QMSum (val), labelled by hand", heard(folder, "val"), sides, 0.0),
        *_on("minutes: PROPOSAL lines, learned without any", minutes(folder), without, 0.0),
        *_on_decisions(folder),
    ]


def _on_crossing(folder: Path, modal: Say) -> list[Claim]:
    """Each kind of text learned without it; the mean is what the model was chosen by."""
    ours, peer, claims = [], [], []
    for left_out, (learned, counts, sentences) in crossed(folder).items():
        truth, texts = [one.proposes for one in sentences], texts_of(sentences)
        ours.append(float(f1_score(truth, _saying(learn(learned, counts))(texts))))
        peer.append(float(f1_score(truth, modal(texts))))
        name = f"{left_out}, learned without any ({len(texts):,} sentences): F1"
        claims.append(at_least(name, ours[-1], 0.0, peers={"modal verbs": peer[-1]}))
    name = "mean of the five kinds, each learned without it: F1"
    mean = at_least(name, float(np.mean(ours)), 0.0, peers={"modal verbs": float(np.mean(peer))})
    return [*claims, mean]


def _on(
    name: str, sentences: Sequence[Labelled], sides: dict[str, Say], least: float
) -> list[Claim]:
    """F1 beside every peer's; precision and recall are told."""
    texts, truth = texts_of(sentences), [one.proposes for one in sentences]
    said = {side: say(texts) for side, say in sides.items()}
    f1 = {side: float(f1_score(truth, one, zero_division=0)) for side, one in said.items()}
    ours = said[OURS]
    peers = {side: score for side, score in f1.items() if side != OURS}
    told = f"{name} ({len(texts):,} sentences, {sum(truth):,} propose)"
    precision = float(precision_score(truth, ours, zero_division=0))
    recall = float(recall_score(truth, ours, zero_division=0))
    return [
        at_least(f"{told}: F1", f1[OURS], least, peers=peers),
        Claim(f"{name}: precision", round(precision, 3), "", "told", True),
        Claim(f"{name}: recall", round(recall, 3), "", "told", True),
    ]


def _on_decisions(folder: Path) -> list[Claim]:
    """What people wrote down as decided or to do: is where it was said in what we would list?

    The place is the turn that is nearest in meaning; listed is the strongest fifth of the turns.
    """
    from analysis.embeddings import load_embedder

    embedder = load_embedder(None)
    told = json.loads(next((folder / "ami_5_meetings").rglob("converted*.json")).read_text("utf-8"))
    n_found = n_all = 0
    for one in told.values():
        info = one["original dialog info"]
        written = [
            s["text"] for s in info["abstractive summary"] if s["type"] in ("decisions", "actions")
        ]
        turns = [line.split(" : ", 1)[-1] for line in info["dialog history"]]
        turns = [turn for turn in turns if len(turn.split()) >= 5]
        if not written or not turns:
            continue
        strengths = np.array([proposals.proposal_strength(turn) for turn in turns])
        listed = set(np.argsort(-strengths, kind="stable")[: int(len(turns) * SHARE_LISTED)])
        nearest = np.argmax(embedder.embed(written) @ embedder.embed(turns).T, axis=1)
        n_found += sum(int(turn) in listed for turn in nearest)
        n_all += len(written)
    name = f"AMI: where {n_all} decisions and actions were said is in the strongest fifth"
    return [
        at_least(name, n_found / max(n_all, 1), SHARE_LISTED, peers={"by chance": SHARE_LISTED})
    ]


def _learned(sentences: Sequence[Labelled]) -> dict[str, Say]:
    """What people would try first, learned from the same sentences."""
    from analysis.embeddings import load_embedder

    texts, truth = texts_of(sentences), [one.proposes for one in sentences]
    words = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True), LogisticRegression(max_iter=500)
    ).fit(texts, truth)
    embedder = load_embedder(None)
    meaning = LogisticRegression(max_iter=500).fit(embedder.embed(texts), truth)
    return {
        "TF-IDF + logistic": lambda texts: np.asarray(words.predict(texts)),
        "MiniLM + logistic": lambda texts: np.asarray(meaning.predict(embedder.embed(texts))),
    }


def _best_of(training: Sequence[Labelled]) -> proposals.Weights:
    """Learned with the penalty that does best on a fifth of the training half."""
    apart = [one for n, one in enumerate(training) if n % 5 == 0]
    rest = [one for n, one in enumerate(training) if n % 5]
    truth = [one.proposes for one in apart]

    def f1(inverse_penalty: float) -> float:
        say = _saying(
            learn(rest, inverse_penalty=inverse_penalty, listed_from=EVEN), is_gated=False
        )
        return float(f1_score(truth, say(texts_of(apart))))

    return learn(training, inverse_penalty=max(PENALTIES, key=f1), listed_from=EVEN)


def _saying(weights: proposals.Weights, *, is_gated: bool = True) -> Say:
    """Our model with other weights; without the gate where more than proposals is asked for."""

    def one(text: str) -> bool:
        traits = traits_of(text)
        score = weights.intercept + sum(
            weights.of.get(name, 0.0) * worth for name, worth in proposals.worths(traits).items()
        )
        return score > 0 and (traits.can_propose or not is_gated)

    return lambda texts: np.array([one(text) for text in texts])


def _speed() -> Claim:
    """The median over the held-out sentences, each alone."""
    times = []
    for sentence in texts_of(from_file("held_out")):
        began = time.perf_counter()
        proposals.proposal_strength(sentence)
        times.append((time.perf_counter() - began) * 1000)
    return at_most("one sentence, median", float(np.median(times)), MOST_MS, "ms")


if __name__ == "__main__":
    main("proposals", measure)
