"""A database that is locked, read-only, full, damaged or newer."""

import sqlite3
import subprocess
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import event

from domain.errors import StoreNotReady
from domain.votes import Answer
from services import upkeep, voting
from services.runtime import Runtime, use_runtime
from services.settings import read_settings
from store import ballot_box
from store.engine import Store
from tests.made_vote import make_vote


def in_box(store, vote) -> int:
    with store.read() as tx:
        return len(ballot_box.box_of(tx, vote.ballot_id))


def press_in_trouble(maria) -> tuple[int, str, bool]:
    """The answer of the server, when to try again, and whether the press can be sent again."""
    maria.press("Agree")
    response = maria.response
    return response.status_code, response.headers.get("retry-after"), bool(maria.page.forms)


@contextmanager
def locked(path: Path):
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_a_locked_database_acknowledges_nothing_and_loses_nothing(
    impatient, vote, maria, store, tmp_path
):
    """V9: Locked for longer than anybody waits."""
    with locked(tmp_path / "roundtable.db"):
        told = press_in_trouble(maria)
        n_then = in_box(store, vote)

    maria.press("Try again")

    assert told == (503, "5", True)
    assert (n_then, in_box(store, vote)) == (0, 1)


def test_a_read_only_database_acknowledges_nothing_and_loses_nothing(vote, maria, store):
    """V9: Every write is refused, as on a read-only disk."""
    store.engine.dispose()
    with closing_all(store, "PRAGMA query_only=ON"):
        told = press_in_trouble(maria)

    maria.press("Try again")

    assert told == (503, "5", True)
    assert in_box(store, vote) == 1


@contextmanager
def closing_all(store, pragma: str):
    """Every connection made within the block begins with the pragma."""

    def _begin(raw, _):
        raw.execute(pragma)

    event.listen(store.engine, "connect", _begin)
    try:
        yield
    finally:
        event.remove(store.engine, "connect", _begin)
        store.engine.dispose()


def test_a_full_database_keeps_nothing_half_and_goes_on_when_there_is_room(app_runtime, store):
    """V10: The file may not grow by a page."""
    vote = make_vote(30)
    places = [(secret, place) for secret in vote.secrets.values() for place in range(1, 31)]
    with store.read() as tx:
        n_pages = tx.exec_driver_sql("PRAGMA page_count").scalar_one()
    store.engine.dispose()
    with closing_all(store, f"PRAGMA max_page_count={n_pages}"):
        while_full = [press(vote, *place) for place in places]
        n_then = in_box(store, vote)

    after = [press(vote, *place) for place in places]

    assert n_then == sum(while_full) < len(places)
    assert (all(after), in_box(store, vote)) == (True, len(places))


def press(vote, secret: str, place: int) -> bool:
    """Whether an answer was acknowledged."""
    try:
        mark = voting.ballot_page(secret, vote.ballot_id, place).mark
        voting.answer(secret, vote.ballot_id, place, Answer.AGREE, mark)
    except StoreNotReady:
        return False
    return True


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 8 MB; only who may mount one can run this."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here; the full database is tested above")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_keeps_nothing_half_and_goes_on_when_there_is_room(
    migrated_file, small_disk, record_property
):
    """V10: On a disk of 8 MB that another file fills to the last byte."""
    (small_disk / "roundtable.db").write_bytes(migrated_file.read_bytes())
    settings = {"ROUNDTABLE_FOLDER": str(small_disk), "ROUNDTABLE_DWELL_GUARD_MS": "0"}
    made = Runtime(read_settings({**settings, "ROUNDTABLE_WORKER": "0"}))
    use_runtime(made)
    try:
        vote = make_vote()
        n_kept, n_refused = vote_on_a_full_disk(vote, small_disk)
        with made.store.read() as tx:
            whole = tx.exec_driver_sql("PRAGMA integrity_check").scalar_one()
            held = len(ballot_box.box_of(tx, vote.ballot_id))
    finally:
        use_runtime(None)
        made.store.close()

    record_property("figure", f"{n_refused} answers refused on a full disk, {n_kept} kept, 0 half")
    assert (whole, held) == ("ok", n_kept)
    assert n_refused > 0


def vote_on_a_full_disk(vote, disk: Path) -> tuple[int, int]:
    """Answers that were acknowledged and refused: before, while and after the disk is full."""
    people = list(vote.secrets.values())
    before = [press(vote, people[0], 1)]
    with (disk / "filler").open("wb", buffering=0) as filler, suppress(OSError):
        while True:
            filler.write(b"x" * 4096)
    while_full = [press(vote, secret, place) for secret in people for place in (2, 3)]
    (disk / "filler").unlink()
    after = [press(vote, people[1], 1)]
    told = [*before, *while_full, *after]
    assert (before, after) == ([True], [True])
    return sum(told), len(told) - sum(told)


def test_a_database_of_a_newer_version_is_refused_at_the_start(vote, store):
    """V9: Written by a newer program."""
    with store.write() as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(StoreNotReady, match="newer version"):
        upkeep.make_ready()


def test_a_damaged_database_is_refused_at_the_start_and_the_last_good_copy_named(
    vote, store, tmp_path
):
    """V9: Pages in the middle were overwritten."""
    copy = tmp_path / "roundtable-before-20260101T000000Z.db"
    store.back_up(copy)
    store.close()
    damage(tmp_path / "roundtable.db")

    with pytest.raises(StoreNotReady, match=copy.name):
        upkeep.make_ready()


def damage(path: Path) -> None:
    with path.open("r+b") as file:
        size = file.seek(0, 2)
        for at in range(3 * 4096, size, 4096 * 2):
            file.seek(at)
            file.write(b"\xff" * 4096)


def test_a_missing_database_is_not_replaced_by_an_empty_one(vote, store, tmp_path):
    """V9: While the app runs."""
    store.close()
    for path in tmp_path.glob("roundtable.db*"):
        path.unlink()

    with pytest.raises(StoreNotReady, match="no database"):
        Store(f"sqlite:///{tmp_path / 'roundtable.db'}").check()

    assert upkeep.health()["status"] == "failing"
