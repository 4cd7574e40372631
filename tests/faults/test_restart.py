"""The whole app, killed and started again, and kept busy for long."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from services.runtime import Runtime
from tests.journeys.conftest import free_port
from tests.made_vote import MadeVote
from tests.participant.conftest import Page

ROOT = Path(__file__).parents[2]
SOAK_S = float(os.environ.get("SOAK_S", "7200"))
ANSWERS_A_SECOND = 20


@contextmanager
def served(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The app as a process group of its own, so that it can be killed with all it started."""
    told = {"ROUNDTABLE_FOLDER": str(folder), "ROUNDTABLE_DWELL_GUARD_MS": "0", "PORT": str(port)}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with (folder / "app.log").open("ab") as log:
        app = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **told},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield app
    finally:
        os.killpg(app.pid, signal.SIGKILL)
        app.wait()


class Person:
    """Somebody who answers over HTTP, as a browser without scripts does."""

    def __init__(self, address: str, secret: str) -> None:
        self.client = httpx.Client(base_url=address, follow_redirects=True, timeout=30)
        self.secret = secret

    def enter(self, ballot_id: str) -> str:
        home = self.client.get(f"/p/j/{self.secret}")
        return "/".join([*home.url.path.split("/")[:3], "v", ballot_id])

    def answer(self, root: str, place: int, words: str) -> int:
        page = Page(self.client.get(f"{root}/{place}").text)
        form = next(form for form in page.forms if words in form.buttons)
        name, value = form.buttons[words]
        return self.client.post(form.action, data={**form.hidden, name: value}).status_code


def answered(address: str, vote: MadeVote, words: str, until_s: float) -> float:
    """How long it took until an answer was taken, in seconds."""
    begun = time.monotonic()
    while time.monotonic() - begun < until_s:
        person = Person(address, vote.maria)
        try:
            if person.answer(person.enter(vote.ballot_id), 1, words) == 200:
                return time.monotonic() - begun
        except (httpx.TransportError, StopIteration):
            time.sleep(0.05)
        finally:
            person.client.close()
    pytest.fail(f"no answer was taken within {until_s} s")


@pytest.mark.slow
def test_ballots_are_taken_soon_after_a_crash(
    vote: MadeVote, app_runtime: Runtime, tmp_path: Path, record_property
):
    """C-L6: The app and its worker are killed with -9 in mid-vote."""
    app_runtime.store.close()
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with served(tmp_path, port):
        answered(address, vote, "Agree", 60)
    with served(tmp_path, port):
        again = answered(address, vote, "Disagree", 60)

    record_property("figure", f"first answer {again:.1f} s after the new start")
    assert again <= 10


@pytest.mark.skipif(not os.environ.get("STRESS"), reason="hours: run by hand, `make stress`")
@pytest.mark.timeout(4 * 3600)
def test_hours_of_voting_leave_memory_and_disk_flat(
    vote: MadeVote, app_runtime: Runtime, tmp_path: Path, record_property
):
    """C-L3: 20 answers a second for two hours (`SOAK_S` seconds)."""
    app_runtime.store.close()
    port, chance = free_port(), random.Random(2)
    address = f"http://127.0.0.1:{port}"
    wal = tmp_path / "roundtable.db-wal"
    with served(tmp_path, port) as app:
        answered(address, vote, "Agree", 60)
        people = [Person(address, secret) for secret in vote.secrets.values()]
        roots = [person.enter(vote.ballot_id) for person in people]
        waits: list[float] = []
        rss: list[int] = []
        longest_wal, begun = 0, time.monotonic()
        while (elapsed := time.monotonic() - begun) < SOAK_S:
            time.sleep(max(0.0, len(waits) / ANSWERS_A_SECOND - elapsed))
            who, asked = chance.randrange(len(people)), time.monotonic()
            words = chance.choice(["Agree", "Disagree"])
            assert people[who].answer(roots[who], chance.randint(1, 3), words) == 200
            waits.append(time.monotonic() - asked)
            if len(waits) % 200 == 0:
                rss.append(psutil.Process(app.pid).memory_info().rss)
                longest_wal = max(longest_wal, wal.stat().st_size)
        for person in people:
            person.client.close()
    quarter = len(waits) // 4
    early, late = p95(waits[quarter : 2 * quarter]), p95(waits[-quarter:])
    grown = rss[-1] - rss[len(rss) // 10]
    record_property(
        "figure",
        f"{len(waits):,} answers in {SOAK_S / 60:.0f} min: memory {grown / 2**20:+.0f} MB, longest "
        f"journal {longest_wal / 2**20:.1f} MB, p95 {early * 1000:.0f} ms, later {late * 1000:.0f} ms",
    )
    assert grown <= 50 * 2**20
    assert longest_wal <= 64 * 2**20
    assert 0.8 * early <= late <= 1.2 * early


def p95(values: list[float]) -> float:
    return sorted(values)[int(0.95 * len(values))]
