from datetime import UTC, date, datetime, timedelta

import pytest

from domain.ballots import BallotState, Quorum, Times
from domain.errors import BallotClosed, NotAllowedNow
from domain.votes import Answer
from services import ballot_times, ballots, keys, meetings, recommendations, voting
from services.access import WORKER, acting_as
from store import ballot_times as kept
from store import ballots as kept_ballots
from tests.made_vote import make_meeting, make_vote
from tests.services.test_ballots import lay

SOON, LATER = timedelta(hours=1), timedelta(days=3)


@pytest.fixture
def vote(app_runtime):
    return make_vote()


@pytest.fixture
def maria(vote):
    return vote.people["Maria Delgado"].attendance_id


def in_time(wait):
    return datetime.now(UTC) + wait


def ballot_of(vote):
    return ballots.ballots_of(vote.meeting_id)[0].ballot


def extend_maria(vote, wait=LATER):
    who = vote.people["Maria Delgado"].attendance_id
    ballot_times.extend(vote.ballot_id, who, in_time(wait))


def pass_time(vote, store):
    """Everybody's more time ran out a moment ago."""
    with store.write() as tx:
        for who in kept.extensions(tx, vote.ballot_id):
            kept.extend(tx, vote.ballot_id, who, in_time(-timedelta(seconds=1)))


def test_a_day_ends_at_midnight_of_the_programme():
    over = ballot_times.end_of(date(2026, 12, 4), "America/New_York")

    assert over == datetime(2026, 12, 5, 5, tzinfo=UTC)


def test_a_day_in_which_clocks_change_ends_at_midnight_too():
    over = ballot_times.end_of(date(2026, 11, 1), "America/New_York")

    assert over == datetime(2026, 11, 2, 5, tzinfo=UTC)


def test_whoever_has_more_time_answers_after_the_close(vote):
    extend_maria(vote)
    ballots.close_ballot(vote.ballot_id)

    lay(vote, "Maria Delgado", 1, Answer.AGREE)

    assert ballots.progress(vote.ballot_id).n_answered == 1


def test_nobody_else_answers_after_the_close(vote):
    extend_maria(vote)
    ballots.close_ballot(vote.ballot_id)

    with pytest.raises(BallotClosed):
        lay(vote, "Tom Okafor", 1, Answer.AGREE)


def test_nothing_is_shown_while_somebody_has_more_time(vote):
    for name in vote.secrets:
        lay(vote, name, 1, Answer.AGREE)
    extend_maria(vote)

    ballots.close_ballot(vote.ballot_id)

    with pytest.raises(NotAllowedNow, match="closed for everybody"):
        ballots.results(vote.ballot_id)


def test_the_vote_closes_for_good_when_the_last_extension_ends(vote, store):
    extend_maria(vote)
    ballots.close_ballot(vote.ballot_id)
    pass_time(vote, store)

    ballot_times.catch_up()

    assert ballot_of(vote).state is BallotState.CLOSED
    assert not keys.is_there(vote.ballot_id)


def test_nobody_is_noted_as_having_had_more_time_once_it_is_closed(vote, store):
    extend_maria(vote)
    ballots.close_ballot(vote.ballot_id)

    ballots.close_ballot(vote.ballot_id, is_for_all=True)

    with store.read() as tx:
        assert kept.extensions(tx, vote.ballot_id) == {}


def test_taking_the_last_extension_back_after_the_close_closes_for_good(vote, maria):
    extend_maria(vote)
    ballots.close_ballot(vote.ballot_id)

    ballot_times.take_back_extension(vote.ballot_id, maria)

    assert ballot_of(vote).state is BallotState.CLOSED


def test_taking_it_back_before_the_close_leaves_the_vote_open(vote, maria):
    extend_maria(vote)

    ballot_times.take_back_extension(vote.ballot_id, maria)

    assert ballot_of(vote).state is BallotState.OPEN
    assert ballot_times.extensions(vote.ballot_id) == []


def test_a_closed_vote_gives_nobody_more_time(vote):
    ballots.close_ballot(vote.ballot_id)

    with pytest.raises(NotAllowedNow, match="closed for everybody"):
        extend_maria(vote)


def test_more_time_ends_after_the_close_for_the_others(vote):
    ballot_times.move_close(vote.ballot_id, in_time(LATER))

    with pytest.raises(NotAllowedNow, match="after the vote closes"):
        extend_maria(vote, SOON)


def test_the_audit_log_names_nobody_who_has_more_time(vote, maria, store):
    extend_maria(vote)

    with store.engine.connect() as connection:
        told = connection.exec_driver_sql("SELECT * FROM audit_event").all()
    assert "more time given to somebody" in {row.action for row in told}
    assert not any(maria in str(row) or "Maria" in str(row) for row in told)


def test_others_are_told_the_same_whether_or_not_somebody_has_more_time(vote):
    ballot_times.move_close(vote.ballot_id, in_time(SOON))
    before = voting.votes_of(vote.tom)

    extend_maria(vote)

    assert voting.votes_of(vote.tom) == before


def test_a_person_is_told_until_when_they_may_answer(vote):
    extend_maria(vote)
    ballots.close_ballot(vote.ballot_id)

    (line,) = voting.votes_of(vote.maria)

    assert line.is_open
    assert abs(line.closes_at - in_time(LATER)) < timedelta(minutes=1)


