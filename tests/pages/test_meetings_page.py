from datetime import date

import pytest

from domain.meetings import MeetingFormat, Pillar, Season
from services import meetings, programmes
from tests.pages.conftest import text_of
from ui.screens import MEETINGS


@pytest.fixture
def programme_id(app_runtime):
    return programmes.start_ours()


def make_meeting(programme_id, challenge="Getting equipment in time"):
    return meetings.create_meeting(
        programme_id,
        season=Season.FALL,
        held_on=date(2024, 10, 17),
        challenge=challenge,
        pillar=Pillar.CARE,
        format=MeetingFormat.ONLINE,
    )


def test_a_meeting_stands_with_its_season_and_challenge(programme_id, open_page):
    make_meeting(programme_id)

    at = open_page(MEETINGS)

    assert not at.exception
    assert "Fall 2024" in text_of(at)
    assert "Getting equipment in time" in text_of(at)


def test_a_programme_without_meetings_offers_one_button(programme_id, open_page):
    at = open_page(MEETINGS)

    assert not at.exception
    assert [b.label for b in at.main.button] == ["Make the first meeting"]


def test_a_new_meeting_is_made_with_its_challenge(programme_id, open_page):
    at = open_page(MEETINGS, new="1")

    at.text_input(key="new_challenge").set_value("Breathing at home")
    next(b for b in at.button if b.label == "Make this meeting").click().run()

    held = meetings.meetings_of(programme_id)
    assert [m.meeting.challenge for m in held] == ["Breathing at home"]


def test_a_meeting_without_a_challenge_is_refused_in_a_sentence(programme_id, open_page):
    at = open_page(MEETINGS, new="1")

    next(b for b in at.button if b.label == "Make this meeting").click().run()

    assert not at.exception
    assert "A meeting needs its challenge" in at.warning[0].value
    assert meetings.meetings_of(programme_id) == []


def test_a_leader_is_not_offered_to_make_a_meeting(programme_id, open_page):
    make_meeting(programme_id)

    at = open_page(MEETINGS, **{"as": "leader"})

    assert not any("new meeting" in b.label for b in at.main.button)


def test_markup_in_a_challenge_is_shown_as_written(programme_id, open_page):
    make_meeting(programme_id, "<script>alert(1)</script> *now*")

    at = open_page(MEETINGS)

    assert "<script>alert(1)</script> *now*" in text_of(at)
