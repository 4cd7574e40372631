"""A James Lind Alliance session from its start to its result."""

import pytest

from domain.access import Actor, Grant, StaffRole
from domain.errors import NotAllowedNow, NotFound, NotPermitted
from domain.guided import Round, Step
from services import (
    audit_log,
    ballots,
    erasure,
    group_orders,
    guided_sessions,
    links,
    recommendations,
    small_groups,
    voting,
)
from services.access import acting_as
from store import tables
from tests.made_session import KINDS, begin, make
from tests.output.test_doors import DOORS

LEADER = Actor("Lea", (Grant(StaffRole.LEADER),))


@pytest.fixture
def made(app_runtime):
    return make()


@pytest.fixture
def session_id(made):
    return begin(made)


def kinds_in(group):
    return sorted(a.stakeholder_group.value for a in group)


def rank(session_id, of, *orders):
    """Each group's order, as positions among the options: "01234" leaves them as they are."""
    options = guided_sessions.open_session(session_id).session.options
    for number, order in enumerate(orders, start=1):
        group_orders.save_order(session_id, of, number, [options[int(n)] for n in order])


def to_the_first_round(session_id):
    guided_sessions.go_on(session_id)


def to_the_second_round(session_id, *orders):
    to_the_first_round(session_id)
    rank(session_id, Round.FIRST, *(orders or ("01234", "10234", "01243")))
    guided_sessions.go_on(session_id)
    guided_sessions.go_on(session_id)


def test_every_small_group_holds_people_of_every_stakeholder_group(session_id):
    groups = small_groups.seating(session_id, Round.FIRST).groups

    assert [len(group) for group in groups] == [5, 5, 5]
    assert all({a.stakeholder_group for a in group} == set(KINDS) for group in groups)


def test_mixing_again_with_another_seed_seats_people_otherwise_and_as_evenly(session_id):
    before = small_groups.seating(session_id, Round.FIRST)

    small_groups.seat_anew(session_id, Round.FIRST, 5)

    after = small_groups.seating(session_id, Round.FIRST)
    assert after.seats.group_of != before.seats.group_of
    assert after.seats.seed == before.seats.seed + 1
    assert sorted(map(len, after.groups)) == sorted(map(len, before.groups))


def test_a_person_is_moved_by_hand_and_put_back(session_id):
    before = small_groups.seating(session_id, Round.FIRST)
    who = before.groups[0][0].attendance_id

    small_groups.move(session_id, Round.FIRST, who, 3)
    moved = small_groups.seating(session_id, Round.FIRST).seats
    small_groups.put_back(session_id, Round.FIRST, before.seats)

    assert moved.group_of[who] == 3
    assert small_groups.seating(session_id, Round.FIRST).seats == before.seats


def test_somebody_who_is_not_here_sits_nowhere(session_id):
    who = small_groups.seating(session_id, Round.FIRST).groups[0][0]

    small_groups.move(session_id, Round.FIRST, who.attendance_id, None)

    found = small_groups.seating(session_id, Round.FIRST)
    assert found.not_seated == (who,)
    assert [len(group) for group in found.groups] == [4, 5, 5]


def test_people_meet_others_in_the_second_round(session_id):
    to_the_second_round(session_id)

    found = small_groups.seating(session_id, Round.SECOND)

    # Fifteen people in three fives: somebody of each first group has to meet one of it again.
    assert found.n_pairs == 30
    assert found.n_meet_again <= 9


def test_the_lowest_total_wins_and_a_tie_stays_a_tie(session_id, made):
    """Worked by hand: 1+2+1, 2+1+2, 3+3+3, 4+4+5, 5+5+4."""
    to_the_second_round(session_id)
    rank(session_id, Round.SECOND, "01234", "10234", "01243")
    guided_sessions.go_on(session_id)

    found = group_orders.result(session_id)

    told = [(r.option.number, r.now.place, r.now.total, r.now.is_tied) for r in found.rows]
    assert told == [
        (1, 1, 4, False),
        (2, 2, 5, False),
        (3, 3, 9, False),
        (4, 4, 13, False),
        (5, 5, 14, False),
    ]


