"""Processes that die in the middle of a vote."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faults.history import History, held_by, is_sound

ROOT = Path(__file__).parents[2]
N_KILLS = 200 if os.environ.get("STRESS") else 20


def killed_after(seconds: float, folder: Path, told: Path, seed: int) -> str:
    """What a process of voters said before it was killed."""
    environment = {**os.environ, "ROUNDTABLE_FOLDER": str(folder), "ROUNDTABLE_DWELL_GUARD_MS": "0"}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.voters", str(told), str(seed)],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as voters:
        first = voters.stdout.readline()
        time.sleep(seconds)
        voters.send_signal(signal.SIGKILL)
        return (first + voters.stdout.read()).decode()


@pytest.mark.timeout(1800)
def test_no_acknowledged_answer_is_lost_when_the_process_is_killed(
    vote, store, tmp_path, record_property
):
    """V7: At random points; after each kill, box and roll are compared with what voters heard."""
    told = tmp_path / "voters.json"
    told.write_text(json.dumps({"ballot_id": vote.ballot_id, "secrets": [*vote.secrets.values()]}))
    chance, history = random.Random(11), History()
    n_lost = n_made_up = n_torn = 0

    for seed in range(N_KILLS):
        said = killed_after(chance.uniform(0, 0.25), tmp_path, told, seed)
        history.read(said[: said.rfind("\n") + 1].splitlines())
        lost, made_up = history.lost_and_made_up(held_by(store, vote))
        n_lost, n_made_up = n_lost + len(lost), n_made_up + len(made_up)
        n_torn += not is_sound(store, vote)

    record_property(
        "figure",
        f"{N_KILLS} kills, {history.n_acknowledged:,} answers acknowledged, {n_lost} lost, "
        f"{n_made_up} made up, {n_torn} times torn",
    )
    assert history.n_acknowledged > N_KILLS
    assert (n_lost, n_made_up, n_torn) == (0, 0, 0)


def test_a_lost_answer_would_be_noticed():
    """V7: The comparison itself."""
    history = History()
    history.read(["ask 0 1 1", "ok 0 1 1", "ask 1 1 -1"])

    assert history.lost_and_made_up({}) == ([(0, 1)], [])
    assert history.lost_and_made_up({(0, 1): 1, (1, 1): -1}) == ([], [])
    assert history.lost_and_made_up({(0, 1): 0}) == ([(0, 1)], [(0, 1)])
