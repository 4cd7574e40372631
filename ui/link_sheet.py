"""Personal links on paper: one strip a person, to cut and hand out. Start at `sheet`."""

from collections.abc import Sequence

from domain.meetings import Attendance, Meeting
from services.links import qr_svg
from ui.markup import safe

_STYLE = """
body { font: 12pt/1.4 system-ui, sans-serif; color: #000; margin: 1.5cm; }
section { display: flex; gap: 1cm; align-items: center; break-inside: avoid;
  border-top: 1px dashed #000; padding: .6cm 0; }
section svg { width: 3.2cm; height: 3.2cm; flex: none; }
h2 { margin: 0; font-size: 15pt; } p { margin: .15cm 0 0; overflow-wrap: anywhere; }
"""


def sheet(meeting: Meeting, links: Sequence[tuple[Attendance, str]]) -> str:
    """A whole HTML page that prints without anything else."""
    strips = "".join(_strip(attendance, url) for attendance, url in links)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>Personal links, {safe(meeting.label)}</title><style>{_STYLE}</style></head>"
        f"<body><h1>{safe(meeting.challenge)}</h1>"
        "<p>Each strip opens the pages of that person: their votes and their own words. "
        "Hand it to them alone.</p>"
        f"{strips}</body></html>"
    )


def _strip(attendance: Attendance, url: str) -> str:
    # The image is drawn by the QR library from our own address: no words of people are in it.
    code = qr_svg(url).svg or ""
    return (
        f"<section>{code}<div><h2>{safe(attendance.name)}</h2>"
        "<p>Your link, to vote and to see your words:</p>"
        f"<p><strong>{safe(url)}</strong></p></div></section>"
    )
