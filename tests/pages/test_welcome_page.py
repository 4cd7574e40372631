from services import programmes
from tests.pages.chain import TEXT, TITLE, WORDS, make_chain
from tests.pages.conftest import text_of
from ui import screens


def test_an_empty_house_offers_the_sample_and_a_start_of_ones_own(open_page):
    page = open_page(screens.WELCOME)

    assert not page.exception
    assert {button.label for button in page.button} == {"Load the sample", "Start ours, empty"}


def test_starting_ours_makes_a_programme_that_is_no_sample(open_page):
    page = open_page(screens.WELCOME)

    page.button(key="start_ours").click().run()

    assert [programme.is_sample for programme in programmes.programmes()] == [False]


def test_the_story_goes_from_the_quote_to_the_measure(open_page):
    make_chain()

    page = open_page(screens.WELCOME)

    told = text_of(page)
    assert not page.exception
    assert f"“{WORDS}”" in told
    assert told.index(WORDS) < told.index(TEXT) < told.index(f"{TITLE}, launched")
    assert "45 % in January 2026; 20 % before" in told


def test_without_a_whole_chain_no_story_is_told(open_page):
    programmes.start_ours()

    page = open_page(screens.WELCOME)

    assert "No chain is whole yet" in text_of(page)
    assert "“" not in text_of(page)


def test_a_programme_of_ones_own_is_not_marked_as_the_sample(open_page):
    make_chain()

    page = open_page(screens.WELCOME)

    assert "People, words and votes are invented" not in text_of(page)


def test_a_participant_sees_no_screen_of_the_staff(open_page):
    make_chain()

    page = open_page(screens.WELCOME, **{"as": "participant"})

    assert TEXT not in text_of(page)
    assert "Participants come by their own link" in text_of(page)
