"""What stands on the wall."""

import pytest

from domain.access import Actor, Grant, StaffRole
from domain.errors import NotAllowedNow, NotFound, NotPermitted
from domain.votes import Answer
from services import ballots, recommendations, room
from services.access import acting_as
from services.room import Showing
from services.voting import lay_answer
from tests.made_vote import make_meeting, make_vote

LEADER = Actor("Lea", (Grant(StaffRole.LEADER),))


def test_until_somebody_presses_show_only_the_challenge_stands_there(app_runtime):
    """B-18: Nothing reaches the wall by itself."""
    _, meeting_id = make_meeting()
    recommendations.write(meeting_id, "Lend chairs at once.", author="test")

    wall = room.on_the_wall(meeting_id)

    assert (wall.words, wall.below, wall.is_asked_for) == ("Getting equipment in time", (), False)


def test_a_recommendation_that_was_shown_stands_there_until_it_is_cleared(app_runtime):
    _, meeting_id = make_meeting()
    written = recommendations.write(meeting_id, "Lend chairs at once.", author="test")
    room.show(meeting_id, Showing.RECOMMENDATION, written)
    then = room.on_the_wall(meeting_id).words

    room.clear(meeting_id)

    assert (then, room.on_the_wall(meeting_id).is_asked_for) == ("Lend chairs at once.", False)


def test_an_open_vote_cannot_be_shown(app_runtime):
    """B-18: No running tally sways the room."""
    vote = make_vote()
    first = recommendations.recommendations(vote.meeting_id)[0].recommendation

    with pytest.raises(NotAllowedNow):
        room.show(vote.meeting_id, Showing.RESULT, first.recommendation_id)


def test_a_result_is_told_as_the_room_may_know_it(app_runtime):
    """B-18: A phrase where a count would tell what single people said."""
    vote = make_vote()
    first = recommendations.recommendations(vote.meeting_id)[0].recommendation
    for secret in vote.secrets.values():
        lay_answer(secret, vote.ballot_id, first.recommendation_id, Answer.AGREE)
    ballots.close_ballot(vote.ballot_id)
    room.show(vote.meeting_id, Showing.RESULT, first.recommendation_id)

    wall = room.on_the_wall(vote.meeting_id)

    assert wall.words == first.text
    assert wall.below == ("everyone, 6: two thirds or more agree (6 answered)",)


def test_what_was_removed_since_is_gone_from_the_wall(app_runtime):
    """B-18: The wall never keeps what others lost."""
    _, meeting_id = make_meeting()
    written = recommendations.write(meeting_id, "Lend chairs.", author="test", is_draft=True)
    room.show(meeting_id, Showing.RECOMMENDATION, written)
    recommendations.remove_draft(written)

    assert not room.on_the_wall(meeting_id).is_asked_for


def test_another_meetings_recommendation_cannot_be_shown(app_runtime):
    _, here = make_meeting()
    _, elsewhere = make_meeting()
    written = recommendations.write(elsewhere, "Lend chairs.", author="test")

    with pytest.raises(NotFound):
        room.show(here, Showing.RECOMMENDATION, written)


def test_only_who_runs_the_meeting_shows_something(app_runtime):
    _, meeting_id = make_meeting()
    written = recommendations.write(meeting_id, "Lend chairs.", author="test")

    with acting_as(LEADER), pytest.raises(NotPermitted):
        room.show(meeting_id, Showing.RECOMMENDATION, written)
