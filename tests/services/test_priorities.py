from collections import defaultdict

import pytest

from domain.errors import NotAllowedNow
from domain.people import StakeholderGroup as Group
from domain.votes import Answer, Method
from services import ballots, links, meetings, priorities, voting
from services import runtime as app
from store import ballot_box
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

    first = {o.who_counts: [i.position for i in o.surely] for o in found.orders}
    assert first["without industry"] == [4]
    assert first["only people living with ALS and caregivers"] == [4]
    assert found.orders[0].perhaps[0].position == 1


def test_how_many_may_stand_behind_each_is_told_the_most_first(app_runtime):
    found = priorities.priorities(closed_vote(one_sided), n_first=1)

    told = [(one.item.position, one.fewest, one.most, one.n) for one in found.support]
    assert told[0] == (1, 12, 12, 18)
    assert told[-1] == (4, 6, 6, 18)


def test_what_surely_is_not_among_the_first_is_told(app_runtime):
    found = priorities.priorities(closed_vote(one_sided), n_first=1)

    without_industry = next(o for o in found.orders if o.who_counts == "without industry")
    assert [i.position for i in without_industry.not_among] == [1, 2, 3]


def test_equal_shares_leave_nobody_with_nothing_where_majority_does(app_runtime):
    found = priorities.choose_set(closed_vote(one_sided), 3)

    told = {group.label: group.told for group in found.by_majority.for_whom}
    assert [i.position for i in found.by_majority.chosen] == [1, 2, 3]
    assert 4 in [i.position for i in found.by_shares.chosen]
    assert told["person living with ALS"] == priorities.NO_MORE
    assert not found.is_same


def shuffled_inside_groups(ballot_id):
    """Give each recommendation's answers to other people of the same group: other ballots."""
    with app.runtime().store.write() as tx:
        rows = ballot_box.box_of(tx, ballot_id)
        columns = defaultdict(list)
        for row in rows:
            columns[row[1], row[3]].append(row)
        kept_keys = {group: sorted({r[0] for r in rows if r[3] == group}) for _, group in columns}
        for number, ((asked, group), column) in enumerate(sorted(columns.items())):
            keys = kept_keys[group]
            turn = number % len(keys)
            for key, row in zip(keys[turn:] + keys[:turn], sorted(column), strict=True):
                ballot_box.put_answer(tx, ballot_id, (key, asked, *row[2:]))


def test_whole_ballots_change_nothing_that_is_shown(app_runtime):
    """B-8: Only what each recommendation got in each group is told, however it lies on ballots."""
    ballot_id = closed_vote(lambda group, position: Answer.AGREE if position % 2 else DISAGREE)
    with app.runtime().store.write() as tx:
        for n, row in enumerate(sorted(ballot_box.box_of(tx, ballot_id))):
            ballot_box.put_answer(tx, ballot_id, (*row[:2], 1 - 2 * (n % 3 == 0), *row[3:]))
    before = [priorities.priorities(ballot_id)]
    before += [priorities.choose_set(ballot_id, n) for n in (1, 2, 3)]
    with app.runtime().store.read() as tx:
        ballots_before = sorted(ballot_box.box_of(tx, ballot_id))

    shuffled_inside_groups(ballot_id)

    after = [priorities.priorities(ballot_id)]
    after += [priorities.choose_set(ballot_id, n) for n in (1, 2, 3)]
    with app.runtime().store.read() as tx:
        assert sorted(ballot_box.box_of(tx, ballot_id)) != ballots_before
    assert after == before


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
