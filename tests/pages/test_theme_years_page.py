import pytest

from domain.access import Actor, Grant, StaffRole
from domain.talk import ConsentUse
from services import meetings, programmes, recommendations
from services.access import acting_as
from store import consent
from tests.made_years import CARERS, CHAIR, FORMS, NAMES, NIGHT, PALS, YEARS, hold, make_years, said
from tests.pages.conftest import html_of, text_of
from ui.screens import THEME_YEARS


@pytest.fixture
def made(app_runtime):
    return make_years()


def test_the_theme_of_most_meetings_is_open_first(made, open_page):
    at = open_page(THEME_YEARS)

    assert not at.exception
    assert f"<h2>{NAMES[CHAIR]}</h2>" in html_of(at)
    assert "2 of 3 themes come up at several meetings" in text_of(at)


def test_what_themes_did_heads_the_list(made, open_page):
    told = text_of(open_page(THEME_YEARS))

    assert "Returned (1)" in told
    assert "No theme any more (1)" in told


def test_the_address_opens_the_theme_that_it_names(made, open_page):
    at = open_page(THEME_YEARS, theme=made.themes[NIGHT])

    assert f"<h2>{NAMES[NIGHT]}</h2>" in html_of(at)
    assert "No theme again since Fall 2023: some of 23 people who spoke" in text_of(at)


def test_a_press_on_a_theme_puts_it_into_the_address(made, open_page):
    at = open_page(THEME_YEARS)

    at.button(key=f"open_{made.themes[FORMS]}").click().run()

    assert made.themes[FORMS] in at.query_params["theme"]


def test_quotes_of_every_meeting_stand_as_they_were_said(made, open_page):
    told = text_of(open_page(THEME_YEARS, theme=made.themes[FORMS]))

    assert said(FORMS, CARERS, 0, 2022) in told
    assert said(FORMS, CARERS, 0, 2024) in told


def test_who_does_not_speak_of_it_is_told_with_how_many_there_are(made, open_page):
    at = open_page(THEME_YEARS)

    assert "None of the clinicians who spoke speak of it" in text_of(at)
    assert ">none of 6</td>" in html_of(at)


def test_two_of_five_people_are_no_number_on_the_screen(made, open_page):
    page = html_of(open_page(THEME_YEARS))

    assert ">some of 5</td>" in page
    assert "2 of 5" not in page


def test_recommendations_of_the_theme_are_listed(made, open_page):
    recommendations.write(
        made.meetings[2023], "Show the alarm at home.", author="f", theme_id=made.themes[NIGHT]
    )

    at = open_page(THEME_YEARS, theme=made.themes[NIGHT])

    links = [link.label for link in at.get("page_link")]
    assert any("Show the alarm at home" in label for label in links)


def test_a_programme_without_themes_says_what_to_do(app_runtime, open_page):
    hold(programmes.start_ours(), 2024, {})

    at = open_page(THEME_YEARS)

    assert not at.exception
    assert "No themes yet" in text_of(at)


def test_one_meeting_has_no_way_over_the_years_yet(app_runtime, open_page):
    make_years({2024: YEARS[2024]})

    at = open_page(THEME_YEARS)

    assert not at.exception
    assert "begins with the next" in text_of(at)


def test_an_address_of_a_theme_that_is_gone_opens_the_first(made, open_page):
    at = open_page(THEME_YEARS, theme="nowhere")

    assert f"<h2>{NAMES[CHAIR]}</h2>" in html_of(at)


def test_names_of_people_stand_nowhere(made, open_page):
    told = text_of(open_page(THEME_YEARS, theme=made.themes[FORMS]))

    assert not any(f"{kind} {n}" in told for kind in (CARERS, PALS) for n in range(5))


def test_of_somebody_who_is_only_counted_no_word_is_shown(made, store, open_page):
    """B-4: Grouped only: counted in the numbers, quoted nowhere."""
    who = next(a for a in meetings.roster(made.meetings[2022]) if a.name == f"{CARERS} 0")
    with store.write() as tx:
        consent.add_consent(
            tx,
            made.meetings[2022],
            {ConsentUse.QUOTED: False},
            written_where="",
            recorded_by="Ann",
            attendance_id=who.attendance_id,
        )

    at = open_page(THEME_YEARS)

    assert ">7 of 12</td>" in html_of(at)
    assert said(CHAIR, CARERS, 0, 2022) not in text_of(at) + html_of(at)


TWO = {2022: {CHAIR: {CARERS: 7}}, 2023: {FORMS: {CARERS: 6}}}


@pytest.fixture
def two(app_runtime):
    """A theme at each of two meetings, none of both."""
    return make_years(TWO)


def say_same(open_page, two):
    at = open_page(THEME_YEARS, theme=two.themes[FORMS])
    at.selectbox(key=f"same_as_{two.themes[FORMS]}").set_value(two.themes[CHAIR]).run()
    return at.button(key=f"say_same_{two.themes[FORMS]}").click().run()


def test_before_somebody_says_it_is_the_same_the_words_of_both_stand_there(two, open_page):
    at = open_page(THEME_YEARS, theme=two.themes[FORMS])

    at.selectbox(key=f"same_as_{two.themes[FORMS]}").set_value(two.themes[CHAIR]).run()

    told = text_of(at)
    assert said(CHAIR, CARERS, 0, 2022) in told
    assert said(FORMS, CARERS, 0, 2023) in told


def test_one_press_makes_two_themes_one_and_stays_on_it(two, open_page):
    at = say_same(open_page, two)

    assert not at.exception
    assert "1 of 1 theme" in text_of(at)
    assert "A theme of 2 of 2 meetings" in text_of(at)


def test_undo_stands_where_the_press_was(two, open_page):
    at = say_same(open_page, two)

    at.button(key="undo_themes").click().run()

    assert "0 of 2 themes come up at several meetings" in text_of(at)


def test_who_said_so_stands_beside_the_way_to_part_them(two, open_page):
    at = say_same(open_page, two)
    (part,) = [b for b in at.button if b.key.startswith("part_same_")]

    part.click().run()

    assert not at.exception
    assert "0 of 2 themes come up at several meetings" in text_of(at)


def test_whoever_only_reads_is_offered_no_press(two, open_page):
    with acting_as(Actor("Lea", (Grant(StaffRole.LEADER),))):
        at = open_page(THEME_YEARS, theme=two.themes[FORMS])

    assert not at.exception
    assert not [b for b in at.button if b.key.startswith("say_same_")]
