"""What stands between the network and the screens, as pure ASGI. Start at `OUTERMOST`."""

from collections.abc import Iterable

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from ui.shell import SHELL

_Headers = list[tuple[bytes, bytes]]

_ON_EVERY_ANSWER = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"x-frame-options": b"DENY",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
_NOTHING = (
    b"default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    b"frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
_OF_THE_OLD_PAGE = {b"content-length", b"content-encoding", b"etag", b"last-modified"}

# Anybody who can open the page could empty everybody's cache or drive the page as a program.
_REFUSED_MESSAGES = {"clear_cache", "load_git_info", "set_run_on_save"}
_LONGEST_REFUSED = 64
_CLOSED_PATHS = ("/_stcore/agent", "/_stcore/metrics", "/auth/", "/oauth2callback")


class SecurityHeaders:
    """Adds the headers that an answer does not carry yet, and puts our first page in place.

    A page of ours carries a policy of its own; HTML without one is the shell of the screens, unless
    it is a file that somebody takes along.
    Nothing is held back: bodies pass as they come, so events and uploads stream.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_shell = False

        async def _send(message: Message) -> None:
            nonlocal is_shell
            if message["type"] == "http.response.start":
                headers = list(message["headers"])
                is_shell = message["status"] == 200 and _is_bare_html(headers)
                if is_shell:
                    headers = _shell_headers(headers)
                policy = _policy_of(scope["path"])
                await send({**message, "headers": _with_defaults(headers, policy)})
            elif is_shell:
                if not message.get("more_body"):
                    body = b"" if scope["method"] == "HEAD" else SHELL.page
                    await send({"type": "http.response.body", "body": body})
            else:
                await send(message)

        await self.app(scope, receive, _send)


class MessageFilter:
    """Drops messages that no screen of ours sends, and closes doors that nobody here uses."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(_CLOSED_PATHS):
            await send({"type": "http.response.start", "status": 404, "headers": []})
            await send({"type": "http.response.body", "body": b""})
            return
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return

        async def _receive() -> Message:
            while True:
                message = await receive()
                if not _is_refused(message):
                    return message

        await self.app(scope, _receive, send)


OUTERMOST = [Middleware(SecurityHeaders)]
INNERMOST = [Middleware(MessageFilter)]


def _is_refused(message: Message) -> bool:
    data = message.get("bytes") if message["type"] == "websocket.receive" else None
    if not data or len(data) > _LONGEST_REFUSED:
        return False
    sent = BackMsg()
    try:
        sent.ParseFromString(data)
    except DecodeError:
        return False
    return sent.WhichOneof("type") in _REFUSED_MESSAGES


def _is_bare_html(headers: _Headers) -> bool:
    named = {name.lower(): value for name, value in headers}
    is_html = named.get(b"content-type", b"").startswith(b"text/html")
    is_taken_along = named.get(b"content-disposition", b"").startswith(b"attachment")
    return is_html and not is_taken_along and b"content-security-policy" not in named


def _shell_headers(headers: _Headers) -> _Headers:
    kept = [(name, value) for name, value in headers if name.lower() not in _OF_THE_OLD_PAGE]
    kept.append((b"content-length", str(len(SHELL.page)).encode()))
    kept.append((b"content-security-policy", SHELL.policy.encode()))
    return kept


def _policy_of(path: str) -> bytes:
    """What an answer without a policy may do: a script's worker as much as its page."""
    return SHELL.policy.encode() if path.startswith("/static/") else _NOTHING


def _with_defaults(headers: Iterable[tuple[bytes, bytes]], policy: bytes) -> _Headers:
    given = list(headers)
    known = {name.lower() for name, _ in given}
    wanted = {**_ON_EVERY_ANSWER, b"content-security-policy": policy}
    return given + [(n, v) for n, v in wanted.items() if n not in known]
