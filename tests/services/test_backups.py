"""Backups: made while in use, checked from end to end."""

import itertools
import os
import shutil
import threading

import pytest

from domain.errors import BackupRefused
from domain.votes import Answer
from services import backups, voting
from store import audit, ballot_box, ballots
from store.backup_checks import opened
from tests.made_vote import make_vote
from tests.spoilt import spoil

STRESS = os.environ.get("STRESS") == "1"
N_WRITERS, N_BACKUPS = 4, 20 if STRESS else 4


@pytest.fixture
def vote(app_runtime):
    return make_vote()


@pytest.fixture
def backup(vote, tmp_path):
    target = tmp_path / "backups" / "monday.db"
    target.parent.mkdir()
    backups.back_up(target)
    return target


def turnout(store, ballot_id):
    with store.read() as tx:
        return ballots.turnout(tx, ballot_id)


def state(store, ballot_id):
    with store.read() as tx:
        return ballots.ballot_by_id(tx, ballot_id).state


def test_a_backup_is_one_file_and_nothing_lies_beside_it(backup):
    assert [path.name for path in backup.parent.iterdir()] == ["monday.db"]
    assert backup.stat().st_mode & 0o077 == 0


def test_checking_a_backup_writes_nothing(backup):
    before = (backup.read_bytes(), backup.stat().st_mtime_ns)

    looked, _ = backups.verify(backup)

    assert looked.n_rows["person"] == 6
    assert (backup.read_bytes(), backup.stat().st_mtime_ns) == before
    assert [path.name for path in backup.parent.iterdir()] == ["monday.db"]


def test_a_backup_while_people_vote_holds_whole_votes_only(vote, store, tmp_path, record_property):
    """V12: Each backup restores to a moment that was: roll and box agree, the log fits."""
    made = [tmp_path / f"backup-{n}.db" for n in range(N_BACKUPS)]

    n_acked = vote_meanwhile(vote, store, lambda: [backups.back_up(target) for target in made])

    for target in made:
        with opened(target) as tx:
            answered, _ = ballots.turnout(tx, vote.ballot_id)
            rows = ballot_box.box_of(tx, vote.ballot_id)
            assert answered == len({row[0] for row in rows})
            assert len(rows) == len({row[:2] for row in rows})
            assert audit.first_broken(tx) is None
        backups.verify(target, is_restored=True)
    record_property("figure", f"{N_BACKUPS} backups during {sum(n_acked):,} answers, all whole")
    assert all(n_acked)


def vote_meanwhile(vote, store, act):
    """Have threads answer over and over while something is done; how many answers of each."""
    stop = threading.Event()
    items = [item.recommendation_id for item in vote_items(store, vote)]
    n_acked = [0] * N_WRITERS

    def write(n: int) -> None:
        people = list(vote.secrets.values())[n::N_WRITERS]
        for secret, item in itertools.cycle(itertools.product(people, items)):
            if stop.is_set():
                return
            voting.lay_answer(secret, vote.ballot_id, item, Answer(n_acked[n] % 3 - 1))
            n_acked[n] += 1

    threads = [threading.Thread(target=write, args=(n,)) for n in range(N_WRITERS)]
    for thread in threads:
        thread.start()
    try:
        act()
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    return n_acked


def vote_items(store, vote):
    with store.read() as tx:
        return ballots.ballot_by_id(tx, vote.ballot_id).items


def test_every_answer_before_a_backup_is_in_it(vote, store, tmp_path):
    """V12: I1 of what a backup holds."""
    (first, *_) = vote_items(store, vote)
    for secret in vote.secrets.values():
        voting.lay_answer(secret, vote.ballot_id, first.recommendation_id, Answer.PASS)

    backups.back_up(tmp_path / "b.db")

    with opened(tmp_path / "b.db") as tx:
        assert len(ballot_box.box_of(tx, vote.ballot_id)) == len(vote.secrets)


FOUND = {
    "not a database": "this is no database",
    "cut off": "it is damaged",
    "page overwritten": "it is damaged",
    "another product's": "not written by this product",
    "newer": "written by a newer program",
    "another vote sign": "not written by this product",
    "log tampered with": "audit log does not fit from event 2 on",
    "log cut off": "audit log does not fit",
    "orphans": "belong to nothing",
}


@pytest.mark.parametrize("how", sorted(FOUND))
def test_a_bad_backup_is_refused_and_the_database_stays(vote, store, backup, tmp_path, how):
    """V9: Refused in plain words, by the check and by the restore alike."""
    spoil(backup, how)
    n_before = turnout(store, vote.ballot_id)

    for refuse in (backups.verify, backups.restore):
        with pytest.raises(BackupRefused, match=FOUND[how]) as refused:
            refuse(backup)

    assert str(refused.value).startswith("monday.db: ")
    assert turnout(store, vote.ballot_id) == n_before
    assert not list(tmp_path.glob("restoring/*"))


def test_a_live_database_is_no_backup(vote, store, tmp_path):
    live = tmp_path / "live.db"
    shutil.copy(store.path, live)
    shutil.copy(f"{store.path}-wal", f"{live}-wal")

    with pytest.raises(BackupRefused, match="another file beside it"):
        backups.verify(live)
