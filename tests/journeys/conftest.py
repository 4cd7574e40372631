"""The whole app as a process of its own, over a store of its own, for a browser to walk."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.browser import chromium

ROOT = Path(__file__).parents[2]
__all__ = ["chromium"]


@pytest.fixture(scope="module")
def app_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the running app; its store is empty."""
    with running_app(tmp_path_factory.mktemp("journey")) as address:
        yield address


@contextmanager
def running_app(folder: Path) -> Iterator[str]:
    """Serve the app, worker included, as `make run` does."""
    port = free_port()
    environment = {
        **os.environ,
        "ROUNDTABLE_FOLDER": str(folder),
        "ROUNDTABLE_WORKER": "1",
        "ROUNDTABLE_DWELL_GUARD_MS": "0",
        "PORT": str(port),
    }
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with (folder / "app.log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        address = f"http://localhost:{port}"
        try:
            _wait_until_healthy(address, server, folder / "app.log")
            yield address
        finally:
            server.terminate()
            server.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_until_healthy(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the app did not start:\n{log.read_text()[-2000:]}")
