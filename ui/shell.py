"""The page that browsers load first, made ours: title, style, keys, policy. Start at `SHELL`."""

import base64
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import streamlit

HERE = Path(__file__).parent
ASSETS = {"style.css": "text/css", "keys.js": "text/javascript", "mark.svg": "image/svg+xml"}


@dataclass(frozen=True)
class Shell:
    """The first page and the policy that lets it run and nothing else."""

    page: bytes
    policy: str
    asset_paths: dict[str, str]


def build_shell(source: str) -> Shell:
    """Turn Streamlit's own first page into ours.

    The style is linked before the first paint, and the script that guards single-letter keys and
    announces pages is a file of its own, so that no script from a string is ever allowed.
    """
    paths = {name: f"/look/{_tag(name)}/{name}" for name in ASSETS}
    page = re.sub(r"<noscript>.*?</noscript>", _NOSCRIPT, source, flags=re.DOTALL)
    page = re.sub(r"<!--.*?-->", "", page, flags=re.DOTALL)
    page = re.sub(r'<link rel="service-desc"[^>]*>', "", page)
    page = re.sub(r'<link rel="shortcut icon"[^>]*>', "", page)
    page = page.replace("<title>Streamlit</title>", "<title>ALS Roundtable</title>" + _head(paths))
    hashes = " ".join(_script_hashes(page))
    return Shell(page.strip().encode(), _POLICY.format(hashes=hashes), paths)


def _head(paths: dict[str, str]) -> str:
    return (
        f'<link rel="icon" type="image/svg+xml" href="{paths["mark.svg"]}">'
        f'<link rel="stylesheet" href="{paths["style.css"]}">'
        f'<script src="{paths["keys.js"]}" defer></script>'
    )


def _tag(name: str) -> str:
    return hashlib.sha256((HERE / name).read_bytes()).hexdigest()[:12]


def _script_hashes(page: str) -> list[str]:
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


_NOSCRIPT = (
    "<noscript><p>These pages for staff need JavaScript. "
    "The pages behind a personal link work without it.</p></noscript>"
)

_POLICY = (
    "default-src 'self'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'self'; object-src 'none'; "
    "form-action 'self'"
)

SHELL = build_shell((Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8"))
