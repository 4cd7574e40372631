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


OUR_SCRIPT = "; script-src 'self'; connect-src 'self'"
"""Added for a page that keeps what is written on it while it is written."""


@dataclass(frozen=True)
class Style:
    """A style sheet, or a script; its address carries its version, so browsers may keep it."""

    body: bytes
    version: str
    media_type: str = "text/css"

    def answer(self) -> Response:
        headers = {**HEADERS, "Cache-Control": "public, max-age=31536000, immutable"}
        return Response(self.body, media_type=self.media_type, headers=headers)


def style_in(folder: Path) -> Style:
    """The style sheet that lies in a floor's folder."""
    return _versioned(folder / "style.css", "text/css")


def script_in(folder: Path, name: str) -> Style:
    """A script that lies in a floor's folder; its address carries its version too."""
    return _versioned(folder / name, "text/javascript")


def _versioned(path: Path, media_type: str) -> Style:
    body = path.read_bytes()
    return Style(body, hashlib.sha256(body).hexdigest()[:12], media_type)


def templates_in(folder: Path, style: Style) -> Environment:
    """The templates of a floor: everything put into one is escaped, nothing may be missing."""
    made = Environment(
        loader=FileSystemLoader(folder / "templates"),
        autoescape=True,
        auto_reload=False,  # else each page asks the disk whether its templates changed
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.globals.update(style_version=style.version)
    return made


def page(html: str, status: int = 200, *, has_script: bool = False) -> Response:
    """A drawn page with the headers that every page of ours has."""
    policy = HEADERS["Content-Security-Policy"] + (OUR_SCRIPT if has_script else "")
    return HTMLResponse(html, status, headers={**HEADERS, "Content-Security-Policy": policy})


def go_to(address: str) -> Response:
    """Send the browser on with GET, so that going back never sends a form again."""
    return RedirectResponse(address, 303, headers=HEADERS)
