from analysis.theme_identity import match_themes


def test_a_theme_that_keeps_half_its_passages_stays_itself():
    assert match_themes({"nights": {1, 2, 3, 4}}, [{3, 4, 5, 6}]) == ["nights"]


def test_a_theme_with_less_in_common_is_new():
    assert match_themes({"nights": {1, 2, 3, 4}}, [{4, 5, 6, 7}]) == [None]


def test_of_two_parts_the_larger_one_continues_the_theme():
    assert match_themes({"nights": {1, 2, 3, 4, 5}}, [{1, 2}, {3, 4, 5}]) == [None, "nights"]


def test_of_two_joined_themes_the_larger_one_is_continued():
    before = {"nights": {1, 2}, "masks": {3, 4, 5}}

    assert match_themes(before, [{1, 2, 3, 4, 5}]) == ["masks"]


def test_numbers_do_not_matter():
    before = {"nights": {1, 2, 3}, "masks": {4, 5, 6}}

    assert match_themes(before, [{4, 5, 6}, {1, 2, 3}]) == ["masks", "nights"]


def test_nothing_before_makes_every_theme_new():
    assert match_themes({}, [{1}, {2}]) == [None, None]
