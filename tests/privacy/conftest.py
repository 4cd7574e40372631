"""The browser, and the running app with every way out of this computer shut."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from services.access import COMMAND_LINE, acting_as
from services.runtime import use_runtime
from tests.browser import chromium
from tests.journeys.conftest import ROOT, running_app
from tests.output.conftest import runtime_over
from tests.pages.chain import Chain, make_chain

__all__ = ["chromium"]

SHUT = '''
"""Loaded by every Python process that starts with this folder on its path."""
import os, sys

_LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")

def _tell(what):
    with open(os.environ["EGRESS_LOG"], "a", encoding="utf-8") as log:
        log.write(f"{os.getpid()} {what}\\\\n")
    raise ConnectionRefusedError(f"this test shut the way to {what}")

def _look(event, args):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = args[1]
        host = address[0] if isinstance(address, tuple) else ""
        if host and not str(host).startswith(_LOOPBACK):
            _tell(f"{event} {address}")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = args[0]
        host = host.decode() if isinstance(host, bytes) else host
        if host and not str(host).startswith(_LOOPBACK):
            _tell(f"{event} {host}")

sys.addaudithook(_look)
with open(os.environ["EGRESS_LOG"] + ".started", "a", encoding="utf-8") as log:
    log.write(f"{os.getpid()} {' '.join(sys.argv[:3]) if hasattr(sys, 'argv') else ''}\\\\n")
'''.replace("\\\\n", "\\n")


@dataclass
class ShutApp:
    """A running app that can reach nothing but this computer."""

    address: str
    folder: Path
    chain: Chain
    environment: dict[str, str]

    @property
    def tried(self) -> list[str]:
        """What its processes tried to reach."""
        log = self.folder / "egress.log"
        return log.read_text("utf-8").splitlines() if log.exists() else []

    @property
    def n_processes(self) -> int:
        """How many Python processes were watched."""
        started = self.folder / "egress.log.started"
        return len({line.split()[0] for line in started.read_text("utf-8").splitlines()})

    def run_python(self, code: str) -> str:
        """Run a line in the same surroundings."""
        command = [sys.executable, "-c", code]
        environment = {**os.environ, **self.environment}
        done = subprocess.run(
            command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
        return done.stderr


@pytest.fixture(scope="module")
def shut_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShutApp]:
    """The app with a whole chain in it, worker included, and no way out."""
    folder = tmp_path_factory.mktemp("shut")
    (folder / "path").mkdir()
    (folder / "path" / "sitecustomize.py").write_text(SHUT, encoding="utf-8")
    runtime = runtime_over(folder)
    use_runtime(runtime)
    with acting_as(COMMAND_LINE):
        chain = make_chain()
    use_runtime(None)
    runtime.store.close()
    environment = {
        "PYTHONPATH": str(folder / "path"),
        "EGRESS_LOG": str(folder / "egress.log"),
        "STREAMLIT_SERVER_HEADLESS": "true",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, told in environment.items():
            patch.setenv(name, told)
        with running_app(folder) as address:
            yield ShutApp(address, folder, chain, environment)
