"""How long and how much memory themes of very many passages take. Start at `measure`.

Passages are unit vectors of 384 dimensions, made from a fixed seed. Half lie around planted
centres (groups whose sizes fall off as Zipf's law has it, cosine to their centre about .6). The
other half are vectors of turns of QMSum's meetings, each repeated with noise until there are enough
(cosine to the original about .8), or planted too where ROUNDTABLE_REAL_DATA names no folder.
Passages are said one after the other, in meetings of 300. Each size runs in a process of its own,
which prints its time and its peak memory.
"""

import argparse
import json
import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks._labelled import meetings, real_data
from benchmarks.frame import Claim, at_least, at_most, main

ROOT = Path(__file__).parents[1]
SIZES = (10_000, 30_000, 100_000)
N_DIMS = 384
N_MEETINGS = 12
IN_A_MEETING = 300
LONGEST_S = 60.0
MOST_GB = 4.0
MOST_EXPONENT = 1.2
LEAST_RECALL = 0.9
N_ASKED = 1000

Vectors = NDArray[np.float32]


def measure(options: argparse.Namespace) -> Sequence[Claim]:
    """Time, peak memory, how cost grows, and how many true neighbours a large set still finds."""
    with tempfile.TemporaryDirectory() as folder:
        turns = Path(folder) / "turns.npy"
        np.save(turns, _turns())
        told = [_run(size, turns) for size in SIZES]
    claims = []
    for size, run in zip(SIZES, told, strict=True):
        claims += [
            at_most(f"themes of {size:,} passages", run["seconds"], LONGEST_S, "s"),
            at_most(f"— peak memory at {size:,}", run["peak_gb"], MOST_GB, "GB"),
        ]
    growth = math.log(told[-1]["seconds"] / told[0]["seconds"], SIZES[-1] / SIZES[0])
    return [
        *claims,
        at_most("cost grows with n to the power of", growth, MOST_EXPONENT, ""),
        at_least(f"recall of the 15 nearest at {SIZES[-1]:,}", told[-1]["recall"], LEAST_RECALL),
    ]


def _turns() -> Vectors:
    folder = real_data()
    if folder is None:
        return np.empty((0, N_DIMS), dtype=np.float32)
    from analysis.embeddings import load_embedder

    texts = [
        turn
        for meeting in meetings(folder, "qmsum_val.jsonl", N_MEETINGS)
        for turn in meeting.turns
        if len(turn.split()) > 11
    ]
    return load_embedder(None).embed(texts)


def _run(size: int, turns: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", f"from benchmarks.scale import tell; tell({size}, {str(turns)!r})"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    told: dict[str, float] = json.loads(done.stdout.strip().split("\n")[-1])
    return told


def tell(size: int, turns: str) -> None:
    """Find themes of so many passages and print seconds, peak memory and recall."""
    import resource

    from analysis.near_neighbours import nearest, on_grid
    from analysis.themes import find_themes

    vectors = passages(size, np.load(turns))
    n = np.arange(size)
    times_s = n * 10.0 + n // IN_A_MEETING * 10_000.0
    begun = time.perf_counter()
    found = find_themes(vectors, times_s=times_s)
    seconds = time.perf_counter() - begun
    peak_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    nodes = np.unique(on_grid(vectors), axis=0)
    starts, ends, _ = nearest(nodes, 15)
    told = {
        "seconds": seconds,
        "peak_gb": peak_gb,
        "recall": _recall(nodes, starts, ends),
        "n_fine": int(found.fine.max()) + 1,
    }
    print(json.dumps(told))


def passages(size: int, turns: Vectors) -> Vectors:
    """Shape (size, 384): half planted, half real turns repeated with noise."""
    rng = np.random.default_rng(0)
    n_planted = size if not len(turns) else size // 2
    n_groups = max(20, round(n_planted**0.5))
    share = 1.0 / np.arange(1, n_groups + 1)
    group = rng.choice(n_groups, n_planted, p=share / share.sum())
    centres = _with_noise(np.zeros((n_groups, N_DIMS), np.float32), 1.0, rng)
    rows = [_with_noise(centres[group], 1.33, rng)]
    if len(turns):
        rows.append(_with_noise(turns[rng.integers(0, len(turns), size - n_planted)], 0.75, rng))
    return np.concatenate(rows)[rng.permutation(size)]


def _with_noise(rows: Vectors, length: float, rng: np.random.Generator) -> Vectors:
    noise = rng.normal(size=rows.shape).astype(np.float32) * (length / N_DIMS**0.5)
    noisy = rows + noise
    return np.asarray(noisy / np.linalg.norm(noisy, axis=1, keepdims=True), dtype=np.float32)


def _recall(nodes: Vectors, starts: NDArray[np.intp], ends: NDArray[np.intp]) -> float:
    """Share of the 15 truly nearest that were found, over a thousand nodes."""
    asked = np.random.default_rng(1).permutation(len(nodes))[:N_ASKED]
    cosines = nodes[asked] @ nodes.T
    cosines[np.arange(len(asked)), asked] = -2.0
    true = np.argpartition(-cosines, 15, axis=1)[:, :15]
    keys = np.unique(starts.astype(np.int64) * len(nodes) + ends)
    wanted = asked[:, None].astype(np.int64) * len(nodes) + true
    return float(np.isin(wanted, keys).mean())


if __name__ == "__main__":
    main("scale", measure)