def test_who_presses_cannot_change_for_people_whose_time_is_over(vote, store):
    extend_maria(vote)
    lay(vote, "Tom Okafor", 1, Answer.AGREE)
    ballots.close_ballot(vote.ballot_id)

    assert not voting.votes_of(vote.tom)[0].is_open
    assert ballots.progress(vote.ballot_id).n_answered == 1


def test_a_vote_takes_no_answer_after_its_time_even_if_nothing_closed_it(vote, store):
    with store.write() as tx:
        kept.move_close(tx, vote.ballot_id, in_time(-timedelta(seconds=1)))

    with pytest.raises(BallotClosed):
        lay(vote, "Tom Okafor", 1, Answer.AGREE)


def test_a_vote_closes_at_its_time_though_nobody_looks(vote, store):
    with store.write() as tx:
        kept.move_close(tx, vote.ballot_id, in_time(-timedelta(seconds=1)))

    with acting_as(WORKER):
        ballot_times.catch_up()

    assert ballot_of(vote).state is BallotState.CLOSED
    assert not keys.is_there(vote.ballot_id)


def test_a_vote_that_ended_stays_so_when_the_clock_goes_back(vote, store):
    extend_maria(vote)
    with store.write() as tx:
        kept.move_close(tx, vote.ballot_id, in_time(-timedelta(seconds=1)))
    ballot_times.catch_up()

    with store.write() as tx:  # an hour back: its time has not come
        kept.move_close(tx, vote.ballot_id, in_time(SOON))

    assert not voting.votes_of(vote.tom)[0].is_open


def test_a_prepared_vote_takes_no_answer_and_is_on_nobodys_page(vote):
    made = ballot_times.prepare(vote.meeting_id, title="Later")

    assert made not in {line.ballot.ballot_id for line in voting.votes_of(vote.maria)}
    assert not keys.is_there(made)


def test_a_prepared_vote_opens_at_its_time_for_all_who_are_there_by_then(vote, store):
    times = Times(in_time(SOON), in_time(LATER))
    made = ballot_times.prepare(vote.meeting_id, title="Later", times=times)
    meetings.add_person(vote.meeting_id, "Sam", vote.people["Tom Okafor"].stakeholder_group)
    with store.write() as tx:
        kept.set_plan(tx, made, Times(in_time(-SOON), in_time(LATER)), None, "")

    ballot_times.catch_up()

    assert ballots.progress(made) == ballots.Progress(0, 7)
    assert made in {line.ballot.ballot_id for line in voting.votes_of(vote.maria)}


def test_a_vote_without_anybody_waits_and_keeps_no_other_from_opening(app_runtime, store):
    _, empty = make_meeting()
    recommendations.write(empty, "Lend ramps.", author="test")
    waiting = ballot_times.prepare(empty)
    vote = make_vote()
    other = ballot_times.prepare(vote.meeting_id)
    with store.write() as tx:
        for made in (waiting, other):
            kept.set_plan(tx, made, Times(in_time(-SOON)), None, "")

    ballot_times.catch_up()

    with store.read() as tx:
        states = [kept_ballots.ballot_by_id(tx, b).state for b in (waiting, other)]
    assert states == [BallotState.DRAFT, BallotState.OPEN]


def test_a_prepared_vote_can_be_taken_away(vote):
    made = ballot_times.prepare(vote.meeting_id)

    ballot_times.discard(made)

    assert [one.ballot.ballot_id for one in ballots.ballots_of(vote.meeting_id)] == [vote.ballot_id]


def test_a_vote_that_was_open_cannot_be_taken_away(vote):
    with pytest.raises(NotAllowedNow, match="was opened"):
        ballot_times.discard(vote.ballot_id)


@pytest.mark.parametrize(
    "times", [(None, -SOON), (LATER, SOON)], ids=["over by now", "before it opens"]
)
def test_times_that_cannot_be_are_refused(vote, times):
    opens, closes = (wait and in_time(wait) for wait in times)

    with pytest.raises(NotAllowedNow, match="would close before"):
        ballot_times.prepare(vote.meeting_id, times=Times(opens, closes))


@pytest.mark.parametrize(("asked", "is_reached"), [(Quorum(n=2), True), (Quorum(share=0.5), False)])
def test_the_result_says_whether_as_many_answered_as_had_to(vote, asked, is_reached):
    plan = (Times(), asked)
    made = ballots.open_ballot(vote.meeting_id, title="Again", plan=plan)
    for name in ("Maria Delgado", "Tom Okafor"):
        item = ballots.ballots_of(vote.meeting_id)[0].ballot.items[0]
        voting.lay_answer(vote.secrets[name], made, item.recommendation_id, Answer.AGREE)

    ballots.close_ballot(made)

    found = ballots.results(made)
    n = found.progress
    assert found.ballot.quorum.is_reached(n.n_answered, n.n_invited) is is_reached


def test_a_closing_that_was_cut_off_is_finished_at_the_next_start(vote, store):
    with store.write() as tx:
        kept_ballots.set_state(tx, vote.ballot_id, BallotState.CLOSED)

    with acting_as(WORKER):
        ballot_times.finish_cut_off()

    assert not keys.is_there(vote.ballot_id)
