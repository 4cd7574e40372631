"""How a plain HTML page leaves the house: template, headers, style. Start at `page`."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse, Response

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True)
class Style:
    """A style sheet; its address carries its version, so browsers may keep it."""

    body: bytes
    version: str

    def answer(self) -> Response:
        headers = {**HEADERS, "Cache-Control": "public, max-age=31536000, immutable"}
        return Response(self.body, media_type="text/css", headers=headers)


def style_in(folder: Path) -> Style:
    """The style sheet that lies in a floor's folder."""
    body = (folder / "style.css").read_bytes()
    return Style(body, hashlib.sha256(body).hexdigest()[:12])


def templates_in(folder: Path, style: Style) -> Environment:
    """The templates of a floor: everything put into one is escaped, nothing may be missing."""
    made = Environment(
        loader=FileSystemLoader(folder / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.globals.update(style_version=style.version)
    return made


def page(html: str, status: int = 200) -> Response:
    """A drawn page with the headers that every page of ours has."""
    return HTMLResponse(html, status, headers=HEADERS)


def go_to(address: str) -> Response:
    """Send the browser on with GET, so that going back never sends a form again."""
    return RedirectResponse(address, 303, headers=HEADERS)
