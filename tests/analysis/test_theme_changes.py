from analysis.theme_changes import Change, compare_runs
from domain.themes import ChangeKind

SAME = set(range(10))


def test_the_same_themes_are_no_change():
    assert compare_runs({"nights": SAME}, {"nights": SAME}) == []


def test_a_theme_of_new_words_appeared():
    assert compare_runs({"nights": SAME}, {"nights": SAME, "masks": {20, 21}}) == [
        Change(ChangeKind.APPEARED, "masks", 0, 2)
    ]


def test_a_theme_of_words_of_another_came_out_of_it():
    before, after = {"nights": SAME}, {"nights": {0, 1, 2, 3, 4, 5, 6, 7}, "masks": {8, 9, 30}}

    assert compare_runs(before, after) == [Change(ChangeKind.PARTED, "masks", 0, 3, "nights")]


def test_a_quarter_and_three_more_make_a_theme_grown_or_shrunk():
    twelve, thirteen = set(range(12)), set(range(13))

    assert compare_runs({"n": SAME}, {"n": twelve}) == []
    assert compare_runs({"n": SAME}, {"n": thirteen}) == [Change(ChangeKind.GROWN, "n", 10, 13)]
    assert compare_runs({"n": thirteen}, {"n": SAME}) == [Change(ChangeKind.SHRUNK, "n", 13, 10)]


def test_a_theme_whose_words_lie_in_another_joined_it():
    before, after = {"nights": SAME, "masks": {20, 21}}, {"nights": SAME | {20, 21}}

    assert compare_runs(before, after) == [Change(ChangeKind.JOINED, "masks", 2, 0, "nights")]


def test_a_theme_whose_words_are_in_no_theme_is_gone():
    assert compare_runs({"nights": SAME, "masks": {20}}, {"nights": SAME}) == [
        Change(ChangeKind.GONE, "masks", 1, 0)
    ]
