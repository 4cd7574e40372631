import pytest

from domain.talk import ConsentUse
from services import jobs, live, meetings, themes
from services.theme_finding import find_themes_of_meeting
from store import consent
from tests.pages import staged
from tests.pages.conftest import html_of, text_of
from ui.screens import THEMES


@pytest.fixture
def meeting_id(app_runtime):
    """A meeting whose themes were found."""
    meeting_id = staged.meeting_with_words(staged.programme())
    find_themes_of_meeting(meeting_id)
    return meeting_id


def test_the_quotes_of_the_first_theme_stand_as_they_were_said(meeting_id, open_page):
    first = themes.theme_report(meeting_id).themes[0]

    at = open_page(THEMES)

    assert not at.exception
    assert first.quotes[0].quote.text in text_of(at)


def test_the_address_opens_the_theme_that_it_names(meeting_id, open_page):
    last = themes.theme_report(meeting_id).themes[-1]

    at = open_page(THEMES, theme=last.theme_id)

    assert f"<h2>{last.name}</h2>" in html_of(at)


def test_a_press_on_a_theme_puts_it_into_the_address(meeting_id, open_page):
    last = themes.theme_report(meeting_id).themes[-1]
    at = open_page(THEMES)

    at.button(key=f"open_{last.theme_id}").click().run()

    assert last.theme_id in at.query_params["theme"]


@pytest.mark.parametrize("view", ["Map", "Sizes", "Set aside"])
def test_every_view_opens_from_its_address(meeting_id, open_page, view):
    at = open_page(THEMES, view=view)

    assert not at.exception


def test_words_without_themes_offer_to_find_them(app_runtime, open_page):
    meeting_id = staged.meeting_with_words(staged.programme())
    at = open_page(THEMES)

    at.button(key="find").click().run()

    assert not at.exception
    assert jobs.newest(meeting_id, themes.THEMES)
    assert "Stop finding themes" in [b.label for b in at.button]


def test_finding_themes_can_be_stopped(app_runtime, open_page):
    meeting_id = staged.meeting_with_words(staged.programme())
    themes.request_themes(meeting_id)
    at = open_page(THEMES)

    next(b for b in at.button if b.label == "Stop finding themes").click().run()

    assert jobs.newest(meeting_id, themes.THEMES).state == "cancelled"


def test_a_meeting_without_words_says_what_to_do(app_runtime, open_page):
    staged.meeting_with_people(staged.programme())

    at = open_page(THEMES)

    assert "No words yet" in text_of(at)


def test_a_leader_is_not_offered_to_find_themes(meeting_id, open_page):
    at = open_page(THEMES, **{"as": "leader"})

    assert not any("Find" in b.label for b in at.main.button)


def test_names_of_speakers_do_not_stand_beside_their_words(meeting_id, open_page):
    at = open_page(THEMES)

    assert not any(name in text_of(at) for name in staged.GROUPS)


def test_of_somebody_who_is_only_counted_no_word_is_on_any_view(app_runtime, store, open_page):
    """B-4: Grouped only: the map, the list and what is set aside show none of their words."""
    meeting_id = staged.meeting_with_words(staged.programme())
    ann = next(a for a in meetings.roster(meeting_id) if a.name == staged.ANN)
    with store.write() as tx:
        consent.add_consent(
            tx,
            meeting_id,
            {ConsentUse.QUOTED: False},
            written_where="",
            recorded_by="Ann",
            attendance_id=ann.attendance_id,
        )
    find_themes_of_meeting(meeting_id)
    hers = [words for who, words in staged.SAID if who == staged.ANN]

    for view in ("Themes", "Map", "Sizes", "Set aside"):
        at = open_page(THEMES, view=view)
        drawn = (
            text_of(at)
            + html_of(at)
            + repr([chart.proto for chart in at.get("arrow_vega_lite_chart")])
        )
        assert not at.exception
        assert not any(words in drawn for words in hers)
    assert {t.n_people for t in themes.theme_report(meeting_id).themes} == {3}


def test_words_that_are_not_shared_yet_offer_no_search_for_themes(app_runtime, open_page):
    meeting_id = staged.meeting_with_people(staged.programme())
    live.scribe(meeting_id, "Nobody was told anything.", stakeholder_group=None)

    at = open_page(THEMES)

    assert "Nothing is shared yet" in text_of(at)
    assert not any(b.key == "find" for b in at.button)
