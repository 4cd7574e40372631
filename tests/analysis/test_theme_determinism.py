"""The same vectors give the same themes, and nearly the same vectors nearly the same."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from analysis.embeddings import LibraryEmbedder, PackedEmbedder
from analysis.model_folder import find_model_folder
from analysis.themes import find_themes
from intake.front_door import read_transcript

ROOT = Path(__file__).parents[2]
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
# A set of 800 is compared in cells too, as one of 100,000 is.
PROGRAM = """
import hashlib
import numpy as np
from analysis import near_neighbours
from analysis.themes import find_themes
near_neighbours.MOST_COMPARED_WITH_ALL = {most_compared}
centres = 8 * np.eye(384)[np.arange(800) % 30]
vectors = np.random.default_rng(1).normal(size=(800, 384)) + centres
told = find_themes(vectors, times_s=np.arange(800.0) * 10)
whole = (told.fine, told.broad, told.strength, told.memberships.strengths)
print(len(set(told.fine)), hashlib.sha256(b"".join(part.tobytes() for part in whole)).hexdigest())
"""


def talk_like(n=300, seed=3):
    rng = np.random.default_rng(seed)
    spoken_of = np.repeat(rng.permutation(12), 25)[:n]
    return 0.6 * np.eye(48)[spoken_of] + 0.25 * rng.normal(size=(n, 48))


def nearly_alike(one, other):
    return float(adjusted_rand_score(one, other))


@pytest.mark.slow
@pytest.mark.parametrize("most_compared", [10_000, 100])
def test_threads_and_runs_change_no_bit_of_a_theme(most_compared):
    found = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM.format(most_compared=most_compared)],
            env={**os.environ, **dict.fromkeys(THREADS, n_threads)},
            check=True,
            capture_output=True,
            cwd=ROOT,
        ).stdout
        for n_threads in ("1", "2", "4")
    }

    assert len(found) == 1
    assert int(found.pop().split()[0]) > 5


@pytest.mark.parametrize("seed", range(3))
def test_where_every_time_is_known_the_order_of_rows_changes_not_even_a_number(seed):
    vectors, times_s = talk_like(), np.arange(300.0) * 10
    order = np.random.default_rng(seed).permutation(300)

    told, shuffled = (
        find_themes(vectors, times_s=times_s),
        find_themes(vectors[order], times_s=times_s[order]),
    )

    assert told.fine[order].tolist() == shuffled.fine.tolist()
    assert told.broad[order].tolist() == shuffled.broad.tolist()
    assert told.merges == shuffled.merges


def test_vectors_off_by_what_single_precision_loses_give_nearly_the_same_themes():
    vectors = talk_like()
    noise = 1e-6 * np.random.default_rng(0).normal(size=vectors.shape)

    told, again = (
        find_themes(rows, times_s=np.arange(300.0) * 10) for rows in (vectors, vectors + noise)
    )

    assert nearly_alike(told.fine, again.fine) >= 0.95


@pytest.fixture(scope="module")
def themes_by_path():
    """Fine and broad themes of the four meetings of the sample, by each path of arithmetic.

    By the library, which is slow and counts in the same precision as ours, of two of them.
    """
    folder = find_model_folder(None)
    embedders = {
        "float32": PackedEmbedder(folder, "m", bfloat16=False),
        "bfloat16": PackedEmbedder(folder, "m", bfloat16=True),
        "sentence-transformers": LibraryEmbedder(folder, "m"),
    }
    found = {}
    for name, embedder in embedders.items():
        found[name] = []
        paths = sorted((ROOT / "data" / "sample").glob("*/transcript.*"))
        for path in paths[:2] if name == "sentence-transformers" else paths:
            turns = read_transcript(path.name, path.read_bytes()).turns
            texts = [turn.text for turn in turns if len(turn.text.split()) > 4]
            vectors = embedder.embed(texts).astype(np.float16)
            found[name].append(find_themes(vectors, times_s=np.arange(len(texts)) * 15.0))
    return found


def agreement(themes_by_path, one, other, level):
    pairs = zip(themes_by_path[one], themes_by_path[other], strict=False)
    return np.mean([nearly_alike(getattr(a, level), getattr(b, level)) for a, b in pairs])


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("level", ["fine", "broad"])
def test_the_library_and_our_single_precision_find_the_same_themes(themes_by_path, level):
    assert agreement(themes_by_path, "float32", "sentence-transformers", level) >= 0.95


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("level", ["fine", "broad"])
def test_half_the_digits_change_few_themes(themes_by_path, level):
    assert agreement(themes_by_path, "float32", "bfloat16", level) >= 0.9
