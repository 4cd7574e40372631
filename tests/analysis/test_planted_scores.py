"""The scores, against another program and against what is known by hand."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score, v_measure_score

from analysis.planted_scores import (
    Seen,
    Shown,
    ShownVote,
    adjusted_rand,
    cells_of,
    leaks,
    score,
    v_measure,
)
from analysis.planted_truth import plant
from analysis.suppression import Released, ReleasedVote
from analysis.tallies import Counts
from domain.people import StakeholderGroup as Group
from domain.self_test import Finding, Measure

LABELS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=50)
PLANTED = plant(5)
EVERYBODY = tuple(Group)


def vote(position):
    """What may be shown of a recommendation, told as it is."""
    counts = Counts(*cells_of(PLANTED, position, EVERYBODY))
    return ReleasedVote(5, Released("everyone", EVERYBODY, counts.n, counts, counts.n_agree))


def as_planted(**other):
    """What would come out of a system without a fault, but for what is told otherwise."""
    seen = Seen(
        turns=[turn.text for turn in PLANTED.turns],
        themes=[f"t{turn.theme}" for turn in PLANTED.turns],
        evidence=[
            [next(i for i, turn in enumerate(PLANTED.turns) if turn.theme == n)]
            for n in range(len(PLANTED.themes))
        ],
        shown=[Shown(n, turn.text) for n, turn in enumerate(PLANTED.turns)],
        n_altered=4,
        n_let_through=0,
        read_back=PLANTED.votes,
        votes=[ShownVote(n, t.recommendation, vote(n)) for n, t in enumerate(PLANTED.themes)],
    )
    return replace(seen, **other)


def red(seen):
    """The measures that are not met. Full counts tell of few people, so leaks are left out."""
    found = {f.measure for f in score(PLANTED, seen) if not f.is_met}
    return found - {Measure.LEAKS}


def test_what_comes_out_as_planted_is_met_throughout():
    assert red(as_planted()) == set()


@settings(deadline=None)
@given(LABELS)
def test_the_rand_index_is_that_of_scikit_learn(pairs):
    true, found = zip(*pairs, strict=True)

    assert adjusted_rand(true, found) == pytest.approx(adjusted_rand_score(true, found))


@settings(deadline=None)
@given(LABELS)
def test_the_v_measure_is_that_of_scikit_learn(pairs):
    true, found = zip(*pairs, strict=True)

    assert v_measure(true, found) == pytest.approx(v_measure_score(true, found), abs=1e-9)


def test_themes_in_any_other_order_are_not_recovered():
    themes = [f"t{n % 7}" for n in range(len(PLANTED.turns))]

    assert red(as_planted(themes=themes)) == {Measure.THEME_ARI, Measure.THEME_V}


def test_one_theme_for_everything_is_not_recovered():
    assert red(as_planted(themes=["t"] * len(PLANTED.turns))) == {
        Measure.THEME_ARI,
        Measure.THEME_V,
    }


def test_a_turn_that_changed_or_is_missing_is_found():
    turns = [turn.text for turn in PLANTED.turns]

    assert red(as_planted(turns=[*turns[:-1], turns[-1] + " "])) == {Measure.CHANGED_TURNS}
    assert red(as_planted(turns=turns[:-1])) == {Measure.CHANGED_TURNS}


def test_a_quote_with_a_changed_letter_is_found():
    shown = [Shown(0, PLANTED.turns[0].text[:-1] + "?")]

    assert red(as_planted(shown=shown)) == {Measure.QUOTE_ERRORS}


def test_words_of_another_turn_are_no_quote_of_this_one():
    assert red(as_planted(shown=[Shown(0, PLANTED.turns[1].text)])) == {Measure.QUOTE_ERRORS}


def test_an_altered_quote_that_was_let_through_is_found():
    assert red(as_planted(n_let_through=1)) == {Measure.QUOTE_ERRORS}


def test_unreleased_words_are_found():
    shown = [Shown(len(PLANTED.turns), PLANTED.unreleased[0].text)]

    assert Measure.UNRELEASED in red(as_planted(shown=shown))


def test_nothing_shown_is_not_the_same_as_no_fault():
    assert {Measure.UNRELEASED, Measure.EVIDENCE} <= red(as_planted(shown=[], evidence=[]))


def told_otherwise(position, counts):
    votes = list(as_planted().votes)
    part = Released("everyone", EVERYBODY, counts.n, counts, counts.n_agree)
    votes[position] = replace(votes[position], vote=ReleasedVote(5, part))
    return as_planted(votes=votes)


def test_agree_and_disagree_swapped_is_a_sign_error():
    agree, passed, disagree = cells_of(PLANTED, 0, EVERYBODY)

    assert red(told_otherwise(0, Counts(disagree, passed, agree))) == {Measure.SIGN_ERRORS}


def test_another_number_is_a_wrong_count():
    agree, passed, disagree = cells_of(PLANTED, 0, EVERYBODY)

    assert red(told_otherwise(0, Counts(agree + 1, passed, disagree))) == {Measure.TALLY_ERRORS}


def test_a_result_under_another_recommendation_is_a_sign_error():
    votes = list(as_planted().votes)
    votes[0] = replace(votes[0], text=votes[1].text)

    assert red(as_planted(votes=votes)) == {Measure.SIGN_ERRORS}


def test_a_result_that_is_missing_is_a_wrong_count():
    assert red(as_planted(votes=as_planted().votes[1:])) == {Measure.TALLY_ERRORS}


def test_an_answer_that_reads_otherwise_on_the_persons_own_page_is_a_sign_error():
    name, column = next(iter(PLANTED.votes.items()))
    turned = {**PLANTED.votes, name: tuple(reversed(column))}

    assert red(as_planted(read_back=turned)) == {Measure.SIGN_ERRORS}


@pytest.mark.parametrize(
    ("cells", "n_leaks"), [((10, 5, 5), 0), ((10, 4, 5), 1), ((10, 0, 5), 0), ((4, 0, 0), 1)]
)
def test_a_cell_of_a_few_people_is_a_leak(cells, n_leaks):
    counts = Counts(*cells)

    assert leaks(ReleasedVote(5, Released("all", (), counts.n, counts, counts.n_agree))) == n_leaks


def test_a_group_that_is_left_over_by_subtracting_is_a_leak():
    whole, group = Counts(12, 6, 7), Counts(10, 6, 6)
    shown = ReleasedVote(
        5,
        Released("everyone", (), 25, whole, 12),
        (Released("a", (), 22, group, 10), Released("b", (), 3)),
    )

    assert leaks(shown) == 1


@pytest.mark.parametrize("measure", Measure)
def test_a_measure_of_nothing_or_of_no_number_is_never_met(measure):
    assert not Finding(measure, float("nan"), 0.5, 10).is_met
