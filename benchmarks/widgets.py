"""How long an answer takes on our pages and on a page of Streamlit's widgets. See `measure`.

The same number of people, on the same computer, one way after the other; each answers ten
recommendations as fast as the page lets them. What is timed is what a person waits for: from a
press until the page shows what comes next. Everything that was answered has to be in the store.
"""

import argparse
import asyncio
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from benchmarks._served import Served, free_port, use_folder
from benchmarks._wire import Wire, get, post
from benchmarks.ballots import MARK, N_ASKED, _make_vote, _n_kept
from benchmarks.frame import Claim, at_least, faster, main

N_PEOPLE = 50
PAGE = Path(__file__).with_name("_widgets_page.py")


def measure(options: argparse.Namespace) -> Sequence[Claim]:
    """Seconds an answer on both, and whether all are stored."""
    ours, n_ours = _on_our_pages()
    theirs, n_theirs = _on_widgets()
    who = f"{N_PEOPLE} people at once, {N_ASKED} answers each: an answer and the next page"
    peer = "a page of Streamlit's widgets"
    n_all = N_PEOPLE * N_ASKED
    return [
        faster(f"{who}, median", _share(ours, 50), peer, _share(theirs, 50), 1),
        faster("— mean", float(np.mean(ours)), peer, float(np.mean(theirs)), 1),
        faster("— 95th percentile", _share(ours, 95), peer, _share(theirs, 95), 1),
        at_least("— stored of what was answered", n_ours / n_all, 1.0),
        at_least("— stored by the page of widgets", n_theirs / n_all, 1.0),
    ]


def _share(times_s: Sequence[float], share: float) -> float:
    return float(np.percentile(times_s, share))


def _on_our_pages() -> tuple[list[float], int]:
    with tempfile.TemporaryDirectory() as folder:
        use_folder(folder)
        secrets = _make_vote(0, N_PEOPLE)
        with Served(folder):
            times_s = asyncio.run(_vote_by_forms(int(os.environ["PORT"]), secrets))
        return times_s, _n_kept()


async def _vote_by_forms(port: int, secrets: Sequence[str]) -> list[float]:
    first = [await _first_page(port, secret) for secret in secrets]
    times_s: list[float] = []

    async def one(page: str, cookie: str, mark: str) -> None:
        wire = await Wire.to("127.0.0.1", port)
        for _ in range(N_ASKED):
            begun = time.perf_counter()
            _, told, _ = await wire.send(post(page, cookie, {"answer": "agree", "mark": mark}))
            page = told["location"]
            _, _, body = await wire.send(get(page, cookie))
            times_s.append(time.perf_counter() - begun)
            mark = (MARK.findall(body.decode()) or [""])[0]
        wire.close()

    await asyncio.gather(*(one(*told) for told in first))
    return times_s


async def _first_page(port: int, secret: str) -> tuple[str, str, str]:
    """Its address, the cookie and its mark."""
    wire = await Wire.to("127.0.0.1", port)
    _, told, _ = await wire.send(get(f"/p/j/{secret}", ""))
    cookie = told["set-cookie"].partition(";")[0]
    _, _, body = await wire.send(get(f"{told['location'].rstrip('/')}/", cookie))
    found = re.search(r'href="(/p/[^"]+/v/[^"/]+)/1"', body.decode())
    if found is None:
        raise SystemExit("No vote stands on the page of a voter.")
    _, _, body = await wire.send(get(f"{found[1]}/1", cookie))
    wire.close()
    return f"{found[1]}/1", cookie, MARK.findall(body.decode())[0]


def _on_widgets() -> tuple[list[float], int]:
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "answers.db"
        with closing(sqlite3.connect(database)) as made:
            made.execute("PRAGMA journal_mode=WAL")
            made.execute("CREATE TABLE answer (who, n, given, PRIMARY KEY (who, n))")
        with _widgets_served(folder, database) as port:
            times_s = asyncio.run(_vote_by_widgets(port))
        with closing(sqlite3.connect(database)) as kept:
            n_kept: int = kept.execute("SELECT count(*) FROM answer").fetchone()[0]
        return times_s, n_kept


@contextmanager
def _widgets_served(folder: str, database: Path) -> Iterator[int]:
    """Streamlit with its default settings: in a folder of its own it finds none of ours."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(PAGE), "--server.port", str(port)]
    command += ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
    page = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "WIDGETS_DATABASE": str(database)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield port
    finally:
        page.terminate()
        page.wait(20)


def _wait_for(address: str) -> None:
    for _ in range(240):
        try:
            if httpx.get(address, timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.5)
    raise SystemExit("The page of widgets did not answer within two minutes.")


async def _vote_by_widgets(port: int) -> list[float]:
    times_s: list[float] = []
    opened = [await _Screen.to(port, f"who={n}") for n in range(N_PEOPLE)]

    async def one(screen: "_Screen") -> None:
        for place in range(N_ASKED):
            begun = time.perf_counter()
            await screen.choose(place)
            times_s.append(time.perf_counter() - begun)
        await screen.socket.close()

    await asyncio.gather(*(one(screen) for screen in opened))
    return times_s


class _Screen:
    """One browser at the page of widgets, by the messages that it sends."""

    def __init__(self, socket: ClientConnection, query: str) -> None:
        self.socket, self.query = socket, query
        self._ids: list[str] = []
        self._state = BackMsg()

    @classmethod
    async def to(cls, port: int, query: str) -> "_Screen":
        address = f"ws://127.0.0.1:{port}/_stcore/stream"
        protocols = ["streamlit"]
        socket = await connect(
            address,
            subprotocols=protocols,  # type: ignore[arg-type]
            max_size=None,
            ping_interval=None,  # it is waited for, however long it takes
        )
        made = cls(socket, query)
        made._state.rerun_script.query_string = query
        await made._run()
        return made

    async def choose(self, place: int) -> None:
        """Choose at one recommendation, and wait until the page is whole again."""
        chosen = self._state.rerun_script.widget_states.widgets.add()
        chosen.id, chosen.string_value = self._ids[place], "Agree"
        await self._run()

    async def _run(self) -> None:
        await self.socket.send(self._state.SerializeToString())
        is_first = not self._ids
        async for raw in self.socket:
            told = ForwardMsg()
            told.ParseFromString(raw if isinstance(raw, bytes) else raw.encode())
            kind = told.WhichOneof("type")
            if kind == "delta" and is_first and told.delta.new_element.HasField("radio"):
                self._ids.append(told.delta.new_element.radio.id)
            is_over = kind == "script_finished"
            if is_over and told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return


if __name__ == "__main__":
    main("widgets", measure)
