"""A panel's two rounds: how many rated, and what they gave. Start at `show`."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from domain.access import Act
from domain.panels import FIRST, SECOND
from domain.votes import Asks
from services import panels
from services.panels import OpenPanel, PanelRow, Rating, in_few_words, in_numbers
from ui import charts, markup, page, screens, session, vote_charts
from ui.markup import shortened
from ui.tables import table
from ui.words import count, listed, people_say, sentence_case

SMALL = (
    "Ratings are confidential. Of five ratings or fewer neither a median nor a verdict is told: in "
    "so small a panel either would say what single members gave. From six on, numbers are told "
    "where nobody can be worked out of them; with fifteen they nearly always are, with nine often "
    "not. A smaller panel can talk about its reasons without numbers."
)
TALK = (
    "Now the panel talks: first about what it disagrees on, then about what is uncertain. Read "
    "the first round below with it. Nobody is told whose rating is whose, and nobody can look up "
    "their own: who wants to compare writes it down."
)
NAME_LETTERS = 34
"""Of a recommendation beside its verdict, so that both fit on a phone."""


def show(found: OpenPanel, eyebrow: str) -> None:
    """The newest round, what to do next, and every vote that has closed."""
    title, sentence = _head(found)
    page.head(title, sentence, eyebrow=eyebrow)
    runs = session.may(Act.RUN_VOTE)
    if found.is_open:
        _watch(found, runs=runs)
    elif found.panel.round == FIRST:
        markup.sentence(TALK)
        if runs:
            st.button(
                "Open the second round",
                key="second_round",
                type="primary",
                on_click=partial(
                    page.do,
                    "The second round is open, for the same members with the same links.",
                    panels.open_second,
                    found.panel.panel_id,
                ),
            )
    _results(found)


def _head(found: OpenPanel) -> tuple[str, str]:
    state = "open" if found.is_open else "closed"
    asked = count(len(found.votes[0].ballot.items), "recommendation")
    return (
        f"Panel: round {found.panel.round} of {SECOND}, {state}",
        f"{found.n_members} members rate {asked} from 1 to 9, on importance and on feasibility.",
    )


def _watch(found: OpenPanel, *, runs: bool) -> None:
    rows = [
        (sentence_case(v.asks), people_say(v.progress.n_answered, v.progress.n_invited))
        for v in found.votes
        if v.is_open
    ]
    table(("Question", "Have begun to rate"), rows)
    markup.sentence("Ratings are shown when the round has closed.")
    if not runs:
        return
    with st.container(horizontal=True, key="panel_steps"):
        st.button("Look again", key="look_panel")
        with st.popover("Close this round"):
            markup.sentence(
                "Closing is for good: nobody can rate or change a rating of this round after it."
            )
            st.button(
                "Close it for good",
                key="close_round",
                type="primary",
                on_click=partial(
                    page.do,
                    "The round is closed.",
                    panels.close_round,
                    found.panel.panel_id,
                ),
            )
        screens.link(screens.PEOPLE, "The members' links")


def _results(found: OpenPanel) -> None:
    rows = panels.result(found.panel.panel_id)
    closed = sorted({number for number, _ in rows[0].ratings}, reverse=True) if rows else []
    if not closed:
        return
    if session.may(Act.EXPORT):
        name, data = panels.export_panel(found.panel.panel_id)
        st.download_button(
            "Download the panel's result (CSV)",
            data=data,
            file_name=name,
            mime="text/csv",
            key="panel_result",
            on_click="ignore",
            help="Only what eleven ratings or more stand behind.",
        )
    for asks in Asks:
        _of_question(asks, rows, closed)
    page.section("What the words mean")
    markup.lines(
        [
            ("Important, feasible", "the median is 7 or more, and the panel does not disagree"),
            ("Not important, not feasible", "the median is 3 or less, without disagreement"),
            ("Uncertain", "the median lies between, without disagreement"),
            (
                "Disagreement",
                "the range of the middle ratings (30th to 70th percentile) is larger than its "
                "bound, which grows where ratings lean to one end",
            ),
            ("Withheld", "fewer than six rated, or it would tell what a few members gave"),
        ]
    )


def _of_question(asks: Asks, rows: Sequence[PanelRow], closed: Sequence[int]) -> None:
    columns = ["No.", "Recommendation", *(f"Round {number}" for number in closed)]
    cells = [_cells(asks, row, closed) for row in rows]
    if not any(row.ratings[closed[0], asks].rating for row in rows):
        page.section(sentence_case(asks), _finding(asks, rows, closed[0]))
        table(columns, cells)
        return
    charts.show(
        vote_charts.ratings([drawn for row in rows for drawn in _drawn(asks, row, closed)]),
        title=f"{sentence_case(asks)}: {_kinds(asks, rows, closed[0])}",
        sentence=_what_is_drawn(closed),
        columns=columns,
        rows=cells,
    )


def _drawn(asks: Asks, row: PanelRow, closed: Sequence[int]) -> list[dict[str, object]]:
    verdict = in_few_words(asks, row.ratings[closed[0], asks])
    name = f"{row.position}. {shortened(row.text, NAME_LETTERS)} {sentence_case(verdict)}"
    spans = [(number, row.ratings[number, asks].rating) for number in closed]
    return [
        {
            "row": name,
            "low": span.p30 if span else None,
            "median": span.median if span else None,
            "high": span.p70 if span else None,
            "is_newest": number == closed[0],
        }
        for number, span in spans
    ]


def _what_is_drawn(closed: Sequence[int]) -> str:
    drawn = (
        "Rated from 1 to 9. The dot is the median, the line the middle ratings (30th to 70th "
        "percentile)"
    )
    earlier = "; thin and below it, the first round" if len(closed) > 1 else ""
    return f"{drawn}{earlier}. Where nothing is drawn, numbers would tell what a few members gave."


def _cells(asks: Asks, row: PanelRow, closed: Sequence[int]) -> list[str | int]:
    cells: list[str | int] = [row.position, row.text]
    for number in closed:
        rating: Rating = row.ratings[number, asks]
        cells.append(f"{sentence_case(in_few_words(asks, rating))}\n{in_numbers(rating)}")
    return cells


def _finding(asks: Asks, rows: Sequence[PanelRow], number: int) -> str:
    return f"Of {count(len(rows), 'recommendation')}: {_kinds(asks, rows, number)}."


def _kinds(asks: Asks, rows: Sequence[PanelRow], number: int) -> str:
    told = [in_few_words(asks, row.ratings[number, asks]) for row in rows]
    return listed([f"{told.count(kind)} {kind}" for kind in dict.fromkeys(told)])
