"""Pictures of a meeting's themes: who speaks of them, and when. Start at `who_speaks`.

Each is one function: it takes what it shows, says its finding, and draws a table beside it.
"""

from collections import Counter
from collections.abc import Sequence
from statistics import median

import streamlit as st

from domain.ids import MeetingId, ThemeId
from domain.people import Family
from services import theme_speakers, themes
from services.theme_breadths import Scale
from services.theme_desk import OpenThemes
from services.theme_speakers import Amount, ThemeSpeakers
from services.themes import MapPoint
from ui import charts, markup, page, screens, session, theme_charts
from ui.quotes import in_one_line, quote, who
from ui.speaker_words import (
    HOW_TO_READ,
    NOT_TOLD,
    field,
    file_row,
    heading,
    in_short,
    people_of,
)
from ui.tables import Cell
from ui.words import clock, count, listed, sentence_case

THEME = "theme"


def who_speaks(desk: OpenThemes) -> None:
    """Who speaks of each theme of a meeting and who does not: themes by stakeholder groups."""
    found = theme_speakers.speakers_at(desk.report.run.meeting_id, desk.breadth)
    if not found:
        page.empty("No themes yet", "Once themes are found, this shows who speaks of each.")
        return
    groups = [theme.on_screen.groups or (theme.on_screen.whole,) for theme in found]
    rows = [
        field(theme.name, told)
        for theme, parts in zip(found, groups, strict=True)
        for told in parts
    ]
    heads = [heading(told) for told in groups[0]]
    charts.show(
        theme_charts.speakers_grid(rows),
        title=_who_finding(found),
        sentence=f"The stronger a field's colour, the more of a group speak of it. {HOW_TO_READ}",
        columns=("Theme", "Everybody", *heads),
        rows=[
            (theme.name, in_short(theme.on_screen.whole), *map(in_short, parts))
            for theme, parts in zip(found, groups, strict=True)
        ],
        file_rows=[file_row(theme, len(heads)) for theme in found],
    )


def said_when(desk: OpenThemes) -> None:
    """What was talked about when, and by whom; a press on a mark opens its theme."""
    meeting_id = desk.report.run.meeting_id
    every = desk.points
    points = [p for p in every if _is_drawn(p)]
    if not points:
        page.empty("Nothing to draw yet", "Words that may be quoted and belong to a theme appear.")
        return
    names = _in_order_of_talk(every)
    families = [f for f in Family if any(_family(p) is f for p in points)]
    is_timed = 2 * sum(p.start_s is not None for p in points) >= len(points)
    rows = [_mark(p, place, is_timed=is_timed) for place, p in enumerate(every) if _is_drawn(p)]
    event = charts.show(
        theme_charts.said_when(rows, names, families),
        title=_when_finding(points, is_timed=is_timed),
        sentence=_when_sentence(every, points, is_timed=is_timed),
        columns=("Theme", "Contributions drawn", "Mostly", *map(_lane, families)),
        rows=[_when_row(name, points, families, is_timed=is_timed) for name in names],
        file_rows=_when_file(meeting_id, points, families, is_timed=is_timed),
        key=f"when_{meeting_id}_{desk.breadth}",
    )
    pressed = _pressed_theme(event, desk)
    if pressed and pressed != session.chosen(THEME):
        session.keep(THEME, pressed)
        st.rerun()
    words_of(desk, ThemeId(session.chosen(THEME)))


def words_of(desk: OpenThemes, theme_id: ThemeId) -> None:
    """Below a picture: the most typical words of the theme that was pressed on it."""
    chosen = next((t for t in desk.shown if t.theme_id == theme_id), None)
    if chosen is None:
        return
    page.section(chosen.name, "Its most typical words.")
    for said in chosen.quotes[: themes.N_QUOTES]:
        quote(said.quote, said.stakeholder_group, said.start_s)
    if not chosen.quotes:
        markup.sentence("Nobody who speaks of this agreed to be quoted.")
    with st.container(horizontal=True, key="words_of_links"):
        screens.link(screens.THEMES, "Read all of it in the list", **_address(desk, theme_id))
        if chosen.scale is Scale.THEME:
            screens.link(screens.THEME_YEARS, "See it over the years", theme=theme_id)


def _address(desk: OpenThemes, theme_id: ThemeId) -> dict[str, str]:
    """Where the list stands open at the same theme and breadth."""
    asked = {} if desk.breadth == desk.as_found else {"breadth": str(desk.breadth)}
    return {"view": "Themes", "theme": theme_id} | asked


