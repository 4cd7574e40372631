"""Presses of many people with one commit: what each is told, and what is in the box."""

import threading
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial

import pytest
from sqlalchemy import event

from domain.ballots import AnsweringMode
from domain.errors import BallotClosed, LinkUnknown, NotAllowedNow, PageNotOurs, StoreNotReady
from domain.votes import Answer
from services import ballots, keys, participation, proxies, voting
from services.pressing import keep_together
from services.voting import Outcome, given_press
from store import ballot_box
from tests.made_vote import make_vote


@pytest.fixture
def vote(app_runtime):
    return make_vote()


@dataclass(frozen=True)
class Does:
    """A press that does something else to the store."""

    words: str

    def keep(self, sitting):
        return sitting.tx.exec_driver_sql(self.words).rowcount


def press_of(vote, secret, given=Answer.AGREE, place=1, *, mark=""):
    mark = mark or voting.ballot_page(secret, vote.ballot_id, place).mark
    return given_press(secret, vote.ballot_id, place, given, mark)


def everybody(vote):
    return [press_of(vote, secret) for secret in vote.secrets.values()]


def in_box(store, vote):
    with store.read() as tx:
        return sorted(row[2] for row in ballot_box.box_of(tx, vote.ballot_id))


def told(outcomes):
    return [type(one) if isinstance(one, Exception) else one.outcome for one in outcomes]


def test_presses_of_six_people_share_one_commit(vote, store):
    presses, commits = everybody(vote), []
    event.listen(store.engine, "commit", commits.append)

    outcomes = keep_together(presses)

    assert len(commits) == 1
    assert told(outcomes) == [Outcome.SAVED] * 6
    assert in_box(store, vote) == [Answer.AGREE] * 6


@pytest.mark.parametrize(
    ("broken", "error"),
    [
        (lambda vote: press_of(vote, vote.tom, mark="1.x.y"), PageNotOurs),
        (lambda vote: given_press("A" * 43, vote.ballot_id, 1, Answer.AGREE, "x"), LinkUnknown),
        (lambda vote: Does("INSERT INTO roll VALUES (1, 2, 3)"), StoreNotReady),
        (lambda vote: Does("this is no sentence of a database"), StoreNotReady),
    ],
    ids=["not our page", "unknown link", "refused row", "no statement"],
)
def test_one_that_is_refused_in_the_middle_takes_nobody_along(vote, store, broken, error):
    presses = everybody(vote)
    presses[1] = broken(vote)

    outcomes = keep_together(presses)

    assert told(outcomes) == [Outcome.SAVED, error, *[Outcome.SAVED] * 4]
    assert len(in_box(store, vote)) == 5


def test_a_refused_press_is_not_counted_as_one_that_was_sent_before(vote):
    """Somebody else may answer in Tom's place no more, and then may again."""
    tom = vote.people["Tom Okafor"].attendance_id
    proxies.write_down(tom, "Sam", "by the eyes")
    mark = participation.who_mark(vote.tom)
    participation.set_who_presses(vote.tom, AnsweringMode.PROXY, mark)
    proxies.take_back(tom)
    press = press_of(vote, vote.tom)

    refused = keep_together([press_of(vote, vote.maria), press, press])
    proxies.write_down(tom, "Sam", "by the eyes")

    assert told(refused) == [Outcome.SAVED, NotAllowedNow, NotAllowedNow]
    assert told(keep_together([press])) == [Outcome.SAVED]


def test_a_failed_commit_is_told_to_everybody_in_it(vote, store):
    """A note on nobody, which this database looks at only when it commits."""
    with store.write() as tx:
        tx.exec_driver_sql(
            "CREATE TABLE late (id TEXT REFERENCES ballot DEFERRABLE INITIALLY DEFERRED)"
        )
    presses = everybody(vote)
    presses[2] = Does("INSERT INTO late VALUES ('nobody')")

    outcomes = keep_together(presses)

    assert told(outcomes) == [StoreNotReady] * 6
    assert len({id(one) for one in outcomes}) == 6
    assert in_box(store, vote) == []


def test_when_the_database_ends_the_transaction_everybody_is_told(vote, store):
    """As a full or failing disk may make it do."""
    presses = everybody(vote)
    presses[3] = Does("INSERT OR ROLLBACK INTO ballot SELECT * FROM ballot")

    outcomes = keep_together(presses)

    assert told(outcomes) == [StoreNotReady] * 6
    assert in_box(store, vote) == []


def test_after_a_failure_the_same_presses_are_kept(vote, store):
    presses = everybody(vote)
    keep_together([*presses, Does("INSERT OR ROLLBACK INTO ballot SELECT * FROM ballot")])

    outcomes = keep_together(presses)

    assert told(outcomes) == [Outcome.SAVED] * 6
    assert len(in_box(store, vote)) == 6


def test_of_one_persons_presses_the_last_wins(vote, store):
    presses = [press_of(vote, vote.maria, given) for given in (Answer.AGREE, Answer.DISAGREE)]

    keep_together(presses)

    assert in_box(store, vote) == [Answer.DISAGREE]


def test_a_press_that_is_sent_again_after_another_changes_nothing(vote, store):
    mark = voting.ballot_page(vote.maria, vote.ballot_id, 1).mark
    first, second = (
        press_of(vote, vote.maria, given, mark=mark) for given in (Answer.AGREE, Answer.PASS)
    )

    outcomes = keep_together([first, first, second, first])

    assert told(outcomes) == [Outcome.SAVED] * 3 + [Outcome.OLD_PAGE]
    assert in_box(store, vote) == [Answer.PASS]


def test_after_the_close_each_is_refused(vote, store):
    presses = everybody(vote)
    ballots.close_ballot(vote.ballot_id)

    assert told(keep_together(presses)) == [BallotClosed] * 6
    assert in_box(store, vote) == []


def test_racing_a_close_all_of_one_commit_are_counted_or_refused(vote, store):
    """V5: In the closing second, many with one commit."""
    sets = [[press_of(vote, s, place=place) for s in vote.secrets.values()] for place in (1, 2, 3)]
    outcomes = []
    racers = [
        threading.Thread(target=lambda some=some: outcomes.extend(told(keep_together(some))))
        for some in sets
    ]
    close = partial(copy_context().run, ballots.close_ballot, vote.ballot_id)
    racers.insert(1, threading.Thread(target=close))
    for one in racers:
        one.start()
    for one in racers:
        one.join()

    assert outcomes.count(Outcome.SAVED) + outcomes.count(BallotClosed) == 18
    assert len(in_box(store, vote)) == outcomes.count(Outcome.SAVED)


def test_a_missing_key_of_one_vote_keeps_nobody_from_another(vote, store, tmp_path):
    other = make_vote()
    keys.destroy_poll_key(vote.ballot_id)
    mark = "1..x"

    outcomes = keep_together(
        [given_press(vote.maria, vote.ballot_id, 1, Answer.AGREE, mark), *everybody(other)]
    )

    assert [isinstance(one, Exception) for one in outcomes] == [True, *[False] * 6]
    assert len(in_box(store, other)) == 6
