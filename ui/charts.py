"""Charts with their finding, a sentence and a table beside them. Start at `show`.

Each function takes rows (mappings with the named keys) and returns a chart; shares are 0-1.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import median
from typing import Any

import altair as alt
import streamlit as st

from domain.access import Act
from services.exports import table_csv
from ui import session
from ui.chart_theme import TEXT_PX, colours, dressed, family_scale
from ui.markup import draw, safe
from ui.tables import Cell, table
from ui.words import sentence_case

Row = Mapping[str, Any]
ROW_PX = 34
AXIS_PX = 34
NAMED_PX, BELOW_PX = 48, 9
SPAN_PX = 36
PARTED = "\x1f"
"""Between a name and its stage in one label: nobody types it."""
NAME_TALL, NAME_WIDE = 0.055, 0.4
"""Room that a theme's name takes on the map, as shares of its height and width."""


def show(
    chart: Any,
    *,
    title: str,
    sentence: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    key: str | None = None,
    file_rows: Iterable[Sequence[Cell]] | None = None,
) -> Any:
    """Draw a chart: its finding as the title, one sentence, and the same numbers as a table.

    With `key` the chart reports what was selected on it, and that is returned. `file_rows` are
    what the file of the table tells, where less may leave the house than the screen shows.
    """
    draw(f'<div class="rt-section rt-finding"><h2>{safe(title)}</h2></div>')
    picks: Row = {"key": key, "on_select": "rerun"} if key else {}
    event = st.altair_chart(dressed(chart), alt=sentence, **picks)
    draw(f'<p class="rt-sentence">{safe(sentence)}</p>')
    with st.expander("The same as a table"):
        told = [list(row) for row in rows]
        taken = told if file_rows is None else [list(row) for row in file_rows]
        table(columns, told)
        if session.may(Act.EXPORT):
            st.download_button(
                "Download this table (CSV)",
                data=table_csv(columns, taken, is_sample=session.is_sample()),
                file_name="table.csv",
                mime="text/csv",
                key=f"csv_{title}",
                on_click="ignore",
            )
    return event if key else None


def theme_sizes(rows: Sequence[Row], chosen: str = "") -> Any:
    """Bars of themes; keys name, n_utterances, n_people; `chosen` names the one that is open."""
    now = colours()
    base = _rows_with_names("name", rows).encode(
        x=alt.X("n_utterances:Q", axis=None, scale=_from_zero("n_utterances", rows)),
    )
    fill = alt.condition(
        alt.datum.name == chosen,
        alt.value(now.accent),
        alt.value(now.accent if not chosen else now.soft),
    )
    bars = base.mark_bar(height=16, yOffset=BELOW_PX).encode(color=fill)
    words = (
        base.transform_calculate(
            told="datum.n_utterances + ' by ' + datum.n_people + (datum.n_people == 1 ? "
            "' person' : ' people')"
        )
        .mark_text(align="left", dx=6, yOffset=BELOW_PX, color=now.ink, fontSize=TEXT_PX)
        .encode(text="told:N")
    )
    return (bars + words + _names("name", rows)).properties(height=NAMED_PX * max(1, len(rows)))


def theme_map(rows: Sequence[Row], chosen: str = "") -> Any:
    """Passages on the map, near means alike; keys x, y, theme, words, group, at."""
    now = colours()
    near = alt.selection_point(name="passage", fields=["theme"], on="click", empty=False)
    points = (
        alt.Chart(_data(rows))
        .mark_circle(size=70)
        .encode(
            x=alt.X("x:Q", axis=None, scale=alt.Scale(zero=False, padding=20)),
            y=alt.Y("y:Q", axis=None, scale=alt.Scale(zero=False, padding=20)),
            color=alt.condition(
                alt.datum.theme == chosen, alt.value(now.accent), alt.value(now.soft)
            ),
            opacity=alt.condition(alt.datum.theme == "", alt.value(0.25), alt.value(0.75)),
            tooltip=[
                alt.Tooltip("theme:N", title="Theme"),
                alt.Tooltip("words:N", title="Said"),
                alt.Tooltip("group:N", title="Who"),
                alt.Tooltip("at:N", title="At"),
            ],
        )
        .add_params(near)
    )
    middles = alt.Chart(_data(_map_names(rows))).encode(x="x:Q", y="y:Q", text="theme:N")
    letters: Row = {"fontSize": TEXT_PX, "fontWeight": 600, "dy": -14}
    # A stroke in the colour of the ground keeps a name readable over other points.
    halo = middles.mark_text(stroke=now.ground, strokeWidth=5, color=now.ground, **letters)
    names = middles.mark_text(color=now.ink, **letters)
    return (points + halo + names).properties(height=480)


