"""Guided sessions of a meeting: those there are, and a new one. Start at `overview`."""

from functools import partial

import streamlit as st

from domain.access import Act
from domain.errors import RoundtableError
from domain.guided import SMALLEST_GROUP, GuidedSession, Step
from domain.ids import MeetingId
from domain.recommendations import RecommendationState
from services import guided_sessions, recommendations
from ui import page, screens, session
from ui.guided_seats import LARGEST_GROUP
from ui.markup import plain, shortened
from ui.words import count, day

CHOSEN = "guided"
USUAL_SIZE = 6
ASKABLE = (RecommendationState.DRAFT, RecommendationState.PROPOSED)


def overview(meeting_id: MeetingId) -> None:
    """What sessions there are, then the form for a new one."""
    held = guided_sessions.sessions_of(meeting_id)
    page.section(
        "Small groups put recommendations in order",
        "As in a James Lind Alliance workshop: everybody alone, mixed small groups, other mixed "
        "groups, everybody together. The lowest total of places comes first.",
    )
    for one in held:
        _line(one)
    if session.may(Act.RUN_VOTE):
        with st.expander("Start a session", expanded=not held, key="start_session"):
            _form(meeting_id)
    elif not held:
        page.empty("No session yet", "A facilitator starts one; its result is shown here.")


def back() -> None:
    """The way from one session or panel to all of them."""
    st.button("All guided sessions", key="all_guided", type="tertiary", on_click=_leave)


def _leave() -> None:
    for name in (CHOSEN, "panel"):
        session.keep(name, "")


def _line(one: GuidedSession) -> None:
    is_over = one.step is Step.TOGETHER
    state = "result" if is_over else f"step {one.step.number} of {len(Step)}, {one.step}"
    what = count(len(one.options), "recommendation")
    st.button(
        plain(f"{day(one.started_at.date())}: {what}, {state}"),
        key=f"guided_{one.session_id}",
        type="tertiary",
        on_click=session.keep,
        args=(CHOSEN, one.session_id),
    )


def _form(meeting_id: MeetingId) -> None:
    found = [v.recommendation for v in recommendations.recommendations(meeting_id)]
    people = guided_sessions.who_may_sit(meeting_id)
    if len(found) < 2:
        page.empty("Nothing to put in order yet", "Write at least two recommendations first.")
        screens.link(screens.RECOMMENDATIONS, "Go to the recommendations")
        return
    if len(people) < 2 * SMALLEST_GROUP:
        page.empty(
            "Too few people on the roster",
            f"Two small groups of {SMALLEST_GROUP} need six people; the roster has {len(people)}.",
        )
        screens.link(screens.PEOPLE, "Go to the people")
        return
    names = {r.recommendation_id: f"{r.number}. {shortened(r.text, 70)}" for r in found}
    with st.form("new_session"):
        options = st.multiselect(
            "Recommendations to put in order",
            list(names),
            default=[r.recommendation_id for r in found if r.state in ASKABLE] or list(names),
            placeholder="Choose at least two",
            format_func=lambda one: names[one],
            key="session_options",
            help="James Lind Alliance workshops put 20 to 30 in order; fewer are easier.",
        )
        away = st.multiselect(
            "Who does not sit in a group",
            list(people),
            placeholder="Everybody sits in a group",
            format_func=lambda one: f"{people[one][0]} ({people[one][1]})",
            key="session_away",
            help="Facilitators, observers, and whoever is not here today.",
        )
        size = st.number_input(
            "People in a small group, at least",
            SMALLEST_GROUP,
            LARGEST_GROUP,
            USUAL_SIZE,
            key="session_size",
            help="With five or more in each, everybody may read the result. Of smaller groups "
            "others are shown places alone, from four groups on, and of fewer groups nothing.",
        )
        is_started = st.form_submit_button("Start the session", type="primary")
    if not is_started:
        return
    present = [one for one in people if one not in away]
    start = partial(guided_sessions.start, meeting_id, options, present, group_size=int(size))
    try:
        session.keep(CHOSEN, start())
    except RoundtableError as error:
        page.refused(str(error))
        return
    session.tell("The session is begun. Small groups are mixed below; change them as you like.")
    st.rerun()
