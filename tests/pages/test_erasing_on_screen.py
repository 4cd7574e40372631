"""Erase somebody from the screen of people: read what goes, type the name, gone."""

import pytest

from services import meetings, themes, transcripts
from services.theme_finding import find_themes_of_meeting
from tests.pages.chain import make_chain
from tests.pages.conftest import html_of, text_of
from tests.pages.staged import ANN, BO
from ui.screens import PEOPLE

GO_ON = "Erase for good"


@pytest.fixture
def meeting_id(app_runtime):
    made = make_chain().meeting_id
    find_themes_of_meeting(made)
    return made


def people(meeting_id):
    return {a.name: a.attendance_id for a in meetings.roster(meeting_id)}


def chosen(open_page, meeting_id, name):
    at = open_page(PEOPLE, meeting=meeting_id)
    return at.selectbox(key="erase_who").set_value(people(meeting_id)[name]).run()


def press(at):
    next(b for b in at.button if b.label == GO_ON).click()
    return at.run()


def test_nothing_is_offered_before_somebody_is_chosen(meeting_id, open_page):
    at = open_page(PEOPLE, meeting=meeting_id)

    assert not at.exception
    assert GO_ON not in [b.label for b in at.button]


def test_what_goes_is_told_before(meeting_id, open_page):
    at = chosen(open_page, meeting_id, ANN)

    assert not at.exception
    told = html_of(at)
    assert "2 turns and contributions" in told
    assert "1 quote behind 1 recommendation" in told
    assert "keep their wording and say that a source was withdrawn" in told


@pytest.mark.parametrize("typed", ["", "Ann", BO])
def test_another_name_erases_nobody(meeting_id, open_page, typed):
    at = chosen(open_page, meeting_id, ANN)

    at.text_input(key="erase_name").set_value(typed)
    press(at)

    assert ANN in people(meeting_id)
    assert "Nothing was erased" in at.warning[0].value


def test_the_name_typed_erases_for_good(meeting_id, open_page):
    at = chosen(open_page, meeting_id, ANN)

    at.text_input(key="erase_name").set_value("ann  ray")
    press(at)

    assert not at.exception
    assert ANN not in people(meeting_id)
    assert ANN not in text_of(at)
    assert ANN not in {u.speaker for u in transcripts.utterances(meeting_id)}
    assert "The person and 2 turns of theirs are gone" in at.success[0].value


def test_a_second_press_erases_nobody_else(meeting_id, open_page):
    at = chosen(open_page, meeting_id, ANN)
    at.text_input(key="erase_name").set_value(ANN)
    press(at)

    at.run()

    assert set(people(meeting_id)) == {BO, "Dr. Cy Marsh"}
    assert themes.theme_report(meeting_id) is not None
