"""Who opened a page. Start at `secret_of`.

Each link has a cookie of its own under a path of its own, so that two people can share a
browser: the address decides who answers, never the cookie that came last.
"""

import base64
from hmac import compare_digest

from starlette.requests import Request
from starlette.responses import Response

from domain.errors import LinkUnknown
from services.keys import derive
from services.runtime import runtime

COOKIE_LIFE_S = 90 * 24 * 3600


def pid_of(secret: str) -> str:
    """The name of a person's pages: tells nothing of the link."""
    return base64.b32encode(derive(secret, "pages")[:10]).decode().lower()


def secret_of(request: Request) -> str:
    """The secret of the link that was opened in this browser for this address.

    Raises
    ------
    LinkUnknown
        If the link was not opened here.
    """
    pid = request.path_params["pid"]
    secret = request.cookies.get(_cookie_name(pid), "")
    if not compare_digest(pid_of(secret).encode(), pid.encode()):
        raise LinkUnknown
    return secret


def remember(response: Response, secret: str, folder: str = "p") -> None:
    """Keep the link in this browser, for its own pages only."""
    pid = pid_of(secret)
    response.set_cookie(
        _cookie_name(pid),
        secret,
        max_age=COOKIE_LIFE_S,
        path=f"/{folder}/{pid}/",
        secure=runtime().settings.is_https,
        httponly=True,
        samesite="lax",
    )


def remember_choice(response: Response, root: str, name: str, value: str) -> None:
    """Keep what somebody chose about the pages of one link, for those pages only."""
    response.set_cookie(
        name,
        value,
        max_age=COOKIE_LIFE_S,
        path=f"{root}/",
        secure=runtime().settings.is_https,
        httponly=True,
        samesite="lax",
    )


def _cookie_name(pid: str) -> str:
    return f"__Secure-rt-{pid}" if runtime().settings.is_https else f"rt-{pid}"
