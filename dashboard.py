"""The shell of the staff's screens: what is open, and the pages that the role may see."""

import streamlit as st

from domain.meetings import Meeting
from services import meetings, programmes
from ui import page, session
from ui.screens import SCREENS, TAKE_PART, WELCOME, may_open
from ui.session import Role

ROLE_KEY, PROGRAMME_KEY, MEETING_KEY = "see_it_as", "open_programme", "open_meeting"


def pages_of_role() -> list[st.Page]:
    """The screens of this role; a flat list, because a menu with sections is no list to be read."""
    return [
        st.Page(
            screen.path,
            title=screen.title,
            url_path=screen.address or None,
            default=screen in (WELCOME, TAKE_PART),
            visibility="visible" if screen.is_in_menu else "hidden",
        )
        for screen in SCREENS
        if may_open(screen)
    ]


def choices() -> None:
    """Which programme and meeting are open, and as whom they are seen."""
    opened = session.open_programme()
    known = programmes.programmes()
    if opened and len(known) > 1:
        choice(PROGRAMME_KEY, "Programme", {p.programme_id: p.name for p in known}, "programme")
    if opened and session.role() is not Role.PARTICIPANT:
        held = [m.meeting for m in meetings.meetings_of(opened.programme_id)]
        if held:
            choice(MEETING_KEY, "Meeting", {m.meeting_id: named(m) for m in held}, "meeting")
    choice(ROLE_KEY, "See it as", {role.value: role.value.capitalize() for role in Role}, "as")


def named(meeting: Meeting) -> str:
    """A meeting in a list."""
    return f"{meeting.label}: {meeting.challenge}"


def choice(key: str, label: str, names: dict[str, str], word: str) -> None:
    """A select box that says what is open and opens something else."""
    opened = session.here().get(word)
    st.session_state[key] = opened if opened in names else next(iter(names))
    st.selectbox(
        label,
        list(names),
        format_func=lambda option: names[option],
        key=key,
        on_change=lambda: session.choose(**{word: st.session_state[key]}),
    )


with page.refusals():
    session.start()
    opened_page = st.navigation(pages_of_role(), expanded=True)
    st.set_page_config(page_title=f"{opened_page.title}, ALS Roundtable", layout="wide")
    with st.sidebar:
        choices()
    page.strip()
    opened_page.run()
