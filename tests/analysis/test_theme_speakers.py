from itertools import product

import pytest

from analysis.suppression import PUBLIC_K, ROOM_K
from analysis.tallies import wilson_interval
from analysis.theme_speakers import Amount, Part, for_others, in_words_alone, tell
from domain.people import StakeholderGroup

PALS = StakeholderGroup.PERSON_LIVING_WITH_ALS
CARERS = (StakeholderGroup.CURRENT_CAREGIVER, StakeholderGroup.PAST_CAREGIVER)
CLINICIAN = StakeholderGroup.CLINICIAN
INDUSTRY = StakeholderGroup.INDUSTRY
GROUPS = ((PALS,), CARERS, (CLINICIAN,), (INDUSTRY,))


def parts(*counts):
    return [
        Part(groups, n_speaking, n) for groups, (n_speaking, n) in zip(GROUPS, counts, strict=False)
    ]


def told(*counts, k=ROOM_K):
    return tell(parts(*counts), k).groups


def test_seven_of_twelve_are_told_with_their_wilson_interval():
    (one, _) = told((7, 12), (0, 6))

    bounds = wilson_interval(7, 12)
    assert (one.n_speaking, one.n) == (7, 12)
    assert (one.low, one.high) == (bounds.low, bounds.high)


@pytest.mark.parametrize("n_speaking", [1, 4, 8, 11, 12])
def test_few_who_speak_or_few_who_do_not_become_a_phrase(n_speaking):
    (one, _) = told((n_speaking, 12), (0, 6))

    assert one.n_speaking is None
    assert one.amount in (Amount.SOME, Amount.MOST)


def test_that_nobody_of_a_group_speaks_of_it_is_told():
    (_, none) = told((7, 12), (0, 6))

    assert (none.n_speaking, none.amount, none.low) == (0, Amount.NOBODY, 0.0)


def test_of_a_group_of_four_nothing_is_told_but_that_they_spoke():
    (_, few) = told((7, 12), (0, 4))

    assert (few.n, few.n_speaking, few.amount, few.low) == (4, None, None, None)


def test_joined_groups_have_the_name_of_what_they_are():
    (_, joined) = told((7, 12), (5, 10))

    assert joined.label == "current caregiver and past caregiver"


def test_the_interval_of_a_phrase_spans_every_number_that_it_leaves_open():
    (one, _) = told((2, 8), (0, 6))

    assert one.low == wilson_interval(1, 8).low
    assert one.high == wilson_interval(5, 8).high


def test_without_any_phrase_the_whole_is_the_sum_that_anybody_could_add_up():
    whole = tell(parts((7, 12), (0, 6))).whole

    assert (whole.n_speaking, whole.n) == (7, 18)


def test_the_whole_is_not_counted_where_it_would_give_one_phrase_away():
    whole = tell(parts((7, 12), (2, 8))).whole

    assert whole.n_speaking is None


def test_the_whole_is_told_in_words_where_these_leave_every_part_open():
    whole = tell(parts((5, 5), (7, 8), (6, 7), (4, 6))).whole

    assert (whole.n_speaking, whole.amount, whole.n) == (None, Amount.MOST, 26)


def test_a_single_part_is_told_as_the_whole_alone():
    found = tell(parts((6, 14)))

    assert found.groups == ()
    assert found.whole.n_speaking == 6


def test_fewer_than_five_people_in_all_are_told_nothing_about():
    found = tell(parts((2, 3)))

    assert (found.whole.n, found.whole.amount) == (3, None)


def test_a_k_that_hides_nobody_is_refused():
    with pytest.raises(ValueError, match="needed are 5"):
        tell(parts((1, 3)), 4)


SIZES = [(5,), (6, 5), (7, 3), (5, 6, 7), (12, 4, 5), (13, 8), (5, 5, 4, 3), (16, 11)]


def fillings(sizes):
    return product(*(range(n + 1) for n in sizes))


@pytest.mark.parametrize("sizes", SIZES, ids=str)
@pytest.mark.parametrize("with_files", [False, True], ids=["room", "room and files"])
def test_no_hidden_number_can_be_worked_out_of_all_that_is_shown(
    sizes, with_files, record_property
):
    """B-8: Every filling is gone through, as read in the room, and in the room and in files."""
    behind: dict[object, list[tuple[int, ...]]] = {}
    for filling in fillings(sizes):
        given = parts(*zip(filling, sizes, strict=True))
        view = (tell(given), for_others(given) if with_files else None)
        behind.setdefault(view, []).append(filling)

    certain = 0
    for (room, _), true in behind.items():
        for place, part in enumerate(room.groups or (room.whole,)):
            if part.n_speaking is None:
                certain += len({filling[place] for filling in true}) < 2
    record_property("figure", f"{certain} certain in {len(behind)} views")
    assert certain == 0


@pytest.mark.parametrize("sizes", [(12, 4, 5), (13, 8), (16, 11), (12, 13)], ids=str)
def test_files_alone_give_no_hidden_number_away(sizes):
    behind: dict[object, list[tuple[int, ...]]] = {}
    for filling in fillings(sizes):
        given = parts(*zip(filling, sizes, strict=True))
        behind.setdefault(for_others(given), []).append(filling)

    for view, true in behind.items():
        for place, part in enumerate(view.groups):
            assert part.n_speaking is not None or len({f[place] for f in true}) > 1


@pytest.mark.parametrize("k", [ROOM_K, PUBLIC_K])
@pytest.mark.parametrize("sizes", [(12, 4, 5), (16, 11)], ids=str)
def test_what_is_told_is_true(sizes, k):
    for filling in fillings(sizes):
        found = tell(parts(*zip(filling, sizes, strict=True)), k)

        n_speaking, n = sum(filling), sum(sizes)
        assert found.whole.n_speaking in (None, n_speaking)
        shown = [(found.whole, n_speaking)]
        if found.groups:
            shown += zip(found.groups, filling, strict=True)
        assert found.whole.n == n
        for part, true in shown:
            assert part.amount is None or (part.amount is Amount.MOST) == (3 * true >= 2 * part.n)
            assert part.low is None or part.low <= true / part.n <= part.high


def test_in_words_alone_seven_of_twelve_are_any_number_below_two_thirds():
    one = in_words_alone(tell(parts((7, 12), (0, 6)))).groups[0]

    assert (one.n_speaking, one.amount) == (None, Amount.SOME)
    assert (one.low, one.high) == (wilson_interval(1, 12).low, wilson_interval(7, 12).high)


def test_in_words_alone_a_silent_group_is_still_told():
    none = in_words_alone(tell(parts((7, 12), (0, 6)))).groups[1]

    assert (none.n_speaking, none.amount) == (0, Amount.NOBODY)
