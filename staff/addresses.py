"""Where a browser may be sent on to. Start at `local_path`."""

import re
from urllib.parse import urlsplit

START = "/"
LONGEST = 2000
_OURS = ("/sign-in", "/sign-out", "/set-up")
_ODD = re.compile(r"[\x00-\x20\x7f\\]")


def local_path(wanted: str) -> str:
    """A path of this app, with its question; anything else leads to the start.

    Browsers read a backslash as a slash and leave out tabs and line ends, so that
    ``/\\evil.example`` would lead to another site: an address with any of these is not followed.

    >>> local_path("/overview?as=leader")
    '/overview?as=leader'
    >>> local_path("//evil.example")
    '/'
    """
    if not wanted.startswith("/") or wanted.startswith("//") or len(wanted) > LONGEST:
        return START
    if _ODD.search(wanted):
        return START
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return START
    if parts.scheme or parts.netloc or parts.path.startswith(_OURS):
        return START
    return wanted
