"""Keeps one worker process running beside the app. Start at `start`.

The worker is a child with a pipe as its standard input: a line wakes it or asks it to load the
model, and the end of the pipe, when this process dies, ends it.
"""

import logging
import subprocess
import sys
import threading

from services.runtime import runtime
from services.settings import HOME

logger = logging.getLogger(__name__)
RESTART_AFTER_S = 2.0
WARM = b"warm\n"


class Supervisor:
    """Starts the worker, starts it again when it dies, and wakes it."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="worker-watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        child = self._child
        if child and child.stdin:
            child.stdin.close()
            try:
                child.wait(timeout=5)
            except subprocess.TimeoutExpired:
                child.kill()
        self._thread.join(timeout=10)

    def tell(self, line: bytes) -> None:
        child = self._child
        if child and child.stdin and child.poll() is None:
            try:
                child.stdin.write(line)
            except (OSError, ValueError):  # it just died, or its pipe is closed already
                logger.info("the worker is being started again")

    def _watch(self) -> None:
        while not self._stopping.is_set():
            try:
                code = self._run_once()
            except OSError as error:
                logger.warning("the worker could not be started: %s", error)
            else:
                if self._stopping.is_set():
                    return
                logger.warning("the worker ended with code %s and is started again", code)
            self._stopping.wait(RESTART_AFTER_S)

    def _run_once(self) -> int:
        command = [sys.executable, "-m", "services.worker"]
        # Unbuffered: what a dead worker did not read must not wait for the closing of its pipe.
        with subprocess.Popen(command, stdin=subprocess.PIPE, cwd=HOME, bufsize=0) as child:
            self._child = child
            if self._stopping.is_set() and child.stdin:
                child.stdin.close()
            return child.wait()


_supervisor: Supervisor | None = None


def start() -> None:
    """Start the worker of this process, unless the settings say that there is none."""
    global _supervisor
    if runtime().settings.has_worker and _supervisor is None:
        _supervisor = Supervisor()
        _supervisor.start()


def stop() -> None:
    """End the worker with the app."""
    global _supervisor
    if _supervisor is not None:
        _supervisor.stop()
        _supervisor = None


def wake() -> None:
    """Tell the worker that there is work; it also looks by itself every second."""
    if _supervisor is not None:
        _supervisor.tell(b"wake\n")


def warm() -> None:
    """Have the worker load the model as soon as it has nothing else to do."""
    if _supervisor is not None:
        _supervisor.tell(WARM)