def _who_finding(found: Sequence[ThemeSpeakers]) -> str:
    """A group that is silent on a theme comes first; else who speaks of most themes."""
    silent = [
        (theme, told)
        for theme in found
        for told in theme.on_screen.groups
        if told.amount is Amount.NOBODY
    ]
    if silent:
        theme, told = silent[0]
        more = f", and {count(len(silent) - 1, 'field')} more say “none”" if silent[1:] else ""
        return f"None of the {told.n} {people_of(told)} speaks of “{theme.name}”{more}"
    most: Counter[str] = Counter(
        people_of(told)
        for theme in found
        for told in theme.on_screen.groups
        if told.amount is Amount.MOST
    )
    if not most:
        return "Every group that can be told speaks of every theme"
    people, n = most.most_common(1)[0]
    return f"Most {people} speak of {n} of {count(len(found), 'theme')}"


def _is_drawn(point: MapPoint) -> bool:
    """In a theme, and of somebody whose group may be told."""
    return point.rank is not None and point.stakeholder_group is not None


def _family(point: MapPoint) -> Family | None:
    return point.stakeholder_group.family if point.stakeholder_group else None


def _lane(family: Family) -> str:
    return sentence_case(family.value)


def _mark(point: MapPoint, place: int, *, is_timed: bool) -> dict[str, object]:
    minutes = None if point.start_s is None else point.start_s / 60
    family = _family(point)
    return {
        "theme": point.theme_name,
        "family": family.value if family else "",
        "at": minutes if is_timed else place,
        "words": in_one_line(point.words, point.translation),
        "group": who(point.stakeholder_group),
        "clock": clock(point.start_s) if is_timed else "",
    }


def _when_finding(points: Sequence[MapPoint], *, is_timed: bool) -> str:
    """Which theme is most crowded into a part of the meeting, or that all are spread."""
    if not is_timed:
        return "What was talked about, from the first words to the last"
    spans = {
        name: _middle_half([p for p in points if p.theme_name == name])
        for name in dict.fromkeys(p.theme_name for p in points)
    }
    known = {name: span for name, span in spans.items() if span}
    if not known:
        return "What was talked about, and when"
    name, (begin, end) = min(known.items(), key=lambda one: one[1][1] - one[1][0])
    return f"Half of “{name}” was said between {clock(begin)} and {clock(end)}"


def _in_order_of_talk(every: Sequence[MapPoint]) -> list[str]:
    """Themes by the middle of what was said of them, so that a meeting reads downwards."""
    places: dict[str, list[int]] = {}
    for place, point in enumerate(every):
        if _is_drawn(point):
            places.setdefault(point.theme_name, []).append(place)
    return sorted(places, key=lambda name: (median(places[name]), name))


def _middle_half(points: Sequence[MapPoint]) -> tuple[float, float] | None:
    """The shortest stretch that holds half of what was said with a time, in seconds."""
    times = sorted(p.start_s for p in points if p.start_s is not None)
    half = (len(times) + 1) // 2
    if half < 2:
        return None
    return min(zip(times, times[half - 1 :], strict=False), key=lambda span: span[1] - span[0])


def _when_sentence(every: Sequence[MapPoint], points: Sequence[MapPoint], *, is_timed: bool) -> str:
    lanes = listed([family.value for family in Family])
    told = (
        f"Each mark is a passage, in the lane of its speaker's family ({lanes}). Press one to "
        "open its theme."
    )
    inside = [p for p in every if p.rank is not None]
    if not is_timed:
        told += " The source tells no times: marks stand in the order in which things were said."
    elif any(p.start_s is None for p in points):
        told += " What has no time, as written words, stands at the right."
    if len(inside) > len(points):
        n_more = count(len(inside) - len(points), "passage")
        told += f" {sentence_case(n_more)} may only be counted, or have no known group."
    return told


def _when_row(
    name: str, points: Sequence[MapPoint], families: Sequence[Family], *, is_timed: bool
) -> tuple[Cell, ...]:
    own = [p for p in points if p.theme_name == name]
    span = _middle_half(own) if is_timed else None
    mostly = f"{clock(span[0])} to {clock(span[1])}" if span else "no times"
    return (name, len(own), mostly, *(sum(_family(p) is f for p in own) for f in families))


def _when_file(
    meeting_id: MeetingId,
    points: Sequence[MapPoint],
    families: Sequence[Family],
    *,
    is_timed: bool,
) -> list[tuple[Cell, ...]]:
    """Only themes that everybody may see, and of their speakers nothing."""
    drawn = {point.theme_name for point in points}
    public = [t.name for t in themes.public_themes(meeting_id) if t.name in drawn]
    rows = [_when_row(name, points, families, is_timed=is_timed) for name in public]
    return [(*row[:3], *([NOT_TOLD] * len(families))) for row in rows]


def _pressed_theme(event: object, desk: OpenThemes) -> str:
    selection = getattr(event, "selection", None) or {}
    names = {str(row.get("theme", "")) for row in selection.get("passage", [])}
    return next((t.theme_id for t in desk.shown if t.name in names), "")
