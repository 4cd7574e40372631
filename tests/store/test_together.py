import threading
import time

import pytest
from sqlalchemy import text

from store.engine import Store


@pytest.fixture
def store(tmp_path):
    made = Store(f"sqlite:///{tmp_path / 'house.db'}")
    with made.write() as tx:
        tx.execute(text("CREATE TABLE answer (who INTEGER PRIMARY KEY)"))
    yield made
    made.close()


def kept(store):
    with store.read() as tx:
        return sorted(tx.execute(text("SELECT who FROM answer")).scalars())


def lay(tx, who):
    tx.execute(text("INSERT INTO answer VALUES (:who)"), {"who": who})


def behind(store, others, n_together=None):
    """Run writers that come while another one, 0, is at work; the error of each that failed."""
    failed, at_work, may_end = {}, threading.Event(), threading.Event()
    n_together = len(others) if n_together is None else n_together

    def first():
        with store.write(is_alone=False) as tx:
            lay(tx, 0)
            at_work.set()
            may_end.wait(5)

    def one(who, write):
        try:
            write()
        except Exception as error:
            failed[who] = error

    threads = [threading.Thread(target=one, args=pair) for pair in [(0, first), *others.items()]]
    threads[0].start()
    at_work.wait(5)
    for thread in threads[1:]:
        thread.start()
    until = time.monotonic() + 5
    while store._together._n_waiting < n_together and time.monotonic() < until:
        time.sleep(0.001)
    may_end.set()
    for thread in threads:
        thread.join(10)
    return failed


def answering(store, who, error=None):
    def write():
        with store.write(is_alone=False) as tx:
            lay(tx, who)
            if error:
                raise error

    return write


def test_writers_that_wait_share_one_commit(store):
    before = store._together.n_commits
    behind(store, {who: answering(store, who) for who in range(1, 6)})

    assert kept(store) == [0, 1, 2, 3, 4, 5]
    assert store._together.n_commits - before < 6


def test_a_writer_alone_commits_at_once(store):
    with store.write(is_alone=False) as tx:
        lay(tx, 7)

    assert kept(store) == [7]
    assert store._together._open is None


def test_a_refused_writer_leaves_no_trace_and_takes_nobody_along(store):
    others = {
        1: answering(store, 1),
        2: answering(store, 2, ValueError("no")),
        3: answering(store, 3),
    }

    failed = behind(store, others)

    assert kept(store) == [0, 1, 3]
    assert [str(failed[who]) for who in failed] == ["no"]


def test_a_row_that_the_database_refuses_takes_nobody_along(store):
    failed = behind(store, {1: answering(store, 0), 2: answering(store, 2)})

    assert kept(store) == [0, 2]
    assert list(failed) == [1]


def test_whoever_waits_is_told_when_the_commit_fails(store, monkeypatch):
    """Nobody is told that an answer is kept before it is."""

    def settle_badly(shared=store._together):
        shared._open.transaction.rollback()
        settle()

    settle = store._together.settle
    monkeypatch.setattr(store._together, "settle", settle_badly)
    failed = behind(store, {1: answering(store, 1)})

    assert kept(store) == []
    assert sorted(failed) == [0, 1]


def test_a_writer_of_its_own_finds_what_was_written_together(store):
    seen = []

    def number_on():
        with store.write() as tx:
            seen.append(tx.execute(text("SELECT count(*) FROM answer")).scalar_one())

    behind(store, {1: answering(store, 1), 2: number_on}, n_together=1)

    assert seen[0] in (1, 2)
    assert kept(store) == [0, 1]


def test_answers_are_on_the_disk_before_a_writer_goes_on(store):
    """Another connection, as another process has it, reads them at once."""
    with store.write(is_alone=False) as tx:
        lay(tx, 1)
    other = Store(str(store.url))

    assert kept(other) == [1]
    other.close()


@pytest.mark.parametrize("commits_together", [True, False], ids=["together", "alone"])
def test_many_writers_keep_what_each_was_told_is_kept(store, commits_together):
    """The simple way is the measure: both keep the same."""
    store.commits_together = commits_together
    told = []

    def many(first):
        for who in range(first, first + 20):
            try:
                answering(store, who, ValueError() if who % 7 == 0 else None)()
                told.append(who)
            except ValueError:
                pass

    threads = [threading.Thread(target=many, args=(n * 20,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert kept(store) == sorted(told) == [who for who in range(160) if who % 7]
