"""How many answers a second are kept for good, with every page read beforehand. See `measure`.

64 connections press as fast as they are answered. What is acknowledged is on the disk
(`synchronous=FULL`), and is looked for in the store afterwards. Again with 5 ms added to each
fsync, as on a slow disk.
"""

import argparse
import asyncio
import os
import re
import selectors
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks._served import Served, use_folder
from benchmarks._wire import Wire, get, post
from benchmarks.ballots import MARK, N_ASKED, Presses, _make_vote, _n_kept
from benchmarks.frame import Claim, at_least, at_most, main

N_CONNECTIONS, SLOW_FSYNC_MS, LONGEST_S = 64, 5, 30
END = b"\r\n\r\n"
WANTED_PER_S, P99_MS, SPENT_MS = 2000.0, 250.0, 0.5
SLOW_FSYNC = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>
static int slowly(const char *name, int fd) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    usleep(%d);
    return real(fd);
}
int fsync(int fd) { return slowly("fsync", fd); }
int fdatasync(int fd) { return slowly("fdatasync", fd); }
"""


def measure(options: argparse.Namespace) -> Sequence[Claim]:
    """Answers a second, and how long the slowest of a hundred takes."""
    claims = []
    for is_slow in (False, True) if shutil.which("cc") else (False,):
        found = _run(is_slow=is_slow)
        disk = f", {SLOW_FSYNC_MS} ms added to each fsync" if is_slow else ""
        seen, n_acked = found.seen, len(found.seen.times_ms)
        claims += [
            at_least(
                f"{N_CONNECTIONS} connections{disk}: durable answers a second",
                n_acked / found.took_s,
                WANTED_PER_S,
            ),
            at_most("— 99th percentile of a press", seen.percentile(99), P99_MS, "ms"),
            at_most("— the server's processor time a press", found.spent_ms, SPENT_MS, "ms"),
            at_most("— failed", float(seen.n_failed), 0, "presses"),
            at_least("— acknowledged and in the box", found.n_kept / max(1, n_acked), 1.0),
        ]
    return claims


@dataclass(frozen=True)
class Run:
    """What pressing all prepared answers took."""

    seen: Presses
    took_s: float
    spent_s: float
    """Processor time of the server, which tells the same when others work beside it."""
    n_kept: int

    @property
    def spent_ms(self) -> float:
        return self.spent_s * 1000 / max(1, len(self.seen.times_ms))


def _run(*, is_slow: bool) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        use_folder(folder)
        _begin_anew()
        secrets = _make_vote(0)
        with _slow_disk(Path(folder), is_slow):
            served = Served(folder)
        with served:
            seen, took_s, spent_s = asyncio.run(_press_all(served, secrets))
        return Run(seen, took_s, spent_s, _n_kept())


def _begin_anew() -> None:
    from services.runtime import use_runtime

    use_runtime(None)


@contextmanager
def _slow_disk(folder: Path, is_slow: bool) -> Iterator[None]:
    """What starts inside waits longer for each fsync."""
    if not is_slow:
        yield
        return
    source, library = folder / "slow_fsync.c", folder / "slow_fsync.so"
    source.write_text(SLOW_FSYNC % (SLOW_FSYNC_MS * 1000))
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    os.environ["LD_PRELOAD"] = str(library)
    try:
        yield
    finally:
        del os.environ["LD_PRELOAD"]


async def _press_all(served: Served, secrets: Sequence[str]) -> tuple[Presses, float, float]:
    port = int(os.environ["PORT"])
    wires = [await Wire.to("127.0.0.1", port) for _ in range(N_CONNECTIONS)]
    ready = await asyncio.gather(
        *(_read(w, secrets[i::N_CONNECTIONS]) for i, w in enumerate(wires))
    )
    for wire in wires:
        wire.close()  # the server ends connections that rested while others were reading
    spent_s, begun = served.spent_s(), time.perf_counter()
    seen = _press(port, ready)
    took_s, spent_s = time.perf_counter() - begun, served.spent_s() - spent_s
    return seen, took_s, spent_s


async def _read(wire: Wire, secrets: Sequence[str]) -> list[bytes]:
    """Every press of some people, ready to be sent."""
    presses = []
    for secret in secrets:
        _, headers, _ = await wire.send(get(f"/p/j/{secret}", ""))
        cookie = headers["set-cookie"].partition(";")[0]
        root = "/".join(headers["location"].split("/")[:3])
        _, _, body = await wire.send(get(f"{root}/", cookie))
        found = re.search(r'href="(/p/[^"]+/v/[^"/]+)/1"', body.decode())
        if found is None:
            raise SystemExit("No vote stands on the page of a voter.")
        for position in range(1, N_ASKED + 1):
            _, _, body = await wire.send(get(f"{found[1]}/{position}", cookie))
            fields = {"answer": "agree", "mark": MARK.findall(body.decode())[0]}
            presses.append(post(f"{found[1]}/{position}", cookie, fields))
    return presses


def _press(port: int, ready: Sequence[list[bytes]]) -> Presses:
    """Each connection sends its presses one after the other, as fast as they are answered.

    The client shares the cores with the server that is measured: bare sockets cost it a tenth of
    what an event loop does.
    """
    seen, begun = Presses(), dict[socket.socket, float]()
    with selectors.DefaultSelector() as selector:
        for presses in ready:
            connection, left = socket.create_connection(("127.0.0.1", port)), iter(presses)
            selector.register(connection, selectors.EVENT_READ, (connection, left))
            begun[connection] = _sent(connection, next(left))
        while selector.get_map():
            for key, _ in selector.select(timeout=LONGEST_S):
                connection, left = key.data
                answer = connection.recv(1 << 16)
                if answer.startswith(b"HTTP/1.1 303") and answer.endswith(END):
                    seen.times_ms.append((time.perf_counter() - begun[connection]) * 1000)
                else:
                    seen.n_failed += 1
                press = next(left, None) if answer else None
                if press is None:
                    selector.unregister(connection)
                    connection.close()
                else:
                    begun[connection] = _sent(connection, press)
    return seen


def _sent(connection: socket.socket, press: bytes) -> float:
    """Send a press; the moment at which it went."""
    connection.sendall(press)
    return time.perf_counter()


if __name__ == "__main__":
    main("answers", measure)
