"""The themes as a map and as bars. Start at `theme_map`."""

import streamlit as st

from domain.ids import ThemeId
from services.theme_desk import OpenThemes
from services.theme_views import ThemeView
from services.themes import MapPoint
from ui import charts
from ui.quotes import in_one_line, who
from ui.theme_list import choose
from ui.theme_voices import words_of
from ui.words import clock, count, listed, people_say, sentence_case


def theme_map(desk: OpenThemes, chosen: ThemeView) -> None:
    """The passages on a plane; a press on one opens its theme."""
    points = desk.points
    event = charts.show(
        charts.theme_map([map_row(p) for p in points], chosen.name),
        title=f"“{chosen.name}” among what else was said",
        sentence=(
            f"{count(len(points), 'passage')}; those of “{chosen.name}” stand out. Press a point "
            "to open its theme. Directions mean nothing, only nearness does. Whoever agreed only "
            "to be counted is a point without words."
        ),
        columns=("Theme", "Passages", "Typical words"),
        rows=[
            (
                t.name,
                sum(p.rank == t.rank for p in points),
                typical_words(t),
            )
            for t in desk.shown
        ],
        # A chart per chosen theme: a kept selection would undo a choice made in the list.
        key=f"map_{chosen.theme_id}_{desk.breadth}",
    )
    pressed = picked(event, desk)
    if pressed and pressed != chosen.theme_id:
        choose(pressed)
        st.rerun()
    words_of(desk, chosen.theme_id)


def typical_words(theme: ThemeView) -> str:
    """The first words of a theme, with what they say in English; empty where none may be quoted."""
    if not theme.quotes:
        return ""
    first = theme.quotes[0].quote
    return in_one_line(first.text, first.translation)


def map_row(point: MapPoint) -> dict[str, object]:
    """A passage as the chart reads it."""
    return {
        "x": point.x,
        "y": point.y,
        "theme": point.theme_name if point.rank is not None else "",
        "words": in_one_line(point.words, point.translation) or "not quoted",
        "group": who(point.stakeholder_group),
        "at": clock(point.start_s),
    }


def picked(event: object, desk: OpenThemes) -> ThemeId | None:
    """The theme of the point that was pressed on the map."""
    selection = getattr(event, "selection", None) or {}
    names = {str(row.get("theme", "")) for row in selection.get("passage", [])}
    return next((t.theme_id for t in desk.shown if t.name in names), None)


def sizes(desk: OpenThemes, chosen: ThemeView) -> None:
    """Bars of all themes in the list."""
    by_size = sorted(desk.shown, key=lambda theme: (-theme.n_utterances, theme.rank))
    first = by_size[0]
    n_all = desk.report.n_utterances
    charts.show(
        charts.theme_sizes(
            [
                {"name": t.name, "n_utterances": t.n_utterances, "n_people": t.n_people}
                for t in by_size
            ],
            chosen.name,
        ),
        title=f"Most was said about “{first.name}”",
        sentence=(
            f"{people_say(first.n_utterances, n_all, noun='contributions')} touch the largest "
            "theme; one contribution can touch several."
        ),
        columns=("Theme", "Contributions", "People", "Groups"),
        rows=[
            (
                t.name,
                t.n_utterances,
                t.n_people,
                sentence_case(listed([f"{g.value} {n}" for g, n in t.groups.items()])),
            )
            for t in by_size
        ],
    )
