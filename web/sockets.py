"""The open sockets of the screens: how many there may be, and when one is cut. See `OpenSockets`.

A socket, or a stream of events beside it, lives for hours, and a session may end or lose a role
meanwhile. One watcher a process asks every `LOOK_EVERY_S` about all tokens at once, and cuts the
sockets of those that changed.
"""

import asyncio
import logging
from collections.abc import Awaitable, Collection
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeAlias

from anyio.to_thread import run_sync
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain.access import Actor
from services import accounts
from services.runtime import runtime
from web.limits import address_of
from web.plain import refuse

logger = logging.getLogger(__name__)

LOOK_EVERY_S = 2.0
MOST_OF_ADDRESS = 100
MOST_OF_SESSION = 20
CLOSE_WITHIN_S = 1.0
TRY_AGAIN_LATER, POLICY_VIOLATION = 1013, 1008

Call: TypeAlias = tuple[Scope, Receive, Send]


@dataclass(eq=False)
class _Socket:
    """One open socket, and who it was opened for."""

    token: str
    address: str
    actor: Actor | None
    send: Send
    kind: str = "websocket"
    task: asyncio.Future[None] | None = None
    is_cut: bool = False
    is_ended: bool = False


class OpenSockets:
    """Serves sockets, counts them, and cuts those whose session is not what it was."""

    def __init__(self, *, look_every_s: float = LOOK_EVERY_S) -> None:
        self.look_every_s = look_every_s
        self._open: set[_Socket] = set()
        self._watcher: asyncio.Task[None] | None = None

    @property
    def n_open(self) -> int:
        return len(self._open)

    async def serve(self, app: ASGIApp, call: Call, token: str, actor: Actor | None) -> None:
        """Let a socket be served until it ends or is cut; refuse one too many."""
        scope, receive, send = call
        socket = _Socket(token, address_of(scope), actor, send, scope["type"])
        if self._is_full_for(socket):
            await _refuse(scope, receive, send)
            return
        self._open.add(socket)
        self._watch()
        try:
            if socket.kind == "http":
                await _stream(socket, app(scope, receive, _sender(socket)))
            else:
                await app(scope, _receiver(socket, receive), _sender(socket))
        finally:
            self._open.discard(socket)

    def _is_full_for(self, new: _Socket) -> bool:
        """Sockets and streams are counted apart: a screen that watches a vote has one of each."""
        alike = [s for s in self._open if s.kind == new.kind]
        n_session = sum(s.token == new.token for s in alike) if new.token else 0
        return (
            len(alike) >= runtime().settings.most_sockets
            or n_session >= MOST_OF_SESSION
            or sum(s.address == new.address for s in alike) >= MOST_OF_ADDRESS
        )

    def _watch(self) -> None:
        if self._watcher is None or self._watcher.done():
            self._watcher = asyncio.get_running_loop().create_task(self._look_again())

    async def _look_again(self) -> None:
        while self._open:
            await asyncio.sleep(self.look_every_s)
            try:
                await self.cut_changed()
            except Exception as error:
                # A store that does not answer lets nobody in; those inside are asked about again.
                logger.warning("open sockets could not be checked: %s", type(error).__name__)

    async def cut_changed(self) -> None:
        """Ask once about every session that has a socket, and cut those that changed."""
        asked = frozenset(s.token for s in self._open)
        now = await run_sync(_holders, asked)
        changed = [s for s in self._open if s.token in asked and _is_changed(s, now)]
        for socket in changed:
            # From here on nothing reaches the screens and nothing leaves them, whatever the
            # browser does with the wish to close.
            socket.is_cut = True
        await asyncio.gather(*(_close(socket) for socket in changed))


def _holders(tokens: Collection[str]) -> dict[str, Actor] | None:
    """Who holds each token; None while there are no accounts and nobody needs one."""
    return accounts.actors_of(tokens) if accounts.has_accounts() else None


def _is_changed(socket: _Socket, now: dict[str, Actor] | None) -> bool:
    if now is None:
        return socket.actor is not None
    before, holder = socket.actor, now.get(socket.token)
    if before is None or holder is None:
        return True
    return before.account_id != holder.account_id or set(before.grants) != set(holder.grants)


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        told = "Too many screens watch from here. Close some of them, then look again."
        await refuse(503, "Too many screens", told)(scope, receive, send)
        return
    await receive()
    await send({"type": "websocket.close", "code": TRY_AGAIN_LATER})


async def _stream(socket: _Socket, answer: Awaitable[None]) -> None:
    """Let a stream be answered, in a task of its own so that it can be ended from outside."""
    socket.task = asyncio.ensure_future(answer)
    try:
        await socket.task
    except asyncio.CancelledError:
        if not socket.is_cut:
            raise
        # The browser sees the end of the stream, asks again, and is refused by the gate.
        with suppress(OSError, RuntimeError):
            await socket.send({"type": "http.response.body", "body": b"", "more_body": False})
    finally:
        socket.is_ended = True


async def _close(socket: _Socket) -> None:
    if socket.is_ended:
        return
    socket.is_ended = True
    if socket.task is not None:
        socket.task.cancel()
        return
    # A browser that reads nothing any more must not hold up the others.
    with suppress(TimeoutError, OSError, RuntimeError):
        async with asyncio.timeout(CLOSE_WITHIN_S):
            await socket.send({"type": "websocket.close", "code": POLICY_VIOLATION})


def _receiver(socket: _Socket, receive: Receive) -> Receive:
    async def _receive() -> Message:
        message = await receive()
        if message["type"] == "websocket.disconnect":
            socket.is_ended = True
        elif socket.is_cut:
            return {"type": "websocket.disconnect", "code": POLICY_VIOLATION}
        return message

    return _receive


def _sender(socket: _Socket) -> Send:
    async def _send(message: Message) -> None:
        if socket.is_cut:
            return
        if message["type"] == "websocket.close":
            socket.is_ended = True
        await socket.send(message)

    return _send
