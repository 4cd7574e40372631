"""Turning chosen recommendations into an initiative. Start at `new_initiative`."""

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from domain.ids import ProgrammeId, RecommendationId
from domain.initiatives import InitiativeKind
from domain.recommendations import RecommendationState
from services import initiatives
from services.meetings import meetings_of
from services.recommendations import recommendations
from ui import markup, page, session
from ui.words import sentence_case


def new_initiative(programme_id: ProgrammeId, *, on_closed: Callable[[], None]) -> None:
    """Turn one or more chosen recommendations into an initiative."""
    names = chosen_recommendations(programme_id)
    wanted = [RecommendationId(r) for r in session.chosen("answers").split(",") if r in names]
    with st.form("new_initiative", enter_to_submit=False):
        markup.draw('<div class="rt-section"><h2>New initiative</h2></div>')
        st.text_input("Title", key="new_title")
        st.multiselect(
            "Which recommendations it answers",
            list(names),
            default=wanted,
            format_func=lambda r: names[r],
            key="new_answers",
            placeholder="Choose one or more",
        )
        st.text_area("What is being done, in two or three sentences", key="new_summary")
        left, right = st.columns(2)
        left.selectbox(
            "What it is", list(InitiativeKind), format_func=sentence_case, key="new_kind"
        )
        left.text_input("Who carries it", key="new_owner")
        right.date_input("Proposed on", value="today", key="new_proposed_on")
        right.text_input("Link, if it has a page", key="new_link")
        st.form_submit_button(
            "Make the initiative", on_click=_make, args=(programme_id, on_closed), key="new_make"
        )
    st.button("Not now", key="new_not_now", type="tertiary", on_click=on_closed)


def _make(programme_id: ProgrammeId, on_closed: Callable[[], None]) -> None:
    made = page.attempt(
        "The initiative is made. It stands among the proposed ones.",
        initiatives.create,
        programme_id,
        title=typed("new_title"),
        kind=InitiativeKind(typed("new_kind")),
        owner=typed("new_owner"),
        summary=typed("new_summary"),
        answers=st.session_state["new_answers"],
        proposed_on=st.session_state["new_proposed_on"] or date.today(),
        link=typed("new_link"),
        actor=session.author(),
    )
    if made:
        on_closed()


def chosen_recommendations(programme_id: ProgrammeId) -> dict[RecommendationId, str]:
    """Chosen recommendations of all meetings, as they stand in a list."""
    return {
        view.recommendation.recommendation_id: (
            f"{summary.meeting.label}, {view.recommendation.number}: "
            f"{markup.shortened(view.recommendation.text, 90)}"
        )
        for summary in meetings_of(programme_id)
        for view in recommendations(summary.meeting.meeting_id)
        if view.recommendation.state is RecommendationState.CHOSEN
    }


def typed(key: str) -> str:
    """What stands in a field now; empty before anything was typed."""
    value: Any = st.session_state.get(key, "")
    return str(value or "")
