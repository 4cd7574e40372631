import pytest

from domain.errors import NotAllowedNow
from domain.people import StakeholderGroup as Group
from domain.votes import Answer, Method
from services import ballots, links, meetings, priorities, voting
from services.vote_parts import part_of
from tests.made_vote import make_vote

AGREE, DISAGREE = Answer.AGREE, Answer.DISAGREE


def closed_vote(answers_of, method=Method.AGREEMENT, n=4):
    """Twelve from industry and six people living with ALS vote by a rule; the vote closes."""
    made = make_vote(n)
    ballots.close_ballot(made.ballot_id)
    with_names = [(f"Rep {i}", Group.INDUSTRY) for i in range(12)]
    with_names += [(f"Pal {i}", Group.PERSON_LIVING_WITH_ALS) for i in range(6)]
    for name, group in with_names:
        meetings.add_person(made.meeting_id, name, group)
    ballot_id = ballots.open_ballot(made.meeting_id, method=method)
    asked = voting.ballot_page(made.maria, ballot_id, 1).ballot.items
    for attendance, secret in links.secrets_for(made.meeting_id):
        if attendance.name.startswith(("Rep", "Pal")):
            for item in asked:
                given = answers_of(attendance.stakeholder_group, item.position)
                voting.lay_answer(secret, ballot_id, item.recommendation_id, given)
    ballots.close_ballot(ballot_id)
    return ballot_id


def one_sided(group, position):
    """Industry wants 1, 2 and 3; people living with ALS want 4."""
    return AGREE if (position == 4) is (group is not Group.INDUSTRY) else DISAGREE


def test_the_first_ones_change_without_industry(app_runtime):
    found = priorities.priorities(closed_vote(one_sided), n_first=1)

    first = {o.who_counts: o.order[0].position for o in found.orders}
    assert first["everybody counts the same"] == 1
    assert first["without industry"] == 4
    assert [o.differs for o in found.orders] == [False, False, True, True]


def test_equal_shares_leave_nobody_with_nothing_where_majority_does(app_runtime):
    found = priorities.choose_set(closed_vote(one_sided), 3)

    told = {
        part.label: part_of(part, priorities.FINDS_SOMETHING).told
        for part in found.by_majority.for_whom.groups
    }
    assert [i.position for i in found.by_majority.chosen] == [1, 2, 3]
    assert 4 in [i.position for i in found.by_shares.chosen]
    assert told["person living with ALS"].startswith("two thirds or more find nothing")
    assert not found.is_same


def test_what_a_set_holds_is_never_told_in_counts(app_runtime):
    """B-8: One set after the other would tell few people's answers apart."""
    ballot_id = closed_vote(one_sided)

    for n_places in range(1, 5):
        found = priorities.choose_set(ballot_id, n_places)
        for one in (found.by_shares, found.by_majority):
            parts = (one.for_whom.whole, *one.for_whom.groups)
            assert [(p.counts, p.n_agree) for p in parts] == [(None, None)] * len(parts)


def test_the_first_place_of_a_ranking_comes_first(app_runtime):
    ballot_id = closed_vote(lambda group, position: 5 - position, Method.RANKING)

    found = priorities.priorities(ballot_id)

    assert [i.position for i in found.orders[0].order] == [4, 3, 2, 1]


def test_a_ranking_chooses_no_set(app_runtime):
    assert priorities.choose_set(closed_vote(lambda g, p: p, Method.RANKING), 2) is None


def test_an_open_vote_tells_no_order(app_runtime):
    vote = make_vote()

    with pytest.raises(NotAllowedNow):
        priorities.priorities(vote.ballot_id)


def test_a_vote_of_few_people_tells_no_set(app_runtime):
    vote = make_vote()
    voting.lay_answer(
        vote.maria,
        vote.ballot_id,
        voting.ballot_page(vote.maria, vote.ballot_id, 1).item.recommendation_id,
        AGREE,
    )
    ballots.close_ballot(vote.ballot_id)

    assert priorities.choose_set(vote.ballot_id, 1) is None
