"""The app as it is served, in a folder and at a port of its own. Start at `Served`."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[1]


def use_folder(folder: str) -> None:
    """What is stored and served from now on lies in this folder, at a free port."""
    os.environ |= {
        "ROUNDTABLE_FOLDER": folder,
        "ROUNDTABLE_WORKER": "0",
        "ROUNDTABLE_DWELL_GUARD_MS": "0",
        "PORT": str(free_port()),
    }


class Served:
    """The app in a process of its own, with its worker."""

    def __init__(self, folder: str) -> None:
        self.address = f"http://127.0.0.1:{os.environ['PORT']}"
        env = {**os.environ, "ROUNDTABLE_WORKER": "1", "ROUNDTABLE_FOLDER": folder}
        command = [sys.executable, "manage.py", "serve"]
        self.app = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def __enter__(self) -> str:
        for _ in range(240):
            try:
                if httpx.get(f"{self.address}/healthz", timeout=2).status_code == 200:
                    return self.address
            except httpx.HTTPError:
                pass
            time.sleep(0.5)
        raise SystemExit("The app did not answer within two minutes.")

    def spent_s(self) -> float:
        """Processor time of the app so far, its worker's left out; Linux alone tells it."""
        told = Path(f"/proc/{self.app.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

    def __exit__(self, *_: object) -> None:
        self.app.terminate()
        self.app.wait(20)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
