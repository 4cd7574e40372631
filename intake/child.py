"""Files are read in a process of their own, with limits. Start at `read_safely`.

The process is started once and kept: a fresh one for each file would cost its start each time.
It may take 20 seconds for a file and 512 MB more than it has when idle (where the system can say
how much that is; else 1 GB in all). When it dies or is late, the file is refused and the next
file gets a new process. Some systems have no such limits (Windows); there only the 20 seconds hold.
"""

import atexit
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Literal, overload

from domain.errors import FileRefused, RoundtableError
from intake.child_protocol import READY, WORN_OUT, receive, send
from intake.limits import check_size
from intake.result import RecommendationList, RosterFile, Table, TranscriptFile

WALL_S = 20.0
START_S = 60.0

Result = TranscriptFile | RecommendationList | RosterFile | Table
Popen = subprocess.Popen[bytes]

_log = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parents[1]
_KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TEMP", "TMP", "VIRTUAL_ENV")
_lock = threading.Lock()
_children: list[Popen] = []


@overload
def read_safely(
    reader_name: Literal["read_transcript", "read_pasted_captions"],
    file_name: str,
    data: bytes,
    **options: object,
) -> TranscriptFile: ...
@overload
def read_safely(
    reader_name: Literal["read_recommendations"], file_name: str, data: bytes, **options: object
) -> RecommendationList: ...
@overload
def read_safely(
    reader_name: Literal["read_roster"], file_name: str, data: bytes, **options: object
) -> RosterFile: ...
@overload
def read_safely(
    reader_name: Literal["read_table"], file_name: str, data: bytes, **options: object
) -> Table: ...
def read_safely(reader_name: str, file_name: str, data: bytes, **options: object) -> Result:
    """Run a function of `intake.front_door` on a file, in the child process.

    For `read_pasted_captions`, `data` is the pasted text as UTF-8. Callable from any thread;
    files are read one after the other.
    """
    check_size(file_name, data)
    with _lock:
        answer = _ask_a_living_child((reader_name, file_name, data, options))
    if answer == WORN_OUT:
        raise FileRefused(
            file_name=file_name,
            found="The file needs more than 512 MB of memory to read.",
            todo="Split it, or save it as .txt or .csv, and bring it in again.",
        )
    if isinstance(answer, RoundtableError):
        raise answer
    if isinstance(answer, TranscriptFile | RecommendationList | RosterFile | Table):
        return answer
    _log.error("%s failed in the reading process: %s", reader_name, answer or "ended or late")
    raise FileRefused(
        file_name=file_name,
        found="The file took too long or too much memory to read, or it is damaged.",
        todo="Save it again, if possible in a simpler format such as .vtt, .txt or .csv.",
    )


def get_ready() -> None:
    """Start the child before there is a file: its start takes longer than most files do."""
    with _lock:
        _warm_child()


def stop_reading() -> None:
    """End the child process; the next file starts a new one."""
    with _lock:
        for child in list(_children):
            _stop(child)


def _warm_child() -> Popen:
    if _children and _children[0].poll() is None:
        return _children[0]
    for child in list(_children):
        _stop(child)
    # A plain start instead of multiprocessing: its spawn would run the program's main module
    # again, which under Streamlit is the page being drawn.
    child = subprocess.Popen(
        [sys.executable, "-m", "intake.child_main"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env={key: os.environ[key] for key in _KEPT_VARIABLES if key in os.environ},
        start_new_session=True,
    )
    _children.append(child)
    if _ask(child, None, START_S) != READY:
        _log.error("the reading process did not start")
    return child


def _ask_a_living_child(question: object) -> object:
    for _ in range(2):
        try:
            return _answer_of(_warm_child(), question)
        except BrokenPipeError:
            # Mostly it died while it had nothing to do, which is not the fault of this file.
            _log.warning("the reading process was gone; starting another")
    return None


def _answer_of(child: Popen, question: object) -> object:
    try:
        answer = _ask(child, question, WALL_S)
    except BrokenPipeError:
        _stop(child)
        raise
    if answer is None or answer == WORN_OUT:
        _stop(child)
    return answer


def _ask(child: Popen, question: object, limit_s: float) -> object:
    """The child's answer; None when it died, was late or answered nonsense."""
    assert child.stdin is not None
    assert child.stdout is not None
    watchdog = threading.Timer(limit_s, child.kill)
    watchdog.daemon = True
    watchdog.start()
    try:
        send(child.stdin, question)
        return receive(child.stdout)
    except BrokenPipeError:
        raise
    except Exception as error:
        _log.warning("the reading process broke off: %s", type(error).__name__)
        return None
    finally:
        watchdog.cancel()


def _stop(child: Popen) -> None:
    child.kill()
    for pipe in (child.stdin, child.stdout):
        _quietly(pipe.close if pipe is not None else None)
    child.wait()
    if child in _children:
        _children.remove(child)


def _quietly(close: Callable[[], None] | None) -> None:
    try:
        if close is not None:
            close()
    except OSError:
        _log.debug("a pipe of an ended process was already closed")


atexit.register(stop_reading)
