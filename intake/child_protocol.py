"""Messages between the app and its reading process. Start at `send` and `receive`."""

import io
import pickle
from typing import IO

READY = "ready"
WORN_OUT = "out of memory"
"""The process that says so is replaced: what it could not free would count again."""

_LENGTH_BYTES = 8
_ALLOWED_MODULES = ("intake.result", "domain.errors", "domain.people")


class _ResultsOnly(pickle.Unpickler):
    """Builds our results and nothing else: the other side has read a stranger's file."""

    def find_class(self, module: str, name: str) -> object:
        if module not in _ALLOWED_MODULES:
            raise pickle.UnpicklingError(f"{module}.{name} is no result")
        return super().find_class(module, name)


def send(pipe: IO[bytes], message: object) -> None:
    """Write one message with its length ahead."""
    body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(len(body).to_bytes(_LENGTH_BYTES, "big"))
    pipe.write(body)
    pipe.flush()


def receive(pipe: IO[bytes]) -> object:
    """Read one message; EOFError when the other side is gone."""
    length = int.from_bytes(_exactly(pipe, _LENGTH_BYTES), "big")
    message: object = _ResultsOnly(io.BytesIO(_exactly(pipe, length))).load()
    return message


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    pieces: list[bytes] = []
    while length:
        piece = pipe.read(min(length, 1024**2))
        if not piece:
            raise EOFError("the other side closed the pipe")
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)
