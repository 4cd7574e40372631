"""Write down who may answer in somebody's place. Start at `form`."""

from collections.abc import Sequence

import streamlit as st

from domain.ids import AttendanceId, MeetingId
from domain.meetings import Attendance
from services import proxies
from ui import markup, page, session
from ui.markup import plain
from ui.tables import table
from ui.words import day


def form(meeting_id: MeetingId, people: Sequence[Attendance]) -> None:
    """Who is answered for by whom, and a form to write it down or take it back."""
    names = {a.attendance_id: a.name for a in people}
    page.section(
        "Answering for somebody else",
        "Pressing for somebody needs nothing written down: the answers are theirs. Answering in "
        "somebody's place does, and it is counted apart; it ends as soon as they answer.",
    )
    known = proxies.proxies_at(meeting_id)
    if known:
        table(
            ("Person", "Who may answer", "How the person agreed", "Written down"),
            [
                (names[who], c.proxy_name, c.how_given, f"{day(c.recorded_at)}, {c.recorded_by}")
                for who, c in known.items()
                if who in names
            ],
        )
    if not names:
        return
    with st.form("proxy", clear_on_submit=True):
        st.selectbox(
            "Who agreed",
            list(names),
            format_func=lambda who: plain(names[who]),
            key="proxy_of",
        )
        st.text_input("Who may answer for them", key="proxy_name")
        st.text_area("How they agreed, and when", key="proxy_how")
        st.form_submit_button("Write it down", key="proxy_keep", on_click=_write_down)
    for who in known:
        if who in names:
            st.button(
                plain(f"Nobody may answer for {names[who]} any more"),
                key=f"proxy_end_{who}",
                on_click=_take_back,
                args=(who,),
            )
    markup.sentence("The choice then stands on the person's page “Who presses the buttons?”.")


def _write_down() -> None:
    state = st.session_state
    page.do(
        "Written down.",
        proxies.write_down,
        AttendanceId(state["proxy_of"]),
        state["proxy_name"],
        state["proxy_how"],
        actor=session.author(),
    )


def _take_back(attendance_id: AttendanceId) -> None:
    page.do("Taken back.", proxies.take_back, attendance_id, actor=session.author())
