import csv
import io
from datetime import timedelta

import pytest

from domain.ballots import BallotState, Secrecy
from domain.errors import NotAllowedNow, NotFound
from domain.ids import BallotId
from domain.people import StakeholderGroup as Group
from domain.votes import Answer
from services import ballots, keys, links, meetings, recommendations, voting
from store import ballot_box
from store import ballots as kept
from tests.made_vote import make_meeting, make_vote


@pytest.fixture
def vote(app_runtime):
    return make_vote()


def test_a_vote_opens_over_drafts_and_proposed_recommendations(app_runtime):
    _, meeting_id = make_meeting()
    meetings.add_person(meeting_id, "Maria Delgado", Group.PERSON_LIVING_WITH_ALS)
    recommendations.write(meeting_id, "Lend ramps.", author="test", is_draft=True)
    chosen = recommendations.write(meeting_id, "Lend beds.", author="test")
    recommendations.choose([chosen])
    recommendations.write(meeting_id, "Lend lifts.", author="test")

    ballot_id = ballots.open_ballot(meeting_id)

    assert [i.text for i in ballots.ballots_of(meeting_id)[0].ballot.items] == [
        "Lend ramps.",
        "Lend lifts.",
    ]
    assert ballots.progress(ballot_id) == ballots.Progress(0, 1)


def test_who_is_excluded_is_not_on_the_roll(vote):
    out = vote.people["Wei Chen"].attendance_id

    ballot_id = ballots.open_ballot(vote.meeting_id, excluded=[out])

    assert ballots.progress(ballot_id).n_invited == 5


def test_a_vote_over_nothing_is_refused(app_runtime):
    _, meeting_id = make_meeting()
    meetings.add_person(meeting_id, "Maria Delgado", Group.PERSON_LIVING_WITH_ALS)

    with pytest.raises(NotAllowedNow, match="nothing to vote on"):
        ballots.open_ballot(meeting_id)


def test_a_vote_with_nobody_on_the_roster_is_refused(app_runtime):
    _, meeting_id = make_meeting()
    recommendations.write(meeting_id, "Lend ramps.", author="test")

    with pytest.raises(NotAllowedNow, match="Nobody is on the roster"):
        ballots.open_ballot(meeting_id)


def test_a_vote_is_confidential_unless_a_show_of_hands_was_asked_for(vote):
    """B-7: From the start."""
    ballots.open_ballot(vote.meeting_id, title="Hands", secrecy=Secrecy.NAMED)

    held = {one.ballot.title: one.ballot.secrecy for one in ballots.ballots_of(vote.meeting_id)}

    assert held == {"Hands": Secrecy.NAMED, "Priorities": Secrecy.CONFIDENTIAL}


def test_the_wording_is_frozen_when_the_vote_opens(vote):
    """V14: Later wordings change nothing."""
    first = recommendations.recommendations(vote.meeting_id)[0].recommendation
    recommendations.revise(first.recommendation_id, "Something else.", author="test")

    page = voting.ballot_page(vote.maria, vote.ballot_id, 1)

    assert page.item.text == first.text


def test_progress_counts_people_who_answered(vote):
    lay(vote, "Maria Delgado", 1, Answer.AGREE)
    lay(vote, "Maria Delgado", 2, Answer.PASS)
    lay(vote, "Tom Okafor", 1, Answer.AGREE)

    assert ballots.progress(vote.ballot_id) == ballots.Progress(2, 6)


def test_a_latecomer_can_be_invited(vote):
    meetings.add_person(vote.meeting_id, "Sam Whitehorse", Group.PERSON_LIVING_WITH_ALS)

    n_invited = ballots.invite_latecomers(vote.ballot_id)

    assert (n_invited, ballots.progress(vote.ballot_id).n_invited) == (1, 7)


def test_nothing_is_shown_before_the_close(vote):
    with pytest.raises(NotAllowedNow, match="has closed"):
        ballots.results(vote.ballot_id)


def test_results_are_what_the_suppression_function_releases(vote):
    for name in ("Maria Delgado", "Tom Okafor", "Priya Raman", "Elena Delgado", "Wei Chen"):
        lay(vote, name, 1, Answer.AGREE)
    ballots.close_ballot(vote.ballot_id)

    result = ballots.results(vote.ballot_id).results[0]

    assert (result.vote.whole.counts, result.vote.whole.phrase) == (
        None,
        "two thirds or more agree",
    )


def test_closing_destroys_the_key(vote):
    """B-6: The key."""
    ballots.close_ballot(vote.ballot_id)

    with pytest.raises(keys.KeyMissing):
        keys.poll_key(vote.ballot_id)


