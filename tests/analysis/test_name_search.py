import numpy as np
import pytest

from analysis.name_search import Search

PASSAGES = np.array([[1.0, 0.0], [0.8, 0.6], [0.6, 0.8], [0.0, 1.0]], dtype=np.float32)
EAST, NORTH = [1.0, 0.0], [0.0, 1.0]


def test_precision_is_the_mean_share_of_the_theme_down_to_each_of_its_passages():
    search = Search(PASSAGES, np.array([0, 1, 0, 1]))

    # Ranked from the east: own, other, own, other.
    assert search.precision(0, np.array([EAST])) == pytest.approx([(1 / 1 + 2 / 3) / 2])


def test_a_name_that_finds_nothing_but_its_theme_has_precision_1():
    search = Search(PASSAGES, np.array([0, 0, 1, 1]))

    assert search.precision(0, np.array([EAST, NORTH])) == pytest.approx([1, (1 / 3 + 2 / 4) / 2])


def test_what_is_equally_near_is_found_together():
    search = Search(np.repeat(PASSAGES[:1], 4, axis=0), np.array([0, 1, 1, 1]))

    assert search.precision(0, np.array([EAST])) == pytest.approx([1 / 4])
