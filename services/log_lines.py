"""Nobody's words in the log, and every entry on one line. Start at `guard_logs`.

A message of failure may quote what somebody said, and a name may hold line ends or colours for a
terminal. So of a failure only its kinds and places are written down, and every sign that is no
letter is spelled out.
"""

import logging
import re
import sys
import threading
import traceback
from types import TracebackType

_NO_LETTER = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_MOST_CAUSES = 5

_make_record = logging.getLogRecordFactory()


def guard_logs() -> None:
    """Guard what this process writes down from now on, whoever writes it."""
    logging.setLogRecordFactory(_guarded)
    sys.excepthook = _last_words
    threading.excepthook = lambda ended: _last_words(
        ended.exc_type, ended.exc_value, ended.exc_traceback
    )


def one_line(text: str) -> str:
    """The text with every sign that is no letter spelled out.

    >>> one_line("Ann\\nERROR forged")
    'Ann\\\\nERROR forged'
    """
    return _NO_LETTER.sub(lambda sign: sign.group().encode("unicode_escape").decode(), text)


def without_words(error: BaseException | None) -> str:
    """Kinds and places of a failure and of what caused it, without what it says."""
    told: list[str] = []
    while error is not None and len(told) < _MOST_CAUSES:
        # Not the lines of the source: the interpreter may have been given words as source.
        frames = traceback.extract_tb(error.__traceback__)
        places = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
        told.append("\n".join([f"{type(error).__module__}.{type(error).__qualname__}", *places]))
        error = error.__cause__ or error.__context__
    return "\nwhile handling ".join(told)


def _guarded(*args: object, **kwargs: object) -> logging.LogRecord:
    record: logging.LogRecord = _make_record(*args, **kwargs)
    if record.exc_info:
        record.exc_text = without_words(record.exc_info[1])
        record.exc_info = None
    if isinstance(record.args, tuple):
        record.args = tuple(_inert(arg) for arg in record.args)
    record.msg = one_line(str(record.msg)) if record.args else one_line(record.getMessage())
    return record


def _inert(arg: object) -> object:
    """An argument of a log entry; a failure is told by its kind alone."""
    if isinstance(arg, BaseException):
        return type(arg).__name__
    return one_line(arg) if isinstance(arg, str) else arg


def _last_words(
    kind: type[BaseException], error: BaseException | None, _: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    sys.stderr.write(f"{without_words(error)}\n")
