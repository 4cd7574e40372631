"""Pictures of themes: who speaks of them, when, and over the years. Start at `speakers_grid`.

Each function takes rows (mappings with the named keys) and returns a chart; shares are 0-1.
"""

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any

import altair as alt

from domain.people import Family
from ui.chart_theme import TEXT_PX, colours, family_scale

Row = Mapping[str, Any]
CELL_PX, NAME_PX, HEAD_PX = 30, 27, 18
HEAD_LETTERS = 13
DARKEST_TINT = 0.28
"""Up to here the ink on a field keeps a contrast of 7:1; from two thirds on the field is solid."""
LANE_PX, ROW_GAP_PX = 15, 28
LANES = {
    Family.LIVED_EXPERIENCE: "lived",
    Family.CARE_AND_RESEARCH: "care",
    Family.INDUSTRY_AND_GOVERNMENT: "industry",
    Family.STAFF_AND_OTHERS: "staff",
}
"""Short names of the families, for a lane beside its marks."""
STOP_PX = 300
APART = 1.07
"""Where words without a time stand, as a multiple of the last time."""
_AXIS = {True: "datum.value + ' min'", False: "datum.value == 0 ? 'first said' : ''"}


def speakers_grid(rows: Sequence[Row]) -> Any:
    """A field per theme and group, its colour the stronger the larger the share.

    Keys: row, column, told, middle (0-1 or None), is_most.
    """
    now = colours()
    names = list(dict.fromkeys(row["row"] for row in rows))
    heads = list(dict.fromkeys(row["column"] for row in rows))
    top = HEAD_PX * max((len(_lines(head)) for head in heads), default=1) + 6
    step = CELL_PX + NAME_PX
    placed = [
        {
            **row,
            "spoken": f"{row['row']}, {row['column']}: {row['told']}",
            "top": top + names.index(row["row"]) * step + NAME_PX,
            "end": top + names.index(row["row"]) * step + NAME_PX + CELL_PX,
            "tint": _tint(row),
        }
        for row in rows
    ]
    scale = alt.Scale(domain=[0, top + step * max(1, len(names))], reverse=True, nice=False)
    x = alt.X("column:N", sort=heads, axis=None, scale=alt.Scale(paddingInner=0.04))
    y = alt.Y("top:Q", scale=scale, axis=None)
    fields = alt.Chart(_data(placed)).encode(x=x, y=y, y2="end:Q")
    filled = fields.mark_rect(fill=now.accent, stroke=now.soft, strokeWidth=1).encode(
        fillOpacity=alt.FillOpacity("tint:Q", scale=None), description="spoken:N"
    )
    words = fields.mark_text(dy=CELL_PX / 2, baseline="middle", fontSize=TEXT_PX - 1).encode(
        y2=alt.Y2(),
        text="told:N",
        color=alt.condition(alt.datum.is_most, alt.value(now.ground), alt.value(now.ink)),
    )
    above = [
        {"column": head, "line": line, "top": (n + 1) * HEAD_PX}
        for head in heads
        for n, line in enumerate(_lines(head))
    ]
    head = (
        alt.Chart(_data(above))
        .mark_text(color=now.soft, fontSize=TEXT_PX - 2, baseline="bottom")
        .encode(x=x, y=y, text="line:N")
    )
    beside = [{"row": n, "top": top + i * step + NAME_PX - 4} for i, n in enumerate(names)]
    name = (
        alt.Chart(_data(beside))
        .mark_text(align="left", baseline="bottom", color=now.ink, fontSize=TEXT_PX)
        .encode(x=alt.value(0), y=y, text="row:N")
    )
    return (filled + words + head + name).properties(height=top + step * max(1, len(names)))


def trajectory(rows: Sequence[Row]) -> Any:
    """A dot per meeting with its interval, a bar where only a phrase is told, a ring for no theme.

    Keys: meeting, told, share (None unless told), low, high (None where nothing is), is_theme.
    """
    now = colours()
    order = [row["meeting"] for row in rows]
    wrapped = {row["meeting"]: "\x1f".join(row["meeting"].rsplit(" ", 1)) for row in rows}
    placed = [
        {
            **row,
            "at": wrapped[row["meeting"]],
            "above": _above(row),
            "spoken": f"{row['meeting']}: {row['told']}",
        }
        for row in rows
    ]
    axis = alt.Axis(
        title=None,
        labelExpr="split(datum.label, '\x1f')",
        labelAngle=0,
        labelFontSize=TEXT_PX - 1,
        ticks=False,
        labelOverlap=False,
    )
    base = alt.Chart(_data(placed)).encode(
        x=alt.X("at:N", sort=[wrapped[m] for m in order], axis=axis), description="spoken:N"
    )
    scale = alt.Scale(domain=[0, 1.12], nice=False)
    shares = alt.Axis(format="%", title=None, values=[0, 0.25, 0.5, 0.75, 1])
    y = alt.Y("low:Q", scale=scale, axis=shares)
    is_told = "isValid(datum.share)"
    # The words beside them and the table speak; an empty layer would be a picture without words.
    lines = base.mark_rule(strokeWidth=2.5, color=now.accent, aria=False).encode(y=y, y2="high:Q")
    bars = lines.transform_filter(f"!{is_told} && isValid(datum.low)").mark_rule(
        aria=False, strokeWidth=14, color=now.accent, opacity=0.65
    )
    dots = (
        base.transform_filter(is_told)
        .mark_circle(aria=False, size=170, opacity=1, color=now.accent)
        .encode(y=alt.Y("share:Q", scale=scale))
    )
    rings = (
        base.transform_filter("datum.is_ring")
        .mark_point(aria=False, size=110, strokeWidth=2, color=now.soft, filled=False)
        .encode(y=alt.Y("nothing:Q", scale=scale))
    )
    words = base.mark_text(dy=-14, fontSize=TEXT_PX - 1, color=now.ink).encode(
        y=alt.Y("above:Q", scale=scale), text="told:N"
    )
    exact = lines.transform_filter(is_told)
    return (exact + bars + dots + rings + words).properties(height=STOP_PX)


