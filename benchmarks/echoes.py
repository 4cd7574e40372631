"""Recommendations that say the same, beside plain cosine; and how fast they appear. See `measure`.

Perspectrum: pairs of statements under a claim, as pairs of recommendations under a challenge.
STS-B: pairs of sentences with nothing around them, as an echo from another meeting. The speed is
that of the live path: the model embeds what is typed, the index is searched, what is shown is
read from a store of 20,000.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from analysis.echoes import pair_strengths, strengths
from benchmarks._labelled import real_data
from benchmarks._pairs import average_precision, claims, scored_pairs
from benchmarks.frame import Claim, at_least, at_most, main

if TYPE_CHECKING:
    from domain.ids import MeetingId

N_STORED = 20_000
N_TYPED = 60
A_MEETING = 500

Embed = Callable[[Sequence[str]], NDArray[np.float32]]


def measure(options: argparse.Namespace) -> Sequence[Claim]:
    """Pairs that people judged, then the time until an echo stands under the field."""
    folder = real_data()
    if folder is None:
        raise SystemExit("Set ROUNDTABLE_REAL_DATA to the folder of real data.")
    from analysis.embeddings import load_embedder

    embed = load_embedder(None).embed
    return [_on_claims(folder, embed), *_on_sentences(folder, embed), *_on_speed(embed)]


def _on_claims(folder: Path, embed: Embed) -> Claim:
    found = claims(folder)
    same, ours, alone, cosine = [], [], [], []
    for claim in found:
        vectors = embed(claim.statements)
        of_pairs = np.tril_indices(len(vectors), -1)
        same.append(claim.same[of_pairs[0]] == claim.same[of_pairs[1]])
        around = embed([claim.claim])[0]
        ours.append(pair_strengths(claim.statements, vectors, around)[of_pairs])
        nothing = np.zeros(vectors.shape[1])
        alone.append(pair_strengths(claim.statements, vectors, nothing)[of_pairs])
        cosine.append((vectors @ vectors.T)[of_pairs])
    is_same = np.concatenate(same)
    return at_least(
        f"Perspectrum train and dev ({len(is_same):,} pairs inside {len(found)} claims): "
        "average precision",
        average_precision(is_same, np.concatenate(ours)),
        0,
        peers={
            "plain cosine": average_precision(is_same, np.concatenate(cosine)),
            "ours without the claim": average_precision(is_same, np.concatenate(alone)),
        },
    )


def _on_sentences(folder: Path, embed: Embed) -> Iterator[Claim]:
    from scipy.stats import spearmanr

    for split in ("dev", "test"):
        ones, others, scores = scored_pairs(folder, split)
        cosine = np.sum(embed(ones) * embed(others), axis=1)
        ours = [
            strengths(one, [other], np.array([near]))[0]
            for one, other, near in zip(ones, others, cosine, strict=True)
        ]
        yield at_least(
            f"STS-B {split} ({len(scores):,} pairs): Spearman",
            float(spearmanr(scores, ours)[0]),
            0,
            peers={"plain cosine": float(spearmanr(scores, cosine)[0])},
        )


def _on_speed(embed: Embed) -> list[Claim]:
    """From a typed sentence to what is drawn, over 20,000 stored; the model is loaded."""
    from services.echoes import echoes

    rng = np.random.default_rng(2)
    with _a_full_house(embed) as meeting_id:
        begun = time.perf_counter()
        told = echoes(meeting_id, "Give every household a second device")
        first_s = time.perf_counter() - begun
        took, computed, n_found = [], [], 0
        for n in range(N_TYPED):
            typed = f"{_phrase(rng)} by spring, for visitor {n}"
            begun, begun_computing = time.perf_counter(), time.process_time()
            n_found += len(echoes(meeting_id, typed).found)
            computed.append((time.process_time() - begun_computing) * 1000)
            took.append((time.perf_counter() - begun) * 1000)
    name = f"Echoes over {told.n_compared:,} stored ({n_found / N_TYPED:.1f} shown each time)"
    return [
        at_most(f"{name}: median", float(np.median(took)), 100, "ms"),
        at_most(f"{name}: processor time, median", float(np.median(computed)), 100, "ms"),
        at_most(f"{name}: 95 of 100", float(np.quantile(took, 0.95)), 100, "ms"),
        Claim(f"{name}: the first time, vectors read", round(first_s, 2), "s", "told", True),
    ]


@contextmanager
def _a_full_house(embed: Embed) -> "Iterator[MeetingId]":
    """A store of 40 meetings with 500 invented recommendations each, and their vectors."""
    from services import upkeep
    from services.access import COMMAND_LINE, acting_as
    from services.runtime import Runtime, runtime, use_runtime
    from services.settings import read_settings

    with tempfile.TemporaryDirectory() as folder, acting_as(COMMAND_LINE):
        use_runtime(Runtime(read_settings({**os.environ, "ROUNDTABLE_FOLDER": folder})))
        upkeep.bring_up_to_date()
        runtime().embedder()
        yield _fill(embed)
        runtime().store.close()
        use_runtime(None)


def _fill(embed: Embed) -> "MeetingId":
    from domain.meetings import MeetingFormat, Pillar, Season
    from services import meetings, programmes

    programme_id = programmes.start_ours("Bench")
    meeting_ids = [
        meetings.create_meeting(
            programme_id,
            season=Season.FALL if n % 2 else Season.SPRING,
            held_on=date(2004 + n // 2, 10 if n % 2 else 4, 3),
            challenge=f"Challenge {n}",
            pillar=Pillar.CARE,
            format=MeetingFormat.ONLINE,
        )
        for n in range(N_STORED // A_MEETING)
    ]
    rng = np.random.default_rng(0)
    told = [(n, _phrase(rng)) for n in range(N_STORED)]
    _store(meeting_ids, [f"{phrase}, within {n} days" for n, phrase in told], told, embed)
    return meeting_ids[-1]


def _store(
    meeting_ids: "Sequence[MeetingId]",
    texts: Sequence[str],
    told: Sequence[tuple[int, str]],
    embed: Embed,
) -> None:
    """All at once: what is measured is finding them, not writing 20,000 one by one.

    Each vector is that of the phrase inside, a little aside: of the shape and the spread of real
    ones, without embedding 20,000 sentences first.
    """
    from services.passages import sha256_of
    from services.runtime import runtime
    from store import tables
    from store.embeddings import add_embeddings

    phrases = list(dict.fromkeys(phrase for _, phrase in told))
    known = dict(zip(phrases, embed(phrases), strict=True))
    rng = np.random.default_rng(1)
    rows = np.stack([known[phrase] for _, phrase in told])
    rows = rows + rng.normal(scale=0.3 / np.sqrt(rows.shape[1]), size=rows.shape)
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float16)
    ids = [f"r{n:06}" for n in range(len(texts))]
    kept = [
        {
            "recommendation_id": one,
            "meeting_id": meeting_ids[n // A_MEETING],
            "number": n % A_MEETING + 1,
            "state": "proposed",
        }
        for n, one in enumerate(ids)
    ]
    worded = [
        {
            "recommendation_id": one,
            "number": 1,
            "text": text,
            "created_at": datetime(2024, 10, 3, tzinfo=UTC),
            "author": "bench",
        }
        for one, text in zip(ids, texts, strict=True)
    ]
    vectors = {sha256_of(text): row.tobytes() for text, row in zip(texts, rows, strict=True)}
    with runtime().store.write() as tx:
        tx.execute(tables.recommendation.insert(), kept)
        tx.execute(tables.recommendation_revision.insert(), worded)
        add_embeddings(tx, *runtime().model_name, vectors)


_WHO = ("insurers", "clinics", "families", "counties", "device makers", "trial sites")
_WHAT = ("machine", "visit", "letter", "training", "phone line", "ramp", "chair", "form")
_DO = ("Ask {who} for one {what}", "Give {who} a {what}", "Let {who} share a {what}")


def _phrase(rng: np.random.Generator) -> str:
    return str(rng.choice(_DO)).format(who=rng.choice(_WHO), what=rng.choice(_WHAT))


if __name__ == "__main__":
    main("echoes", measure)
