from services import programmes
from tests.pages.chain import TITLE, document_outcome, make_chain
from tests.pages.conftest import html_of, text_of
from ui import screens


def test_the_chain_is_told_in_numbers_with_their_denominators(open_page):
    make_chain()

    page = open_page(screens.OVERVIEW)

    assert not page.exception
    assert "1 of 1 initiatives are launched" in text_of(page)
    assert html_of(page).count('<span class="rt-of">of 1</span>') == 4


def test_a_late_milestone_needs_attention_and_names_its_owner(open_page):
    make_chain()

    page = open_page(screens.OVERVIEW)

    assert "Care services" in text_of(page)
    assert "Second county" in " ".join(link.label for link in page.get("page_link"))


def test_the_timeline_has_a_table_with_the_same_initiatives(open_page):
    make_chain()

    page = open_page(screens.OVERVIEW)

    assert f">{TITLE}</td>" in html_of(page)


def test_documented_outcomes_are_never_counted(open_page):
    chain = make_chain()
    document_outcome(chain.programme_id)

    page = open_page(screens.OVERVIEW)

    assert "1 of 1 initiatives are launched" in text_of(page)
    assert "A documented survey" not in html_of(page)


def test_an_empty_programme_is_told_what_to_do(open_page):
    programmes.start_ours()

    page = open_page(screens.OVERVIEW)

    assert not page.exception
    assert "Bring in the first meeting" in text_of(page)


def test_a_link_opens_the_programme_that_it_names(open_page):
    programmes.start_ours("Another programme")
    chain = make_chain(programmes.start_ours("The one that was meant"))

    page = open_page(screens.OVERVIEW, programme=chain.programme_id)

    assert "The one that was meant" in text_of(page)


def test_a_leader_takes_both_editions_along(open_page):
    chain = make_chain()

    page = open_page(screens.OVERVIEW, **{"as": "leader", "programme": chain.programme_id})

    labels = [button.label for button in page.get("download_button")]
    assert "Download the edition for the board (HTML)" in labels
    assert "Download the edition for everyone (HTML)" in labels


def test_the_chain_is_shown_link_by_link_when_asked_for(open_page):
    chain = make_chain()
    page = open_page(screens.OVERVIEW, programme=chain.programme_id)
    assert "miss a link" not in text_of(page)

    page.main.toggle(key="show_chain").set_value(True).run()

    assert not page.exception
    assert "Voted on" in html_of(page)
    assert "chosen recommendations miss a link" in text_of(page)
