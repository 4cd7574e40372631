"""Whom participants' pages name for help, and a warning where it is nobody. Start at `warn`."""

from services.runtime import runtime
from ui import page, session

NOBODY = (
    "Participants' pages name nobody to call for help. Set ROUNDTABLE_CONTACT to a name with a "
    "telephone number or a mail address, as in “Michelle, 555 0100”, and start again."
)


def warn() -> None:
    """Say that nobody is named, in a programme of real people."""
    if not runtime().settings.contact and not session.is_sample():
        page.refused(NOBODY)
