"""Counting alone tells of every meeting what reading it whole tells: the simple way is the oracle."""

import pytest
from sqlalchemy import update

from domain.access import Actor, Grant, StaffRole
from domain.talk import ConsentUse, RevisionKind, Wish, WishMadeBy, Zone
from services import erasure, meetings, theme_edits
from services.access import acting_as
from services.theme_counts import Place, places_at, voices_as_found, voices_at
from services.theme_edits import Chosen
from services.theme_reading import read_run
from services.theme_speakers import voices_in
from store import consent, talk, themes, wishes
from store.tables import passage, text_revision
from tests.made_years import CARERS, CHAIR, FORMS, NIGHT, make_years, said


@pytest.fixture
def made(app_runtime):
    return make_years()


def everybody(made):
    return {a.name: a.attendance_id for a in meetings.roster(made.meetings[2022])}


def turns(tx, made, *starts):
    found = talk.utterances_of(tx, made.meetings[2022], Zone.SHARED, use=ConsentUse.RECORDED)
    return [u for u in found if u.text.startswith(starts)]


def disagree(made, store, use, *names):
    with store.write() as tx:
        for name in names or everybody(made):
            consent.add_consent(
                tx,
                made.meetings[2022],
                {use: False},
                written_where="",
                recorded_by="participant",
                attendance_id=everybody(made)[name],
            )


def wish(made, store, asked):
    with store.write() as tx:
        (turn,) = turns(tx, made, said(CHAIR, CARERS, 0, 2022))
        wishes.add_wish(tx, turn.utterance_id, asked, made_by=WishMadeBy.PERSON)


def revise(made, store, kind, text):
    with store.write() as tx:
        for turn in turns(tx, made, "Wheelchair repairs took long, says carer"):
            talk.add_revision(tx, turn.utterance_id, kind, text, author="r")


def alter(store):
    with store.write() as tx:
        tx.execute(update(text_revision).values(text=text_revision.c.text + "!"))
        tx.execute(update(passage).values(end=passage.c.end - 1))


def rename(made, store):
    theme_edits.rename(made.meetings[2022], made.themes[CHAIR], "Waiting")


def note(made, store):
    theme_edits.note(made.meetings[2022], made.themes[CHAIR], "Ask again.")


def join(made, store):
    return theme_edits.join(made.meetings[2022], made.themes[FORMS], made.themes[CHAIR])


def undo(made, store):
    theme_edits.undo(join(made, store))


def say_same(made, store):
    theme_edits.rename(made.meetings[2023], made.themes[NIGHT], "Nights")
    theme_edits.say_same(made.programme_id, made.themes[NIGHT], made.themes[FORMS])


def set_aside(made, store):
    with store.read() as tx:
        passages = read_run(tx, made.meetings[2022]).passages
    ids = tuple(p.member.passage_id for p in passages if p.member.theme_id)[:2]
    theme_edits.set_aside(made.meetings[2022], Chosen(ids))


def rename_at_one_meeting(made, store):
    here = Grant(StaffRole.FACILITATOR, made.programme_id, made.meetings[2023])
    with acting_as(Actor("one", (here,))):
        theme_edits.rename(made.meetings[2023], made.themes[CHAIR], "Only here")


AS_FOUND = {
    "as it is": lambda made, store: None,
    "who may only be counted": lambda made, store: disagree(
        made, store, ConsentUse.QUOTED, f"{CARERS} 0"
    ),
    "who may not be grouped": lambda made, store: disagree(
        made, store, ConsentUse.GROUPED, f"{CARERS} 0", f"{CARERS} 1"
    ),
    "a name that nobody may be quoted with": lambda made, store: disagree(
        made, store, ConsentUse.QUOTED
    ),
    "withdrawn": lambda made, store: wish(made, store, Wish.WITHDRAWN),
    "kept private": lambda made, store: wish(made, store, Wish.PRIVATE),
    "withheld": lambda made, store: revise(made, store, RevisionKind.WITHHELD, ""),
    "released otherwise": lambda made, store: revise(made, store, RevisionKind.RELEASED, "Hm."),
    "corrected since": lambda made, store: revise(made, store, RevisionKind.CORRECTED, "Hm."),
    "altered in the database": lambda made, store: alter(store),
    "erased": lambda made, store: erasure.erase_person(
        everybody(made)[f"{CARERS} 0"], reason="x", everywhere=True
    ),
    "renamed": rename,
    "renamed at another meeting": rename_at_one_meeting,
    "noted": note,
    "joined and parted again": undo,
}
MOVED = {"joined": join, "said to be the same": say_same, "set aside": set_aside}


def by_reading(tx, meeting_id):
    return voices_in(read_run(tx, meeting_id))


@pytest.mark.parametrize("change", AS_FOUND.values(), ids=AS_FOUND)
def test_what_stands_as_it_was_found_is_counted_alone_as_reading_tells_it(made, store, change):
    change(made, store)

    with store.read() as tx:
        for meeting_id in made.meetings.values():
            run = themes.current_run(tx, meeting_id, Zone.SHARED)
            assert voices_as_found(tx, run) == by_reading(tx, meeting_id)


@pytest.mark.parametrize("change", MOVED.values(), ids=MOVED)
def test_where_passages_stand_elsewhere_the_meeting_is_read(made, store, change):
    change(made, store)

    with store.read() as tx:
        for meeting_id in made.meetings.values():
            assert voices_at(tx, meeting_id) == by_reading(tx, meeting_id)


@pytest.mark.parametrize(
    "change", [AS_FOUND["who may not be grouped"], AS_FOUND["withheld"], join, set_aside]
)
def test_places_of_a_theme_are_those_that_reading_finds(made, store, change):
    change(made, store)
    meeting_id = made.meetings[2022]
    with store.read() as tx:
        read = read_run(tx, meeting_id).passages
        texts = {p.quote.revision_id for p in read}

        places = places_at(tx, meeting_id, made.themes[CHAIR], texts)

    assert sorted(places) == sorted(
        Place(p.quote.revision_id, p.quote.start, p.quote.end)
        for p in read
        if p.member.theme_id == made.themes[CHAIR]
    )