def group_mix(rows: Sequence[Row]) -> Any:
    """Families inside each theme; keys theme, family, n."""
    return (
        alt.Chart(_data(rows))
        .mark_bar(height=14)
        .encode(
            y=alt.Y("theme:N", sort=None, axis=_names_axis()),
            x=alt.X("n:Q", stack="normalize", axis=alt.Axis(format="%", title=None, tickCount=4)),
            color=alt.Color("family:N", scale=family_scale(), legend=alt.Legend(title=None)),
            order=alt.Order("family:N"),
        )
        .properties(height=ROW_PX * max(1, len({row["theme"] for row in rows})) + AXIS_PX)
    )


def votes_by_group(rows: Sequence[Row]) -> Any:
    """Share that agrees, with its interval; keys group, family, share_agree, low, high, n."""
    told = [{**row, "told": sentence_case(f"{row['group']}, {row['n']} answered")} for row in rows]
    base = _rows_with_names("told", told)
    scale = alt.Scale(domain=[0, 1])
    axis = alt.Axis(format="%", title=None, tickCount=4)
    color = alt.Color("family:N", scale=family_scale(), legend=None)
    line = base.mark_rule(strokeWidth=2.5, yOffset=BELOW_PX, y2Offset=BELOW_PX).encode(
        x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q", color=color
    )
    dots = base.mark_circle(size=150, opacity=1, yOffset=BELOW_PX).encode(
        x=alt.X("share_agree:Q", scale=scale), color=color
    )
    layers = line + dots + _names("told", told)
    return layers.properties(height=NAMED_PX * max(1, len(rows)) + AXIS_PX)


def timeline(rows: Sequence[Row], steps: Sequence[Row], today: date) -> Any:
    """Initiatives from the meeting that asked to today.

    Keys of rows: title, start, end, stage. Keys of steps: title, on, stage, is_launched.
    """
    now = colours()
    told = {row["title"]: f"{row['title']}{PARTED}{row['stage']}" for row in rows}
    named = [{**row, "label": told[row["title"]]} for row in rows]
    dated = [{**step, "label": told[step["title"]]} for step in steps]
    # The stage stands below the name, so that nothing is written beyond today.
    axis = alt.Axis(
        title=None,
        labelExpr=f"split(datum.label, '{PARTED}')",
        labelLimit=230,
        labelFontSize=TEXT_PX - 1,
        labelLineHeight=17,
        labelOverlap=False,
        labelOffset=-9,
        labelFlush=False,
        ticks=False,
        domain=False,
    )
    y = alt.Y("label:N", sort=list(told.values()), axis=axis)
    spans = (
        alt.Chart(_data(named))
        .mark_rule(strokeWidth=3, color=now.soft, opacity=0.45)
        .encode(y=y, x=alt.X("start:T", axis=_years_axis()), x2="end:T")
    )
    dots = (
        alt.Chart(_data(dated))
        .mark_point(size=100, strokeWidth=2, opacity=1, stroke=now.accent)
        .encode(
            y=y,
            x="on:T",
            fill=alt.condition(alt.datum.is_launched, alt.value(now.accent), alt.value(now.ground)),
            tooltip=[alt.Tooltip("stage:N", title="Stage"), alt.Tooltip("on:T", title="Since")],
        )
    )
    return (spans + dots).properties(height=SPAN_PX * max(1, len(rows)) + AXIS_PX)


