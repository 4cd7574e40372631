import pytest

from domain.talk import ConsentUse, Zone
from services import meetings, theme_kin, theme_years
from services.passages import embed_texts, passages_of_meeting
from services.runtime import runtime
from store import consent, themes
from tests.made_years import CARERS, CHAIR, FORMS, NIGHT, hold, make_years, publish

NEARLY = "chair again"
YEARS = {
    2022: {CHAIR: {CARERS: 7}, NIGHT: {CARERS: 5}},
    2023: {FORMS: {CARERS: 6}},
}


@pytest.fixture
def made(app_runtime):
    """Wheelchairs and nights at one meeting; the next speaks of wheelchairs under another id."""
    made = make_years(YEARS)
    with runtime().store.write() as tx:
        (other,) = themes.add_themes(tx, made.programme_id, 1)
    meeting_id = hold(made.programme_id, 2024, {CHAIR: {CARERS: 7}})
    publish(meeting_id, {CHAIR: {CARERS: 7}}, {CHAIR: other})
    made.meetings[2024] = meeting_id
    made.themes[NEARLY] = other
    for meeting in made.meetings.values():
        embed_texts([p.quote.text for p in passages_of_meeting(meeting, Zone.SHARED)])
    return made


def near(made, theme):
    seen = theme_years.theme_years(made.programme_id)
    return [t.theme_id for t in theme_kin.near_themes(made.programme_id, seen, made.themes[theme])]


def test_a_theme_in_nearly_the_same_words_at_another_meeting_is_near(made):
    assert near(made, CHAIR) == [made.themes[NEARLY]]


def test_nearness_goes_both_ways(made):
    assert near(made, NEARLY) == [made.themes[CHAIR]]


def test_a_theme_of_the_same_meeting_is_never_near(made):
    assert made.themes[NIGHT] not in near(made, CHAIR)


def test_a_theme_about_something_else_is_not_near(made):
    assert made.themes[FORMS] not in near(made, CHAIR)


def test_words_that_may_only_be_counted_make_nothing_near(made, store):
    for one in meetings.roster(made.meetings[2024]):
        with store.write() as tx:
            consent.add_consent(
                tx,
                made.meetings[2024],
                {ConsentUse.QUOTED: False},
                written_where="",
                recorded_by="participant",
                attendance_id=one.attendance_id,
            )

    assert near(made, CHAIR) == []
