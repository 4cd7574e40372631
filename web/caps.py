"""How much one request may bring, and how long it may take to bring it. Start at `Caps`."""

import re
import time
from typing import NoReturn

import anyio
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.forms import LARGEST_WRITING
from web.plain import refuse

LARGEST_HEADERS = 16 * 1024
LARGEST_BODY = 64 * 1024
LARGEST_UPLOAD = 51 * 1024 * 1024
"""A little over what the uploader takes, so that it can say so itself."""
BODY_WITHIN_S = 30.0
UPLOAD_WITHIN_S = 600.0

_UPLOADS = "/_stcore/upload_file/"
_WRITING = re.compile(r"/p/[^/]+/write/[^/]+(?:/keep)?")


class _Cut(Exception):
    """Nothing more of this request is read."""


class Caps:
    """Refuses headers and bodies that no page of ours sends, before anything else reads them."""

    def __init__(self, app: ASGIApp, *, body_within_s: float = BODY_WITHIN_S) -> None:
        self.app = app
        self.body_within_s = body_within_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
        elif _size_of_headers(scope) > LARGEST_HEADERS:
            await _refuse_headers(scope, receive, send)
        elif scope["type"] == "websocket":
            await self.app(scope, receive, send)
        else:
            is_upload = scope["path"].startswith(_UPLOADS)
            within_s = UPLOAD_WITHIN_S if is_upload else self.body_within_s
            largest = LARGEST_UPLOAD if is_upload else _largest(scope["path"])
            if _told_size(scope) > largest:
                await _closing(_too_large())(scope, receive, send)
            else:
                body = _Body(largest, within_s, scope)
                await body.pass_to(self.app, receive, send)


class _Body:
    """The body of one request, watched while it is read."""

    def __init__(self, largest: int, within_s: float, scope: Scope) -> None:
        self.largest, self.within_s, self.scope = largest, within_s, scope
        self.until = time.monotonic() + within_s
        self.n_bytes = 0
        self.is_whole = self.is_answered = self.is_cut = False

    async def pass_to(self, app: ASGIApp, receive: Receive, send: Send) -> None:
        """Let the app read it; once it is refused nothing that the app says goes out."""

        async def _receive() -> Message:
            if self.is_whole:
                return await receive()
            refusal, message = await self._next(receive)
            if refusal is not None:
                await self._cut(refusal, receive, send)
            return message

        async def _send(message: Message) -> None:
            self.is_answered = True
            if not self.is_cut:
                await send(message)

        try:
            await app(self.scope, _receive, _send)
        except Exception:
            if not self.is_cut:
                raise

    async def _cut(self, refusal: Response, receive: Receive, send: Send) -> NoReturn:
        self.is_cut = True
        if not self.is_answered:
            await _closing(refusal)(self.scope, receive, send)
        raise _Cut

    async def _next(self, receive: Receive) -> tuple[Response | None, Message]:
        try:
            with anyio.fail_after(max(0.0, self.until - time.monotonic())):
                message = await receive()
        except TimeoutError:
            return _too_slow(), {}
        self.n_bytes += len(message.get("body", b""))
        self.is_whole = not message.get("more_body", False)
        return _too_large() if self.n_bytes > self.largest else None, message


def _largest(path: str) -> int:
    return LARGEST_WRITING if _WRITING.fullmatch(path) else LARGEST_BODY


def _closing(answer: Response) -> Response:
    """What else comes on this connection is not read."""
    answer.headers["Connection"] = "close"
    return answer


def _too_large() -> Response:
    return refuse(413, "Too much at once", "This is more than our page sends. Send less.")


def _too_slow() -> Response:
    return refuse(
        408,
        "It took too long to arrive",
        "The press did not arrive whole, and nothing was changed. Go back and press again.",
    )


def _size_of_headers(scope: Scope) -> int:
    told = sum(len(name) + len(value) + 4 for name, value in scope["headers"])
    return told + len(scope.get("raw_path") or b"") + len(scope["query_string"])


def _told_size(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name.lower() == b"content-length":
            return int(value[:15]) if value.isdigit() else 0
    return 0


async def _refuse_headers(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1009})
        return
    answer = refuse(431, "Too much to read", "The address or what came with it is too long.")
    await _closing(answer)(scope, receive, send)
