"""What is planted: known, varied, the same each time."""

from collections import Counter
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.planted_texts import MARKED_WORD, NAMES, THEMES
from analysis.planted_truth import NO_THEME, SIZES, TALLIES, as_vtt, plant
from domain.votes import Answer
from intake.readers.vtt import read_vtt

SEEDS = st.integers(0, 2**31)


@settings(deadline=None)
@given(SEEDS)
def test_a_seed_makes_one_meeting(seed):
    assert plant(seed) == plant(seed)


def test_another_seed_makes_another():
    assert plant(1) != plant(2)


@settings(deadline=None)
@given(SEEDS)
def test_no_sentence_comes_twice_and_nobody_speaks_twice_in_a_row(seed):
    turns = plant(seed).turns

    assert len({turn.text for turn in turns}) == len(turns)
    assert all(a.speaker != b.speaker for a, b in pairwise(turns))
    assert not any("{" in turn.text for turn in turns)


@settings(deadline=None)
@given(SEEDS)
def test_every_theme_is_said_equally_often_beside_talk_that_is_of_none(seed):
    counted = Counter(turn.theme for turn in plant(seed).turns)

    assert {counted[n] for n in range(len(THEMES))} == {14}
    assert counted[NO_THEME] > 10


@settings(deadline=None)
@given(SEEDS)
def test_the_votes_are_those_of_the_tallies(seed):
    votes = plant(seed).votes

    for n, tally in enumerate(TALLIES):
        given_ = Counter(column[n] for column in votes.values())
        assert (given_[Answer.AGREE], given_[Answer.PASS], given_[Answer.DISAGREE]) == tally


def test_no_tally_reads_the_same_when_agree_and_disagree_are_swapped():
    assert all(agree != disagree for agree, _, disagree in TALLIES)
    assert len(TALLIES) == len(THEMES)
    assert max(sum(tally) for tally in TALLIES) <= len(NAMES) == sum(SIZES.values())


def test_the_marked_word_stands_in_what_is_not_released_and_nowhere_else():
    planted = plant(3)

    assert all(MARKED_WORD in turn.text for turn in planted.unreleased)
    assert not any(MARKED_WORD in turn.text for turn in planted.turns)


def test_the_file_holds_every_turn_with_its_speaker():
    turns = plant(4).turns

    read = read_vtt("planted.vtt", as_vtt(turns).decode())

    assert [(cue.speaker, cue.text) for cue in read.cues] == [(t.speaker, t.text) for t in turns]
