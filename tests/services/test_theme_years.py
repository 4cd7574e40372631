from datetime import date

import pytest

from analysis.theme_speakers import Amount
from domain.access import Actor, Grant, StaffRole
from domain.errors import NotPermitted
from domain.initiatives import InitiativeKind, Stage
from domain.talk import ConsentUse, locate_quote
from services import (
    erasure,
    initiatives,
    meetings,
    programmes,
    recommendations,
    theme_speakers,
    theme_years,
    transcripts,
)
from services.access import acting_as
from services.theme_years import Course
from store import consent
from tests.made_years import (
    CARERS,
    CHAIR,
    FORMS,
    NAMES,
    NIGHT,
    PALS,
    hold,
    make_years,
    said,
)


@pytest.fixture
def made(app_runtime):
    return make_years()


def theme_of(made, theme):
    seen = theme_years.theme_years(made.programme_id)
    return next(t for t in seen.themes if t.theme_id == made.themes[theme])


def told_of(made, theme, year):
    stop = next(s for s in theme_of(made, theme).stops if s.meeting.held_on.year == year)
    return stop.theme and stop.theme.on_screen


def group(told, label):
    return next(part for part in told.groups if part.label == label)


def test_seven_of_twelve_caregivers_are_counted_by_hand(made):
    told = group(told_of(made, CHAIR, 2022), "current caregiver")

    assert (told.n_speaking, told.n) == (7, 12)


def test_two_of_five_people_are_told_in_words(made):
    told = group(told_of(made, CHAIR, 2022), "person living with ALS")

    assert (told.n_speaking, told.amount, told.n) == (None, Amount.SOME, 5)


def test_a_group_that_says_nothing_of_a_theme_is_told(made):
    told = group(told_of(made, CHAIR, 2022), "clinician")

    assert (told.n_speaking, told.n) == (0, 6)


def test_a_theme_without_a_change_that_numbers_could_tell_stayed(made):
    assert theme_of(made, CHAIR).course is Course.STAYED


def test_a_theme_that_a_meeting_did_not_have_returned(made):
    assert theme_of(made, FORMS).course is Course.RETURNED
    assert told_of(made, FORMS, 2023) is None


def test_a_theme_that_the_newest_meeting_does_not_have_is_gone(made):
    assert theme_of(made, NIGHT).course is Course.GONE


def test_themes_of_most_meetings_come_first(made):
    seen = theme_years.theme_years(made.programme_id)

    assert [t.n_meetings for t in seen.themes] == [3, 2, 1]


def test_a_meeting_without_themes_says_nothing_about_any_theme(made):
    hold(made.programme_id, 2026, {})

    theme = theme_of(made, CHAIR)

    assert theme.course is Course.STAYED
    assert not theme.stops[-1].is_found


def test_a_theme_of_two_people_leaves_no_screen(made):
    (chair, forms) = theme_speakers.speakers_at(made.meetings[2022])

    assert forms.in_files is None
    assert chair.in_files is not None


def test_files_count_only_what_eleven_people_stand_behind(made):
    (chair, _) = theme_speakers.speakers_at(made.meetings[2022])

    assert chair.in_files.groups == ()
    assert chair.in_files.whole.n_speaking is None


def test_groups_are_joined_in_one_way_at_all_meetings(made):
    extra = hold(made.programme_id, 2025, {})
    meetings.add_person(extra, "Lone Industrialist", "industry")

    theme = theme_of(made, CHAIR)

    labels = {tuple(p.label for p in s.theme.on_screen.groups) for s in theme.stops if s.theme}
    assert len(labels) == 1


def test_quotes_stand_at_their_meeting_as_they_were_said(made):
    found = theme_years.quotes_over_years(made.programme_id, theme_of(made, FORMS))

    assert [q.meeting.held_on.year for q in found] == [2024, 2022]
    assert {q.quote.text for q in found[1].quotes} == {
        said(FORMS, CARERS, 0, 2022),
        said(FORMS, PALS, 0, 2022),
    }


def test_a_recommendation_that_quotes_a_theme_came_of_it_with_what_became_of_it(made):
    asked = recommendations.write(made.meetings[2023], "Show the alarm at home.", author="f")
    line = next(
        u for u in transcripts.utterances(made.meetings[2023]) if u.text.startswith(NAMES[NIGHT])
    )
    recommendations.attach(
        asked, locate_quote(line.revision_id, line.text, "took long"), author="f"
    )
    recommendations.choose([asked])
    initiatives.create(
        made.programme_id,
        title="First night",
        kind=InitiativeKind.PROGRAMME,
        owner="Jo",
        summary="",
        answers=[asked],
        proposed_on=date(2024, 1, 1),
    )

    (came,) = theme_years.came_of_theme(made.programme_id, theme_of(made, NIGHT))

    assert (came.recommendation_id, came.n_quotes) == (asked, 1)
    assert [(b.title, b.stage) for b in came.became] == [("First night", Stage.PROPOSED)]
    assert theme_years.came_of_theme(made.programme_id, theme_of(made, CHAIR)) == ()


def test_a_recommendation_written_from_a_theme_came_of_it_without_a_quote(made):
    asked = recommendations.write(
        made.meetings[2023], "Call back.", author="f", theme_id=made.themes[NIGHT]
    )

    (came,) = theme_years.came_of_theme(made.programme_id, theme_of(made, NIGHT))

    assert (came.recommendation_id, came.n_quotes) == (asked, 0)


def test_whoever_takes_their_agreement_back_is_in_no_count_and_no_quote_at_once(made, store):
    """B-4: A withdrawal holds on the next request, in numbers and in words."""
    who = next(a for a in meetings.roster(made.meetings[2022]) if a.name == f"{CARERS} 0")
    with store.write() as tx:
        consent.add_consent(
            tx,
            made.meetings[2022],
            {ConsentUse.GROUPED: False},
            written_where="",
            recorded_by="participant",
            attendance_id=who.attendance_id,
        )

    told = group(told_of(made, CHAIR, 2022), "current caregiver")

    assert (told.n_speaking, told.n) == (6, 11)
    quotes = theme_years.quotes_over_years(made.programme_id, theme_of(made, CHAIR), 100)
    assert said(CHAIR, CARERS, 0, 2022) not in {q.quote.text for m in quotes for q in m.quotes}


def test_an_erased_person_is_in_no_count_over_the_years(made):
    who = next(a for a in meetings.roster(made.meetings[2022]) if a.name == f"{CARERS} 0")

    erasure.erase_person(who.attendance_id, reason="They asked for it.", everywhere=True)

    assert group(told_of(made, CHAIR, 2022), "current caregiver").n == 11
    assert group(told_of(made, CHAIR, 2023), "current caregiver").n == 11


def test_a_role_for_one_meeting_reads_no_years(made):
    here = Actor("Fay", (Grant(StaffRole.FACILITATOR, None, made.meetings[2022]),))

    with acting_as(here), pytest.raises(NotPermitted):
        theme_years.theme_years(made.programme_id)


def test_a_role_for_one_meeting_reads_its_speakers(made):
    here = Actor("Fay", (Grant(StaffRole.FACILITATOR, None, made.meetings[2022]),))

    with acting_as(here):
        assert len(theme_speakers.speakers_at(made.meetings[2022])) == 2


def test_a_programme_without_themes_has_no_years(app_runtime):
    seen = theme_years.theme_years(programmes.start_ours())

    assert (seen.meetings, seen.themes) == ((), ())
