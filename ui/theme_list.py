"""The list of themes at a breadth. Start at `ranked`."""

import streamlit as st

from domain.ids import ThemeId
from services.theme_breadths import Scale
from services.theme_desk import OpenThemes
from services.theme_views import ThemeView
from ui import bars, session
from ui.markup import draw, plain, safe
from ui.words import count, people_say

CHOSEN, BREADTH = "theme", "breadth"
MARKS = {
    Scale.THEME: "",
    Scale.PART: "Part of a theme. ",
    Scale.FAMILY: "Themes together. ",
}


def told(theme: ThemeView) -> str:
    """How large a theme is: "38 contributions by 12 people"."""
    people = count(theme.n_people, "person", "people")
    return f"{count(theme.n_utterances, 'contribution')} by {people}"


def choose(theme_id: ThemeId) -> None:
    """Open another theme, also in the address."""
    session.keep(CHOSEN, theme_id)


def asked_breadth() -> int | None:
    """How many themes the address asks for; None: as they were found."""
    wanted = session.chosen(BREADTH)
    return int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 5 else None


def breadth(desk: OpenThemes) -> None:
    """Fewer and broader, or more and finer: only another view, nothing is analysed again."""
    if desk.fewest == desk.most:
        return
    # A control for each range: another number of themes must not be taken for the same question.
    key = f"breadth_{desk.fewest}_{desk.most}_{desk.as_found}"
    st.session_state[key] = desk.breadth
    st.slider(
        "Breadth: how many themes to show",
        desk.fewest,
        desk.most,
        key=key,
        on_change=_keep_breadth,
        args=(key, desk.as_found),
        help="To the left fewer and broader ones, to the right more and finer ones. Only the view "
        "changes; arrow keys work too.",
    )
    if desk.breadth != desk.as_found:
        st.button(
            f"Back to the {count(desk.as_found, 'theme')} as found",
            key="as_found",
            type="tertiary",
            on_click=session.keep,
            args=(BREADTH, ""),
        )


def ranked(desk: OpenThemes, chosen: ThemeView) -> None:
    """Every theme, largest first, each a button that opens it."""
    breadth(desk)
    for theme in desk.shown:
        is_open = theme.theme_id == chosen.theme_id
        with st.container(key=f"{'card' if is_open else 'other'}_{theme.theme_id}", gap=None):
            st.button(
                plain(f"{theme.rank + 1}. {theme.name}"),
                key=f"open_{theme.theme_id}",
                type="tertiary",
                on_click=choose,
                args=(theme.theme_id,),
            )
            now = "Open now. " if is_open else ""
            draw(
                f'<div class="rt-bar-words">{now}{MARKS[theme.scale]}{safe(told(theme))}</div>'
                f"{bars.family_mix_html(theme.groups)}"
            )


def summary(desk: OpenThemes) -> str:
    """How much of the talk the themes hold, and whether words came in since."""
    report = desk.report
    n_inside = report.n_passages - report.n_set_aside
    inside = people_say(n_inside, report.n_passages, noun="passages")
    newer = " Words came or went since: find the themes again." if report.is_stale else ""
    return f"{count(len(report.themes), 'theme').capitalize()} hold {inside}.{newer}"


def _keep_breadth(key: str, as_found: int) -> None:
    wanted = st.session_state[key]
    session.keep(BREADTH, "" if wanted == as_found else str(wanted))
