from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.theme_replay import Found, replay
from domain.ids import MeetingId, RevisionId, ThemeEditId, ThemeId, UtteranceId
from domain.theme_edits import WHOLE, EditKind, Effect, PassagePlace, ThemeEdit, standing
from domain.themes import AsideReason

A, B, C, NEW = map(ThemeId, "ABCN")
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def at(turn, revision="r", start=0, number=0, n_in_turn=1):
    return PassagePlace(
        UtteranceId(f"u{turn}"),
        RevisionId(f"{revision}{turn}"),
        start,
        start + 9,
        number,
        n_in_turn,
    )


def found(turn, theme, fine=None, **place):
    fine = fine or (f"{theme.lower()}1" if theme else None)
    return Found(at(turn, **place), f"words {turn}", theme, fine and ThemeId(fine))


def edit(kind, number=1, **told):
    empty = ThemeEdit(ThemeEditId(f"e{number}"), number, kind, MeetingId("m"), True, NOW, "Fay")
    return replace(empty, **told)


def themes_of(passages, edits, **more):
    return [row.theme_id for row in replay(passages, standing(edits), **more).passages]


TALK = [found(0, A), found(1, A), found(2, B), found(3, B, "b2"), found(4, C)]


def test_joined_themes_are_one_also_for_what_comes_in_later():
    join = edit(EditKind.MERGE, theme_id=A, target_id=B, passages=(at(0), at(1)))

    assert themes_of([*TALK, found(9, A)], [join]) == [B, B, B, B, C, B]


def test_a_moved_quote_stays_where_it_was_put_when_the_analysis_changes_its_mind():
    move = edit(EditKind.MOVE, target_id=C, passages=(at(0),))

    assert themes_of([found(0, B), found(1, B)], [move]) == [C, B]


def test_parted_fine_themes_take_what_comes_in_later_along():
    part = edit(
        EditKind.SPLIT,
        theme_id=B,
        target_id=NEW,
        fine_theme_ids=(ThemeId("b2"),),
        passages=(at(3),),
    )

    assert themes_of([*TALK, found(9, B, "b2")], [part]) == [A, A, B, NEW, C, NEW]


def test_what_is_set_aside_stands_in_no_theme_and_says_why():
    aside = edit(EditKind.SET_ASIDE, passages=(at(4),))

    row = replay(TALK, [aside]).passages[4]

    assert (row.theme_id, row.fine_theme_id, row.aside) == (None, None, AsideReason.BY_HAND)


def test_a_later_entry_wins():
    first = edit(EditKind.MOVE, 1, target_id=B, passages=(at(0),))
    second = edit(EditKind.MOVE, 2, target_id=C, passages=(at(0),))

    assert themes_of(TALK, [first, second])[0] == C
    assert themes_of(TALK, [replace(first, number=3), second])[0] == B


def test_a_pinned_quote_keeps_its_theme():
    row = replay(TALK, [edit(EditKind.PIN, passages=(at(1),))]).passages[1]

    assert (row.theme_id, row.pinned_by) == (A, "e1")


def test_the_last_name_holds_and_notes_follow_a_joined_theme():
    edits = [
        edit(EditKind.RENAME, 1, theme_id=B, text="Nights"),
        edit(EditKind.RENAME, 2, theme_id=B, text="Long nights"),
        edit(EditKind.NOTE, 3, theme_id=A, text="Ask again in spring."),
        edit(EditKind.MERGE, 4, theme_id=A, target_id=B),
    ]

    done = replay(TALK, edits)

    assert done.named_by[B].text == "Long nights"
    assert [note.text for note in done.noted_by[B]] == ["Ask again in spring."]


def test_words_released_anew_are_known_again_where_they_stand_once():
    move = edit(EditKind.MOVE, target_id=C, passages=(at(0),))
    again = [
        found(0, A, revision="s", number=0, n_in_turn=2),
        replace(found(0, A, revision="s", start=20, number=1, n_in_turn=2), words="it"),
    ]

    done = themes_of(again, [move], words_then={at(0): "it"})

    assert done == [A, C]


def test_of_two_places_with_the_same_words_none_is_guessed():
    move = edit(EditKind.MOVE, target_id=C, passages=(at(0),))
    twice = [
        replace(found(0, A, revision="s", start=n, number=n, n_in_turn=2), words="it")
        for n in range(2)
    ]

    done = replay(twice, [move], {at(0): "it"})

    assert [row.theme_id for row in done.passages] == [A, A]
    assert done.outcomes["e1"].effect is Effect.NOT_APPLIED


def test_where_words_changed_the_place_in_a_turn_of_as_many_passages_counts():
    move = edit(EditKind.MOVE, target_id=C, passages=(at(0),))

    assert themes_of([found(0, A, revision="s")], [move], words_then={at(0): "others"}) == [C]


def test_an_entry_whose_words_vanished_says_so():
    move = edit(EditKind.MOVE, target_id=C, passages=(at(7),))

    assert replay(TALK, [move]).outcomes["e1"].effect is Effect.NOT_APPLIED


def test_an_entry_that_holds_for_some_of_its_words_says_for_how_many():
    outcome = replay(TALK, [edit(EditKind.MOVE, target_id=C, passages=(at(0), at(7)))]).outcomes[
        "e1"
    ]

    assert (outcome.effect, outcome.n_asked, outcome.n_found) == (Effect.PARTLY, 2, 1)