def said_when(rows: Sequence[Row], themes: Sequence[str], families: Sequence[Family]) -> Any:
    """A row per theme with a lane per family, a mark for each contribution.

    Keys: theme, family, at (minutes, or how many were before; None for no time), words, group,
    clock. What has no time stands at the right, apart.
    """
    now = colours()
    lanes = list(families)
    step = LANE_PX * len(lanes) + ROW_GAP_PX
    tops = {theme: n * step + ROW_GAP_PX for n, theme in enumerate(themes)}
    places = {family.value: n * LANE_PX + LANE_PX / 2 for n, family in enumerate(lanes)}
    last = max((row["at"] for row in rows if row["at"] is not None), default=0) or 1
    apart = last * APART if any(row["at"] is None for row in rows) else last
    placed = [
        {
            **row,
            "place": tops[row["theme"]] + places[row["family"]],
            "at": apart if row["at"] is None else row["at"],
            "spoken": f"{row['theme']}. {row['group']}, {row['clock']}: {row['words']}",
        }
        for row in rows
    ]
    height = step * max(1, len(themes))
    scale = alt.Scale(domain=[0, height], reverse=True, nice=False)
    told = f"datum.value > {last} ? '' : {_AXIS[any(row['clock'] for row in rows)]}"
    x = alt.X(
        "at:Q",
        scale=alt.Scale(domain=[0, apart], nice=False, padding=6),
        axis=alt.Axis(title=None, tickCount=6, labelExpr=told, grid=True, labelFlush=False),
    )
    pressed = alt.selection_point(name="passage", fields=["theme"], on="click", empty=False)
    marks = (
        alt.Chart(_data(placed))
        .mark_tick(orient="vertical", thickness=3, size=LANE_PX - 3, opacity=0.85)
        .encode(
            x=x,
            y=alt.Y("place:Q", scale=scale, axis=None),
            color=alt.Color("family:N", scale=family_scale(), legend=None),
            description="spoken:N",
            tooltip=[
                alt.Tooltip("theme:N", title="Theme"),
                alt.Tooltip("words:N", title="Said"),
                alt.Tooltip("group:N", title="Who"),
                alt.Tooltip("clock:N", title="At"),
            ],
        )
        .add_params(pressed)
    )
    named = [{"theme": theme, "place": top - 6} for theme, top in tops.items()]
    names = (
        alt.Chart(_data(named))
        .mark_text(align="left", baseline="bottom", fontSize=TEXT_PX, color=now.ink)
        .encode(x=alt.value(0), y=alt.Y("place:Q", scale=scale, axis=None), text="theme:N")
    )
    beside = [
        {"lane": LANES[family], "place": top + places[family.value]}
        for top in tops.values()
        for family in lanes
    ]
    words = (
        alt.Chart(_data(beside))
        .mark_text(align="right", dx=-8, fontSize=TEXT_PX - 3, color=now.soft)
        .encode(x=alt.value(0), y=alt.Y("place:Q", scale=scale, axis=None), text="lane:N")
    )
    layers = marks + names + words
    if apart > last:
        layers += _words_at_right("no time", apart, x, scale)
    return layers.properties(height=height)


def _words_at_right(words: str, at: float, x: Any, scale: Any) -> Any:
    head = alt.Chart(_data([{"at": at, "place": 0, "words": words}]))
    return head.mark_text(
        align="right", baseline="top", dx=8, fontSize=TEXT_PX - 3, color=colours().soft
    ).encode(x=x, y=alt.Y("place:Q", scale=scale, axis=None), text="words:N")


def _tint(row: Row) -> float:
    if row["is_most"]:
        return 1.0
    return DARKEST_TINT * min(1.0, 1.5 * (row["middle"] or 0.0))


def _above(row: Row) -> float:
    return row["high"] if row["high"] is not None else 0.0


def _lines(head: str) -> list[str]:
    return wrap(head, HEAD_LETTERS) or [""]


def _data(rows: Sequence[Row]) -> Any:
    return alt.InlineData(values=[dict(row) for row in rows])
