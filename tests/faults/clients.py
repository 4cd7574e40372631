"""A server that can be killed, and people who vote at it over HTTP. Start at `killed_after`."""

import multiprocessing
import os
import random
import signal
import socket
import threading
import time
from pathlib import Path

import httpx
import uvicorn
from starlette.applications import Starlette

from participant.routes import routes
from services.runtime import Runtime, use_runtime
from services.settings import read_settings
from tests.made_vote import MadeVote
from tests.participant.conftest import Page

ANSWERS = {"Agree": 1, "Pass": 0, "Disagree": -1}
N_ITEMS = 3


def killed_after(seconds: float, folder: Path, vote: MadeVote, seed: int) -> list[str]:
    """What people heard of a server that was killed in the middle, one event a line."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()  # whoever comes early waits
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        # Forked, so that it starts at once; what it knows of the vote it reads from the folder.
        server = multiprocessing.get_context("fork").Process(
            target=_serve, args=(folder, listening)
        )
        server.start()
    said: list[str] = []
    people = [
        threading.Thread(target=_vote, args=(address, vote, secret, n, seed, said))
        for n, secret in enumerate(vote.secrets.values())
    ]
    for person in people:
        person.start()
    while not any(line.startswith("ok") for line in said):
        assert server.is_alive(), "the server ended by itself"
        time.sleep(0.01)
    time.sleep(seconds)
    os.kill(server.pid or 0, signal.SIGKILL)
    for one in (*people, server):
        one.join()
    return said


def _serve(folder: Path, listening: socket.socket) -> None:
    """A process of its own: its store, its keys, the pages of participants."""
    told = {"ROUNDTABLE_FOLDER": str(folder), "ROUNDTABLE_WORKER": "0"}
    use_runtime(Runtime(read_settings({**told, "ROUNDTABLE_DWELL_GUARD_MS": "0"})))
    config = uvicorn.Config(
        Starlette(routes=routes), log_level="critical", ws="none", lifespan="off"
    )
    uvicorn.Server(config).run(sockets=[listening])


def _vote(
    address: str, vote: MadeVote, secret: str, person: int, seed: int, said: list[str]
) -> None:
    """Somebody who changes their mind all the time, until nobody answers any more."""
    chance = random.Random(seed * 1_000 + person)
    with httpx.Client(base_url=address, timeout=30) as client:
        try:
            entered = client.get(f"/p/j/{secret}")
        except httpx.TransportError:
            return  # killed before this person was let in
        root = f"{entered.headers['location'].rstrip('/')}/v/{vote.ballot_id}"
        while True:
            place, words = chance.randint(1, N_ITEMS), chance.choice(list(ANSWERS))
            told = f"{person} {place} {ANSWERS[words]}"
            try:
                form = Page(client.get(f"{root}/{place}").text).forms[0]
                name, value = form.buttons[words]
                said.append(f"ask {told}")
                answered = client.post(form.action, data={**form.hidden, name: value})
            except httpx.TransportError:
                return
            if answered.status_code == 303:
                said.append(f"ok {told}")
