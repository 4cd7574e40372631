"""The reading process itself, started by `intake.child`. Start at `main`."""

import contextlib
import encodings
import importlib
import os
import pkgutil
import sys
from collections.abc import Callable
from pathlib import Path

from domain.errors import RoundtableError
from intake import front_door
from intake.child_protocol import READY, WORN_OUT, receive, send

CPU_S = 20
MORE_MEMORY_BYTES = 512 * 1024**2
ALL_MEMORY_BYTES = 1024**3
_MOST_OPEN = 64

_READERS: dict[str, Callable[..., object]] = {
    "read_transcript": front_door.read_transcript,
    "read_recommendations": front_door.read_recommendations,
    "read_roster": front_door.read_roster,
    "read_table": front_door.read_table,
    "read_pasted_captions": lambda _, data: front_door.read_pasted_captions(
        data.decode("utf-8", errors="surrogatepass")
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
    close_off()
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


def close_off() -> None:
    """Let this process open nothing any more: no file, no connection, no other program.

    The system itself refuses every further file and socket, also to libraries written in C;
    where it cannot (Windows), Python's own doors are closed.
    """
    sys.addaudithook(_refuse_outside)
    with contextlib.suppress(ImportError):
        _take_no_more_descriptors()
    # What is not loaded by now is not there: libraries then do without it, as they should.
    sys.meta_path.clear()


def _take_no_more_descriptors() -> None:
    import resource

    highest = max((n for n in range(_MOST_OPEN) if _is_open(n)), default=2)
    for hole in range(highest):
        if not _is_open(hole):
            os.dup2(highest, hole)
    resource.setrlimit(resource.RLIMIT_NOFILE, (highest + 1, highest + 1))


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def _import_readers() -> None:
    """Load all that reading needs, before memory is counted and files are out of reach."""
    import charset_normalizer
    import charset_normalizer.cd
    import docx
    import openpyxl
    import openpyxl.reader.excel

    _ = (charset_normalizer, docx, openpyxl)
    for found in pkgutil.iter_modules(encodings.__path__):
        # Some belong to another system ("mbcs").
        with contextlib.suppress(ImportError):
            importlib.import_module(f"encodings.{found.name}")


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
