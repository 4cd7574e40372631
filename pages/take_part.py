"""Take part: what a participant sees, by way of a real ballot of the sample."""

from collections.abc import Sequence
from urllib.parse import urlsplit

import streamlit as st

from domain.errors import NotAllowedNow
from domain.meetings import Attendance
from services import practice
from ui import markup, page, words


def open_practice() -> None:
    """Open the practice vote."""
    page.do(
        "The practice vote is open. Choose whose link to open.",
        practice.open_practice_vote,
    )


def choose_person(people: Sequence[tuple[Attendance, str]]) -> None:
    """Open the ballot behind the link of one invented person."""
    links = {a.attendance_id: (a, url) for a, url in people}

    def named(attendance_id: str) -> str:
        attendance = links[attendance_id][0]
        return f"{attendance.name}, {attendance.stakeholder_group.value}"

    picked = st.selectbox(
        "Whose link do you want to open?", list(links), format_func=named, key="take_part_as"
    )
    path = urlsplit(links[picked][1]).path
    st.link_button("Open the ballot", path, type="primary", key="open_ballot")
    markup.sentence(
        "It opens in a new tab, as a plain page: one recommendation at a time, large answers, "
        "and a way back. It works without JavaScript, by switch, by gaze and with a screen reader."
    )


try:
    people = practice.people_to_try()
except NotAllowedNow:
    page.head(
        "Participants come by their own link",
        "Every person gets a link of their own; nobody else can open it from here. "
        "A facilitator finds the links under Ballots.",
    )
    st.stop()

page.sample_strip()
page.head(
    "Answer as a participant",
    "A real vote in the sample. The people are invented, so you may answer as any of them.",
)
if people:
    choose_person(people)
else:
    page.empty(
        "No vote is open just now",
        f"Open a practice vote over {words.spelled(practice.N_ASKED)} recommendations of the "
        "newest meeting: it is the same kind of vote as any other.",
    )
    st.button(
        "Open a practice vote",
        key="open_practice",
        type="primary",
        on_click=open_practice,
    )
