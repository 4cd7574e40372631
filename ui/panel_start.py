"""Panels of a meeting: those there are, and a new one. Start at `overview`."""

import streamlit as st

from domain.access import Act
from domain.errors import RoundtableError
from domain.ids import MeetingId
from domain.panels import SECOND, Panel
from services import guided_sessions, panels, recommendations
from ui import markup, page, screens, session
from ui.guided_start import ASKABLE
from ui.markup import plain, shortened
from ui.panel_rounds import SMALL
from ui.words import day

CHOSEN = "panel"


def overview(meeting_id: MeetingId) -> None:
    """What panels there are, then the form for a new one."""
    held = panels.panels_of(meeting_id)
    page.section(
        "A panel of experts rates them",
        "As in the RAND/UCLA method: each member rates every recommendation from 1 to 9, on "
        "importance and on feasibility, alone; the panel talks about where it differs, and rates "
        "again.",
    )
    for one in held:
        _line(one)
    if session.may(Act.RUN_VOTE):
        with st.expander("Start a panel", key="start_panel"):
            _form(meeting_id)
    elif not held:
        page.empty("No panel yet", "A facilitator starts one; its result is shown here.")


def _line(one: Panel) -> None:
    rounds = "both rounds" if one.round == SECOND else "first round"
    st.button(
        plain(f"{day(one.started_at.date())}: {rounds}"),
        key=f"panel_{one.panel_id}",
        type="tertiary",
        on_click=session.keep,
        args=(CHOSEN, one.panel_id),
    )


def _form(meeting_id: MeetingId) -> None:
    found = [v.recommendation for v in recommendations.recommendations(meeting_id)]
    people = guided_sessions.who_may_sit(meeting_id)
    if not found:
        page.empty("Nothing to rate yet", "Write recommendations first, or bring in a list.")
        screens.link(screens.RECOMMENDATIONS, "Write the first recommendation")
        return
    names = {r.recommendation_id: f"{r.number}. {shortened(r.text, 70)}" for r in found}
    with st.form("new_panel"):
        asked = st.multiselect(
            "Recommendations to rate",
            list(names),
            default=[r.recommendation_id for r in found if r.state in ASKABLE] or list(names),
            placeholder="Choose at least one",
            format_func=lambda one: names[one],
            key="panel_asks",
        )
        members = st.multiselect(
            "Members of the panel",
            list(people),
            placeholder="Choose the members",
            format_func=lambda one: f"{people[one][0]} ({people[one][1]})",
            key="panel_members",
            help="Whoever is missing is put on the roster first, on People and their links.",
        )
        markup.sentence(SMALL)
        is_started = st.form_submit_button("Open the first round", type="primary")
    if not is_started:
        return
    try:
        session.keep(CHOSEN, panels.start(meeting_id, asked, members))
    except RoundtableError as error:
        page.refused(str(error))
        return
    session.tell("The first round is open. Hand out the members' personal links.")
    st.rerun()
