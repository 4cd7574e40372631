"""The reviewer's screen: a reason first, one turn at a time, the rest at once."""

import pytest

from domain.identifiers import IdentifierKind
from domain.talk import ConsentUse, Quote
from services import bulk_release, recommendations, review, transcripts
from services.hide_suggestions import suggest
from services.review import Shelf
from services.theme_finding import find_themes_of_meeting
from services.transcripts import ConsentGiven
from tests.pages import staged
from tests.pages.conftest import html_of, text_of
from ui.screens import RECOMMENDATIONS, REVIEW

NAMED = 'Ann Ray waited eleven weeks; write to ann@example.org "today" & *now*.'


class FindsNoNames:
    """A language model that finds nothing: the roster and the patterns are left."""

    def entities(self, texts):
        yield from (() for _ in texts)


@pytest.fixture
def meeting_id(app_runtime):
    """Seven turns that wait, looked through by the machine; one names somebody."""
    app_runtime.__dict__["_name_model"] = FindsNoNames()
    made = staged.meeting_with_people(staged.programme())
    vtt = f"{staged.VTT}\n\n7\n00:01:10.000 --> 00:01:18.000\n{staged.BO}: {NAMED}"
    understood = transcripts.understand(made, "talk.vtt", vtt.encode())
    transcripts.store_transcript(
        made,
        understood,
        {m.label: m.attendance_id for m in understood.matches},
        ConsentGiven(frozenset(ConsentUse), "signed forms"),
        is_released=False,
    )
    suggest(made)
    return made


@pytest.fixture
def at(meeting_id, open_page):
    return open_page(REVIEW)


@pytest.fixture
def opened(at):
    """The queue with everything that waits."""
    at.selectbox(key="shelf").select(Shelf.WAITING)
    return press(at, "Open them")


def press(at, label):
    next(b for b in at.button if b.label.startswith(label)).click()
    return at.run()


def shared(meeting_id):
    return [u.text for u in transcripts.utterances(meeting_id)]


def go_to(at, words):
    while words not in text_of(at):
        press(at, "Later, next turn")
    return at


def test_no_words_are_on_the_page_before_a_reason_is_given(at):
    """B-15: Raw text needs a reason."""
    assert not at.exception
    assert not any(words in text_of(at) for _, words in staged.SAID)
    assert "7 of 7 turns wait" in text_of(at)


def test_a_leader_has_no_such_screen(meeting_id, open_page):
    """B-15: Raw text needs the reviewer's role."""
    with pytest.raises(ValueError, match="navigation page"):
        open_page(REVIEW, **{"as": "leader"})


def test_a_turn_stands_verbatim_with_markup_of_people_as_text(opened):
    """O1: What people say is no markup on the reviewer's screen."""
    go_to(opened, "eleven weeks; write")

    assert "&quot;today&quot; &amp; *now*." in html_of(opened)
    assert '<mark class="rt-out">Ann Ray</mark>' in html_of(opened)


def test_a_suggestion_says_what_it_is_why_and_how_sure(opened):
    go_to(opened, "eleven weeks; write")

    labels = [box.label for box in opened.checkbox if box.key and box.key.startswith("hide_")]
    assert len(labels) == 2
    assert all("sure" in label and "%" in label for label in labels)


def test_the_press_that_releases_answers_whether_somebody_would_be_recognised(opened):
    assert "Would family or colleagues recognise who said this?" in text_of(opened)
    assert any(b.label.startswith("No: release it") for b in opened.button)


def test_what_may_be_recognised_can_be_released_all_the_same(opened, meeting_id):
    press(opened, "Release it all the same")

    assert len(shared(meeting_id)) == 1


def test_a_release_leaves_the_ticked_stretches_out(opened, meeting_id):
    go_to(opened, "eleven weeks; write")

    press(opened, "No: release it, 2 stretches hidden")

    assert shared(meeting_id) == [
        NAMED.replace("Ann Ray", "[name]").replace("ann@example.org", "[e-mail]")
    ]


def test_a_stretch_that_is_not_ticked_stays(opened, meeting_id):
    go_to(opened, "eleven weeks; write")
    first = next(b for b in opened.checkbox if b.key and b.key.startswith("hide_"))
    first.uncheck().run()

    press(opened, "No: release it, 1 stretch hidden")

    assert shared(meeting_id) == [NAMED.replace("ann@example.org", "[e-mail]")]


