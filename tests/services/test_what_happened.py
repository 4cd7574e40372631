from datetime import date

import pytest

from domain.ids import InitiativeId
from domain.initiatives import Initiative, InitiativeKind, Stage, StageEvent
from domain.votes import Answer
from services import ballots, recommendations, voting
from services.what_happened import what_happened
from store import initiatives
from tests.made_vote import make_vote


@pytest.fixture
def vote(app_runtime):
    return make_vote()


def test_a_recommendation_shows_its_vote_when_that_has_closed(vote):
    for secret in vote.secrets.values():
        item = voting.ballot_page(secret, vote.ballot_id, 1).item
        voting.lay_answer(secret, vote.ballot_id, item.recommendation_id, Answer.AGREE)
    before = what_happened(vote.meeting_id).asked[0].vote
    ballots.close_ballot(vote.ballot_id)

    after = what_happened(vote.meeting_id).asked[0].vote

    assert (before, str(after)) == (None, "two thirds or more agree (6 answered)")


def test_drafts_are_not_shown(vote):
    recommendations.write(vote.meeting_id, "Not ready.", author="test", is_draft=True)

    assert [asked.number for asked in what_happened(vote.meeting_id).asked] == [1, 2, 3]


def test_what_was_done_stands_under_what_was_said(vote, store):
    first = recommendations.recommendations(vote.meeting_id)[0].recommendation
    add(store, vote, answers=(first.recommendation_id,))

    asked = what_happened(vote.meeting_id).asked

    assert [answer.title for answer in asked[0].answers] == ["Lending shelf"]
    assert asked[1].answers == ()


def test_each_step_is_told_with_its_day_and_reason(vote, store):
    first = recommendations.recommendations(vote.meeting_id)[0].recommendation
    add(store, vote, answers=(first.recommendation_id,))

    told = what_happened(vote.meeting_id).asked[0].answers[0].happenings

    assert [(h.happened_on, h.words) for h in told] == [
        (date(2025, 1, 5), "somebody took it up and proposed to do it"),
        (date(2025, 6, 1), "it was ended without being done: no money"),
    ]


def test_documented_outcomes_stand_apart(vote, store):
    add(store, vote, is_documented=True)

    told = what_happened(vote.meeting_id)

    assert [done.title for done in told.documented] == ["Lending shelf"]
    assert all(not asked.answers for asked in told.asked)


def add(store, vote, *, answers=(), is_documented=False):
    events = (
        StageEvent(Stage.PROPOSED, date(2025, 1, 5)),
        StageEvent(Stage.CLOSED_NOT_IMPLEMENTED, date(2025, 6, 1), reason="no money"),
    )
    new = Initiative(
        InitiativeId(""),
        vote.programme_id,
        "Lending shelf",
        InitiativeKind.PROGRAMME,
        "",
        "",
        "",
        "",
        is_documented,
        answers,
        events,
    )
    with store.write() as tx:
        initiatives.add_initiative(tx, new)
