"""People vote while somebody holds hundreds of connections open and sends nothing, or too slowly."""

import os
import resource
import socket
import statistics
import time
from contextlib import ExitStack, suppress
from urllib.parse import urlsplit

import httpx
import pytest
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from participant.sessions import pid_of
from services.access import COMMAND_LINE, acting_as
from services.runtime import Runtime, use_runtime
from services.settings import read_settings
from tests.journeys.conftest import running_app
from tests.made_vote import make_vote
from tests.participant.conftest import Page

IS_STRESS = os.environ.get("STRESS") == "1"
N_IDLE = 5_000 if IS_STRESS else 500
N_SLOW = 100 if IS_STRESS else 20
N_SOCKETS = 120
N_RECOMMENDATIONS = 10
P95_S = 1.0


@pytest.fixture
def crowded(tmp_path):
    """A running app, its store in this process too, and room for many files here."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(before[1], 20_000), before[1]))
    with running_app(tmp_path) as address:
        made = Runtime(
            read_settings({"ROUNDTABLE_FOLDER": str(tmp_path), "ROUNDTABLE_WORKER": "0"})
        )
        use_runtime(made)
        yield address
        use_runtime(None)
        made.store.close()
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def half_a_request(address: str, sent: bytes) -> socket.socket:
    place = urlsplit(address)
    opened = socket.create_connection((place.hostname, place.port), timeout=10)
    opened.sendall(sent)
    return opened


def crowd(address: str, held: ExitStack) -> int:
    """Hold connections of every idle kind; how many sockets of the screens were let in."""
    for _ in range(N_IDLE):
        half = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-"
        held.enter_context(half_a_request(address, half))
    head = b"POST /p/x/who HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n"
    form = b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    for _ in range(N_SLOW):
        held.enter_context(half_a_request(address, head + form + b"a"))
    n_let_in = 0
    for _ in range(N_SOCKETS):
        with suppress(WebSocketException):
            url = f"ws://{urlsplit(address).netloc}/_stcore/stream"
            held.enter_context(connect(url, subprotocols=["streamlit"], open_timeout=10))
            n_let_in += 1
    return n_let_in


def cast(address: str, secret: str) -> list[float]:
    """One person's whole ballot; the seconds that each page took."""
    taken = []
    with httpx.Client(base_url=address, follow_redirects=True, timeout=30) as browser:
        browser.get(f"/p/j/{secret}")
        page = Page(browser.get(f"/p/{pid_of(secret)}/").text)
        start = next(href for name, href in page.links.items() if name.startswith("Start"))
        page = Page(browser.get(start).text)
        while "Agree" in page.buttons:
            form = next(f for f in page.forms if "Agree" in f.buttons)
            name, value = form.buttons["Agree"]
            began = time.monotonic()
            answer = browser.post(form.action, data={**form.hidden, name: value})
            taken.append(time.monotonic() - began)
            assert answer.status_code == 200, answer.text
            page = Page(answer.text)
    return taken


@pytest.mark.slow
def test_people_vote_while_hundreds_of_connections_hang(crowded, record_property):
    """S10: Idle connections, idle sockets and slow senders do not keep anybody from voting."""
    with acting_as(COMMAND_LINE):
        vote = make_vote(N_RECOMMENDATIONS)
    with ExitStack() as held:
        n_let_in = crowd(crowded, held)
        taken = [t for secret in vote.secrets.values() for t in cast(crowded, secret)]
    p95 = statistics.quantiles(taken, n=20)[-1]

    told = f"p95 {p95 * 1000:.0f} ms of {len(taken)} answers beside {N_IDLE} idle connections, "
    told += f"{n_let_in} idle sockets and {N_SLOW} slow senders"
    record_property("figure", told)
    assert len(taken) == N_RECOMMENDATIONS * len(vote.secrets)
    assert n_let_in == 100
    assert p95 <= P95_S
