import pytest

from domain.recommendations import Direction
from domain.talk import locate_quote
from services import evidence, merging, recommendations, releasing, themes, transcripts
from services.review_turns import the_turn
from services.runtime import runtime
from services.theme_finding import find_themes_of_meeting
from tests.pages import staged
from tests.pages.conftest import html_of, text_of
from ui.screens import RECOMMENDATIONS

WORDS = "Send one letter for the whole wheelchair order."
PROPOSALS, ALIKE = "What people proposed", "Those that say the same"


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


def test_a_corrected_quote_waits_until_somebody_confirms_it(
    recommendation_id, evidence_id, meeting_id, open_page
):
    said = transcripts.utterances(meeting_id)[0]
    before = only(meeting_id)
    correct_and_release(said, "eleven", "twelve")

    at = open_page(RECOMMENDATIONS, recommendation=recommendation_id)
    assert "counts for nothing until somebody confirms" in text_of(at)
    waits = only(meeting_id)
    press(at, "Confirm the corrected quote")

    assert [e.quote.text for e in before.evidence] == ["eleven weeks"]
    assert (waits.evidence, [e.quote.text for e in waits.waiting]) == ((), ["twelve weeks"])
    assert [e.quote.text for e in only(meeting_id).evidence] == ["twelve weeks"]


def correct_and_release(said, before, after):
    """A reviewer mends a mis-heard word on the review screen's services."""
    with runtime().store.read() as tx:
        source = the_turn(tx, said.utterance_id).texts.source
    releasing.correct(said.utterance_id, source, said.text.replace(before, after))
    with runtime().store.read() as tx:
        source = the_turn(tx, said.utterance_id).texts.source
    releasing.release(said.utterance_id, source)


def test_a_suggested_quote_can_be_attached(recommendation_id, meeting_id, open_page):
    at = open_page(RECOMMENDATIONS, recommendation=recommendation_id)
    at.toggle(key=f"suggest_{recommendation_id}").set_value(True).run()

    press(at, "Attach this quote")

    assert not at.exception
    assert len(only(meeting_id).evidence) == 1


def test_a_quote_can_be_turned_to_speak_against_it_and_back(
    recommendation_id, evidence_id, meeting_id, open_page
):
    at = open_page(RECOMMENDATIONS, recommendation=recommendation_id)
    press(at, "It speaks against it")
    turned = text_of(at)

    press(at, "Undo: move the quote back")

    assert "What was said against it" in turned
    assert [e.quote.text for e in only(meeting_id).evidence] == ["eleven weeks"]


def test_an_attached_suggestion_can_be_taken_away_again(recommendation_id, meeting_id, open_page):
    at = open_page(RECOMMENDATIONS, recommendation=recommendation_id)
    at.toggle(key=f"suggest_{recommendation_id}").set_value(True).run()
    press(at, "Attach as speaking against it")
    attached = only(meeting_id).against

    press(at, "Undo: take the quote away")

    assert len(attached) == 1
    assert only(meeting_id).against == ()


def test_while_one_is_written_the_earlier_one_stands_below_with_what_became_of_it(
    recommendation_id, open_page
):
    recommendations.leave([recommendation_id], author="f", because="no money that year")
    at = open_page(RECOMMENDATIONS, write="1")

    at.text_area(key="new_text").set_value(WORDS).run()

    assert not at.exception
    assert "This was recommended before" in text_of(at)
    assert "Not chosen: no money that year." in text_of(at)


def test_what_nobody_asked_for_before_is_said_to_be_new(recommendation_id, open_page):
    at = open_page(RECOMMENDATIONS, write="1")

    at.text_area(key="new_text").set_value("Teach the night shift about masks.").run()

    assert "None of 1 recommendation before says this." in text_of(at)


def test_nothing_is_compared_before_anything_is_written(recommendation_id, open_page):
    at = open_page(RECOMMENDATIONS, write="1")

    assert "recommended before" not in text_of(at)


def test_an_echo_is_drawn_as_written(meeting_id, open_page):
    words = "<b>Now</b> *all* $x$ of the letters"
    recommendations.write(meeting_id, words, author="facilitator")
    at = open_page(RECOMMENDATIONS, write="1")

    at.text_area(key="new_text").set_value(words).run()

    assert "&lt;b&gt;Now&lt;/b&gt; *all* $x$" in html_of(at)
    assert "<b>Now" not in html_of(at)


