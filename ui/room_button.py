"""The press that puts something on the room's wall, and the one that takes it down. See `offer`."""

from functools import partial

import streamlit as st

from domain.ids import MeetingId
from services import room
from services.room import Showing
from ui import page, screens, session


def offer(meeting_id: MeetingId, kind: Showing, subject_id: str) -> None:
    """Show this in the room; only for who runs the meeting."""
    if not session.may_edit():
        return
    st.button(
        "Show in the room",
        key=f"show_{kind}_{subject_id}",
        on_click=partial(page.do, SHOWN, room.show, meeting_id, kind, subject_id),
        help="Open the room's view on the wall's computer first, from At a glance.",
    )


def beside(meeting_id: MeetingId) -> None:
    """The way to the room's view, and what stands there now."""
    screens.link(screens.ROOM, "Open the room's view")
    wall = room.on_the_wall(meeting_id)
    if wall.is_asked_for and session.may_edit():
        st.button(
            "Clear the room's wall",
            key="clear_room",
            on_click=partial(page.do, "The room sees the challenge again.", room.clear, meeting_id),
        )


SHOWN = "The room sees it now."