def test_equal_totals_share_a_place(session_id):
    to_the_second_round(session_id, "01234", "10234", "01234")
    rank(session_id, Round.SECOND, "01234", "10243", "21034")
    guided_sessions.go_on(session_id)

    rows = group_orders.result(session_id).rows

    # 1+2+3, 2+1+2, 3+3+1, 4+5+4, 5+4+5
    assert [(r.option.number, r.now.place, r.now.total) for r in rows[:3]] == [
        (2, 1, 5),
        (1, 2, 6),
        (3, 3, 7),
    ]
    assert [r.first.place for r in rows[:3]] == [2, 1, 3]


def test_a_tie_says_that_it_ties(session_id):
    to_the_second_round(session_id)
    rank(session_id, Round.SECOND, "01234", "10234", "23410")
    guided_sessions.go_on(session_id)

    rows = group_orders.result(session_id).rows

    # 1+2+5 = 8, 2+1+4 = 7, 3+3+1 = 7
    assert [(r.option.number, r.now.place, r.now.is_tied) for r in rows[:3]] == [
        (2, 1, True),
        (3, 1, True),
        (1, 3, False),
    ]


def test_the_second_round_begins_with_what_the_first_added_up_to(session_id, made):
    to_the_second_round(session_id, "43210", "43210", "43210")

    found = group_orders.board(session_id, Round.SECOND)

    assert [g.order for g in found.groups] == [tuple(reversed(made.options))] * 3


def test_in_the_first_round_nothing_lies_first_for_every_group(session_id):
    to_the_first_round(session_id)

    found = group_orders.board(session_id, Round.FIRST)

    assert len({group.order[0] for group in found.groups}) == 3


def test_a_round_that_goes_on_tells_no_total(session_id):
    to_the_first_round(session_id)
    rank(session_id, Round.FIRST, "01234", "10234")

    found = group_orders.result(session_id)

    assert (found.first.n_in, found.first.placed) == (2, ())
    assert all(row.now is None for row in found.rows)


def test_a_step_waits_for_every_groups_order(session_id):
    to_the_first_round(session_id)
    rank(session_id, Round.FIRST, "01234", "10234")

    with pytest.raises(NotAllowedNow, match="small group 3"):
        guided_sessions.go_on(session_id)


def test_going_back_a_step_keeps_seats_and_orders(session_id):
    to_the_second_round(session_id)
    seats = small_groups.seating(session_id, Round.SECOND).seats

    steps = [guided_sessions.go_back(session_id) for _ in range(2)]
    rank(session_id, Round.FIRST, "43210")
    steps += [guided_sessions.go_on(session_id)]

    assert steps == [Step.MIX, Step.FIRST, Step.MIX]
    assert small_groups.seating(session_id, Round.SECOND).seats == seats
    assert group_orders.board(session_id, Round.FIRST).groups[1].is_kept


def test_an_order_is_changed_at_its_own_step_only(session_id):
    to_the_second_round(session_id)

    with pytest.raises(NotAllowedNow, match="Go to the first round"):
        rank(session_id, Round.FIRST, "43210")


@pytest.mark.parametrize("order", ["0123", "01233", ""])
def test_an_order_holds_every_recommendation_once(session_id, order):
    to_the_first_round(session_id)

    with pytest.raises(NotAllowedNow, match="every recommendation"):
        rank(session_id, Round.FIRST, order)


def test_an_order_taken_out_is_as_if_never_given(session_id):
    to_the_first_round(session_id)
    before = group_orders.board(session_id, Round.FIRST)
    rank(session_id, Round.FIRST, "43210")

    group_orders.take_out(session_id, Round.FIRST, 1)

    assert group_orders.board(session_id, Round.FIRST) == before


