import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from analysis.theme_map import place_on_map
from domain.errors import VectorsUnusable


def passages(n_each=10, seed=0):
    rng = np.random.default_rng(seed)
    return np.repeat(np.eye(12)[:4], n_each, axis=0) + 0.1 * rng.normal(size=(4 * n_each, 12))


ROOT = Path(__file__).parents[2]
LABELS = np.repeat(np.arange(4), 10)


def test_each_passage_has_a_place_within_the_square():
    places = place_on_map(passages(), LABELS)

    assert places.shape == (40, 2)
    assert np.abs(places).max() == 1.0


def test_a_passage_lies_nearest_to_the_middle_of_its_own_theme():
    places = place_on_map(passages(), LABELS)

    middles = np.array([places[theme == LABELS].mean(axis=0) for theme in range(4)])
    nearest = np.argmin(((places[:, None] - middles) ** 2).sum(axis=2), axis=1)
    assert nearest.tolist() == LABELS.tolist()


def test_the_same_passages_have_the_same_map():
    np.testing.assert_array_equal(
        place_on_map(passages(), LABELS), place_on_map(passages(), LABELS)
    )


@pytest.mark.parametrize("n_passages", [0, 1, 2, 5])
def test_a_map_of_few_passages_is_a_map(n_passages):
    places = place_on_map(np.ones((n_passages, 6)), np.zeros(n_passages, dtype=np.intp))

    assert places.shape == (n_passages, 2)
    assert np.isfinite(places).all()


def test_a_passage_without_a_theme_has_a_place():
    labels = LABELS.copy()
    labels[3] = -1

    assert np.isfinite(place_on_map(passages(), labels)).all()


def test_a_vector_without_direction_is_refused():
    with pytest.raises(VectorsUnusable):
        place_on_map(np.zeros((3, 4)), np.zeros(3, dtype=np.intp))


def test_a_passage_keeps_its_place_in_whatever_order_passages_come():
    vectors = passages()
    order = np.random.default_rng(5).permutation(len(vectors))

    shuffled = place_on_map(vectors[order], LABELS[order])

    np.testing.assert_allclose(shuffled, place_on_map(vectors, LABELS)[order], atol=2e-6)


SCRIPT = """
import hashlib, numpy as np
from analysis.theme_map import place_on_map
rng = np.random.default_rng(3)
vectors = np.repeat(rng.normal(size=(9, 384)), 200, axis=0) + 0.8 * rng.normal(size=(1800, 384))
places = place_on_map(vectors.astype(np.float32), np.repeat(np.arange(9), 200))
print(hashlib.sha256(places.tobytes()).hexdigest())
"""


@pytest.mark.slow
def test_every_process_and_number_of_threads_draws_the_same_map():
    """The map of 1,800 passages, byte for byte, in processes of their own."""
    drawn = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            cwd=ROOT,
            env={**os.environ, "OPENBLAS_NUM_THREADS": n, "OMP_NUM_THREADS": n},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for n in ("1", "2", "4")
    }

    assert len(drawn) == 1
