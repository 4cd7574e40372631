"""What may be done with a person's words, as they say it on their own page."""

from dataclasses import replace

import pytest

from domain.talk import ConsentUse, Zone
from services import my_words, participation
from services.participation import ConsentChoice
from services.runtime import runtime
from store import consent, talk
from tests.made_words import make_words

CHOICES = {
    "quoted": "Yes, and quote me without my name",
    "grouped": "Yes, but never quote me",
    "nothing": "No, do not use my words",
}


@pytest.fixture
def maria(vote, browser):
    """Somebody whose words are here, on her home page."""
    make_words(vote)
    browser.open(f"/p/j/{vote.maria}")
    return browser


def choose(browser, value):
    browser.open(f"{browser.root}consent")
    return browser.press(CHOICES[value])


@pytest.fixture(autouse=True)
def root(maria):
    """Where her pages are."""
    maria.root = maria.response.url.path


def texts(vote, zone=Zone.SHARED, use=ConsentUse.QUOTED):
    with runtime().store.read() as tx:
        said = talk.utterances_of(tx, vote.meeting_id, zone, use=use)
    who = vote.people["Maria Delgado"].attendance_id
    return [u.text for u in said if u.attendance_id == who]


def test_an_answer_is_changed_from_my_words_as_often_as_wanted(maria, vote):
    for value in ("grouped", "quoted", "nothing", "quoted"):
        choose(maria, value)

        assert participation.chosen_before(vote.maria) is ConsentChoice(value)


def test_the_page_tells_the_answer_that_holds(maria):
    choose(maria, "grouped")

    assert "Your answer now: Yes, but never quote me." in maria.open(f"{maria.root}consent").text


def test_before_a_first_answer_the_page_tells_none(maria):
    assert "Your answer now" not in maria.open(f"{maria.root}consent").text


def test_quoted_is_shared_at_once(maria, vote):
    choose(maria, "quoted")

    assert texts(vote)


def test_grouped_only_is_counted_and_not_quoted_from_the_next_request_on(maria, vote):
    """B-4: Yes, but never quote me."""
    choose(maria, "quoted")
    choose(maria, "grouped")

    assert texts(vote) == []
    assert texts(vote, use=ConsentUse.GROUPED)


def test_nothing_hides_the_words_in_both_zones_at_once(maria, vote):
    """B-4: No, do not use my words: hidden from others and from the staff."""
    choose(maria, "quoted")
    assert texts(vote, Zone.RESTRICTED)

    choose(maria, "nothing")

    assert texts(vote) == texts(vote, Zone.RESTRICTED) == []


def test_whoever_says_no_is_offered_to_delete_what_is_here(maria):
    page = choose(maria, "nothing")

    assert maria.response.url.path.endswith("/words/all")
    assert "Delete all my words" in page.links


def test_whoever_says_no_and_said_nothing_goes_on_at_once(vote, new_browser):
    elena = new_browser()
    elena.open(f"/p/j/{vote.secrets['Wei Chen']}")
    elena.root = elena.response.url.path
    assert my_words.my_words(vote.secrets["Wei Chen"]).turns == ()

    choose(elena, "nothing")

    assert elena.response.url.path == elena.root


def test_being_kept_after_the_programme_is_left_to_the_form(maria, vote):
    """A-5: A second question would cost a page; a yes on a form is not taken away by it."""
    who = vote.people["Maria Delgado"].attendance_id
    with runtime().store.write() as tx:
        kept = {ConsentUse.KEPT: True}
        consent.add_consent(
            tx,
            vote.meeting_id,
            kept,
            written_where="form",
            recorded_by="f",
            attendance_id=who,
        )

    page = maria.open(f"{maria.root}consent")
    choose(maria, "grouped")

    assert "unless your form says that we may keep them" in page.text
    assert own(vote, ConsentUse.KEPT) is True
    choose(maria, "nothing")
    assert own(vote, ConsentUse.KEPT) is False


def own(vote, use):
    with runtime().store.read() as tx:
        agreed = consent.read_agreements(tx, vote.meeting_id)
    return agreed.own_word(vote.people["Maria Delgado"].attendance_id, None, use)


def test_a_press_that_comes_too_soon_changes_nothing_and_asks_again(
    maria, vote, app_runtime, monkeypatch
):
    """A-9: The gaze that still rests on the page before answers nothing."""
    slow = replace(app_runtime.settings, dwell_guard_ms=60_000)
    monkeypatch.setattr(app_runtime, "settings", slow)

    choose(maria, "nothing")

    assert participation.chosen_before(vote.maria) is None
    assert maria.response.url.path.endswith("/consent")
