"""What was erased stays erased, whatever is put back."""

import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager

import httpx
import pytest

from services import backups, erasure, upkeep
from services.settings import HOME
from store import tombstones
from tests.journeys.conftest import free_port
from tests.planted import plant, search


@pytest.fixture
def planted(app_runtime):
    return plant()


def test_a_restored_backup_forgets_again(planted, tmp_path, tmp_path_factory, record_property):
    """B-12: With the command; no byte of the words comes back."""
    target = tmp_path_factory.mktemp("elsewhere") / "backup.db"
    backups.back_up(target)
    erasure.erase_person(planted.attendance_id, reason="asked")

    done = backups.restore(target)

    found = search(tmp_path, planted)
    record_property("figure", f"0 hits in {found.n_bytes:,} bytes after a restore")
    assert search(target.parent, planted).hits  # the backup itself still holds them
    assert done.steps.n_erased_again > 0
    assert found.hits == ()


@pytest.mark.slow
def test_a_database_put_back_by_hand_forgets_before_the_first_request(
    planted, store, tmp_path, tmp_path_factory
):
    """B-12: Without the command, in the app as it is served: its very first answer."""
    old = tmp_path_factory.mktemp("elsewhere") / "old.db"
    store.back_up(old)
    erasure.erase_person(planted.attendance_id, reason="asked")
    store.close()
    for path in tmp_path.glob("roundtable.db*"):
        path.unlink()
    shutil.copy(old, tmp_path / "roundtable.db")

    with served(tmp_path) as address:
        answer = first_answer(f"{address}/p/j/{planted.secret}")

    assert answer.status_code == 404
    assert search(old.parent, planted).hits
    assert search(tmp_path, planted, answer.content).hits == ()


@contextmanager
def served(folder):
    """The app as a process of its own over a folder; its log lies there too."""
    port = free_port()
    told = {"ROUNDTABLE_FOLDER": str(folder), "ROUNDTABLE_WORKER": "0", "PORT": str(port)}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with (folder / "app.log").open("wb") as log:
        app = subprocess.Popen(
            command, cwd=HOME, env={**os.environ, **told}, stdout=log, stderr=log
        )
        try:
            yield f"http://localhost:{port}"
        finally:
            app.terminate()
            app.wait(timeout=20)


def first_answer(address):
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            return httpx.get(address, timeout=30)
        except httpx.ConnectError:
            time.sleep(0.02)
    raise AssertionError("the app did not answer")


@pytest.mark.parametrize("cut", [1, 7, 40])
def test_a_line_that_was_cut_off_costs_no_other(app_runtime, tmp_path, cut):
    """B-12: A power loss in the middle of writing it down."""
    path = tmp_path / "stones.jsonl"
    stones = tombstones.made_now(tombstones.Kind.UTTERANCE, ["a1", "b2"])
    tombstones.append_to_file(path, stones)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - cut)

    tombstones.append_to_file(path, tombstones.made_now(tombstones.Kind.PERSON, ["c3"]))

    known = [stone.subject_id for stone in tombstones.read_file(path)]
    assert known[0] == "a1"
    assert known[-1] == "c3"


def test_a_lost_file_is_written_again_from_the_database(planted, store, app_runtime):
    """B-12: Each of the two makes up for the other."""
    erasure.erase_person(planted.attendance_id, reason="asked")
    path = app_runtime.settings.tombstone_file
    before = tombstones.read_file(path)
    path.unlink()

    upkeep.make_ready()

    assert sorted(map(str, tombstones.read_file(path))) == sorted(map(str, before))


def test_the_file_holds_ids_only(planted, app_runtime):
    """B-14: Whoever reads it learns that something was erased, and when."""
    erasure.erase_person(planted.attendance_id, reason="asked")

    told = app_runtime.settings.tombstone_file.read_text("utf-8").lower()

    assert not any(marker in told for marker in planted.markers.values())
    assert planted.attendance_id.lower() in told
