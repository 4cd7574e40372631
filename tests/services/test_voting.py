import threading
from contextvars import copy_context
from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import select

from domain.ballots import AnsweringMode
from domain.errors import (
    BallotClosed,
    KeyMissing,
    LinkUnknown,
    NotAllowedNow,
    NotFound,
    PageNotOurs,
    StoreNotReady,
)
from domain.ids import BallotId
from domain.votes import Answer
from services import ballots, keys, page_marks, participation, voters, voting
from services.participation import ConsentChoice
from services.settings import read_settings
from services.voting import Outcome
from store import ballot_box
from store.tables import spent_press
from tests.made_vote import make_vote


@pytest.fixture
def vote(app_runtime):
    return make_vote()


def test_a_link_opens_as_its_person(vote):
    assert voters.enter(vote.maria).attendance.name == "Maria Delgado"


@pytest.mark.parametrize("secret", ["", "x", "A" * 43, "é" * 43])
def test_an_unknown_link_is_refused(vote, secret):
    with pytest.raises(LinkUnknown):
        voters.enter(secret)


def test_an_answer_is_kept_and_the_next_recommendation_follows(vote):
    pressed = press(vote, 1, Answer.AGREE)

    assert pressed == voting.Pressed(Outcome.SAVED, 2)
    assert voting.ballot_page(vote.maria, vote.ballot_id, 1).answer is Answer.AGREE


def test_after_the_last_answer_nothing_follows(vote):
    last = [press(vote, position, Answer.PASS) for position in (1, 2, 3)][-1]

    assert last.next_position is None


def test_changing_an_answer_goes_on_to_the_next_one_without_an_answer(vote):
    press(vote, 1, Answer.AGREE)
    press(vote, 2, Answer.AGREE)

    assert press(vote, 1, Answer.DISAGREE).next_position == 3


def test_a_changed_answer_takes_the_place_of_the_first(vote, store):
    press(vote, 1, Answer.AGREE)
    press(vote, 1, Answer.DISAGREE)

    with store.read() as tx:
        assert [row[2] for row in ballot_box.box_of(tx, vote.ballot_id)] == [Answer.DISAGREE]


