"""The room's view: one thing at a time, in large type, and only what somebody pressed Show for."""

import streamlit as st

from domain.ids import MeetingId
from services import room
from ui import session
from ui.markup import draw
from ui.wall import wall_html

LOOK_EVERY_S = 2


@st.fragment(run_every=LOOK_EVERY_S)
def wall(meeting_id: MeetingId) -> None:
    """What is shown now; it follows Show within two seconds."""
    draw(wall_html(room.on_the_wall(meeting_id)))


wall(session.open_meeting_id())
