"""The plainest page there is, for refusals that come before any other page. Start at `refuse`."""

from html import escape

from starlette.responses import HTMLResponse

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'none'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

_PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<title>{title}</title><link rel="stylesheet" href="/p/style.css"></head>'
    "<body><main><h1>{title}</h1><p>{told}</p></main></body></html>"
)


def refuse(status: int, title: str, told: str) -> HTMLResponse:
    """A page that says what was found and what to do."""
    page = _PAGE.format(title=escape(title), told=escape(told))
    return HTMLResponse(page, status, headers=HEADERS)
