"""How a page leaves the house: template, headers, errors as pages. Start at `show`."""

from collections.abc import Awaitable, Callable
from functools import wraps
from pathlib import Path

from anyio.to_thread import run_sync
from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import Response

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
from participant.words import CATALOGUE, HOW, day, given_in_words, number
from services.family import visitor
from services.runtime import runtime
from services.voters import Voter
from web.pages import page, style_in, templates_in

FOLDER = Path(__file__).parent
STYLE = style_in(FOLDER)
RETRY_AFTER_S = 5

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


def _templates() -> Environment:
    made = templates_in(FOLDER, STYLE)
    made.install_gettext_translations(CATALOGUE, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(given_in_words=given_in_words, how=HOW)
    made.filters.update(day=day, number=number)
    return made


_TEMPLATES = _templates()


def show(template: str, *, status: int = 200, **told: object) -> Response:
    """Draw a page."""
    # A page without a person, such as an unknown link, has no name to show.
    told.setdefault("voter", None)
    told.setdefault("owner", None)
    told.setdefault("root", "")
    told.setdefault("contact", runtime().settings.contact)
    return page(_TEMPLATES.get_template(template).render(told), status)


def style(_: Request) -> Response:
    """The one style sheet; its address carries its version."""
    return STYLE.answer()


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
    folder = request.url.path.split("/")[1]
    root = f"/{folder}/{pid}" if pid and not isinstance(error, LinkUnknown) else ""
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
        return visitor(secret_of(request))
    except RoundtableError:
        return None
