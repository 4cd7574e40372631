"""A theme's meetings as a row of small bars. Start at `years_html`."""

from collections.abc import Sequence

from services.theme_years import MeetingStop
from ui.markup import safe

N_LABELLED = 8
"""With more meetings than so, only the first and the last bear their names."""
N_IN_FULL = 5


def years_html(stops: Sequence[MeetingStop]) -> str:
    """A bar per meeting, the higher the more people speak of the theme; a line for no theme."""
    last = len(stops) - 1
    named = range(last + 1) if last < N_LABELLED else (0, last)
    slots = "".join(
        _slot(stop, _short(stop, len(stops)) if number in named else "")
        for number, stop in enumerate(stops)
    )
    return f'<div class="rt-years" aria-hidden="true">{slots}</div>'


def _slot(stop: MeetingStop, name: str) -> str:
    if stop.theme is None:
        bar = '<i class="rt-none"></i>' if stop.is_found else '<i class="rt-unknown"></i>'
    else:
        middle = stop.theme.on_screen.whole.middle
        # What may not be told is drawn half high and hollow.
        kind = "" if middle is not None else ' class="rt-open"'
        bar = f'<i{kind} style="height:{round(100 * (0.5 if middle is None else middle))}%"></i>'
    return f"<span><b>{bar}</b><small>{safe(name)}</small></span>"


def _short(stop: MeetingStop, n_stops: int) -> str:
    season, _, year = stop.meeting.label.rpartition(" ")
    return f"{season if n_stops <= N_IN_FULL else season[:2]} {year[-2:]}"