def test_small_groups_with_an_order_are_not_mixed_anew(session_id):
    to_the_first_round(session_id)
    rank(session_id, Round.FIRST, "01234")

    with pytest.raises(NotAllowedNow, match="Take its order"):
        small_groups.seat_anew(session_id, Round.FIRST, 5)


def test_a_group_of_two_has_no_order_of_its_own(made):
    session_id = begin(made, group_size=5)
    to_the_first_round(session_id)
    for person in small_groups.seating(session_id, Round.FIRST).groups[0][:3]:
        small_groups.move(session_id, Round.FIRST, person.attendance_id, 2)

    with pytest.raises(NotAllowedNow, match="at least 3"):
        rank(session_id, Round.FIRST, "01234")


@pytest.mark.parametrize(("n_people", "size"), [(5, 3), (15, 8), (0, 5)])
def test_people_for_fewer_than_two_groups_are_refused(made, n_people, size):
    with pytest.raises(NotAllowedNow, match="two small groups"):
        guided_sessions.start(
            made.meeting_id, made.options, made.people[:n_people], group_size=size
        )


def test_one_recommendation_is_nothing_to_put_in_order(made):
    with pytest.raises(NotAllowedNow, match="at least two"):
        guided_sessions.start(made.meeting_id, made.options[:1], made.people, group_size=5)


def test_what_everybody_answers_alone_is_a_vote_that_ends_before_the_talk(session_id, made):
    ballot_id = guided_sessions.ask_alone(session_id)

    with pytest.raises(NotAllowedNow, match="from before the talk"):
        guided_sessions.go_on(session_id)
    ballots.close_ballot(ballot_id)
    guided_sessions.go_on(session_id)

    assert guided_sessions.open_session(session_id).session.ballot_id == ballot_id
    with pytest.raises(NotAllowedNow, match="once"):
        guided_sessions.ask_alone(session_id)


def test_separate_scores_come_from_what_people_answered_alone(made):
    """Everybody of one group chooses the first and nobody else does: told in words, by group."""
    session_id = begin(made)
    ballot_id = guided_sessions.ask_alone(session_id)
    for number, (_, secret) in enumerate(links.secrets_for(made.meeting_id)):
        voting.lay_answer(secret, ballot_id, made.options[0], int(number < 5))
    ballots.close_ballot(ballot_id)

    first = ballots.results(ballot_id).results[0].vote

    assert [(part.label, part.n, part.counts) for part in first.groups] == [
        (kind.value, 5, None) for kind in KINDS
    ]
    assert [part.phrase for part in first.groups] == ["two thirds or more agree"] + [
        "two thirds or more disagree"
    ] * 2


def test_whoever_does_not_sit_is_not_asked_alone(made):
    session_id = guided_sessions.start(
        made.meeting_id, made.options, made.people[:12], group_size=4
    )

    ballot_id = guided_sessions.ask_alone(session_id)

    assert ballots.progress(ballot_id).n_invited == 12


def test_of_three_groups_of_four_others_are_told_nothing(app_runtime):
    """B-8: Whoever sat in one of them could work the others out."""
    session_id = begin(make(n_each=4), group_size=4)
    to_the_second_round(session_id)

    found = group_orders.result(session_id)

    assert (found.first.is_withheld, [row.now for row in found.rows]) == (True, [None] * 5)


def test_of_four_groups_of_three_others_are_told_places_alone(app_runtime):
    session_id = begin(make(n_each=4), group_size=3)
    to_the_second_round(session_id, "01234", "10234", "01243", "01234")

    rows = group_orders.result(session_id).rows

    assert [(r.now.place, r.now.total, r.now.ranks) for r in rows] == [
        (n, None, ()) for n in (1, 2, 3, 4, 5)
    ]


def test_whoever_runs_the_session_sees_what_the_orders_add_up_to(app_runtime):
    session_id = begin(make(n_each=4), group_size=4)
    to_the_second_round(session_id)

    assert [r.now.total for r in group_orders.added_up(session_id).rows] == [4, 5, 9, 13, 14]


