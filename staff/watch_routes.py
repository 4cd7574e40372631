"""A vote that is open, for screens that watch it: a stream, and a plain page. Start at `routes`."""

import json
from collections.abc import AsyncIterator

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from domain.access import EVERY_ROLE, Actor
from domain.errors import NotSignedIn
from domain.ids import BallotId
from services import accounts, watching
from services.access import acting_as
from services.watching import Glimpse
from staff.responses import as_page, show
from staff.sessions import token_of
from staff.vote_hub import HUB

TRYING = Actor("this computer", EVERY_ROLE)
"""Whoever looks while there are no accounts: the gate lets this computer in and nobody else."""
AGAIN_AFTER_MS = 3000
HEADERS = {
    "Cache-Control": "no-store, no-transform",
    "X-Accel-Buffering": "no",  # a proxy in front must not collect events
}


async def watch(request: Request) -> Response:
    """How far a vote is, on a page without scripts; a link looks again."""
    now = await _first(request)
    return show(request, "watch.html", now=now, address=request.url.path)


async def live(request: Request) -> Response:
    """The same as a stream of events, each when something changed."""
    await _first(request)
    events = _events(BallotId(request.path_params["ballot"]))
    return StreamingResponse(events, media_type="text/event-stream", headers=HEADERS)


async def _first(request: Request) -> Glimpse:
    token, ballot_id = token_of(request), BallotId(request.path_params["ballot"])
    return await run_sync(_glimpse, token, ballot_id)


def _glimpse(token: str, ballot_id: BallotId) -> Glimpse:
    actor = accounts.actor_of(token) if accounts.has_accounts() else TRYING
    if actor is None:
        raise NotSignedIn
    with acting_as(actor):
        return watching.glimpse(ballot_id)


async def _events(ballot_id: BallotId) -> AsyncIterator[str]:
    yield f"retry: {AGAIN_AFTER_MS}\n\n"
    async for now in HUB.follow(ballot_id):
        yield ": nothing new\n\n" if now is None else f"data: {_told(now)}\n\n"


def _told(now: Glimpse) -> str:
    return json.dumps({"n": now.n_answered, "of": now.of, "told": now.told, "is_open": now.is_open})


routes = [
    Route("/watch/{ballot}", as_page(watch)),
    Route("/watch/{ballot}/live", as_page(live)),
]
