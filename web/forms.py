"""Reading a form that one of our pages sent, within limits. Start at `read_form`."""

from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request

from domain.errors import FormRefused, PageNotOurs
from services.runtime import runtime

LARGEST_FORM = 64 * 1024
LARGEST_WRITING = 1024 * 1024
"""What a page to write on may send: what is too long is shown again, and never lost."""
MOST_FIELDS = 8
FORM_TYPE = "application/x-www-form-urlencoded"


async def read_form(request: Request, *, largest: int = LARGEST_FORM) -> dict[str, str]:
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
        if len(body) > largest:
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
