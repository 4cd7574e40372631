"""Staff pages and their refusals. Start at `show`."""

from collections.abc import Awaitable, Callable
from functools import wraps
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from domain.errors import (
    FormRefused,
    LinkUnknown,
    NotAllowedNow,
    NotFound,
    NotPermitted,
    NotSignedIn,
    PageNotOurs,
    PasswordRefused,
    RoundtableError,
    SignInRefused,
    StoreNotReady,
    TooManyTries,
)
from staff.sessions import mark_form, remember_form
from web.pages import page, style_in, templates_in

FOLDER = Path(__file__).parent
STYLE = style_in(FOLDER)
RETRY_AFTER_S = 5

STATUS = {
    SignInRefused: 403,
    PasswordRefused: 400,
    NotAllowedNow: 409,
    TooManyTries: 429,
    LinkUnknown: 404,
    NotSignedIn: 403,
    NotPermitted: 403,
    NotFound: 404,
    PageNotOurs: 403,
    FormRefused: 400,
    StoreNotReady: 503,
}
NOT_OURS = (
    "This page was open for too long, or your browser keeps no cookies for this address. Allow "
    "cookies here, then fill the page in again."
)
NOT_READ = "What your browser sent could not be read. Nothing was changed; fill the page in again."

Handler = Callable[[Request], Awaitable[Response]]

_TEMPLATES = templates_in(FOLDER, STYLE)


def show(request: Request, template: str, *, status: int = 200, **told: object) -> Response:
    """Draw a page whose form is bound to this browser."""
    mark, secret = mark_form(request)
    drawn = _TEMPLATES.get_template(template).render({"refusal": "", **told, "mark": mark})
    response = page(drawn, status)
    remember_form(response, secret)
    return response


def style(_: Request) -> Response:
    """The one style sheet; its address carries its version."""
    return STYLE.answer()


def refused(request: Request, template: str, error: RoundtableError, **told: object) -> Response:
    """The same page once more, with what was found and what to do."""
    status = STATUS.get(type(error), 400)
    response = show(request, template, status=status, refusal=words_of(error), **told)
    if isinstance(error, TooManyTries):
        response.headers["Retry-After"] = str(error.params["wait_s"])
    return response


def words_of(error: RoundtableError) -> str:
    """A refusal in the words of these pages."""
    if isinstance(error, PageNotOurs):
        return NOT_OURS
    return NOT_READ if isinstance(error, FormRefused) else str(error)


def as_page(handler: Handler) -> Handler:
    """Turn every refusal that no form shows into a page."""

    @wraps(handler)
    async def _handle(request: Request) -> Response:
        try:
            return await handler(request)
        except RoundtableError as error:
            response = refused(request, "refused.html", error)
            if isinstance(error, StoreNotReady):
                response.headers["Retry-After"] = str(RETRY_AFTER_S)
            return response

    return _handle