def test_the_last_release_is_undone_and_the_turn_is_in_front_again(opened, meeting_id):
    press(opened, "No: release it")
    assert len(shared(meeting_id)) == 1

    press(opened, "Undo: take the last release back")

    assert shared(meeting_id) == []
    assert "Turn 1 of 7" in text_of(opened)


def test_a_turn_is_held_back_with_its_reason(opened, meeting_id):
    press(opened, "Hold it back")

    assert review.progress(meeting_id).n_held_back == 1
    assert "Turn 2 of 7" in text_of(opened)


def test_further_words_can_be_marked(opened, meeting_id):
    go_to(opened, staged.SAID[0][1])
    opened.text_input(key="mark_words").set_value("wheelchair")
    opened.selectbox(key="mark_kind").select(IdentifierKind.DEVICE)
    press(opened, "Hide them too")

    press(opened, "No: release it, 2 stretches hidden")

    assert shared(meeting_id) == [staged.SAID[0][1].replace("wheelchair", "[device]")]


def test_words_that_do_not_stand_there_are_told_so(opened):
    opened.text_input(key="mark_words").set_value("nobody said this")

    press(opened, "Hide them too")

    assert "do not stand in this turn" in opened.warning[0].value


def test_a_turn_can_be_worded_otherwise_and_then_released(opened, meeting_id):
    opened.text_area(key="correct_text").set_value("It came late.")
    press(opened, "Keep this wording")

    press(opened, "No: release it")

    assert shared(meeting_id) == ["It came late."]


def test_the_name_is_shown_only_when_asked_for(opened):
    go_to(opened, staged.SAID[0][1])
    assert staged.ANN not in text_of(opened)

    next(t for t in opened.toggle if t.label == "Show who said it").set_value(True).run()

    assert staged.ANN in text_of(opened)


def test_neighbours_are_shown_only_when_asked_for(opened):
    go_to(opened, staged.SAID[3][1])
    assert staged.SAID[2][1] not in text_of(opened)

    press(opened, "Show what was said before and after")

    assert staged.SAID[2][1] in text_of(opened)


def test_the_neighbour_of_a_turn_that_was_looked_around_asks_for_its_own(opened):
    go_to(opened, staged.SAID[2][1])
    press(opened, "Show what was said before and after")

    press(opened, "Later, next turn")

    assert not opened.exception
    assert any(b.label == "Show what was said before and after" for b in opened.button)


def test_everything_else_goes_out_in_two_presses(at, meeting_id):
    at.toggle(key="see_rest").set_value(True).run()
    press(at, "Release 7 turns, 2 stretches hidden")

    assert not at.exception
    assert len(shared(meeting_id)) == 7
    assert NAMED not in shared(meeting_id)


def test_a_release_of_many_is_taken_back_as_a_whole(meeting_id, open_page):
    bulk_release.release_rest(meeting_id)
    at = open_page(REVIEW)

    press(at, "Take it back as a whole")

    assert shared(meeting_id) == []


def test_closing_the_queue_asks_for_a_reason_again(opened):
    press(opened, "Close and read no more")

    assert any(box.key == "read_reason" for box in opened.selectbox)


def test_a_meeting_without_words_says_that_nothing_waits(app_runtime, open_page):
    staged.meeting_with_people(staged.programme())

    at = open_page(REVIEW)

    assert not at.exception
    assert "Nothing waits here" in text_of(at)


def test_a_recommendation_tells_that_a_source_of_it_was_withdrawn(meeting_id, open_page):
    """B-11: A shared recommendation keeps its text and shows "1 source withdrawn"."""
    made = bulk_release.release_rest(meeting_id)
    asked = recommendations.write(meeting_id, "Lend wheelchairs at once.", author="facilitator")
    said = transcripts.utterances(meeting_id)[0]
    quote = Quote(said.revision_id, 0, 14, said.text[:14])
    recommendations.attach(asked, quote, author="facilitator")

    bulk_release.take_back(meeting_id, made.at)
    at = open_page(RECOMMENDATIONS, recommendation=asked)

    assert "Lend wheelchairs at once." in text_of(at)
    assert "1 source withdrawn" in text_of(at)
    assert said.text[:14] not in text_of(at)


def test_the_last_release_leads_to_the_themes_that_do_not_know_it_yet(opened, meeting_id):
    while not any(b.label.startswith("Open the themes") for b in links(opened)):
        press(opened, "No: release it")
        if len(shared(meeting_id)) == 6:
            find_themes_of_meeting(meeting_id)

    assert len(shared(meeting_id)) == 7
    assert "is in none of them yet" in text_of(opened)


def links(at):
    return [one.proto for one in at.get("page_link")]
