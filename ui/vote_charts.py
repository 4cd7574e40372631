"""Pictures of a closed vote: where each group stands, what a panel gave. Start at `stances`.

Each function takes rows (mappings with the named keys) and returns a chart.
"""

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any

import altair as alt

from ui.chart_theme import TEXT_PX, colours

Row = Mapping[str, Any]
HIGH, DIVIDED, LOW, UNTOLD = "high", "divided", "low", "untold"
MARK_PX, STEP_PX, NAME_PX, LINE_PX = 15, 84, 26, 18
HEAD_LETTERS = 11
RATING_PX, SCORES = 76, (1, 9)
BAND_PX = 58
NEWEST_PX, EARLIER_PX = 40, 56
"""How far below the top of its row a round is drawn."""


def stances(rows: Sequence[Row], heads: Sequence[str]) -> Any:
    """A mark per recommendation and group: solid high, ringed divided, hollow low.

    Keys: row, column, stance (one of the four above), told (a few letters below the mark), spoken.
    `heads` are the columns from the left: groups that are joined at few recommendations come last.
    Position, fill and words tell it, so that no colour of a group is borrowed.
    """
    now = colours()
    names = list(dict.fromkeys(row["row"] for row in rows))
    top = LINE_PX * max((len(_lines(head)) for head in heads), default=1) + 10
    placed = [
        {**row, "at": top + names.index(row["row"]) * STEP_PX + NAME_PX + MARK_PX} for row in rows
    ]
    height = top + STEP_PX * max(1, len(names))
    scale = alt.Scale(domain=[0, height], reverse=True, nice=False)
    x = alt.X("column:N", sort=list(heads), axis=None, scale=alt.Scale(paddingInner=0.04))
    y = alt.Y("at:Q", scale=scale, axis=None)
    at = alt.Chart(_data([r for r in placed if r["stance"] != UNTOLD])).encode(x=x, y=y)
    fill = alt.Scale(domain=[HIGH, DIVIDED, LOW], range=[now.ink, now.ground, now.ground])
    rings = at.mark_circle(size=420, opacity=1, stroke=now.ink, strokeWidth=2).encode(
        fill=alt.Fill("stance:N", scale=fill, legend=None), description="spoken:N"
    )
    halves = (
        at.transform_filter(alt.datum.stance == DIVIDED)
        .mark_circle(size=110, opacity=1, color=now.ink)
        .encode(description="spoken:N")
    )
    told = alt.Chart(_data(placed)).encode(x=x, y=y)
    words = told.mark_text(dy=24, color=now.ink, fontSize=TEXT_PX - 2).encode(text="told:N")
    layers = [_heads(heads, x, scale, now.soft), _names(names, top, scale), rings, halves, words]
    return alt.layer(*layers).properties(height=height)


def ratings(rows: Sequence[Row]) -> Any:
    """A panel's ratings of each recommendation from 1 to 9: the middle ones as a span, the median.

    Keys: row, low, median, high, is_newest; the last three but one are None where they are
    withheld. The newest round is drawn strong, with the earlier one thin below it.
    """
    now = colours()
    names = list(dict.fromkeys(row["row"] for row in rows))
    told = [
        {**row, "at": names.index(row["row"]) * RATING_PX + _below(row["is_newest"])}
        for row in rows
        if row["median"] is not None
    ]
    height = RATING_PX * max(1, len(names))
    scale = alt.Scale(domain=[0, height], reverse=True, nice=False)
    axis = alt.Axis(title=None, values=list(range(SCORES[0], SCORES[1] + 1)), format="d")
    x = alt.X("low:Q", scale=alt.Scale(domain=SCORES, nice=False, padding=14), axis=axis)
    strong, thin = (
        alt.Chart(_data([r for r in told if r["is_newest"] is newest])).encode(
            x=x, y=alt.Y("at:Q", scale=scale, axis=None)
        )
        for newest in (True, False)
    )
    layers = [
        _names(names, 0, scale, RATING_PX),
        thin.mark_rule(strokeWidth=2, color=now.soft).encode(x2="high:Q"),
        thin.mark_circle(size=70, opacity=1, color=now.soft).encode(x="median:Q"),
        strong.mark_rule(strokeWidth=6, color=now.accent, strokeCap="round").encode(x2="high:Q"),
        strong.mark_circle(size=190, opacity=1, color=now.accent).encode(x="median:Q"),
    ]
    return alt.layer(*layers).properties(height=height)


