"""Who sits where, on paper: a list for each small group, and strips to hand out. Start at `sheet`.

Names stand there and nothing else: not for whom somebody speaks, nor what they need.
"""

from collections.abc import Sequence

from domain.meetings import Attendance, Meeting
from services.small_groups import Seating
from ui.markup import safe

_STYLE = """
body { font: 14pt/1.45 system-ui, sans-serif; color: #000; margin: 1.5cm; }
section { break-inside: avoid; } .cut { break-before: page; }
.strip { border-top: 1px dashed #000; padding: .5cm 0; }
h1 { font-size: 20pt; } h2 { font-size: 17pt; margin: .6cm 0 .2cm; }
ul { margin: 0; padding: 0; list-style: none; columns: 2; } p { margin: .1cm 0; }
"""


def sheet(meeting: Meeting, rounds: Sequence[Seating]) -> str:
    """A whole HTML page that prints without anything else."""
    lists = "".join(_list(seating) for seating in rounds)
    names = sorted({a.attendance_id: a.name for s in rounds for g in s.groups for a in g}.items())
    strips = "".join(
        _strip(name, [where for s in rounds if (where := _where(s, who))])
        for who, name in sorted(names, key=lambda pair: pair[1])
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>Who sits where, {safe(meeting.label)}</title><style>{_STYLE}</style></head>"
        f"<body><h1>{safe(meeting.challenge)}</h1>"
        "<p>For whoever seats people. Hang it up only if everybody here agreed to that; "
        "otherwise cut the strips on the next page and hand them out.</p>"
        f'{lists}<div class="cut"></div>{strips}</body></html>'
    )


def _list(seating: Seating) -> str:
    return "".join(
        f"<section><h2>{seating.of.capitalize()} round, small group {number}</h2><ul>"
        + "".join(f"<li>{safe(a.name)}</li>" for a in _by_name(group))
        + "</ul></section>"
        for number, group in enumerate(seating.groups, start=1)
    )


def _strip(name: str, where: Sequence[str]) -> str:
    told = "".join(f"<p>{safe(one)}</p>" for one in where)
    return f'<section class="strip"><p><strong>{safe(name)}</strong></p>{told}</section>'


def _where(seating: Seating, who: str) -> str:
    for number, group in enumerate(seating.groups, start=1):
        if any(a.attendance_id == who for a in group):
            return f"{seating.of.capitalize()} round: small group {number}"
    return ""


def _by_name(group: Sequence[Attendance]) -> list[Attendance]:
    # Not in the roster's order, which is by stakeholder group.
    return sorted(group, key=lambda a: a.name)
