import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.themes import NO_THEME, find_themes
from domain.errors import TooFewPassages, VectorsUnusable


def meanings(n_each, n_meanings, *, seed=0, noise=0.03, n_dims=24):
    """Passages around axes at right angles, one meaning after the other."""
    rng = np.random.default_rng(seed)
    axes = np.repeat(np.eye(n_dims)[:n_meanings], n_each, axis=0)
    return axes + noise * rng.normal(size=axes.shape)


def same_groups(one, other):
    """Whether two labellings group the same passages together."""
    return len(set(zip(one, other, strict=True))) == len(set(one)) == len(set(other))


def test_passages_of_one_meaning_share_a_theme():
    themes = find_themes(meanings(20, 5))

    assert same_groups(themes.fine.tolist(), np.repeat(range(5), 20).tolist())


def test_the_largest_theme_is_number_0():
    vectors = meanings(20, 3)[5:]

    assert np.bincount(find_themes(vectors).fine).tolist() == [20, 20, 15]


def test_equally_large_themes_are_numbered_in_the_order_first_said():
    assert find_themes(meanings(12, 3)).fine[[0, 12, 24]].tolist() == [0, 1, 2]


def test_equally_large_themes_are_numbered_by_time_where_times_are_known():
    times_s = np.arange(36.0)[::-1] * 1000

    assert find_themes(meanings(12, 3), times_s=times_s).fine[[0, 12, 24]].tolist() == [2, 1, 0]


def test_a_fine_theme_lies_in_one_broad_theme():
    rng = np.random.default_rng(3)
    themes = find_themes(rng.normal(size=(300, 8)))

    assert (themes.broad == np.append(themes.broad_of_fine, NO_THEME)[themes.fine]).all()


def test_broad_themes_of_a_large_meeting_are_few_enough_to_read():
    themes = find_themes(meanings(10, 40, noise=0.12, n_dims=40))

    assert 2 <= themes.broad.max() + 1 <= 12


def test_every_breadth_down_to_the_links_can_be_asked_for():
    themes = find_themes(meanings(10, 40, noise=0.12, n_dims=40))

    assert [len(np.unique(themes.at_breadth(n))) for n in (30, 9, 3)] == [30, 9, 3]


def test_the_breadth_of_the_broad_level_gives_the_broad_level():
    themes = find_themes(meanings(10, 40, noise=0.12, n_dims=40))

    again = themes.at_breadth(int(themes.broad.max()) + 1)

    assert same_groups(again.tolist(), themes.broad.tolist())


@settings(deadline=None, max_examples=15)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_order_of_passages_does_not_change_who_is_grouped_with_whom(seed):
    rng = np.random.default_rng(seed)
    vectors, times_s = rng.normal(size=(80, 6)), rng.integers(0, 50, 80).astype(float)
    order = rng.permutation(80)

    before = find_themes(vectors, times_s=times_s)
    after = find_themes(vectors[order], times_s=times_s[order])

    assert same_groups(before.fine[order].tolist(), after.fine.tolist())
    assert same_groups(before.broad[order].tolist(), after.broad.tolist())
    np.testing.assert_array_equal(before.strength[order], after.strength)


def test_the_same_vectors_give_the_same_themes():
    vectors = np.random.default_rng(1).normal(size=(400, 12)).astype(np.float16)

    assert find_themes(vectors).fine.tolist() == find_themes(vectors).fine.tolist()


def test_the_length_of_a_vector_does_not_count():
    vectors = meanings(10, 4)

    assert find_themes(vectors).fine.tolist() == find_themes(vectors * 8).fine.tolist()


@pytest.mark.parametrize("n_copies", [3, 10_000])
def test_copies_of_one_passage_are_one_theme(n_copies):
    themes = find_themes(np.ones((n_copies, 4)), times_s=np.arange(float(n_copies)))

    assert set(themes.fine) == {0}
    assert set(themes.strength) == {1.0}


@pytest.mark.parametrize("n_meanings", [2, 3, 5, 12])
def test_many_copies_of_very_few_meanings_are_a_broad_theme_each(n_meanings):
    somewhat_alike = 0.6 * np.eye(n_meanings) + 0.1
    spoken_of = np.tile(np.arange(n_meanings), 1000)

    themes = find_themes(somewhat_alike[spoken_of])

    assert same_groups(themes.broad.tolist(), spoken_of.tolist())