def test_after_the_close_no_ballot_lies_under_the_key_of_a_link(vote, store):
    """B-6: The box."""
    old_key = keys.ballot_key(keys.poll_key(vote.ballot_id), vote.maria)
    lay(vote, "Maria Delgado", 1, Answer.AGREE)

    ballots.close_ballot(vote.ballot_id)

    with store.read() as tx:
        box = ballot_box.box_of(tx, vote.ballot_id)
    assert [(row[2], row[0] == old_key) for row in box] == [(Answer.AGREE, False)]


def test_after_the_close_no_file_holds_the_key_under_which_answers_lay(vote, store, tmp_path):
    """B-6: The files, free pages and journal too."""
    old_key = keys.ballot_key(keys.poll_key(vote.ballot_id), vote.maria)
    lay(vote, "Maria Delgado", 1, Answer.AGREE)

    ballots.close_ballot(vote.ballot_id)

    kept_bytes = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    assert old_key.encode() not in kept_bytes


def test_the_box_names_no_person_and_keeps_no_time(vote, store):
    """B-6: Columns."""
    lay(vote, "Maria Delgado", 1, Answer.AGREE)

    with store.read() as tx:
        (row,) = ballot_box.box_of(tx, vote.ballot_id)

    known = {
        vote.maria,
        vote.people["Maria Delgado"].attendance_id,
        vote.people["Maria Delgado"].person_id,
    }
    assert len(row) == 5
    assert known.isdisjoint(row)


def test_the_box_lies_in_the_order_of_its_random_keys(vote, store):
    """B-6: Order."""
    for name in vote.secrets:
        lay(vote, name, 1, Answer.AGREE)

    ballots.close_ballot(vote.ballot_id)

    with store.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT ballot_key FROM box").all()
    assert rows == sorted(rows)


def test_a_closing_that_was_cut_off_is_finished_by_closing_again(vote, store):
    with store.write() as tx:  # the crash came right after the transaction
        kept.set_state(tx, vote.ballot_id, BallotState.CLOSED)

    ballots.close_ballot(vote.ballot_id)

    with pytest.raises(keys.KeyMissing):
        keys.poll_key(vote.ballot_id)


def test_closing_again_keeps_the_moment_of_the_first_closing(vote):
    ballots.close_ballot(vote.ballot_id)
    before = ballots.ballots_of(vote.meeting_id)[0].ballot.closed_at

    ballots.close_ballot(vote.ballot_id)

    assert ballots.ballots_of(vote.meeting_id)[0].ballot.closed_at - before == timedelta(0)


def test_an_unknown_vote_cannot_be_closed(vote):
    with pytest.raises(NotFound):
        ballots.close_ballot(BallotId("nowhere"))


def test_the_newest_vote_is_listed_first(vote):
    newest = ballots.open_ballot(vote.meeting_id, title="Again")

    listed = [summary.ballot.ballot_id for summary in ballots.ballots_of(vote.meeting_id)]

    assert listed == [newest, vote.ballot_id]


def test_an_export_names_the_sample_and_holds_no_formula(app_runtime):
    vote = make_vote(is_sample=True)
    recommendations.write(vote.meeting_id, "=cmd()", author="test")
    ballot_id = ballots.open_ballot(vote.meeting_id)
    ballots.close_ballot(ballot_id)

    rows = list(csv.reader(io.StringIO(ballots.export_results_csv(ballot_id).decode("utf-8-sig"))))

    assert rows[0] == ["Sample: people, words and votes are invented."]
    assert rows[-1][:4] == ["4", "'=cmd()", "everyone", "0"]


def test_an_export_of_a_small_room_holds_no_count_of_answers(vote):
    for name in vote.secrets:
        lay(vote, name, 1, Answer.AGREE)
    ballots.close_ballot(vote.ballot_id)

    rows = list(
        csv.reader(io.StringIO(ballots.export_results_csv(vote.ballot_id).decode("utf-8-sig")))
    )

    assert {tuple(row[4:7]) for row in rows[1:]} == {("", "", "")}


def test_opening_and_closing_are_written_into_the_audit_log(vote, store):
    ballots.close_ballot(vote.ballot_id)

    with store.engine.connect() as connection:
        query = "SELECT action FROM audit_event WHERE subject_kind = 'ballot' ORDER BY number"
        told = [row.action for row in connection.exec_driver_sql(query)]
    assert told == ["ballot opened", "ballot closed"]


def test_links_work_for_every_vote_of_the_meeting(vote):
    second = ballots.open_ballot(vote.meeting_id, title="Again")

    lines = voting.votes_of(vote.maria)

    assert [line.ballot.ballot_id for line in lines] == [second, vote.ballot_id]
    assert dict(links.secrets_for(vote.meeting_id)) == {
        a: vote.secrets[a.name] for a in vote.people.values()
    }


def lay(vote, name, position, given):
    ballot = ballots.ballots_of(vote.meeting_id)[0].ballot
    voting.lay_answer(
        vote.secrets[name], vote.ballot_id, ballot.items[position - 1].recommendation_id, given
    )
