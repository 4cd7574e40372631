"""Who opened a page, and whether a form came from it. Start at `secret_of`.

Each link has a cookie of its own under a path of its own, so that two people can share a
browser: the address decides who answers, never the cookie that came last.
"""

import base64
from hmac import compare_digest
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request
from starlette.responses import Response

from domain.errors import FormRefused, LinkUnknown, PageNotOurs
from services.keys import derive
from services.runtime import runtime

LARGEST_FORM = 64 * 1024
MOST_FIELDS = 8
COOKIE_LIFE_S = 90 * 24 * 3600
FORM_TYPE = "application/x-www-form-urlencoded"


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


def remember(response: Response, secret: str) -> None:
    """Keep the link in this browser, for its own pages only."""
    pid = pid_of(secret)
    response.set_cookie(
        _cookie_name(pid),
        secret,
        max_age=COOKIE_LIFE_S,
        path=f"/p/{pid}/",
        secure=_is_https(),
        httponly=True,
        samesite="lax",
    )


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form that one of our pages sent.

    Raises
    ------
    PageNotOurs
        If another site sent it.
    FormRefused
        If it is too large or no form.
    """
    _check_sender(request)
    if request.headers.get("content-type", "").partition(";")[0].strip() != FORM_TYPE:
        raise FormRefused(found="This is not what our page sends.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            raise FormRefused(found="This is more than our page sends.")
    try:
        pairs = parse_qsl(body.decode("ascii"), True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise FormRefused(found="This cannot be read.") from error
    request.state.form = dict(pairs)
    return dict(pairs)


def _check_sender(request: Request) -> None:
    """The mark in each form is what protects; this stops other sites a step earlier."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site not in ("same-origin", "none"):
            raise PageNotOurs
        return
    origin = request.headers.get("origin", "null")
    # Our pages send no referrer, and browsers then send the origin "null".
    if origin == "null":
        return
    ours = {request.headers.get("host"), urlsplit(runtime().settings.public_url).netloc}
    if urlsplit(origin).netloc not in ours:
        raise PageNotOurs


def _cookie_name(pid: str) -> str:
    return f"__Secure-rt-{pid}" if _is_https() else f"rt-{pid}"


def _is_https() -> bool:
    return runtime().settings.public_url.startswith("https://")