def test_copies_of_one_passage_beside_other_talk_are_a_theme_of_their_own():
    vectors = np.vstack([np.tile(np.eye(24)[20] + 0.05, (10_000, 1)), meanings(15, 4)])

    themes = find_themes(vectors)

    assert len(set(themes.fine[:10_000])) == 1
    assert same_groups(themes.fine[10_000:].tolist(), np.repeat(range(4), 15).tolist())
    assert themes.fine[0] not in themes.fine[10_000:]


def test_passages_that_have_nothing_in_common_are_in_no_theme():
    themes = find_themes(np.eye(5))

    assert themes.fine.tolist() == [NO_THEME] * 5
    assert themes.broad.tolist() == [NO_THEME] * 5


def test_at_most_a_tenth_is_in_no_theme():
    vectors = np.vstack([meanings(30, 3), np.random.default_rng(2).normal(size=(30, 24))])

    assert np.mean(find_themes(vectors).fine == NO_THEME) <= 0.1


def test_a_theme_has_at_least_min_size_passages():
    themes = find_themes(np.random.default_rng(4).normal(size=(200, 10)), min_size=7)

    assert np.bincount(themes.fine[themes.fine >= 0]).min() >= 7


def test_the_most_typical_passage_of_a_theme_comes_first():
    around = np.eye(12)[0] + 0.4 * np.eye(12)[1:7]
    vectors = np.vstack([around, np.eye(12)[:1], np.tile(np.eye(12)[11], (9, 1))])

    themes = find_themes(vectors)

    assert themes.typical[themes.fine[6]][0] == 6


def test_a_passage_between_two_meanings_speaks_of_both():
    vectors = np.vstack([meanings(12, 2, noise=0.02), [(np.eye(24)[0] + np.eye(24)[1]) / 2]])

    speaks = find_themes(vectors).memberships

    assert sorted(speaks.themes[speaks.passages == 24].tolist()) == [0, 1]


def test_what_was_said_close_together_is_grouped_where_meaning_alone_is_weak():
    rng = np.random.default_rng(5)
    spoken_of = np.repeat([0, 1, 2, 3], 30)
    vectors = 0.5 * np.eye(40)[spoken_of] + 0.25 * rng.normal(size=(120, 40))
    times_s = np.arange(120.0) * 10

    without, with_times = find_themes(vectors), find_themes(vectors, times_s=times_s)

    assert n_misplaced(with_times.broad, spoken_of) < n_misplaced(without.broad, spoken_of)


def n_misplaced(labels, truth):
    return sum(
        np.bincount(truth[labels == label]).sum() - np.bincount(truth[labels == label]).max()
        for label in np.unique(labels)
    )


@pytest.mark.parametrize(("n_passages", "min_size"), [(0, 3), (2, 3), (1, 1)])
def test_too_few_passages_are_refused_with_both_numbers(n_passages, min_size):
    with pytest.raises(TooFewPassages) as refusal:
        find_themes(np.ones((n_passages, 2)), min_size=min_size)

    assert refusal.value.params == {"found": n_passages, "needed": max(2, min_size)}


@pytest.mark.parametrize("bad", [0.0, np.nan, np.inf])
def test_a_vector_without_direction_is_refused_with_its_number(bad):
    vectors = np.ones((5, 3))
    vectors[2] = bad

    with pytest.raises(VectorsUnusable) as refusal:
        find_themes(vectors)

    assert refusal.value.params == {"n_bad": 1, "n_all": 5, "first": 3}


def test_the_arguments_are_left_as_they_were():
    vectors, times_s = meanings(5, 3), np.arange(15.0)
    before = vectors.copy()

    find_themes(vectors, times_s=times_s)

    np.testing.assert_array_equal(vectors, before)


def test_a_long_meeting_has_at_least_five_broad_themes():
    rng = np.random.default_rng(7)
    vectors = 0.6 * np.eye(64)[np.repeat([0, 1, 2], 60)] + 0.2 * rng.normal(size=(180, 64))

    themes = find_themes(vectors, times_s=np.arange(180.0) * 10)

    assert 5 <= themes.broad.max() + 1 <= 12


def test_texts_without_times_are_parted_no_further_than_their_meaning():
    assert find_themes(meanings(40, 2)).broad.max() + 1 == 2