def sparkline(readings: Sequence[Row], baseline: float | None, target: float | None) -> Any:
    """Readings of a measure with baseline and target; keys on, value. From zero, no claim."""
    now = colours()
    values = [row["value"] for row in readings] + [v for v in (baseline, target) if v is not None]
    scale = alt.Scale(domain=[0, max(values, default=1) * 1.15 or 1])
    days = [_day(row["on"]) for row in readings]
    axis = alt.Axis(title=None, format="%b %Y", values=days, grid=False, labelOverlap=True)
    base = alt.Chart(_data(readings)).encode(
        x=alt.X("on:T", scale=alt.Scale(padding=18), axis=axis),
        y=alt.Y("value:Q", scale=scale, axis=None),
    )
    layers = [
        base.mark_line(color=now.accent, strokeWidth=2.5),
        base.mark_circle(color=now.accent, size=80, opacity=1),
        base.mark_text(dy=-13, fontSize=TEXT_PX - 1, color=now.ink).encode(text="value:Q"),
    ]
    for value, word, dash in ((baseline, "baseline", [2, 3]), (target, "target", [7, 4])):
        if value is not None:
            layers += _level(value, f"{word} {value:g}", dash, scale)
    return alt.layer(*layers).properties(height=150, padding={"right": 110, "left": 4})


def speaking_share(rows: Sequence[Row]) -> Any:
    """Share of people against share of what was said; keys family, share_people, share_said."""
    now = colours()
    told = [{**row, "told": sentence_case(row["family"])} for row in rows]
    base = _rows_with_names("told", told)
    axis = alt.Axis(format="%", title=None, tickCount=4)
    color = alt.Color("family:N", scale=family_scale(), legend=None)
    said = base.mark_bar(height=14, yOffset=BELOW_PX).encode(
        x=alt.X("share_said:Q", axis=axis), color=color
    )
    present = base.mark_tick(thickness=3, size=20, color=now.ink, yOffset=BELOW_PX).encode(
        x="share_people:Q"
    )
    layers = said + present + _names("told", told)
    return layers.properties(height=NAMED_PX * max(1, len(rows)) + AXIS_PX)


def _map_names(rows: Sequence[Row]) -> list[Row]:
    """Where the name of each theme stands on the map: above its passages, clear of other names."""
    by_theme: dict[str, list[Row]] = {}
    for row in rows:
        if row["theme"]:
            by_theme.setdefault(row["theme"], []).append(row)
    tall = _spread([row["y"] for row in rows]) * NAME_TALL
    wide = _spread([row["x"] for row in rows]) * NAME_WIDE
    placed: list[Row] = []
    for name, inside in sorted(by_theme.items(), key=lambda one: -max(r["y"] for r in one[1])):
        x, y = median(row["x"] for row in inside), max(row["y"] for row in inside)
        while any(abs(o["x"] - x) < wide and abs(o["y"] - y) < tall for o in placed):
            y -= tall
        placed.append({"theme": name, "x": x, "y": y})
    return placed


def _spread(values: Sequence[float]) -> float:
    return (max(values) - min(values) or 1.0) if values else 1.0


def _level(value: float, word: str, dash: list[int], scale: Any) -> list[Any]:
    now = colours()
    level = alt.Chart(_data([{"value": value, "word": word}]))
    y = alt.Y("value:Q", scale=scale, axis=None)
    return [
        level.mark_rule(strokeDash=dash, color=now.soft, strokeWidth=1.5).encode(y=y),
        level.mark_text(align="left", dx=8, color=now.soft, fontSize=TEXT_PX - 2).encode(
            y=y, x=alt.value("width"), text="word:N"
        ),
    ]


def _day(iso: str) -> Any:
    on = date.fromisoformat(iso)
    return alt.DateTime(year=on.year, month=on.month, date=on.day)


def _rows_with_names(name: str, rows: Sequence[Row]) -> Any:
    """Rows whose names stand above them: beside them they would leave a phone no room."""
    return alt.Chart(_data(rows)).encode(y=alt.Y(f"{name}:N", sort=None, axis=None))


def _names(name: str, rows: Sequence[Row]) -> Any:
    words = _rows_with_names(name, rows).mark_text(
        align="left", dy=-10, color=colours().ink, fontSize=TEXT_PX
    )
    return words.encode(x=alt.value(0), text=f"{name}:N")


def _data(rows: Sequence[Row]) -> Any:
    return alt.InlineData(values=[dict(row) for row in rows])


def _names_axis(limit: int = 260) -> Any:
    return alt.Axis(title=None, labelLimit=limit, ticks=False, domain=False, labelFontSize=TEXT_PX)


def _years_axis() -> Any:
    return alt.Axis(title=None, format="%Y", tickCount="year")


def _from_zero(name: str, rows: Sequence[Row]) -> Any:
    # Room at the right for the words beside the longest bar.
    return alt.Scale(domain=[0, max((row[name] for row in rows), default=1) * 1.6])
