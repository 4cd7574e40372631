import pytest

from domain.people import Family
from services import glance, recommendations


def test_written_and_untimed_words_count_like_speech(told_meeting):
    shares = {s.family: s for s in glance.glance(told_meeting).shares}

    assert shares[Family.LIVED_EXPERIENCE].n_contributions == 3
    assert sum(s.share_said for s in shares.values()) == pytest.approx(1)


def test_the_share_of_people_is_of_the_whole_roster(told_meeting):
    shares = {s.family: s for s in glance.glance(told_meeting).shares}

    assert shares[Family.LIVED_EXPERIENCE].share_people == pytest.approx(2 / 3)


def test_an_empty_meeting_says_what_it_needs(meeting_id):
    assert "No transcript yet: bring one in, or take live notes." in glance.glance(meeting_id).needs


def test_people_who_were_not_heard_are_counted(told_meeting):
    assert "1 of 3 people have not been heard." in glance.glance(told_meeting).needs


def test_recommendations_without_a_quote_are_counted(told_meeting):
    recommendations.write(told_meeting, "Teach the night shift.", author="f")

    needs = glance.glance(told_meeting).needs

    assert "1 of 1 recommendations have no quote behind them." in needs
