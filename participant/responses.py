"""How a page leaves the house: template, headers, errors as pages. Start at `show`."""

import hashlib
from collections.abc import Awaitable, Callable
from functools import wraps
from pathlib import Path

from anyio.to_thread import run_sync
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from domain.errors import (
    BallotClosed,
    FormRefused,
    KeyMissing,
    LinkUnknown,
    NotAllowedNow,
    NotFound,
    PageNotOurs,
    RoundtableError,
    StoreNotReady,
)
from participant.sessions import secret_of
from participant.words import ANSWERS, CATALOGUE, day
from services.voting import Voter, enter

FOLDER = Path(__file__).parent
STYLE = (FOLDER / "style.css").read_bytes()
STYLE_VERSION = hashlib.sha256(STYLE).hexdigest()[:12]
RETRY_AFTER_S = 5

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

STATUS = {
    LinkUnknown: 404,
    NotFound: 404,
    BallotClosed: 409,
    NotAllowedNow: 409,
    PageNotOurs: 403,
    FormRefused: 400,
    StoreNotReady: 503,
    KeyMissing: 503,
}

Handler = Callable[[Request], Awaitable[Response]]


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(CATALOGUE, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(style_version=STYLE_VERSION, answers=ANSWERS)
    made.filters["day"] = day
    return made


_TEMPLATES = _environment()


def show(template: str, *, status: int = 200, **told: object) -> Response:
    """Draw a page."""
    # A page without a person, such as an unknown link, has no name to show.
    told.setdefault("voter", None)
    told.setdefault("root", "")
    drawn = _TEMPLATES.get_template(template).render(told)
    return HTMLResponse(drawn, status, headers=HEADERS)


def go_to(address: str) -> Response:
    """Send the browser on with GET, so that going back never sends a form again."""
    return RedirectResponse(address, 303, headers=HEADERS)


def style(_: Request) -> Response:
    """The one style sheet; its address carries its version."""
    headers = {**HEADERS, "Cache-Control": "public, max-age=31536000, immutable"}
    return Response(STYLE, media_type="text/css", headers=headers)


def as_page(handler: Handler) -> Handler:
    """Turn every error that is raised on purpose into a page."""

    @wraps(handler)
    async def _handle(request: Request) -> Response:
        try:
            return await handler(request)
        except RoundtableError as error:
            return await _error_page(request, error)

    return _handle


async def _error_page(request: Request, error: RoundtableError) -> Response:
    status = STATUS.get(type(error), 400)
    pid = request.path_params.get("pid", "")
    root = f"/p/{pid}" if pid and not isinstance(error, LinkUnknown) else ""
    if status == 503:
        # Set once a form was read: what the person pressed goes out again with the page.
        sent = getattr(request.state, "form", {})
        response = show("not_saved.html", status=503, root=root, sent=sent, at=request.url.path)
        response.headers["Retry-After"] = str(RETRY_AFTER_S)
        return response
    # An id that is wrong and one that is somebody else's give the same words.
    told = error if not isinstance(error, NotFound) else None
    voter = await run_sync(_voter, request) if root else None
    return show("refused.html", status=status, root=root, error=told, voter=voter)


def _voter(request: Request) -> Voter | None:
    """Whoever this page answers, as far as that can still be found out."""
    try:
        return enter(secret_of(request))
    except RoundtableError:
        return None
