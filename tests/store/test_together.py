"""Many writers with one commit; each in a transaction of its own is the measure of it."""

import multiprocessing
import os
import signal
import threading
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, IntegrityError

from store.engine import Store
from store.together import in_turn


@pytest.fixture
def store(tmp_path):
    made = Store(f"sqlite:///{tmp_path / 'house.db'}")
    with made.write() as tx:
        tx.exec_driver_sql("CREATE TABLE answer (who INTEGER PRIMARY KEY, given TEXT)")
        tx.exec_driver_sql(
            "CREATE TABLE note (who INTEGER REFERENCES answer DEFERRABLE INITIALLY DEFERRED)"
        )
    yield made
    made.close()


def kept(store):
    """What another connection finds, as after a restart."""
    other = Store(str(store.url))
    with other.read() as tx:
        rows = tx.exec_driver_sql("SELECT who, given FROM answer ORDER BY who").all()
    other.close()
    return dict(rows)


def lay(tx, who, given="yes"):
    tx.exec_driver_sql("INSERT INTO answer VALUES (?, ?)", (who, given))
    return who


def lay_and_refuse(tx, who):
    lay(tx, who)
    raise ValueError(who)


def together(store, *works):
    """What came of each."""
    with store.write(is_alone=False) as tx:
        return in_turn(tx, [partial(work, tx) for work in works])


def each(who, given="yes"):
    return partial(lay, who=who, given=given)


def test_many_writers_share_one_commit(store):
    commits = []
    event.listen(store.engine, "commit", commits.append)

    outcomes = together(store, each(1), each(2), each(3))

    assert outcomes == [1, 2, 3]
    assert list(kept(store)) == [1, 2, 3]
    assert len(commits) == 1


def test_a_refused_writer_in_the_middle_leaves_no_trace_and_takes_nobody_along(store):
    outcomes = together(store, each(1), partial(lay_and_refuse, who=2), each(3))

    assert list(kept(store)) == [1, 3]
    assert [str(one) for one in outcomes] == ["1", "2", "3"]
    assert isinstance(outcomes[1], ValueError)


def test_a_row_that_the_database_refuses_takes_nobody_along(store):
    outcomes = together(store, each(1), each(1, "again"), each(3))

    assert kept(store) == {1: "yes", 3: "yes"}
    assert isinstance(outcomes[1], IntegrityError)


def test_each_writer_sees_what_those_before_it_wrote(store):
    def change(tx):
        return tx.exec_driver_sql("UPDATE answer SET given = 'no' WHERE who = 1").rowcount

    outcomes = together(store, each(1), change)

    assert outcomes == [1, 1]
    assert kept(store) == {1: "no"}


def test_when_the_database_ends_the_transaction_nobody_is_told_that_it_is_kept(store):
    """As a full or failing disk may: what was laid before in the same transaction is gone too."""

    def end_it(tx):
        tx.exec_driver_sql("INSERT OR ROLLBACK INTO answer VALUES (1, 'again')")

    with pytest.raises(DBAPIError):
        together(store, each(1), end_it, each(3))

    assert kept(store) == {}


def test_when_the_commit_fails_nobody_is_told_that_it_is_kept(store):
    """A note on nobody: this database looks at it only when it commits."""

    def note_on_nobody(tx):
        tx.exec_driver_sql("INSERT INTO note VALUES (99)")

    with pytest.raises(IntegrityError):
        together(store, each(1), note_on_nobody, each(3))

    assert kept(store) == {}


def test_after_a_failed_commit_the_next_ones_are_kept(store):
    with pytest.raises(IntegrityError):
        together(store, lambda tx: tx.exec_driver_sql("INSERT INTO note VALUES (99)"))

    together(store, each(4))

    assert list(kept(store)) == [4]


def test_a_kill_between_two_writers_of_one_commit_keeps_neither(store):
    def die(tx):
        os.kill(os.getpid(), signal.SIGKILL)

    store.close()  # a forked process may share no connection
    child = multiprocessing.get_context("fork").Process(
        target=together, args=(store, each(1), die, each(3))
    )

    child.start()
    child.join(10)

    assert child.exitcode == -signal.SIGKILL
    assert kept(store) == {}


def test_writers_of_two_threads_wait_for_each_other(store):
    all_there, outcomes = threading.Barrier(4), []

    def write(first):
        all_there.wait()
        outcomes.extend(together(store, *(each(who) for who in range(first, first + 10))))

    threads = [threading.Thread(target=write, args=(n * 10,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(outcomes) == list(kept(store)) == list(range(40))


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """Two stores alike: one for each way."""
    made = []
    for name in ("together", "alone"):
        made.append(Store(f"sqlite:///{tmp_path_factory.mktemp(name) / 'house.db'}"))
        with made[-1].write() as tx:
            tx.exec_driver_sql("CREATE TABLE answer (who INTEGER PRIMARY KEY, given TEXT)")
    yield made
    for store in made:
        store.close()


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["lay", "refuse", "take"]))))
def test_together_and_alone_keep_the_same_and_tell_the_same(pair, works):
    """The simple way is the measure: a transaction for each."""

    def take(tx, who):
        return tx.exec_driver_sql("DELETE FROM answer WHERE who = ?", (who,)).rowcount

    ways = {"lay": lay, "refuse": lay_and_refuse, "take": take}
    told = [partial(ways[way], who=who) for who, way in works]
    for store in pair:
        with store.write() as tx:
            tx.exec_driver_sql("DELETE FROM answer")

    outcomes = [do(store, *told) for do, store in zip((together, alone), pair, strict=True)]

    assert list(map(str, outcomes[0])) == list(map(str, outcomes[1]))
    assert kept(pair[0]) == kept(pair[1])


def alone(store, *works):
    outcomes = []
    for work in works:
        try:
            with store.write() as tx:
                outcomes.append(work(tx))
        except Exception as error:
            outcomes.append(error)
    return outcomes
