"""How far people and the machine agree, in words, a chart and tables. Start at `show`."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from domain.errors import RoundtableError
from domain.ids import CheckId
from services import coding, coding_result
from services.coding_result import Compared
from ui import charts, markup, page
from ui.chart_theme import TEXT_PX, colours
from ui.markup import draw
from ui.tables import table
from ui.words import count, people_say, sentence_case

PEOPLE_LOW, PEOPLE_HIGH = 0.59, 0.67
"""Kappas of two people who coded talk by a shared scheme: Murphy and Ciszewska-Carr, Burla."""
N_DIFFERENCES = 5
BANDS = ((0.0, "poor"), (0.2, "slight"), (0.4, "fair"), (0.6, "moderate"), (0.8, "substantial"))
HOW_TO_READ = (
    (
        "What two people reach",
        "Two researchers who coded ten interviews by the same scheme reached a kappa of .67 "
        "(Burla and others 2008, Nursing Research 57:113-117); two coders of online discussions "
        "with 19 kinds of contribution .59, between .35 and .66 from task to task (Murphy and "
        "Ciszewska-Carr 2005, IRRODL 6(2)). Teams that talk about what they coded otherwise, "
        "sharpen the descriptions and code again reach .8 for most codes (Hruschka and others "
        "2004, Field Methods 16:307-331). Here people see only the names of the themes, so expect "
        "less.",
    ),
    (
        "What kappa is",
        "The share of passages put alike, beyond what chance would give with the same habits: 1 is "
        "all, 0 is no more than chance (Cohen 1960). The interval holds the true value 95 times in "
        "100 such samples (Fleiss, Cohen and Everitt 1969); with few passages it is wide.",
    ),
    (
        "The usual names",
        "Landis and Koch (1977) call up to .20 slight, .40 fair, .60 moderate, .80 substantial, "
        "above almost perfect. They called these limits arbitrary themselves, and kappa falls "
        "where one theme holds most passages (Feinstein and Cicchetti 1990): read the counts "
        "beside it.",
    ),
    (
        "This sample",
        "Small themes are drawn more often than they occur, so that each can be judged. Numbers "
        "are about this sample, not about the share of the meeting.",
    ),
)


def show(check_id: CheckId, coder_name: str, reason: str) -> None:
    """The finding, a dot with its interval for each two, then where they differ."""
    try:
        found = coding_result.result(check_id, coder_name, reason=reason)
    except RoundtableError as error:
        page.refused(str(error))
        return
    if not found.pairs:
        page.empty(
            "Nothing to compare yet",
            f"The result appears when somebody has coded at least {coding.FEWEST} passages.",
        )
        return
    first = found.pairs[0]
    charts.show(
        kappas([row(pair) for pair in found.pairs]),
        title=finding(first),
        sentence=(
            f"{alike(first)}. The band shows what two people reached in published work on talk, "
            f"kappa {PEOPLE_LOW} to {PEOPLE_HIGH}."
        ),
        columns=("Who", "Put alike", "Of", "Kappa", "From", "To", "Left out"),
        rows=[cells(pair) for pair in found.pairs],
    )
    for pair in found.pairs:
        differences(pair)
    page.section("How to read this")
    markup.lines(HOW_TO_READ)


def finding(pair: Compared) -> str:
    """What the first comparison says, as a title."""
    kappa = pair.agreement.kappa
    who = f"{sentence_case(pair.first)} and {pair.second}"
    if kappa is None:
        return f"{who} gave one and the same answer throughout: kappa cannot be told"
    low, high = pair.agreement.low or 0.0, pair.agreement.high or 0.0
    if high < PEOPLE_LOW:
        return f"{who} agree less than two people usually do"
    if low > PEOPLE_HIGH:
        return f"{who} agree more than two people usually do"
    return f"{who} agree about as far as two people usually do"


def alike(pair: Compared) -> str:
    """ "Ann and the machine put 41 of 58 passages alike (kappa 0.63, from 0.50 to 0.76)"."""
    told = pair.agreement
    put = people_say(told.n_same, told.n, noun="passages")
    kappa = (
        f"kappa {told.kappa:.2f}, from {told.low:.2f} to {told.high:.2f}, {band(told.kappa)}"
        if told.kappa is not None
        else "kappa cannot be told"
    )
    return f"{sentence_case(pair.first)} and {pair.second} put {put} alike ({kappa})"


def band(kappa: float) -> str:
    """The usual name of a kappa: Landis and Koch 1977.

    >>> band(0.61), band(0.2), band(-0.1)
    ('substantial', 'slight', 'poor')
    """
    if kappa > BANDS[-1][0]:
        return "almost perfect"
    return next(name for limit, name in BANDS if kappa <= limit)


def differences(pair: Compared) -> None:
    """Two in detail: what was put elsewhere, in words, and each theme in numbers."""
    page.section(f"{sentence_case(pair.first)} and {pair.second}", f"{alike(pair)}.")
    if pair.n_left_out:
        markup.sentence(
            f"Left out: {count(pair.n_left_out, 'passage')} that one of them has not coded or "
            "could not tell."
        )
    where = pair.differences[:N_DIFFERENCES]
    if where:
        draw('<p class="rt-sentence"><strong>Where they differ most</strong></p>')
    markup.lines(
        (
            f"“{one.first}” for {pair.first}, “{one.second}” for {pair.second}",
            count(one.n, "passage"),
        )
        for one in where
    )
    n_more = sum(one.n for one in pair.differences[N_DIFFERENCES:])
    if n_more:
        markup.sentence(f"And {count(n_more, 'passage')} in other ways.")
    markup.sentence(f"Each theme, of {count(pair.agreement.n, 'passage')}:")
    table(
        ("Theme", sentence_case(pair.first), sentence_case(pair.second), "Both"),
        [(sentence_case(t.name), t.n_first, t.n_second, t.n_both) for t in pair.themes],
    )


def row(pair: Compared) -> dict[str, Any]:
    """Two as the chart reads them."""
    told = pair.agreement
    return {
        "who": f"{sentence_case(pair.first)} and {pair.second}",
        "kappa": told.kappa,
        "low": told.low,
        "high": told.high,
    }


def cells(pair: Compared) -> tuple[str | float | int | None, ...]:
    """Two as the table tells them."""
    told = pair.agreement
    numbers = (told.kappa, told.low, told.high)
    return (
        f"{sentence_case(pair.first)} and {pair.second}",
        told.n_same,
        told.n,
        *("cannot be told" if n is None else round(n, 2) for n in numbers),
        pair.n_left_out,
    )


def kappas(rows: Sequence[dict[str, Any]]) -> Any:
    """A dot with its interval for each two; keys who, kappa, low, high (-1 to 1)."""
    now = colours()
    told = [one for one in rows if one["kappa"] is not None]
    lowest = min([0.0, *(one["low"] for one in told)])
    scale = alt.Scale(domain=[lowest, 1])
    base = alt.Chart(alt.InlineData(values=told)).encode(y=alt.Y("who:N", sort=None, axis=None))
    people = (
        alt.Chart(alt.InlineData(values=[{"low": PEOPLE_LOW, "high": PEOPLE_HIGH}]))
        .mark_rect(color=now.soft, opacity=0.25)
        .encode(x=alt.X("low:Q", scale=scale), x2="high:Q")
    )
    axis = alt.Axis(title=None, format=".1f", tickCount=5)
    lines = base.mark_rule(strokeWidth=2.5, yOffset=9, y2Offset=9, color=now.accent).encode(
        x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q"
    )
    dots = base.mark_circle(size=150, opacity=1, yOffset=9, color=now.accent).encode(
        x=alt.X("kappa:Q", scale=scale)
    )
    names = base.mark_text(align="left", dy=-10, color=now.ink, fontSize=TEXT_PX).encode(
        x=alt.value(0), text="who:N"
    )
    return (people + lines + dots + names).properties(height=48 * max(1, len(told)) + 34)
