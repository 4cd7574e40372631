"""The log of corrections in both databases."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, func, select

from domain.errors import NotFound
from domain.ids import ThemeEditId
from domain.theme_edits import EditKind, PassagePlace, ThemeEdit
from store import meetings, tables, theme_edits, themes
from tests.store.test_theme_runs import add_meeting, say

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def programme_id(any_store):
    with any_store.write() as tx:
        return meetings.add_programme(tx, "P", is_sample=False)


@pytest.fixture
def meeting_id(any_store, programme_id):
    with any_store.write() as tx:
        return add_meeting(tx, programme_id)


@pytest.fixture
def moved(any_store, programme_id, meeting_id):
    """An entry that puts two quotes and a fine theme into a theme."""
    with any_store.write() as tx:
        one, two = say(tx, meeting_id, ["Masks leak.", "Nights are long."])
        target, fine = themes.add_themes(tx, programme_id, 2)
        turns = dict(
            tx.execute(
                select(tables.text_revision.c.revision_id, tables.text_revision.c.utterance_id)
            ).all()
        )
        places = tuple(
            PassagePlace(turns[p.revision_id], p.revision_id, p.start, p.end) for p in (one, two)
        )
        new = ThemeEdit(
            ThemeEditId(""),
            0,
            EditKind.MOVE,
            meeting_id,
            True,
            NOW,
            "Fay",
            target_id=target,
            fine_theme_ids=(fine,),
            passages=places,
        )
        return theme_edits.add_edit(tx, programme_id, new)


def edits_at(store, meeting_id):
    with store.read() as tx:
        return theme_edits.edits_at(tx, meeting_id)


def test_an_entry_comes_back_as_it_was_kept(any_store, meeting_id, moved):
    assert edits_at(any_store, meeting_id) == [moved]


def test_entries_are_numbered_on_in_their_programme(any_store, programme_id, meeting_id, moved):
    with any_store.write() as tx:
        undo = replace(moved, kind=EditKind.UNDO, undoes_id=moved.edit_id, passages=())
        kept = theme_edits.add_edit(tx, programme_id, undo)
        others = meetings.add_programme(tx, "Q", is_sample=False)
        elsewhere = replace(undo, meeting_id=add_meeting(tx, others), undoes_id=None)
        first = theme_edits.add_edit(tx, others, replace(elsewhere, target_id=None))

    assert (moved.number, kept.number, first.number) == (1, 2, 1)
    assert [edit.number for edit in edits_at(any_store, meeting_id)] == [1, 2]


def test_what_was_done_for_one_meeting_holds_there_alone(
    any_store, programme_id, meeting_id, moved
):
    with any_store.write() as tx:
        here = replace(moved, is_programme_wide=False, kind=EditKind.NOTE, text="Ask again.")
        theme_edits.add_edit(tx, programme_id, here)
        later = add_meeting(tx, programme_id, 2025)

    assert [e.kind for e in edits_at(any_store, later)] == [EditKind.MOVE]
    assert [e.kind for e in edits_at(any_store, meeting_id)] == [EditKind.MOVE, EditKind.NOTE]


def test_places_are_told_where_they_are(any_store, programme_id, moved):
    with any_store.write() as tx:
        later = add_meeting(tx, programme_id, 2025)

    assert edits_at(any_store, later) == [replace(moved, passages=())]


def test_what_was_chosen_can_be_read_as_it_was_then(any_store, moved):
    with any_store.read() as tx:
        then = theme_edits.words_then(tx, moved.passages)

    assert sorted(then.values()) == ["Masks leak.", "Nights are long."]


def test_an_entry_keeps_no_id_of_words_that_are_gone(any_store, meeting_id, moved):
    gone = moved.passages[0].utterance_id
    with any_store.write() as tx:
        tx.execute(delete(tables.utterance).where(tables.utterance.c.utterance_id == gone))

    with any_store.read() as tx:
        kept = tx.execute(select(func.count()).select_from(tables.theme_edit_passage)).scalar_one()
    assert kept == 1
    assert edits_at(any_store, meeting_id)[0].passages == moved.passages[1:]


def test_an_unknown_entry_is_refused(any_store):
    with any_store.read() as tx, pytest.raises(NotFound):
        theme_edits.place_of_edit(tx, ThemeEditId("nothing"))