def test_ties_do_not_lie_in_the_second_round_as_the_first_group_had_them(session_id, made):
    to_the_second_round(session_id, "10234", "02134", "21034")

    found = group_orders.board(session_id, Round.SECOND)

    # 2+1+3, 1+3+2 and 3+2+1 tie
    assert found.groups[0].order == made.options


def test_a_file_holds_places_and_no_group_and_no_name(session_id):
    to_the_second_round(session_id)
    rank(session_id, Round.SECOND, "01234", "10234", "01243")
    guided_sessions.go_on(session_id)

    name, data = group_orders.export_result(session_id)

    lines = data.decode("utf-8-sig").splitlines()
    assert name == "priorities-2024-10-12.csv"
    assert lines[0] == ",".join(group_orders.EXPORTED)
    assert lines[1] == "1,Lend equipment number 1 in a week.,1,no,,1,no,"
    assert "Zq" not in data.decode()
    assert "Download the session's result (CSV)" in DOORS


def test_a_file_tells_totals_where_every_group_has_eleven_people(app_runtime):
    session_id = begin(make(n_each=8), group_size=11)
    to_the_second_round(session_id, "01234", "10234")

    _, data = group_orders.export_result(session_id)

    assert data.decode("utf-8-sig").splitlines()[1].endswith(",1,yes,3")


def test_a_file_of_small_groups_tells_no_place(app_runtime):
    session_id = begin(make(n_each=3), group_size=3)
    to_the_second_round(session_id)

    _, data = group_orders.export_result(session_id)

    assert data.decode("utf-8-sig").splitlines()[1].endswith("in a week.,,,,,,")


def test_a_leader_reads_the_result_and_no_seat(session_id):
    with acting_as(LEADER):
        group_orders.result(session_id)
        with pytest.raises(NotPermitted):
            small_groups.seating(session_id, Round.FIRST)
        with pytest.raises(NotPermitted):
            group_orders.added_up(session_id)
        with pytest.raises(NotPermitted):
            guided_sessions.go_on(session_id)


def test_erasing_somebody_takes_their_seats_and_leaves_the_groups_order(session_id, made, store):
    """B-10: Where somebody sat goes with them, also when a vote still counts them."""
    ballot_id = guided_sessions.ask_alone(session_id)
    ballots.close_ballot(ballot_id)
    to_the_second_round(session_id)
    who = small_groups.seating(session_id, Round.FIRST).groups[0][0].attendance_id

    erasure.erase_person(who, reason="asked")

    with store.read() as tx:
        left = tx.execute(tables.guided_seat.select()).all()
    assert who not in {row.attendance_id for row in left}
    assert len(left) == 28
    assert group_orders.result(session_id).first.n_in == 3


def test_a_recommendation_that_goes_leaves_the_other_places_whole(session_id, made, store):
    to_the_second_round(session_id)

    with store.write() as tx:
        table = tables.recommendation
        tx.execute(table.delete().where(table.c.recommendation_id == made.options[0]))

    placed = group_orders.result(session_id).first.placed
    assert [p.place for p in placed] == [1, 2, 3, 4]
    assert placed[0].ranks == (1, 1, 1)


def test_a_run_of_presses_is_one_line_of_the_log(session_id):
    to_the_first_round(session_id)
    rank(session_id, Round.FIRST, "01234")
    rank(session_id, Round.FIRST, "10234")

    kept = [e for e in audit_log.read_log(n=50).events if e.action == "group order kept"]

    assert [e.reason for e in kept] == ["first round, small group 1"]


def test_a_session_that_is_removed_is_gone_with_its_seats(session_id, made, store):
    guided_sessions.remove(session_id)

    with pytest.raises(NotFound):
        guided_sessions.open_session(session_id)
    with store.read() as tx:
        assert not tx.execute(tables.guided_seat.select()).all()
    assert len(recommendations.recommendations(made.meeting_id)) == 5