def test_fifty_presses_at_once_are_one_answer(vote, store):
    """V1: Fifty at once."""
    mark = voting.ballot_page(vote.maria, vote.ballot_id, 1).mark
    outcomes, all_there = [], threading.Barrier(50)

    def send():
        all_there.wait()
        pressed = voting.answer(vote.maria, vote.ballot_id, 1, Answer.AGREE, mark)
        outcomes.append(pressed.outcome)

    presses = [threading.Thread(target=send) for _ in range(50)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()

    with store.read() as tx:
        assert len(ballot_box.box_of(tx, vote.ballot_id)) == 1
    assert outcomes == [Outcome.SAVED] * 50


def test_an_old_press_that_comes_again_after_a_change_changes_nothing(vote):
    """V2: In the store."""
    mark = voting.ballot_page(vote.maria, vote.ballot_id, 1).mark
    voting.answer(vote.maria, vote.ballot_id, 1, Answer.AGREE, mark)
    press(vote, 1, Answer.DISAGREE)

    again = voting.answer(vote.maria, vote.ballot_id, 1, Answer.AGREE, mark)

    assert again.outcome is Outcome.OLD_PAGE
    assert voting.ballot_page(vote.maria, vote.ballot_id, 1).answer is Answer.DISAGREE


def test_a_page_stays_good_for_weeks(vote, monkeypatch):
    """A-17: Thirty days later."""
    mark = voting.ballot_page(vote.maria, vote.ballot_id, 1).mark
    now_us = page_marks._now_us()
    monkeypatch.setattr(page_marks, "_now_us", lambda: now_us + 30 * 24 * 3_600_000_000)

    pressed = voting.answer(vote.maria, vote.ballot_id, 1, Answer.AGREE, mark)

    assert pressed.outcome is Outcome.SAVED


@pytest.mark.parametrize("clock_ms", [-3_600_000, 3_600_000])
def test_a_clock_that_jumps_loses_no_answer(app_runtime, vote, monkeypatch, clock_ms):
    """V6: Forward and back."""
    app_runtime.settings = replace(app_runtime.settings, dwell_guard_ms=700)
    mark = voting.ballot_page(vote.maria, vote.ballot_id, 1).mark
    now_us = page_marks._now_us()
    monkeypatch.setattr(page_marks, "_now_us", lambda: now_us + clock_ms * 1_000)

    pressed = voting.answer(vote.maria, vote.ballot_id, 1, Answer.AGREE, mark)

    assert pressed.outcome is Outcome.SAVED


def test_a_press_right_after_the_page_was_served_is_ignored(app_runtime, vote, store):
    app_runtime.settings = replace(app_runtime.settings, dwell_guard_ms=3000)

    pressed = press(vote, 1, Answer.AGREE)

    assert pressed == voting.Pressed(Outcome.TOO_SOON, 1)
    with store.read() as tx:
        assert ballot_box.box_of(tx, vote.ballot_id) == []


@pytest.mark.parametrize(
    ("told", "expected"),
    [("", 700), ("0", 0), ("1500", 1500), ("9999", 3000), ("-5", 700), ("soon", 700)],
)
def test_the_guard_is_700_ms_and_at_most_3_seconds(told, expected):
    assert read_settings({"ROUNDTABLE_DWELL_GUARD_MS": told}).dwell_guard_ms == expected


@pytest.mark.parametrize("mark", ["", "x", "..", "0.none.00", "é.é.é"])
def test_a_forged_mark_is_refused(vote, mark):
    """V4: In the service."""
    with pytest.raises(PageNotOurs):
        voting.answer(vote.maria, vote.ballot_id, 1, Answer.AGREE, mark)


def test_the_mark_of_another_recommendation_is_refused(vote):
    """V4: In the service."""
    mark = voting.ballot_page(vote.maria, vote.ballot_id, 1).mark

    with pytest.raises(PageNotOurs):
        voting.answer(vote.maria, vote.ballot_id, 2, Answer.AGREE, mark)


def test_the_mark_of_another_person_is_refused(vote):
    """V4: In the service."""
    mark = voting.ballot_page(vote.tom, vote.ballot_id, 1).mark

    with pytest.raises(PageNotOurs):
        voting.answer(vote.maria, vote.ballot_id, 1, Answer.AGREE, mark)


def test_a_mark_cannot_be_given_another_time(vote):
    mark = voting.ballot_page(vote.maria, vote.ballot_id, 1).mark

    with pytest.raises(PageNotOurs):
        voting.answer(vote.maria, vote.ballot_id, 1, Answer.AGREE, f"1{mark}")


@pytest.mark.parametrize("position", [0, 4, 999])
def test_a_recommendation_that_is_not_asked_is_not_found(vote, position):
    """V13: Places that the ballot does not have."""
    with pytest.raises(NotFound):
        voting.ballot_page(vote.maria, vote.ballot_id, position)


def test_a_vote_that_a_person_is_not_invited_to_is_like_one_that_does_not_exist(vote):
    """V4: Not on the roll."""
    out = vote.people["Tom Okafor"].attendance_id
    other = ballots.open_ballot(vote.meeting_id, excluded=[out])

    with pytest.raises(NotFound):
        voting.ballot_page(vote.tom, other, 1)
    with pytest.raises(NotFound):
        voting.ballot_page(vote.tom, BallotId("nowhere"), 1)


def test_an_undone_answer_was_never_given(vote):
    press(vote, 1, Answer.AGREE)
    page = voting.ballot_page(vote.maria, vote.ballot_id, 1)

    voting.undo(
        vote.maria,
        vote.ballot_id,
        1,
        page_marks.make_mark(vote.maria, page_marks.purpose_of("undo", vote.ballot_id, page.item)),
    )

    assert voting.ballot_page(vote.maria, vote.ballot_id, 1).answer is None
    assert ballots.progress(vote.ballot_id).n_answered == 0


def test_a_withdrawn_ballot_leaves_the_box_and_the_roll(vote, store):
    press(vote, 1, Answer.AGREE)
    press(vote, 2, Answer.AGREE)

    voting.withdraw(
        vote.maria,
        vote.ballot_id,
        page_marks.make_mark(vote.maria, page_marks.purpose_of("withdraw", vote.ballot_id)),
    )

    with store.read() as tx:
        assert ballot_box.box_of(tx, vote.ballot_id) == []
    assert ballots.progress(vote.ballot_id).n_answered == 0


def test_somebody_elses_answers_leave_mine_as_they_are(vote):
    """A-18: A ballot half filled stays as it is."""
    press(vote, 1, Answer.AGREE)

    press(vote, 1, Answer.DISAGREE, secret=vote.tom)

    assert voting.ballot_page(vote.maria, vote.ballot_id, 1).answer is Answer.AGREE


def test_after_the_close_an_answer_is_refused_with_the_moment(vote):
    """V5: In the service."""
    mark = voting.ballot_page(vote.maria, vote.ballot_id, 1).mark
    ballots.close_ballot(vote.ballot_id)

    with pytest.raises(BallotClosed, match=r"closed at \d\d:\d\d UTC"):
        voting.answer(vote.maria, vote.ballot_id, 1, Answer.AGREE, mark)


def test_racing_a_close_every_answer_is_counted_or_refused(vote, store):
    """V5: In the closing second."""
    accepted, refused = [], []

    def send(secret, mark):
        try:
            accepted.append(voting.answer(secret, vote.ballot_id, 1, Answer.AGREE, mark))
        except BallotClosed:
            refused.append(secret)

    marks = {s: voting.ballot_page(s, vote.ballot_id, 1).mark for s in vote.secrets.values()}
    racers = [threading.Thread(target=send, args=told) for told in marks.items()]
    close = partial(copy_context().run, ballots.close_ballot, vote.ballot_id)
    racers.insert(3, threading.Thread(target=close))
    for one in racers:
        one.start()
    for one in racers:
        one.join()

    with store.read() as tx:
        assert len(ballot_box.box_of(tx, vote.ballot_id)) == len(accepted) == 6 - len(refused)


def test_a_receipt_is_the_same_whatever_was_answered(vote):
    press(vote, 1, Answer.AGREE)
    before = participation.receipt(vote.maria, vote.ballot_id).code
    press(vote, 1, Answer.DISAGREE)

    assert participation.receipt(vote.maria, vote.ballot_id).code == before


def test_a_receipt_stays_after_the_close(vote):
    press(vote, 1, Answer.AGREE)
    before = participation.receipt(vote.maria, vote.ballot_id).code
    ballots.close_ballot(vote.ballot_id)

    after = participation.receipt(vote.maria, vote.ballot_id)

    assert (after.code, after.is_open, after.n_answered) == (before, False, 0)


def test_who_has_not_answered_has_no_receipt(vote):
    with pytest.raises(NotFound):
        participation.receipt(vote.maria, vote.ballot_id)


def test_who_presses_is_noted_on_the_roll(vote):
    participation.set_who_presses(
        vote.maria, AnsweringMode.ASSISTED, participation.who_mark(vote.maria)
    )

    assert voting.votes_of(vote.maria)[0].mode is AnsweringMode.ASSISTED


def test_answering_in_somebodys_place_is_refused(vote):
    with pytest.raises(NotAllowedNow):
        participation.set_who_presses(
            vote.maria, AnsweringMode.PROXY, participation.who_mark(vote.maria)
        )


def test_what_is_pressed_last_on_either_of_two_devices_holds_on_both(vote):
    """V3: The second device's page was there before the first device's press."""
    phone, tablet = (voting.ballot_page(vote.maria, vote.ballot_id, 1).mark for _ in range(2))
    voting.answer(vote.maria, vote.ballot_id, 1, Answer.AGREE, phone)

    last = voting.answer(vote.maria, vote.ballot_id, 1, Answer.DISAGREE, tablet)

    assert last.outcome is Outcome.SAVED
    assert voting.my_answers(vote.maria, vote.ballot_id)[1] == {1: Answer.DISAGREE}


def test_two_devices_that_take_turns_are_one_ballot(vote, store):
    """V3: Interleaved over all recommendations."""
    for position in (1, 2, 3):
        for given in (Answer.AGREE, Answer.PASS):
            press(vote, position, given)

    with store.read() as tx:
        rows = ballot_box.box_of(tx, vote.ballot_id)
    assert len({key for key, *_ in rows}) == 1
    assert [given for _, _, given, *_ in rows] == [Answer.PASS] * 3


def test_an_undo_that_comes_again_takes_no_later_answer_back(vote):
    """V2: An old undo, sent again."""
    press(vote, 1, Answer.AGREE)
    item = voting.ballot_page(vote.maria, vote.ballot_id, 1).item
    mark = page_marks.make_mark(vote.maria, page_marks.purpose_of("undo", vote.ballot_id, item))
    voting.undo(vote.maria, vote.ballot_id, 1, mark)
    press(vote, 1, Answer.DISAGREE)

    voting.undo(vote.maria, vote.ballot_id, 1, mark)

    assert voting.my_answers(vote.maria, vote.ballot_id)[1] == {1: Answer.DISAGREE}


def test_what_was_noted_of_presses_goes_when_the_vote_closes(vote, store):
    """B-6: Nothing of single presses is left."""
    press(vote, 1, Answer.AGREE)

    ballots.close_ballot(vote.ballot_id)

    with store.read() as tx:
        assert tx.execute(select(spent_press)).all() == []


def test_consent_is_asked_until_it_is_given(app_runtime):
    vote = make_vote(is_consent_known=False)
    before = voters.enter(vote.maria).is_asked_for_consent

    participation.give_consent(
        vote.maria, ConsentChoice.GROUPED, participation.consent_mark(vote.maria)
    )

    assert (before, voters.enter(vote.maria).is_asked_for_consent) == (True, False)
    assert voters.enter(vote.tom).is_asked_for_consent


def test_without_its_key_a_vote_takes_no_answer_and_says_so(vote):
    mark = voting.ballot_page(vote.maria, vote.ballot_id, 1).mark
    keys.destroy_poll_key(vote.ballot_id)

    with pytest.raises(KeyMissing, match="cannot be kept"):
        voting.answer(vote.maria, vote.ballot_id, 1, Answer.AGREE, mark)


def test_a_database_that_is_gone_is_told_plainly(vote, store):
    """V9: Gone."""
    store.close()
    for path in store.path.parent.glob("roundtable.db*"):
        path.unlink()

    with pytest.raises(StoreNotReady, match="Nothing was saved"):
        voters.enter(vote.maria)


def press(vote, position, given, secret=None):
    secret = secret or vote.maria
    mark = voting.ballot_page(secret, vote.ballot_id, position).mark
    return voting.answer(secret, vote.ballot_id, position, given, mark)


def test_two_pages_that_are_served_at_once_have_marks_of_their_own():
    """One person's answer, a change and the change back may fall into one millisecond."""
    marks = {page_marks.make_mark("secret", "answer") for _ in range(50)}

    assert len(marks) == 50