def test_the_reason_why_it_was_not_chosen_is_kept(recommendation_id, meeting_id, open_page):
    at = open_page(RECOMMENDATIONS, recommendation=recommendation_id)
    at.text_input(key=f"because_{recommendation_id}").set_value("no money that year")

    press(at, "Mark as not chosen")

    assert only(meeting_id).recommendation.decided_because == "no money that year"
    assert "did not choose it: no money that year" in text_of(at)


def test_two_that_say_the_same_are_joined_and_parted_again(
    recommendation_id, meeting_id, open_page
):
    recommendations.write(meeting_id, WORDS, author="facilitator")
    at = open_page(RECOMMENDATIONS, view=ALIKE)
    at.toggle(key="compare_all").set_value(True).run()
    press(at, "Keep 1, join 2 to it")
    joined = len(recommendations.recommendations(meeting_id))

    press(at, "Undo: part them again")

    assert not at.exception
    assert joined == 1
    assert len(recommendations.recommendations(meeting_id)) == 2


def test_a_joined_one_says_which_one_stands_for_it(recommendation_id, meeting_id, open_page):
    second = recommendations.write(meeting_id, "Send one letter.", author="facilitator")
    merging.merge(second, recommendation_id, author="facilitator")

    at = open_page(RECOMMENDATIONS, recommendation=second)

    assert "Joined with recommendation 1" in text_of(at)
    assert not any("Mark as chosen" in b.label for b in at.main.button)


def test_a_leader_sees_dissent_and_changes_nothing(recommendation_id, evidence_id, open_page):
    evidence.turn(evidence_id, Direction.SPEAKS_AGAINST, author="facilitator")

    at = open_page(RECOMMENDATIONS, recommendation=recommendation_id, **{"as": "leader"})

    assert "What was said against it" in text_of(at)
    assert not any("supports it" in b.label for b in at.main.button)


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


PROPOSED = "We could show the ventilator alarm at home before the first night, manual in hand."


def test_what_people_proposed_is_listed_with_group_and_how_clear_it_is(meeting_id, open_page):
    at = open_page(RECOMMENDATIONS, view=PROPOSALS)

    assert not at.exception
    assert "What people proposed" in text_of(at)
    assert f"“{PROPOSED}”" in text_of(at)
    assert "Clinician, at 0:45" in text_of(at)


def test_a_proposed_sentence_becomes_a_draft_in_one_press(meeting_id, open_page):
    at = open_page(RECOMMENDATIONS, view=PROPOSALS)

    at = press(at, "Make it a draft recommendation")

    assert only(meeting_id).recommendation.text == PROPOSED
    assert "it is recommendation 1" in text_of(at)


def test_what_is_no_proposal_leaves_the_list_and_can_come_back(meeting_id, open_page):
    at = open_page(RECOMMENDATIONS, view=PROPOSALS)
    at = press(at, "Not a proposal")
    is_off = "1 sentence taken off the list" in [e.label for e in at.expander]

    at = press(at, "Undo: put the sentence back")

    assert is_off
    assert "Make it a draft recommendation" in [b.label for b in at.button]


def test_an_empty_meeting_lists_no_proposals(app_runtime, open_page):
    staged.empty_meeting(staged.programme())

    at = open_page(RECOMMENDATIONS, view=PROPOSALS)

    assert not at.exception
    assert "No proposals found yet" in text_of(at)


def test_a_reader_sees_what_was_proposed_and_no_button_to_change_it(meeting_id, open_page):
    at = open_page(RECOMMENDATIONS, view=PROPOSALS, **{"as": "leader"})

    assert f"“{PROPOSED}”" in text_of(at)
    assert not [
        b for b in at.button if b.label in ("Make it a draft recommendation", "Not a proposal")
    ]


def test_a_pair_that_is_not_the_same_leaves_the_list_and_can_be_offered_again(
    recommendation_id, meeting_id, open_page
):
    recommendations.write(meeting_id, WORDS, author="facilitator")
    at = open_page(RECOMMENDATIONS, view=ALIKE)
    at.toggle(key="compare_all").set_value(True).run()
    press(at, "They are not the same")
    offered = {b.label for b in at.main.button}

    press(at, "Offer 1 and 2 again")

    assert not at.exception
    assert "Keep 1, join 2 to it" not in offered
    assert "Keep 1, join 2 to it" in {b.label for b in at.main.button}