def support(rows: Sequence[Row]) -> Any:
    """A band of possible shares for each recommendation, a dot where the share is known.

    Keys: row, low, high (0-1), told, spoken, tier (surely, perhaps, surely not).
    """
    now = colours()
    names = [row["row"] for row in rows]
    placed = [{**row, "at": i * BAND_PX + NAME_PX + MARK_PX / 2} for i, row in enumerate(rows)]
    height = BAND_PX * max(1, len(rows))
    scale = alt.Scale(domain=[0, height], reverse=True, nice=False)
    axis = alt.Axis(
        title=None, values=[0, 0.5, 1], format="%", orient="top", domain=False, ticks=False
    )
    # Room at the right for the words: "17 to 23 of 23".
    x = alt.X("low:Q", scale=alt.Scale(domain=[0, 1.55], nice=False), axis=axis)
    y = alt.Y("at:Q", scale=scale, axis=None)
    base = alt.Chart(_data(placed)).encode(y=y)
    track = base.mark_rule(strokeWidth=1, color=now.soft).encode(
        x=alt.X(datum=0, type="quantitative"), x2=alt.datum(1)
    )
    layers = [_names(names, 0, scale, BAND_PX), track]
    for tier, style in _tier_styles(now).items():
        is_thin = tier == "surely not"
        of = [row for row in placed if row["tier"] == tier]
        # A layer without marks is an unnamed picture to a screen reader.
        if bands := [row for row in of if row["low"] < row["high"]]:
            bars = alt.Chart(_data(bands)).mark_bar(
                height=6 if is_thin else MARK_PX, strokeWidth=2, **style
            )
            layers.append(bars.encode(x=x, x2="high:Q", y=y, description="spoken:N"))
        if known := [row for row in of if row["low"] == row["high"]]:
            dots = alt.Chart(_data(known)).mark_circle(
                size=60 if is_thin else 200, opacity=1, strokeWidth=2, **style
            )
            layers.append(dots.encode(x=x, y=y, description="spoken:N"))
    words = base.mark_text(align="left", dx=14, color=now.ink, fontSize=TEXT_PX - 1)
    layers.append(words.encode(x=alt.X(datum=1, type="quantitative"), text="told:N"))
    return alt.layer(*layers).properties(height=height)


def _tier_styles(now: Any) -> dict[str, Any]:
    return {
        "surely": {"fill": now.accent, "stroke": now.accent},
        "perhaps": {"fill": now.ground, "stroke": now.accent},
        "surely not": {"fill": now.soft, "stroke": now.soft},
    }


def _below(is_newest: bool) -> int:
    return NEWEST_PX if is_newest else EARLIER_PX


def _heads(heads: Sequence[str], x: Any, scale: Any, color: str) -> Any:
    lines = [
        {"column": head, "line": line, "at": LINE_PX * (n + 1) - LINE_PX / 2}
        for head in heads
        for n, line in enumerate(_lines(head))
    ]
    y = alt.Y("at:Q", scale=scale, axis=None)
    return (
        alt.Chart(_data(lines))
        .mark_text(color=color, fontSize=TEXT_PX - 2)
        .encode(x=x, y=y, text="line:N")
    )


def _names(names: Sequence[str], top: int, scale: Any, step: int = STEP_PX) -> Any:
    rows = [{"row": n, "at": top + i * step + NAME_PX / 2} for i, n in enumerate(names)]
    y = alt.Y("at:Q", scale=scale, axis=None)
    marks = alt.Chart(_data(rows)).mark_text(align="left", color=colours().ink, fontSize=TEXT_PX)
    return marks.encode(x=alt.value(0), y=y, text="row:N")


def _lines(head: str) -> list[str]:
    return wrap(head, HEAD_LETTERS) or [""]


def _data(rows: Sequence[Row]) -> Any:
    return alt.InlineData(values=[dict(row) for row in rows])
