"""The search of a programme on its screen."""

import pytest

from domain.ids import UtteranceId
from services import search, themes, transcripts
from services.theme_finding import find_themes_of_meeting
from tests.pages.chain import make_chain
from tests.pages.conftest import text_of
from ui.screens import SEARCH


@pytest.fixture
def chain(app_runtime):
    made = make_chain()
    find_themes_of_meeting(made.meeting_id)
    return made


def test_results_stand_in_context_with_their_kind(chain, open_page):
    at = open_page(SEARCH, q="ventilator manual")

    told = " ".join(text_of(at).split())
    assert "What was said , Fall 2024: Getting equipment in time" in told
    assert (
        "The ventilator alarm woke the street and nobody had shown us the ventilator manual."
        in told
    )
    assert "Recommendation , number 1, chosen" in told
    assert not at.exception


def test_asked_words_are_marked(chain, open_page):
    at = open_page(SEARCH, q="alarm")

    marked = [e.proto.body for e in at.main if "<mark>alarm</mark>" in str(e.proto)]
    assert marked


def test_an_outcome_is_found_and_leads_to_its_initiative(chain, open_page):
    at = open_page(SEARCH, q="visit before the first night", kinds="Outcome")

    assert "Outcome , launched" in text_of(at)
    assert "What was said ," not in text_of(at)


def test_without_words_it_says_what_to_do(chain, open_page):
    at = open_page(SEARCH)

    assert "Type a few words." in text_of(at)
    assert not at.exception


def test_a_programme_without_meetings_has_nothing_to_begin_with(app_runtime, open_page):
    from services import programmes

    programmes.start_ours()

    assert "Type a few words." in text_of(open_page(SEARCH))


def test_a_theme_of_the_open_meeting_is_something_to_begin_with(chain, open_page):
    at = open_page(SEARCH)
    name = themes.theme_report(chain.meeting_id).themes[0].name

    at = next(b for b in at.main.button if b.label == name).click().run()

    assert at.text_input(key="q").value == name
    assert "Type a few words." not in text_of(at)


def test_an_empty_programme_says_how_words_come_in(app_runtime, open_page):
    from services import programmes

    programmes.start_ours()

    at = open_page(SEARCH, q="chair")

    assert "Nothing can be found yet" in text_of(at)
    assert not at.exception


def test_words_that_nobody_says_get_the_nearest_in_meaning(chain, open_page):
    at = open_page(SEARCH, q="qqzzkk")

    told = text_of(at)
    assert "Nothing says this" in told


def test_a_filter_that_leaves_nothing_can_be_cleared(chain, open_page):
    at = open_page(SEARCH, q="Show every household", kinds="Outcome", years="2025")
    at.button("clear").click().run()

    assert "Recommendation , number 1, chosen" in text_of(at)
    assert not at.exception


def test_a_link_opens_what_was_said_around_a_turn(chain, open_page):
    said = transcripts.utterances(chain.meeting_id)

    at = open_page(SEARCH, turn=said[3].utterance_id)

    told = text_of(at)
    assert said[2].text in told
    assert said[3].text in told
    assert "Back to the results" in [b.label for b in at.button]


def test_words_that_are_not_shared_are_not_opened(chain, open_page):
    from domain.talk import Wish, WishMadeBy
    from services.runtime import runtime
    from store import wishes

    said = transcripts.utterances(chain.meeting_id)
    with runtime().store.write() as tx:
        wishes.add_wish(tx, said[3].utterance_id, Wish.WITHDRAWN, made_by=WishMadeBy.PERSON)

    told = text_of(open_page(SEARCH, turn=said[3].utterance_id))
    beside = text_of(open_page(SEARCH, turn=said[2].utterance_id))
    found = text_of(open_page(SEARCH, q=said[3].text[:60]))

    assert "not shared any more" in told
    assert "Words between these are not shared." in beside
    assert all(said[3].text not in page for page in (told, beside, found))


def test_a_group_of_fewer_than_five_cannot_be_asked_for(chain, open_page):
    at = open_page(SEARCH, q="ventilator", group="clinician")

    assert at.selectbox("group").options == ["All groups"]
    assert search.filters(chain.programme_id).groups == ()
    assert search.around(UtteranceId(transcripts.utterances(chain.meeting_id)[0].utterance_id))
