import pytest

from analysis.common_ground import Ground
from domain.errors import NotAllowedNow
from domain.people import StakeholderGroup as Group
from domain.votes import Answer, Method
from services import ballots, links, meetings, voting
from services.common_ground import Spread, main_view
from tests.made_vote import make_vote

AGREE, DISAGREE = Answer.AGREE, Answer.DISAGREE


def closed_vote(answers_of, method=Method.AGREEMENT, n=2, sizes=(24, 24)):
    """People from industry and people living with ALS vote by a rule; the vote closes."""
    made = make_vote(n)
    ballots.close_ballot(made.ballot_id)
    for group, size in zip((Group.INDUSTRY, Group.PERSON_LIVING_WITH_ALS), sizes, strict=True):
        for i in range(size):
            meetings.add_person(made.meeting_id, f"Voter {group} {i:02}", group)
    ballot_id = ballots.open_ballot(made.meeting_id, method=method)
    asked = voting.ballot_page(made.maria, ballot_id, 1).ballot.items
    voters = [(a, s) for a, s in links.secrets_for(made.meeting_id) if a.name.startswith("Voter")]
    for attendance, secret in voters:
        number = int(attendance.name.split()[-1])
        for item in asked:
            given = answers_of(attendance.stakeholder_group, number, item.position)
            voting.lay_answer(secret, ballot_id, item.recommendation_id, given)
    ballots.close_ballot(ballot_id)
    return ballot_id


def first_shared_second_split(group, number, position):
    """Everybody but a few wants the first; only people living with ALS want the second."""
    if position == 1:
        return DISAGREE if number < 6 else AGREE
    return AGREE if (group is Group.INDUSTRY) is (number < 6) else DISAGREE


def test_common_ground_and_disagreement_are_told_apart(app_runtime):
    view = main_view(closed_vote(first_shared_second_split))

    assert [s.result.item.position for s in view.of(Ground.AGREED)] == [1]
    assert [s.result.item.position for s in view.of(Ground.DIFFERS)] == [2]


def test_a_real_difference_names_both_groups_and_its_range(app_runtime):
    view = main_view(closed_vote(first_shared_second_split))

    gap = view.of(Ground.DIFFERS)[0].gap
    assert (gap.more.label, gap.less.label) == ("person living with ALS", "industry")
    assert (gap.by, gap.is_least) == (0.5, False)
    assert 0 < gap.low < gap.by < gap.high < 1


@pytest.mark.parametrize(
    ("method", "high", "low"), [(Method.APPROVAL, 1, 0), (Method.SCORES, 8, 2)]
)
def test_every_way_to_answer_finds_common_ground(app_runtime, method, high, low):
    def answers_of(group, number, position):
        return {AGREE: high, DISAGREE: low}[first_shared_second_split(group, number, position)]

    view = main_view(closed_vote(answers_of, method))

    assert [s.ground for s in view.stands] == [Ground.AGREED, Ground.DIFFERS]


def test_a_first_place_that_all_groups_give_is_common_ground(app_runtime):
    def answers_of(group, number, position):
        order = (3, 1, 2) if number < 7 else (1, 2, 3) if number < 14 else (1, 3, 2)
        return order[position - 1]

    view = main_view(closed_vote(answers_of, Method.RANKING, 3))

    assert [s.result.item.position for s in view.of(Ground.AGREED)] == [1]


def test_an_order_whose_counts_are_withheld_compares_no_groups(app_runtime):
    def answers_of(group, number, position):
        return position if number >= 6 else 4 - position

    assert not main_view(closed_vote(answers_of, Method.RANKING, 3)).can_compare


def test_scores_tell_the_middle_of_each_group_and_not_of_all(app_runtime):
    def answers_of(group, number, position):
        return (2, 5, 5, 8)[number % 4]

    stand = main_view(closed_vote(answers_of, Method.SCORES)).stands[0]

    assert [g.spread for g in stand.groups] == [Spread(24, 5, 2, 5)] * 2
    assert stand.whole.spread is None


def test_other_ways_to_answer_have_no_middle_score(app_runtime):
    stand = main_view(closed_vote(first_shared_second_split)).stands[0]

    assert [g.spread for g in stand.groups] == [None, None]


def test_of_one_group_nothing_is_compared(app_runtime):
    view = main_view(closed_vote(first_shared_second_split, sizes=(24, 0)))

    assert not view.can_compare


def test_an_open_vote_tells_no_common_ground(app_runtime):
    with pytest.raises(NotAllowedNow):
        main_view(make_vote().ballot_id)
