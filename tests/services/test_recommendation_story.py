from datetime import date, datetime

import pytest

from domain.talk import locate_quote
from domain.votes import Answer
from services import ballots, recommendations, transcripts, voting
from services.recommendation_story import story, vote_told
from tests.made_vote import make_vote
from tests.pages.chain import make_chain


@pytest.fixture
def vote(app_runtime):
    return make_vote()


@pytest.fixture
def first_id(vote):
    return recommendations.recommendations(vote.meeting_id)[0].recommendation.recommendation_id


def everybody_agrees(vote):
    for secret in vote.secrets.values():
        item = voting.ballot_page(secret, vote.ballot_id, 1).item
        voting.lay_answer(secret, vote.ballot_id, item.recommendation_id, Answer.AGREE)


def told(recommendation_id):
    return [event.sentence for event in story(recommendation_id)]


def test_it_begins_with_the_meeting_that_asked(vote, first_id):
    event = story(first_id)[0]

    assert (event.on, event.sentence) == (date(2024, 10, 12), "Fall 2024 asked for it")


def test_the_words_behind_it_are_counted_where_it_begins(told_meeting):
    wanted = recommendations.write(told_meeting, "Teach whoever is awake.", author="test")
    said = transcripts.utterances(told_meeting)[0]
    quote = locate_quote(said.revision_id, said.text, "The mask leaks")
    recommendations.attach(wanted, quote, author="test")

    assert told(wanted)[0] == "Fall 2024 asked for it; 1 quote stands behind it"


def test_a_new_wording_is_an_event_and_the_first_is_not(vote, first_id):
    recommendations.revise(first_id, "Worded better.", author="test")

    assert told(first_id)[1:2] == ["It was worded anew (wording 2)"]


def test_an_open_vote_tells_no_answers(vote, first_id):
    everybody_agrees(vote)

    assert told(first_id)[-1] == "The vote “Priorities” opened and is still open"
    assert vote_told(vote.meeting_id, first_id) == ""


def test_a_closed_vote_tells_its_turnout_and_what_may_be_shown(vote, first_id):
    everybody_agrees(vote)
    ballots.close_ballot(vote.ballot_id)

    event = story(first_id)[-1]

    result = "6 of 6 people voted; two thirds or more agree"
    assert event.sentence == f"The vote “Priorities” closed: {result}"
    assert event.on == datetime.now().astimezone().date()
    assert vote_told(vote.meeting_id, first_id) == result


def test_votes_of_the_sample_happened_on_no_day(app_runtime):
    vote = make_vote(is_sample=True)
    first = recommendations.recommendations(vote.meeting_id)[0].recommendation

    assert story(first.recommendation_id)[-1].on is None


def test_the_decision_stands_in_it(vote, first_id):
    recommendations.leave([first_id], author="test")

    assert told(first_id)[-1] == "The meeting did not choose it"


def test_the_steps_of_its_initiative_follow_by_their_days(app_runtime):
    chain = make_chain()

    steps = [(event.on, event.sentence) for event in story(chain.recommendation_id)[2:]]

    assert steps == [
        (date(2025, 1, 10), "First night at home, proposed"),
        (date(2025, 9, 1), "Launched"),
    ]
