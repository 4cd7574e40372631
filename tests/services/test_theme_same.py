"""A person says that themes of two meetings are the same: what follows, and the way back."""

import pytest

from domain.access import Actor, Grant, StaffRole
from domain.errors import NotAllowedNow, NotFound, NotPermitted
from domain.talk import ConsentUse
from domain.theme_edits import EditKind
from services import (
    meetings,
    recommendations,
    theme_desk,
    theme_edits,
    theme_files,
    theme_kin,
    theme_years,
    themes,
    transcripts,
)
from services.access import acting_as
from services.passages import embed_texts
from store import consent
from tests.made_years import CARERS, CHAIR, FORMS, NAMES, NIGHT, PALS, make_years, publish, said

YEARS = {
    2022: {CHAIR: {CARERS: 7}, NIGHT: {CARERS: 5}},
    2023: {FORMS: {CARERS: 6, PALS: 2}},
}


@pytest.fixture
def made(app_runtime):
    """Wheelchairs and nights at one meeting, forms at the next: no theme of both."""
    return make_years(YEARS)


def say_same(made, theme=FORMS, same_as=CHAIR):
    return theme_edits.say_same(made.programme_id, made.themes[theme], made.themes[same_as])


def lasting(made, theme=CHAIR):
    seen = theme_years.theme_years(made.programme_id)
    return next((t for t in seen.themes if t.theme_id == made.themes[theme]), None)


def names_at(made, year):
    return {t.name for t in theme_desk.open_themes(made.meetings[year]).report.themes}


def test_two_themes_that_are_said_to_be_the_same_have_one_way_over_the_years(made):
    say_same(made)

    assert lasting(made).n_meetings == 2
    assert lasting(made, FORMS) is None


def test_undoing_it_parts_them_again(made):
    edit_id = say_same(made)

    theme_edits.undo(edit_id)

    assert lasting(made).n_meetings == 1
    assert lasting(made, FORMS).n_meetings == 1


@pytest.mark.parametrize("year", [2022, 2023])
def test_it_holds_when_the_themes_of_either_meeting_are_found_again(made, year):
    say_same(made)

    publish(made.meetings[year], YEARS[year], made.themes)

    assert lasting(made).n_meetings == 2


@pytest.mark.parametrize("year", [2022, 2023])
def test_a_name_given_at_either_meeting_follows_to_both(made, year):
    say_same(made)

    theme_edits.rename(made.meetings[year], made.themes[CHAIR], "Waiting for things")

    assert "Waiting for things" in names_at(made, 2022) & names_at(made, 2023)


def test_a_name_that_one_of_them_had_by_hand_is_kept(made):
    theme_edits.rename(made.meetings[2023], made.themes[FORMS], "Waiting for things")

    say_same(made)

    assert "Waiting for things" in names_at(made, 2022) & names_at(made, 2023)


def test_where_both_had_a_name_by_hand_that_of_the_other_theme_is_kept(made):
    theme_edits.rename(made.meetings[2023], made.themes[FORMS], "Mine")
    theme_edits.rename(made.meetings[2022], made.themes[CHAIR], "Theirs")

    say_same(made)

    assert "Theirs" in names_at(made, 2023)


def test_without_a_name_by_hand_each_meeting_keeps_its_own_words(made):
    say_same(made)

    assert NAMES[FORMS] in names_at(made, 2023)
    assert NAMES[CHAIR] in names_at(made, 2022)


def test_words_of_both_meetings_stand_under_the_one_theme(made):
    say_same(made)

    told = theme_years.quotes_over_years(made.programme_id, lasting(made), 100)

    words = {q.quote.text for m in told for q in m.quotes}
    assert {said(CHAIR, CARERS, 0, 2022), said(FORMS, CARERS, 0, 2023)} <= words


def test_what_was_recommended_from_either_came_of_it(made):
    asked = recommendations.write(
        made.meetings[2023], "One form for all.", author="f", theme_id=made.themes[FORMS]
    )

    say_same(made)

    (came,) = theme_years.came_of_theme(made.programme_id, lasting(made))
    assert came.recommendation_id == asked


def test_an_address_of_the_theme_that_was_joined_leads_to_the_one(made):
    say_same(made)

    seen = theme_years.theme_years(made.programme_id)

    assert seen.now_in == {made.themes[FORMS]: made.themes[CHAIR]}
    assert themes.public_theme(made.meetings[2023], made.themes[FORMS], 3).name == NAMES[FORMS]


def test_exports_of_both_meetings_carry_the_one_id(made):
    say_same(made)

    ids = [
        {row.lasting_id for row in theme_files.theme_tables(made.meetings[year])[0]}
        for year in YEARS
    ]

    assert made.themes[CHAIR] in ids[0] & ids[1]


def test_who_said_so_and_when_is_kept(made):
    with acting_as(Actor("Fay", (Grant(StaffRole.FACILITATOR),))):
        say_same(made)

    (told,) = theme_years.theme_years(made.programme_id).said_same

    assert (told.edit.author, told.edit.kind) == ("Fay", EditKind.SAME)
    assert told.edit.meeting_id == made.meetings[2023]


def test_changes_of_both_meetings_list_it(made):
    say_same(made)

    for year in YEARS:
        (told,) = theme_desk.open_themes(made.meetings[year]).edits
        assert told.edit.kind is EditKind.SAME


def test_themes_of_one_meeting_are_joined_there_and_not_here(made):
    with pytest.raises(NotAllowedNow, match="Both are themes of Fall 2022"):
        say_same(made, NIGHT, CHAIR)


def test_a_theme_that_is_nowhere_is_refused(made):
    with pytest.raises(NotFound):
        theme_edits.say_same(made.programme_id, made.themes[FORMS], "nowhere")


def test_whoever_runs_one_meeting_alone_says_nothing_about_the_others(made):
    here = Actor("Fay", (Grant(StaffRole.FACILITATOR, None, made.meetings[2023]),))

    with acting_as(here), pytest.raises(NotPermitted):
        say_same(made)


def test_themes_that_share_no_meeting_are_offered_the_nearest_first(made):
    for meeting_id in made.meetings.values():
        embed_texts([u.text for u in transcripts.utterances(meeting_id)])
    seen = theme_years.theme_years(made.programme_id)

    found = theme_kin.choices(made.programme_id, seen, made.themes[FORMS])

    assert {kin.theme.theme_id for kin in found} == {made.themes[CHAIR], made.themes[NIGHT]}


def test_what_is_the_same_already_is_not_offered_again(made):
    say_same(made)
    seen = theme_years.theme_years(made.programme_id)

    assert theme_kin.choices(made.programme_id, seen, made.themes[CHAIR]) == ()


def test_a_name_typed_at_one_meeting_hides_what_was_taken_back_at_the_other(made, store):
    """B-4: A name that follows to another meeting may repeat words that were said there."""
    say_same(made)
    theme_edits.rename(made.meetings[2023], made.themes[CHAIR], "carer number 0 in 2022")
    assert "carer number 0 in 2022" in names_at(made, 2023)
    who = next(a for a in meetings.roster(made.meetings[2022]) if a.name == f"{CARERS} 0")

    with store.write() as tx:
        consent.add_consent(
            tx,
            made.meetings[2022],
            {ConsentUse.QUOTED: False},
            written_where="",
            recorded_by="participant",
            attendance_id=who.attendance_id,
        )

    assert "carer number 0 in 2022" not in names_at(made, 2022) | names_at(made, 2023)
