"""Every screen of the staff, who may open it, and links between them. Start at `SCREENS`."""

from dataclasses import dataclass

import streamlit as st

from ui import session
from ui.session import Role

STAFF = frozenset({Role.FACILITATOR, Role.LEADER})
FACILITATOR = frozenset({Role.FACILITATOR})


@dataclass(frozen=True)
class Screen:
    """A page: its file, its name in the menu, its address and the roles that it is for."""

    path: str
    title: str
    address: str
    roles: frozenset[Role]
    is_in_menu: bool = True


WELCOME = Screen("pages/welcome.py", "Start", "", STAFF)
MEETING = Screen("pages/meeting.py", "At a glance", "meeting", STAFF)
LIVE_NOTES = Screen("pages/live_notes.py", "Live notes", "live-notes", FACILITATOR)
THEMES = Screen("pages/themes.py", "Themes", "themes", STAFF)
RECOMMENDATIONS = Screen("pages/recommendations.py", "Recommendations", "recommendations", STAFF)
BALLOTS = Screen("pages/ballots.py", "Ballots", "ballots", STAFF)
OVERVIEW = Screen("pages/overview.py", "Overview", "overview", STAFF)
INITIATIVES = Screen("pages/initiatives.py", "Initiatives", "initiatives", STAFF)
MEETINGS = Screen("pages/meetings.py", "Meetings", "meetings", STAFF)
IMPORT = Screen("pages/import_meeting.py", "Bring in a transcript", "import", FACILITATOR, False)
INITIATIVE = Screen("pages/initiative.py", "Initiative", "initiative", STAFF, False)
TAKE_PART = Screen("pages/take_part.py", "Take part", "take-part", frozenset({Role.PARTICIPANT}))

SCREENS = (
    WELCOME,
    MEETING,
    LIVE_NOTES,
    THEMES,
    RECOMMENDATIONS,
    BALLOTS,
    OVERVIEW,
    INITIATIVES,
    MEETINGS,
    IMPORT,
    INITIATIVE,
    TAKE_PART,
)


def may_open(screen: Screen) -> bool:
    """Whether the role that is here may open the screen."""
    return session.role() in screen.roles


def link(screen: Screen, label: str, **more: str) -> None:
    """A link to a screen that opens the same programme and meeting, plus what `more` names."""
    if may_open(screen):
        st.page_link(screen.path, label=label, query_params=session.here(**more))


def go(screen: Screen, **more: str) -> None:
    """Open a screen now."""
    st.switch_page(screen.path, query_params=session.here(**more))
