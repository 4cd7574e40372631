import pytest

from domain.ids import MeetingId
from domain.people import Family, StakeholderGroup
from domain.themes import AsideReason
from services import (
    glance,
    live,
    meetings,
    recommendations,
    theme_desk,
    themes,
    written_contributions,
)
from services.theme_finding import find_themes_of_meeting
from tests.services.conftest import AGREED


def needs_told(meeting_id: MeetingId) -> list[str]:
    """The sentences alone."""
    return [need.told for need in glance.glance(meeting_id).needs]


def test_written_and_untimed_words_count_like_speech(told_meeting):
    shares = {s.family: s for s in glance.glance(told_meeting).shares}

    assert shares[Family.LIVED_EXPERIENCE].n_contributions == 4
    assert sum(s.share_said for s in shares.values()) == pytest.approx(1)


def test_the_share_of_people_is_of_the_whole_roster(told_meeting):
    shares = {s.family: s for s in glance.glance(told_meeting).shares}

    assert shares[Family.LIVED_EXPERIENCE].share_people == pytest.approx(2 / 3)


def test_an_empty_meeting_says_what_it_needs(meeting_id):
    assert "No transcript yet: bring one in, or take live notes." in needs_told(meeting_id)


def test_people_who_were_not_heard_are_counted(told_meeting):
    meetings.add_person(told_meeting, "Eve Roy", StakeholderGroup.INDUSTRY)

    assert "1 of 4 people have not been heard." in needs_told(told_meeting)


def test_words_that_nobody_may_see_yet_are_counted_and_asked_about(meeting_id):
    live.scribe(meeting_id, "Nobody was told anything yet.", stakeholder_group=None)

    seen = glance.glance(meeting_id)

    assert (seen.n_utterances, seen.n_shared) == (1, 0)
    assert any("Nothing is shared yet" in need.told for need in seen.needs)


def test_recommendations_without_a_quote_are_counted(told_meeting):
    recommendations.write(told_meeting, "Teach the night shift.", author="f")

    needs = needs_told(told_meeting)

    assert "1 of 1 recommendations have no quote behind them." in needs


def test_words_in_another_language_are_not_grouped_and_wait_for_a_person(told_meeting):
    said_otherwise = [
        "Mi madre no puede hablar por teléfono y nadie nos ha explicado qué hacer.",
        "No tenemos una silla y no hay nadie que nos ayude con el papeleo.",
    ]
    who = meetings.roster(told_meeting)[0].attendance_id
    written = [(who, words) for words in said_otherwise]
    written_contributions.add_written(told_meeting, written, author="f", consent=AGREED)

    find_themes_of_meeting(told_meeting)

    aside = {quote.quote.text for quote in themes.set_aside(told_meeting)}
    assert aside >= set(said_otherwise)
    (by_reason,) = [
        part
        for part in theme_desk.open_themes(told_meeting).aside
        if part.reason is AsideReason.OTHER_LANGUAGE
    ]
    assert {quote.quote.text for quote in by_reason.quotes} == set(said_otherwise)
    needs = needs_told(told_meeting)
    assert any(need.startswith("2 passages are not grouped (Spanish)") for need in needs)
