"""How often somebody may try a secret that is wrong. Start at `RateLimit`.

Only tries that fail are counted, by address and all together. A personal link that is right
always opens: it holds 256 bits, so what limits help against is load and noise, and a room full of
people behind one address must not be locked out by one of them. Right or wrong costs the same:
one hash and one lookup. A password is weaker, so a limited sign-in is refused before it is read;
an address from which somebody signed in before is spared what others do elsewhere.
"""

import ipaddress
import re
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.runtime import runtime
from web.plain import refuse

LINK, SIGN_IN = "link", "sign-in"
PER_MINUTE, PER_HOUR = 10, 100
MINUTE_S, HOUR_S = 60.0, 3600.0
MOST_ADDRESSES = 10_000

_IS_LINK = re.compile(r"/(?:p/j|p/f|i|set-up)/[^/]+")
_UNKNOWN = frozenset({401, 403, 404, 410})
"""Answers to a link that opens nothing; others are about the form behind it."""
_SIGN_IN = "/sign-in"


@dataclass
class Tries:
    """Failed tries of this process, in memory and bounded; forgotten with a restart."""

    clock: Callable[[], float] = time.monotonic
    most_addresses: int = MOST_ADDRESSES
    _of_address: OrderedDict[tuple[str, str], deque[float]] = field(default_factory=OrderedDict)
    _of_all: dict[str, deque[float]] = field(default_factory=dict)
    _known: OrderedDict[tuple[str, str], None] = field(default_factory=OrderedDict)

    def wait_s(self, kind: str, address: str) -> int:
        """How many seconds until the next try counts; 0 if it may be made now."""
        now = self.clock()
        own = self._of_address.get((kind, address))
        wait = _wait(own, PER_MINUTE, MINUTE_S, now)
        if (kind, address) not in self._known:
            wait = max(wait, _wait(self._of_all.get(kind), PER_HOUR, HOUR_S, now))
        return ceil(wait)

    def failed(self, kind: str, address: str) -> None:
        """Count a try that was wrong."""
        now = self.clock()
        own = self._of_address.setdefault((kind, address), deque(maxlen=PER_MINUTE))
        own.append(now)
        self._of_address.move_to_end((kind, address))
        if len(self._of_address) > self.most_addresses:
            self._of_address.popitem(last=False)
        self._of_all.setdefault(kind, deque(maxlen=PER_HOUR)).append(now)

    def succeeded(self, kind: str, address: str) -> None:
        """Take back a try that was counted before it turned out right, and remember where."""
        for counted in (self._of_address.get((kind, address)), self._of_all.get(kind)):
            if counted:
                counted.pop()
        self._known[kind, address] = None
        self._known.move_to_end((kind, address))
        if len(self._known) > self.most_addresses:
            self._known.popitem(last=False)


class RateLimit:
    """Counts wrong links and wrong passwords by their answers, and refuses too many of them."""

    def __init__(self, app: ASGIApp, tries: Tries | None = None) -> None:
        self.app = app
        self.tries = tries or Tries()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = _kind(scope)
        if kind is None:
            await self.app(scope, receive, send)
            return
        if kind == SIGN_IN:
            await self._sign_in(address_of(scope), scope, receive, send)
        else:
            await self._link(address_of(scope), scope, receive, send)

    async def _sign_in(self, address: str, scope: Scope, receive: Receive, send: Send) -> None:
        wait_s = self.tries.wait_s(SIGN_IN, address)
        if wait_s:
            await too_many(wait_s, scope, receive, send)
            return
        # Counted before it is known: many at once are many tries.
        self.tries.failed(SIGN_IN, address)

        async def _send(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < 400:
                self.tries.succeeded(SIGN_IN, address)
            await send(message)

        await self.app(scope, receive, _send)

    async def _link(self, address: str, scope: Scope, receive: Receive, send: Send) -> None:
        is_refused = False

        async def _send(message: Message) -> None:
            nonlocal is_refused
            if message["type"] == "http.response.start" and message["status"] in _UNKNOWN:
                wait_s = self.tries.wait_s(LINK, address)
                is_refused = wait_s > 0
                if is_refused:
                    await too_many(wait_s, scope, receive, send)
                else:
                    self.tries.failed(LINK, address)
            if not is_refused:
                await send(message)

        await self.app(scope, receive, _send)


def address_of(scope: Scope) -> str:
    """Who asks: the peer, or whom the one trusted proxy names; a whole /64 of IPv6 is one."""
    client = scope.get("client")
    peer = str(client[0]) if client else ""
    if peer and peer == runtime().settings.trusted_proxy:
        told = [v for name, v in scope["headers"] if name.lower() == b"x-forwarded-for"]
        if told:
            # The proxy appends whom it saw; everything before that anybody may have written.
            peer = told[-1].decode("latin-1").rpartition(",")[2].strip()
    return _plain_address(peer)


def _plain_address(peer: str) -> str:
    try:
        found = ipaddress.ip_address(peer)
    except ValueError:
        return peer
    if found.version == 4 or found.is_loopback:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))


async def too_many(wait_s: int, scope: Scope, receive: Receive, send: Send) -> None:
    """The plain page that says how long to wait."""
    answer = refuse(
        429,
        "Please wait a moment",
        f"There were too many tries that did not work. Wait {wait_s} seconds, then try again. "
        "Whoever is already in can go on.",
    )
    answer.headers["Retry-After"] = str(wait_s)
    await answer(scope, receive, send)


def _kind(scope: Scope) -> str | None:
    if scope["type"] != "http":
        return None
    path: str = scope["path"]
    if _IS_LINK.fullmatch(path):
        return LINK
    return SIGN_IN if path == _SIGN_IN and scope["method"] == "POST" else None


def _wait(tries: deque[float] | None, most: int, within_s: float, now: float) -> float:
    if tries is None or len(tries) < most:
        return 0.0
    return max(0.0, tries[-most] + within_s - now)
