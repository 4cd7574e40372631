"""Pictures of a theme over the years: how many speak of it, and who. Start at `trajectory`."""

from collections.abc import Sequence

from services.theme_speakers import Amount
from services.theme_years import Course, LastingTheme, MeetingStop
from ui import charts, theme_charts
from ui.speaker_words import (
    CHANCE,
    FEW_IN_FILES,
    HOW_TO_READ,
    NOT_TOLD,
    field,
    file_row,
    in_full,
    in_short,
    people_of,
    plausible,
)
from ui.tables import Cell
from ui.words import count, listed, people_say

NO_THEME_THERE = "no theme there"
NOT_FOUND_YET = "themes not found yet"


def trajectory(theme: LastingTheme) -> None:
    """How many of those who spoke speak of a theme, from meeting to meeting."""
    charts.show(
        theme_charts.trajectory([_stop(stop) for stop in theme.stops if stop.is_found]),
        title=course_told(theme),
        sentence=(
            "A dot is the share of the people who spoke; its line, where such a share plausibly "
            "lies. A bar stands for “most” or “some” where the number is not told; a ring, for a "
            f"meeting that had no such theme. {CHANCE} Each meeting had a challenge of its own."
        ),
        columns=("Meeting", "Challenge", "Called", "Contributions", "Spoke of it", "Plausible"),
        rows=[_stop_row(stop) for stop in theme.stops],
        file_rows=[_stop_file(stop) for stop in theme.stops],
    )


def speakers_over_years(theme: LastingTheme) -> None:
    """Which groups speak of a theme and which do not, at each meeting that had it."""
    at = [stop for stop in theme.stops if stop.theme]
    rows = [
        field(stop.meeting.label, told)
        for stop in at
        if stop.theme
        for told in stop.theme.on_screen.groups or (stop.theme.on_screen.whole,)
    ]
    heads = list(dict.fromkeys(row["column"] for row in rows))
    told = {(row["row"], row["column"]): row["told"] for row in rows}
    charts.show(
        theme_charts.speakers_grid(rows),
        title=_groups_finding(at),
        sentence=f"The stronger a field's colour, the more of a group speak of it. {HOW_TO_READ}",
        columns=("Meeting", "Everybody", *map(str, heads)),
        rows=[
            (
                stop.meeting.label,
                in_short(stop.theme.on_screen.whole),
                *(str(told.get((stop.meeting.label, head), "nobody spoke")) for head in heads),
            )
            for stop in at
            if stop.theme
        ],
        file_rows=[
            (stop.meeting.label, *file_row(stop.theme, len(heads))[1:]) for stop in at if stop.theme
        ],
    )


def course_told(theme: LastingTheme) -> str:
    """What a theme did, as the title of its picture."""
    at = [stop for stop in theme.stops if stop.theme]
    found = [stop for stop in theme.stops if stop.is_found]
    first, last = at[0].meeting.label, at[-1].meeting.label
    told = {
        Course.NEW: f"New at {last}" if len(found) > 1 else f"A theme of {last}",
        Course.GONE: f"No theme again since {last}",
        Course.RETURNED: f"Returned at {last}",
        Course.STAYED: f"Still a theme at {last}; the numbers are too few to tell a change",
        Course.GREW: f"Grew up to {last}",
        Course.SHRANK: f"Shrank up to {last}",
    }[theme.course]
    if theme.course is Course.GONE and len(at) > 1:
        told += f", after {count(len(at), 'meeting')} from {first}"
    numbers = [in_full(stop.theme.on_screen.whole) for stop in at[-1:] if stop.theme]
    return f"{told}: {numbers[0]}"


def _stop(stop: MeetingStop) -> dict[str, object]:
    told = stop.theme.on_screen.whole if stop.theme else None
    return {
        "meeting": stop.meeting.label,
        "told": in_short(told) if told else "no theme",
        "share": told.middle if told and told.n_speaking is not None else None,
        "low": told.low if told else None,
        "high": told.high if told else None,
        "is_ring": told is None,
        "nothing": 0.0,
    }


def _stop_row(stop: MeetingStop) -> tuple[Cell, ...]:
    meeting, theme = stop.meeting, stop.theme
    if theme is None:
        told = NO_THEME_THERE if stop.is_found else NOT_FOUND_YET
        return (meeting.label, meeting.challenge, told, None, "", "")
    whole = theme.on_screen.whole
    return (
        meeting.label,
        meeting.challenge,
        theme.name,
        theme.n_contributions,
        in_full(whole),
        plausible(whole),
    )


def _stop_file(stop: MeetingStop) -> tuple[Cell, ...]:
    theme = stop.theme
    if theme is None:
        return _stop_row(stop)
    whole = theme.in_files.whole if theme.in_files else None
    return (
        stop.meeting.label,
        stop.meeting.challenge,
        theme.name if whole else FEW_IN_FILES,
        theme.n_contributions if whole else None,
        in_full(whole) if whole else NOT_TOLD,
        plausible(whole) if whole else "",
    )


def _groups_finding(at: Sequence[MeetingStop]) -> str:
    """Who speaks of it at every meeting, and who at none."""
    amounts: dict[str, list[Amount | None]] = {}
    for stop in at:
        for told in stop.theme.on_screen.groups if stop.theme else ():
            amounts.setdefault(people_of(told), []).append(told.amount)
    silent = [people for people, own in amounts.items() if set(own) == {Amount.NOBODY}]
    if silent:
        return f"None of the {listed(silent)} who spoke speak of it"
    n_most = {people: own.count(Amount.MOST) for people, own in amounts.items()}
    highest = max(n_most.values(), default=0)
    first = [people for people, n in n_most.items() if n == highest]
    if not highest:
        return "Of no group do most people speak of it"
    if len(first) == len(amounts):
        return "Every group speaks of it to much the same extent"
    where = f"at {people_say(highest, len(at), noun='meetings')}"
    return f"Most {listed(first)} speak of it {where if len(at) > 1 else ''}".rstrip()
