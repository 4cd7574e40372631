"""The staff's cookies: who is signed in, and which form was served here. Start at `token_of`."""

import secrets

from starlette.requests import Request
from starlette.responses import Response

from domain.errors import PageNotOurs
from services.accounts import cookie_name
from services.page_marks import make_mark, read_mark
from services.runtime import runtime


def token_of(request: Request) -> str:
    """The token that this browser holds; empty where it has none."""
    return request.cookies.get(cookie_name(), "")


def remember(response: Response, token: str) -> None:
    """Keep somebody signed in until the browser is closed or the session ends."""
    _set(response, cookie_name(), token)


def forget(response: Response) -> None:
    """Take the token out of this browser."""
    response.delete_cookie(
        cookie_name(),
        path="/",
        secure=runtime().settings.is_https,
        httponly=True,
        samesite="lax",
    )


def mark_form(request: Request) -> tuple[str, str]:
    """A mark for a form, and the browser's own secret that it is bound to.

    Another site can send a form, but neither read this cookie nor send it along: so it cannot
    sign anybody in as somebody else.
    """
    secret = request.cookies.get(_form_cookie(), "") or secrets.token_urlsafe(32)
    return make_mark(secret, request.url.path), secret


def remember_form(response: Response, secret: str) -> None:
    """Keep the secret that the forms of this browser are bound to."""
    _set(response, _form_cookie(), secret)


def check_form(request: Request, form: dict[str, str]) -> None:
    """Refuse a form that was not served to this browser for this address.

    Raises
    ------
    PageNotOurs
        If the mark is another one, or the browser keeps no cookies.
    """
    secret = request.cookies.get(_form_cookie(), "")
    if not secret:
        raise PageNotOurs
    read_mark(secret, request.url.path, form.get("mark", ""))


def _set(response: Response, name: str, value: str) -> None:
    is_https = runtime().settings.is_https
    response.set_cookie(name, value, path="/", secure=is_https, httponly=True, samesite="lax")


def _form_cookie() -> str:
    return f"{cookie_name()}-form"
