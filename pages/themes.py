"""Themes: left the ranked list, right the chosen one, its quotes first."""

import streamlit as st

from domain.access import Act
from services import glance, theme_desk, themes
from services.theme_desk import OpenThemes
from services.theme_views import ThemeView
from ui import job_progress, page, screens, session, theme_voices
from ui.theme_aside import aside, changes
from ui.theme_detail import detail
from ui.theme_list import CHOSEN, asked_breadth, breadth, ranked, summary
from ui.theme_pictures import sizes, theme_map
from ui.words import count

LIST, MAP, WHEN, WHO, SIZES = "Themes", "Map", "When", "Who", "Sizes"
ASIDE, CHANGES = "Set aside", "Changes"
# They follow the chosen breadth, so it can be chosen there too.
PICTURES = (MAP, WHEN, WHO, SIZES)


def nothing_yet(is_finding: bool) -> None:
    """What to do before there are themes."""
    seen = glance.glance(meeting_id)
    if is_finding:
        page.empty("Themes are on their way", "They appear here by themselves.")
    elif seen.n_utterances and not seen.n_shared:
        said = count(seen.n_utterances, "contribution")
        page.empty(
            "Nothing is shared yet",
            f"{said} stay with those who run the meeting until people agreed that words are "
            "grouped and a reviewer released them.",
        )
    elif seen.n_shared:
        said = count(seen.n_shared, "contribution")
        page.empty("No themes yet", f"{said} can be grouped by meaning. It takes seconds.")
        if session.may(Act.ANALYSE):
            st.button("Find the themes", type="primary", key="find", on_click=find)
    else:
        page.empty("No words yet", "Themes come from what people said: bring in a transcript.")
        screens.link(screens.IMPORT, "Bring in a transcript", step="Transcript")


def find() -> None:
    """Ask for the themes; the bar shows how far it is."""
    page.do("The themes are being found.", themes.request_themes, meeting_id)


def show(desk: OpenThemes) -> None:
    """The views of the themes; only the open one is drawn."""
    wanted = session.chosen(CHOSEN)
    chosen = next((t for t in desk.shown if t.theme_id == wanted), desk.shown[0])
    names = [LIST, MAP, WHEN, WHO, SIZES, ASIDE, CHANGES]
    views = st.tabs(names, key="view", bind="query-params")
    draws = (listed, theme_map, _when, _who, sizes, _aside, _changes)
    for view_name, view, draw_view in zip(names, views, draws, strict=True):
        if view.open:
            with view:
                if view_name in PICTURES:
                    breadth(desk)
                draw_view(desk, chosen)


def listed(desk: OpenThemes, chosen: ThemeView) -> None:
    """The list with the chosen theme beside it."""
    left, right = st.columns([2, 3], gap="large")
    with left:
        ranked(desk, chosen)
    with right:
        detail(meeting_id, desk, chosen)


def _when(desk: OpenThemes, chosen: ThemeView) -> None:
    theme_voices.said_when(desk)


def _who(desk: OpenThemes, chosen: ThemeView) -> None:
    theme_voices.who_speaks(desk)


def _aside(desk: OpenThemes, chosen: ThemeView) -> None:
    aside(meeting_id, desk)


def _changes(desk: OpenThemes, chosen: ThemeView) -> None:
    changes(meeting_id, desk)


meeting_id = session.open_meeting_id()
meeting = session.open_meeting()
desk = theme_desk.open_themes(meeting_id, asked_breadth())
is_stale = desk is not None and desk.report.is_stale
is_asked = page.head(
    "Themes",
    summary(desk) if desk else "What was said, grouped by meaning, in its own words.",
    eyebrow=f"{page.of_meeting(meeting)}: {meeting.challenge}",
    action="Find themes again" if is_stale and session.may(Act.ANALYSE) else "",
)
if is_asked:
    find()
    st.rerun()
is_finding = job_progress.theme_finding(meeting_id)
if desk and desk.report.themes:
    show(desk)
else:
    nothing_yet(is_finding)
