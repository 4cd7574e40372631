"""The power goes: what the disk was told to keep is there, what came after may be torn."""

import os
import random
import shutil
from pathlib import Path

import pytest

from domain.votes import Answer
from services import voting
from store.engine import Store
from tests.faults.history import History, held_by, is_sound

N_CUTS = 300 if os.environ.get("STRESS") else 30
N_PRESSES = 60


def pressed(vote, wal: Path) -> list[tuple[str, int]]:
    """Events, each with how long the journal was when it happened."""
    chance, told = random.Random(5), []
    people = list(vote.secrets.values())
    for _ in range(N_PRESSES):
        person, place = chance.randrange(len(people)), chance.randint(1, 3)
        given = chance.choice(list(Answer))
        mark = voting.ballot_page(people[person], vote.ballot_id, place).mark
        where = f"{person} {place} {int(given)}"
        told.append((f"ask {where}", wal.stat().st_size))
        voting.answer(people[person], vote.ballot_id, place, given, mark)
        told.append((f"ok {where}", wal.stat().st_size))
    return told


def cut(source: Path, target: Path, at: int, chance: random.Random) -> None:
    """A copy as after a power cut: whole up to what was synced, then torn, then nothing."""
    shutil.copy(source, target)
    wal = source.with_name(source.name + "-wal").read_bytes()
    torn = bytes(chance.randrange(256) for _ in range(chance.randrange(0, 5_000)))
    target.with_name(target.name + "-wal").write_bytes(wal[:at] + torn)


@pytest.mark.timeout(900)
def test_no_acknowledged_answer_is_lost_when_the_power_goes(vote, store, tmp_path, record_property):
    """V8: The journal is cut at random bytes after the last acknowledged answer."""
    database = tmp_path / "roundtable.db"
    told = pressed(vote, database.with_name("roundtable.db-wal"))
    chance, n_lost, n_torn = random.Random(9), 0, 0

    for n in range(N_CUTS):
        moment = chance.randrange(len(told) - 1)
        synced, longest = told[moment][1], told[moment + 1][1]
        history = History()
        history.read(event for event, _ in told[: moment + 1])
        # What was asked for but not acknowledged may lie in the journal already.
        history.read([told[moment + 1][0].replace("ok", "ask")])
        copy = tmp_path / f"cut{n}.db"
        cut(database, copy, chance.randint(synced, longest), chance)
        after = Store(f"sqlite:///{copy}")
        lost, made_up = history.lost_and_made_up(held_by(after, vote))
        n_lost += len(lost) + len(made_up)
        n_torn += not is_sound(after, vote)
        after.close()

    record_property("figure", f"{N_CUTS} cuts of power, {n_lost} answers lost, {n_torn} times torn")
    assert (n_lost, n_torn) == (0, 0)


def test_each_commit_waits_for_the_disk(store):
    """V8: With less than FULL a cut of power may take acknowledged answers along."""
    with store.read() as tx:
        assert tx.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
