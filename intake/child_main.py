"""The reading process itself, started by `intake.child`. Start at `main`."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from domain.errors import RoundtableError
from intake import front_door
from intake.child_protocol import READY, WORN_OUT, receive, send

CPU_S = 20
MORE_MEMORY_BYTES = 512 * 1024**2
ALL_MEMORY_BYTES = 1024**3

_READERS: dict[str, Callable[..., object]] = {
    "read_transcript": front_door.read_transcript,
    "read_recommendations": front_door.read_recommendations,
    "read_roster": front_door.read_roster,
    "read_table": front_door.read_table,
    "read_pasted_captions": lambda _, data: front_door.read_pasted_captions(
        data.decode("utf-8", errors="replace")
    ),
}
_REFUSED_EVENTS = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork")


def main() -> None:
    """Answer questions until the app closes the pipe."""
    questions = sys.stdin.buffer
    # Whatever a library prints must not get between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    _import_readers()
    _limit_memory()
    sys.addaudithook(_refuse_outside)
    while True:
        try:
            question = receive(questions)
        except EOFError:
            return
        send(answers, READY if question is None else _answer(question))


def _answer(question: object) -> object:
    """The result, the refusal, or in a few words what broke."""
    if not isinstance(question, tuple):
        return "no question"
    reader_name, file_name, data, options = question
    _limit_cpu()
    try:
        return _READERS[reader_name](file_name, data, **options)
    except RoundtableError as refusal:
        return refusal
    except (MemoryError, RecursionError):
        return WORN_OUT
    except Exception as error:
        # The kind and the place only: the message may hold people's words.
        frame = error.__traceback__
        while frame is not None and frame.tb_next is not None:
            frame = frame.tb_next
        where = f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else "?"
        return f"{type(error).__name__} at {where}"


def _import_readers() -> None:
    """Load the office libraries once, before memory is counted."""
    import charset_normalizer
    import docx
    import openpyxl

    _ = (charset_normalizer, docx, openpyxl)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limit = pages * resource.getpagesize() + MORE_MEMORY_BYTES
    except (OSError, ValueError):
        limit = ALL_MEMORY_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _limit_cpu() -> None:
    """20 more seconds of processor time, for this file."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + CPU_S + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _refuse_outside(event: str, _: tuple[object, ...]) -> None:
    if event.startswith(_REFUSED_EVENTS):
        raise PermissionError("a reader of files has no business outside")


if __name__ == "__main__":
    main()
