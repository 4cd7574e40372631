"""Who gets as far as the staff's screens. Start at `Gate`.

Everything is closed but what `is_public` names. While there are accounts, a request needs the
cookie of a session that is alive now; headers that name somebody are never read. While there are
none, only this computer gets in, under one of its own names.
"""

from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, urlsplit

from anyio.to_thread import run_sync
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from domain.access import Actor
from domain.errors import RoundtableError
from services import accounts
from services.runtime import runtime
from services.settings import is_this_computer
from web.limits import address_of
from web.plain import HEADERS, refuse
from web.sockets import OpenSockets

SIGN_IN = "/sign-in"
_PUBLIC = frozenset({SIGN_IN, "/sign-out", "/healthz", "/favicon.ico"})
_PUBLIC_UNDER = ("/p/", "/i/", "/set-up/", "/staff/", "/look/", "/static/")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_NOT_PAGES = ("/_stcore/", "/media/", "/component/")
_POLICY_VIOLATION = 1008


@dataclass(frozen=True)
class Found:
    """What the store says of a token: whether there are accounts at all, and whose it is."""

    has_accounts: bool
    actor: Actor | None


class Gate:
    """Refuses other sites, other names of this server, and whoever is not signed in."""

    def __init__(self, app: ASGIApp, sockets: OpenSockets | None = None) -> None:
        self.app = app
        self.sockets = sockets or OpenSockets()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        refusal = _of_another_site(scope)
        if refusal is None and is_public(scope):
            await self.app(scope, receive, send)
            return
        token, found = token_of(scope), None
        if refusal is None:
            try:
                found = await run_sync(look_up, token)
            except RoundtableError as error:
                refusal = refuse(503, "This does not work just now", str(error))
            else:
                refusal = _of_a_stranger(scope, found)
        if refusal is not None:
            await _answer(refusal, scope, receive, send)
        elif scope["type"] == "websocket" or is_stream(scope):
            actor = found.actor if found else None
            await self.sockets.serve(self.app, (scope, receive, send), token, actor)
        else:
            await self.app(scope, receive, send)


def is_public(scope: Scope) -> bool:
    """Whether a request needs no sign-in: its page asks for a secret of its own, or has none."""
    path: str = scope["path"]
    is_http = scope["type"] == "http"
    return is_http and (path in _PUBLIC or path.startswith(_PUBLIC_UNDER))


def is_stream(scope: Scope) -> bool:
    """Whether the answer goes on for as long as the page is open, as a socket does."""
    path: str = scope["path"]
    return path.startswith("/watch/") and path.endswith("/live")


def token_of(scope: Scope) -> str:
    """The token in the staff's cookie; empty where there is none, or where there are several.

    Two cookies of one name mean that somebody else put one there.
    """
    name, told = accounts.cookie_name(), []
    for header in HTTPConnection(scope).headers.getlist("cookie"):
        told += [part.strip() for part in header.split(";")]
    tokens = [part.partition("=")[2] for part in told if part.partition("=")[0] == name]
    if len(tokens) != 1:
        return ""
    return _unquoted(tokens[0])


def look_up(token: str) -> Found:
    """Read anew who holds a token."""
    has_accounts = accounts.has_accounts()
    return Found(has_accounts, accounts.actor_of(token) if has_accounts and token else None)


def _of_another_site(scope: Scope) -> Response | None:
    """Pages of other sites can send requests here, and can give this computer another name."""
    if scope["type"] == "http" and scope["path"] == "/healthz":
        return None
    headers = HTTPConnection(scope).headers
    host = _host_name(headers.get("host", ""))
    public = urlsplit(runtime().settings.public_url)
    if not is_this_computer(host) and host != public.hostname:
        told = f"This server is known by another name. Open {runtime().settings.public_url}."
        return refuse(421, "Another address", told)
    if scope["type"] == "http" and scope["method"] in _SAFE:
        return None
    site = headers.get("sec-fetch-site", "none") if scope["type"] == "http" else "none"
    origin = headers.get("origin", "null")
    ours = {headers.get("host", ""), public.netloc}
    # Our pages send no referrer, and browsers then send the origin "null".
    is_ours = "origin" not in headers or _net_place(origin) in ours
    is_hidden = origin == "null" and scope["type"] == "http"
    if site in ("same-origin", "none") and (is_ours or is_hidden):
        return None
    told = "The press came from a page that is not ours. Open the page here and press again."
    return refuse(403, "Not our page", told)


def _of_a_stranger(scope: Scope, found: Found) -> Response | None:
    if not found.has_accounts:
        return None if _is_here(scope) else _only_here()
    if found.actor is not None:
        return None
    if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
        path: str = scope["path"]
        query = scope["query_string"].decode("latin-1")
        wanted = quote(f"{path}?{query}" if query else path, safe="")
        if not path.startswith(_NOT_PAGES):
            return RedirectResponse(f"{SIGN_IN}?next={wanted}", 303, headers=HEADERS)
    return PlainTextResponse("Sign in first.", 401, headers=HEADERS)


def _is_here(scope: Scope) -> bool:
    headers = HTTPConnection(scope).headers
    return is_this_computer(address_of(scope)) and is_this_computer(
        _host_name(headers.get("host", ""))
    )


def _only_here() -> Response:
    return refuse(
        403,
        "Only on the computer where it runs",
        "The staff's screens open elsewhere once there are accounts: make the first one there. "
        "Personal links work from here.",
    )


def _net_place(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def _host_name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _unquoted(value: str) -> str:
    try:
        return SimpleCookie(f"token={value}")["token"].value
    except (CookieError, KeyError):
        return ""


async def _answer(refusal: Response, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        await refusal(scope, receive, send)
        return
    await receive()  # the browser's wish to connect
    await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
