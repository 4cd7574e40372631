from hypothesis import given
from hypothesis import strategies as st

from analysis.theme_breadth import at_breadth, breadths

THEMES = {"mask": "A", "straps": "A", "nights": "B", "letters": "C", "appeals": "C"}
MERGES = [("letters", "appeals"), ("mask", "straps"), ("mask", "nights"), ("mask", "letters")]


def test_at_the_narrowest_every_fine_theme_stands_alone():
    found = breadths(THEMES, MERGES)

    assert at_breadth(found, 99) == [[leaf] for leaf in THEMES]
    assert (found.most, found.as_found, found.fewest) == (5, 3, 1)


def test_the_most_linked_fine_themes_of_a_theme_join_first():
    assert ["letters", "appeals"] in at_breadth(breadths(THEMES, MERGES), 4)


def test_as_found_the_themes_are_whole():
    found = breadths(THEMES, MERGES)

    assert at_breadth(found, found.as_found) == [
        ["mask", "straps"],
        ["nights"],
        ["letters", "appeals"],
    ]


def test_broader_than_found_themes_join_in_the_order_of_the_run():
    assert at_breadth(breadths(THEMES, MERGES), 2) == [
        ["mask", "straps", "nights"],
        ["letters", "appeals"],
    ]


def test_what_a_person_joined_is_joined_before_any_other_themes():
    by_hand = THEMES | {"letters": "A", "appeals": "A"}
    found = breadths(by_hand, MERGES)

    assert at_breadth(found, found.as_found) == [
        ["mask", "straps", "letters", "appeals"],
        ["nights"],
    ]


def test_what_a_person_parted_is_apart_as_found():
    by_hand = THEMES | {"straps": "NEW"}
    found = breadths(by_hand, MERGES)

    assert ["straps"] in at_breadth(found, found.as_found)


def test_fine_themes_that_are_gone_join_nothing():
    found = breadths({"mask": "A", "nights": "B"}, [("gone", "mask"), ("mask", "nights")])

    assert at_breadth(found, 1) == [["mask", "nights"]]


LEAVES = list(range(8))


@given(
    themes=st.lists(st.sampled_from("ABC"), min_size=8, max_size=8),
    merges=st.lists(st.tuples(st.sampled_from(LEAVES), st.sampled_from(LEAVES)), max_size=12),
    wanted=st.integers(0, 10),
)
def test_every_breadth_is_exactly_as_wide_as_asked_as_far_as_there_are_links(
    themes, merges, wanted
):
    of_leaf = dict(zip(LEAVES, [f"theme {t}" for t in themes], strict=True))
    found = breadths(of_leaf, merges)

    groups = at_breadth(found, wanted)

    assert len(groups) == min(max(wanted, found.fewest), found.most)
    assert sorted(leaf for group in groups for leaf in group) == LEAVES
    assert found.as_found == len(set(themes))


@given(
    themes=st.lists(st.sampled_from("ABC"), min_size=8, max_size=8),
    merges=st.lists(st.tuples(st.sampled_from(LEAVES), st.sampled_from(LEAVES)), max_size=12),
)
def test_a_broader_view_only_joins_what_a_narrower_one_shows(themes, merges):
    found = breadths(dict(zip(LEAVES, themes, strict=True)), merges)

    for n in range(found.fewest, found.most):
        broad = at_breadth(found, n)
        for group in at_breadth(found, n + 1):
            assert any(set(group) <= set(whole) for whole in broad)
