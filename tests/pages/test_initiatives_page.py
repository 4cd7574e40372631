from datetime import date

from domain.initiatives import Stage
from services import initiatives, programmes
from tests.pages.chain import TEXT, TITLE, document_outcome, make_chain
from tests.pages.conftest import html_of, text_of
from ui import screens


def test_the_board_shows_an_initiative_with_its_owner_and_measure(open_page):
    make_chain()

    page = open_page(screens.INITIATIVES)

    told = text_of(page)
    assert not page.exception
    assert "Owner: Care services" in told
    assert "45 % in January 2026 (baseline 20, target 80)" in told


def test_the_table_shows_the_same_initiatives(open_page):
    make_chain()

    page = open_page(screens.INITIATIVES, show="table")

    assert f">{TITLE}</td>" in html_of(page)


def test_a_new_initiative_answers_the_recommendations_that_were_chosen(open_page):
    chain = make_chain()
    page = open_page(screens.INITIATIVES, new="yes")

    page.text_input(key="new_title").input("A second try")
    page.multiselect(key="new_answers").select(chain.recommendation_id)
    page.button(key="new_make").click().run()

    made = {v.initiative.title: v for v in initiatives.initiatives(chain.programme_id)}
    assert made["A second try"].initiative.answers == (chain.recommendation_id,)


def test_an_initiative_without_a_title_is_refused_with_a_sentence(open_page):
    make_chain()
    page = open_page(screens.INITIATIVES, new="yes")

    page.button(key="new_make").click().run()

    assert "An initiative needs a title" in page.warning[0].value


def test_documented_outcomes_stand_apart_with_their_source(open_page):
    document_outcome(programmes.start_ours())

    page = open_page(screens.INITIATIVES)

    assert "Documented outcomes" in text_of(page)
    assert "Source: Annual report 2024" in text_of(page)


def test_a_leader_reads_and_changes_nothing(open_page):
    make_chain()

    page = open_page(screens.INITIATIVES, **{"as": "leader", "new": "yes"})

    assert not page.exception
    assert not page.text_input


def test_one_initiative_tells_what_it_answers_and_every_dated_stage(open_page):
    chain = make_chain()

    page = open_page(screens.INITIATIVE, initiative=chain.initiative_id)

    told = text_of(page)
    assert not page.exception
    assert TEXT in told
    assert told.index("10 January 2025") < told.index("1 September 2025")


def test_one_initiative_claims_no_cause(open_page):
    chain = make_chain()

    page = open_page(screens.INITIATIVE, initiative=chain.initiative_id)

    assert "they do not show what caused a change" in text_of(page)


def test_a_stage_is_added_and_the_earlier_ones_stay(open_page):
    chain = make_chain()
    page = open_page(screens.INITIATIVE, initiative=chain.initiative_id)

    page.selectbox(key="stage_stage").select(Stage.MEASURING)
    page.date_input(key="stage_on").set_value(date(2026, 2, 1))
    page.button(key="stage_write").click().run()

    view = initiatives.the_initiative(chain.programme_id, chain.initiative_id)
    assert [e.stage for e in view.initiative.events][-2:] == [Stage.LAUNCHED, Stage.MEASURING]


def test_closing_without_a_reason_is_refused(open_page):
    chain = make_chain()
    page = open_page(screens.INITIATIVE, initiative=chain.initiative_id)

    page.selectbox(key="stage_stage").select(Stage.CLOSED_NOT_IMPLEMENTED)
    page.button(key="stage_write").click().run()

    assert "say why" in page.warning[0].value


def test_a_reading_is_added_with_its_source(open_page):
    chain = make_chain()
    page = open_page(screens.INITIATIVE, initiative=chain.initiative_id)

    page.number_input(key="reading_value").set_value(60)
    page.date_input(key="reading_on").set_value(date(2026, 5, 31))
    page.text_input(key="reading_source").input("visit log")
    page.button(key="reading_add").click().run()

    view = initiatives.the_initiative(chain.programme_id, chain.initiative_id)
    assert [r.value for r in view.initiative.measures[0].readings] == [45.0, 60.0]


def test_a_link_to_nothing_says_so_and_stays_calm(open_page):
    programmes.start_ours()

    page = open_page(screens.INITIATIVE, initiative="gone")

    assert not page.exception
    assert "There is no initiative" in page.warning[0].value
