import pytest

from domain.talk import locate_quote
from services import recommendations, themes, transcripts
from services.theme_finding import find_themes_of_meeting
from tests.pages import staged
from tests.pages.conftest import text_of
from ui.screens import RECOMMENDATIONS

WORDS = "Send one letter for the whole wheelchair order."


@pytest.fixture
def meeting_id(app_runtime):
    return staged.meeting_with_words(staged.programme())


@pytest.fixture
def recommendation_id(meeting_id):
    return recommendations.write(meeting_id, WORDS, author="facilitator")


@pytest.fixture
def evidence_id(meeting_id, recommendation_id):
    said = transcripts.utterances(meeting_id)[0]
    quote = locate_quote(said.revision_id, said.text, "eleven weeks")
    return recommendations.attach(recommendation_id, quote, author="facilitator")


def press(at, label):
    next(b for b in at.button if b.label == label).click()
    return at.run()


def only(meeting_id):
    """The meeting's only recommendation, as it is now."""
    (view,) = recommendations.recommendations(meeting_id)
    return view


def test_a_recommendation_stands_in_the_list_with_its_number(recommendation_id, open_page):
    at = open_page(RECOMMENDATIONS)

    assert not at.exception
    assert f"1. {WORDS}" in text_of(at)


def test_an_empty_meeting_offers_to_write_or_bring_in(meeting_id, open_page):
    at = open_page(RECOMMENDATIONS)

    assert "No recommendation yet" in text_of(at)
    assert at.file_uploader(key="recommendation_file")


def test_evidence_stands_word_for_word(recommendation_id, evidence_id, open_page):
    at = open_page(RECOMMENDATIONS, recommendation=recommendation_id)

    assert not at.exception
    assert "“eleven weeks”" in text_of(at)


def test_a_quote_taken_away_can_be_put_back(recommendation_id, evidence_id, meeting_id, open_page):
    at = open_page(RECOMMENDATIONS, recommendation=recommendation_id)
    press(at, "Take this quote away")
    taken = only(meeting_id).evidence

    press(at, "Undo: put the quote back")

    assert taken == ()
    assert [e.quote.text for e in only(meeting_id).evidence] == ["eleven weeks"]


def test_a_suggested_quote_can_be_attached(recommendation_id, meeting_id, open_page):
    at = open_page(RECOMMENDATIONS, recommendation=recommendation_id)
    at.toggle(key=f"suggest_{recommendation_id}").set_value(True).run()

    press(at, "Attach this quote")

    assert not at.exception
    assert len(only(meeting_id).evidence) == 1


def test_a_recommendation_written_from_a_theme_keeps_the_theme(meeting_id, open_page):
    find_themes_of_meeting(meeting_id)
    theme = themes.theme_report(meeting_id).themes[0]
    at = open_page(RECOMMENDATIONS, theme=theme.theme_id, write="1")
    at.text_area(key="new_text").set_value(WORDS)

    press(at, "Write it down")

    assert not at.exception
    assert only(meeting_id).recommendation.theme_id == theme.theme_id


def test_an_empty_recommendation_is_refused_in_a_sentence(meeting_id, open_page):
    at = open_page(RECOMMENDATIONS, write="1")

    press(at, "Write it down")

    assert "needs its words" in at.warning[0].value
    assert recommendations.recommendations(meeting_id) == ()


def test_a_choice_can_be_taken_back(recommendation_id, meeting_id, open_page):
    at = open_page(RECOMMENDATIONS, recommendation=recommendation_id)
    press(at, "Mark as chosen")
    chosen = only(meeting_id).recommendation.state

    press(at, "Take this decision back")

    assert chosen == "chosen"
    assert only(meeting_id).recommendation.state == "proposed"


def test_a_new_wording_keeps_the_earlier_one_readable(recommendation_id, open_page):
    at = open_page(RECOMMENDATIONS, recommendation=recommendation_id)
    at.text_area(key="new_wording").set_value("Send one letter for all equipment.")

    press(at, "Keep this wording")

    assert "Send one letter for all equipment." in text_of(at)
    assert WORDS in text_of(at)


def test_a_leader_reads_and_does_not_change(recommendation_id, evidence_id, open_page):
    at = open_page(RECOMMENDATIONS, recommendation=recommendation_id, **{"as": "leader"})

    assert "“eleven weeks”" in text_of(at)
    assert not any("Take" in b.label or "Mark" in b.label for b in at.main.button)


def test_markup_in_a_recommendation_is_shown_as_written(meeting_id, open_page):
    recommendations.write(meeting_id, "<b>Now</b> *all* $x$ of it", author="facilitator")

    at = open_page(RECOMMENDATIONS)

    assert "<b>Now</b> *all* $x$ of it" in text_of(at)


def test_the_chosen_ones_become_an_initiative_on_its_own_page(
    recommendation_id, meeting_id, open_page
):
    recommendations.choose([recommendation_id])
    at = open_page(RECOMMENDATIONS)

    press(at, "Make an initiative from these")

    assert not at.exception
    assert "Which recommendations it answers" in [m.label for m in at.multiselect]


def test_its_story_runs_from_the_meeting_that_asked_to_today(recommendation_id, open_page):
    recommendations.choose([recommendation_id])

    told = text_of(open_page(RECOMMENDATIONS, recommendation=recommendation_id))

    assert told.index("Fall 2024 asked for it") < told.index("The meeting chose it")
    assert told.index("The meeting chose it") < told.index("since it was asked for")
