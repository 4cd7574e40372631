import pytest

from domain.errors import NotAllowedNow
from domain.people import StakeholderGroup as Group
from domain.votes import Answer
from services import ballots, comparing, links, meetings, recommendations, voting
from tests.made_vote import make_meeting


@pytest.fixture
def meeting_id(app_runtime):
    _, made = make_meeting()
    for n in range(20):
        meetings.add_person(made, f"Person {n}", Group.CLINICIAN)
    recommendations.write(made, "Lend ramps.", author="test")
    return made


def vote(meeting_id, n_agree, *, title):
    ballot_id = ballots.open_ballot(meeting_id, title=title)
    for n, (_, secret) in enumerate(links.secrets_for(meeting_id)):
        item = voting.ballot_page(secret, ballot_id, 1).item
        given = Answer.AGREE if n < n_agree else Answer.DISAGREE
        voting.lay_answer(secret, ballot_id, item.recommendation_id, given)
    ballots.close_ballot(ballot_id)
    return ballot_id


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (8, 13, comparing.MORE),
        (13, 8, comparing.FEWER),
        (8, 12, comparing.ALIKE),
        (8, 9, comparing.ALIKE),
        (8, 18, comparing.UNTOLD),
    ],
    ids=["five more", "five fewer", "four more", "one more", "counts are withheld"],
)
def test_a_change_is_told_from_five_people_on(meeting_id, before, after, told):
    first, second = (vote(meeting_id, n, title=t) for n, t in ((before, "A"), (after, "B")))

    (found,) = comparing.compare(first, second)

    assert found.change == told


def test_side_by_side_stands_what_each_vote_released(meeting_id):
    first, second = (vote(meeting_id, n, title=t) for n, t in ((8, "A"), (18, "B")))

    (found,) = comparing.compare(first, second)

    assert found.before == "8 of 20 agree, 12 disagree, 0 pass"
    assert found.after == "two thirds or more agree (20 answered)"


def test_only_an_earlier_closed_vote_is_offered(meeting_id):
    first, second = (vote(meeting_id, n, title=t) for n, t in ((8, "A"), (9, "B")))
    ballots.open_ballot(meeting_id, title="C")

    assert comparing.comparable(second) == [(first, "A")]
    assert comparing.comparable(first) == []


def test_a_vote_that_is_open_is_not_compared(meeting_id):
    first = vote(meeting_id, 8, title="A")
    now = ballots.open_ballot(meeting_id, title="B")

    with pytest.raises(NotAllowedNow, match="closed for everybody"):
        comparing.compare(first, now)