def test_nothing_is_put_into_a_new_theme_that_was_undone():
    move = edit(EditKind.MOVE, target_id=NEW, passages=(at(0),))

    done = replay(TALK, [move], gone_themes=frozenset({NEW}))

    assert done.passages[0].theme_id == A
    assert done.outcomes["e1"].effect is Effect.NEW_THEME_UNDONE


def test_an_undo_that_is_undone_lets_the_entry_hold_again():
    move = edit(EditKind.MOVE, 1, target_id=C, passages=(at(0),))
    undo = edit(EditKind.UNDO, 2, undoes_id=move.edit_id)
    redo = edit(EditKind.UNDO, 3, undoes_id=undo.edit_id)

    assert standing([move, undo]) == []
    assert standing([move, undo, redo]) == [move]


THEMES = st.sampled_from([A, B, C])
N_TURNS = 12


@st.composite
def runs(draw):
    """A run over some of twelve turns, in any order."""
    turns = draw(st.lists(st.integers(0, N_TURNS - 1), unique=True, min_size=1))
    return [found(turn, draw(st.one_of(THEMES, st.none()))) for turn in turns]


@st.composite
def logs(draw):
    """A log of corrections and undos, made as the screen makes them."""
    edits = []
    for number in range(1, draw(st.integers(1, 9))):
        kind = draw(st.sampled_from(EditKind))
        places = st.lists(st.integers(0, N_TURNS - 1), unique=True, min_size=1, max_size=4)
        chosen = tuple(at(turn) for turn in draw(places))
        new = ThemeId(f"N{number}")
        told = {
            EditKind.RENAME: {"theme_id": draw(THEMES), "text": f"Name {number}"},
            EditKind.NOTE: {"theme_id": draw(THEMES), "text": "Note"},
            EditKind.MERGE: {"theme_id": draw(THEMES), "target_id": draw(THEMES)},
            EditKind.SAME: {"theme_id": draw(THEMES), "target_id": draw(THEMES)},
            EditKind.SPLIT: {"theme_id": draw(THEMES), "target_id": new, "passages": chosen},
            EditKind.MOVE: {"target_id": draw(THEMES), "passages": chosen},
            EditKind.SET_ASIDE: {"passages": chosen},
            EditKind.PIN: {"passages": chosen},
            EditKind.UNDO: {"undoes_id": draw(st.sampled_from(edits)).edit_id} if edits else {},
        }[kind]
        edits.append(edit(kind, number, **told))
    return edits


def last_word(edits, turn):
    """The last standing entry that chose this turn by itself, if no joining came after it."""
    last = None
    for one in standing(edits):
        if one.kind in WHOLE:
            last = None
        elif at(turn) in one.passages and one.kind is not EditKind.PIN:
            last = one
    return last


@given(runs(), logs())
def test_every_correction_of_a_quote_that_is_still_there_holds_in_any_later_run(run, edits):
    """Edits survive: words come and go, the analysis finds other themes, the person's word stays."""
    done = replay(run, standing(edits))

    for one, row in zip(run, done.passages, strict=True):
        turn = int(one.place.utterance_id[1:])
        last = last_word(edits, turn)
        if last is not None:
            assert row.theme_id == last.target_id
        is_pinned = any(e.kind is EditKind.PIN and at(turn) in e.passages for e in standing(edits))
        assert (row.pinned_by is not None) is is_pinned


@given(runs(), logs())
def test_no_joined_theme_is_left_unless_something_was_put_there_later(run, edits):
    hold = standing(edits)
    done = replay(run, hold)

    for n, one in enumerate(hold):
        if one.kind in WHOLE and one.theme_id != one.target_id:
            later = [e for e in hold[n + 1 :] if e.target_id == one.theme_id]
            if not later:
                assert one.theme_id not in {row.theme_id for row in done.passages}


@given(runs(), logs())
def test_an_undo_restores_exactly_what_was_there(run, edits):
    before = replay(run, standing(edits[:-1]))

    undo = edit(EditKind.UNDO, 99, undoes_id=edits[-1].edit_id if edits else None)
    if edits and edits[-1].kind is not EditKind.UNDO:
        assert replay(run, standing([*edits, undo])) == before


@given(runs(), logs(), st.randoms(use_true_random=False))
def test_the_order_of_passages_and_of_rows_in_the_store_changes_nothing(run, edits, chance):
    mixed, shuffled = list(run), list(edits)
    chance.shuffle(mixed)
    chance.shuffle(shuffled)
    told = dict(zip([f.place for f in run], replay(run, standing(edits)).passages, strict=True))

    again = dict(
        zip([f.place for f in mixed], replay(mixed, standing(shuffled)).passages, strict=True)
    )

    assert again == told


@given(runs(), logs())
def test_every_passage_is_somewhere_and_every_standing_entry_has_an_outcome(run, edits):
    done = replay(run, standing(edits))

    assert len(done.passages) == len(run)
    assert done.outcomes.keys() == {one.edit_id for one in standing(edits)}


@pytest.mark.parametrize("n", [0, 1])
def test_without_corrections_everything_stays_as_found(n):
    done = replay(TALK[:n], [])

    assert [row.theme_id for row in done.passages] == [f.theme_id for f in TALK[:n]]
