"""Every screen of the staff, what opens it, and links between them. Start at `SCREENS`."""

from dataclasses import dataclass
from enum import Enum, auto

import streamlit as st

from domain.access import Act
from services import access
from ui import session


class Reach(Enum):
    """Where an act must be allowed for a screen to be opened."""

    MEETING = auto()
    PROGRAMME = auto()
    EVERYTHING = auto()


@dataclass(frozen=True)
class Screen:
    """A page: its file, its name in the menu, its address and the act that opens it.

    Without an act it is for somebody who tries out to be a participant, and for nobody else.
    """

    path: str
    title: str
    address: str
    act: Act | None
    is_in_menu: bool = True
    reach: Reach = Reach.MEETING


WELCOME = Screen("pages/welcome.py", "Start", "", Act.READ, reach=Reach.PROGRAMME)
MEETING = Screen("pages/meeting.py", "At a glance", "meeting", Act.READ)
LIVE_NOTES = Screen("pages/live_notes.py", "Live notes", "live-notes", Act.RUN_MEETING)
STATEMENTS = Screen("pages/statements.py", "Statements", "statements", Act.READ)
SEARCH = Screen("pages/search.py", "Search", "search", Act.READ, reach=Reach.PROGRAMME)
REVIEW = Screen("pages/review.py", "Review and release", "review", Act.READ_RAW)
THEMES = Screen("pages/themes.py", "Themes", "themes", Act.READ)
CHECK_MACHINE = Screen("pages/check_machine.py", "Check the machine", "check-machine", Act.CODE)
RECOMMENDATIONS = Screen("pages/recommendations.py", "Recommendations", "recommendations", Act.READ)
BALLOTS = Screen("pages/ballots.py", "Ballots", "ballots", Act.READ)
GUIDED = Screen("pages/guided.py", "Guided sessions", "guided-sessions", Act.READ)
OVERVIEW = Screen("pages/overview.py", "Overview", "overview", Act.READ, reach=Reach.PROGRAMME)
INITIATIVES = Screen(
    "pages/initiatives.py", "Initiatives", "initiatives", Act.READ, reach=Reach.PROGRAMME
)
THEME_YEARS = Screen(
    "pages/theme_years.py",
    "Themes over the years",
    "theme-years",
    Act.READ,
    reach=Reach.PROGRAMME,
)
MEETINGS = Screen("pages/meetings.py", "Meetings", "meetings", Act.READ)
PEOPLE = Screen("pages/people.py", "People and their links", "people", Act.RUN_MEETING, False)
IMPORT = Screen(
    "pages/import_meeting.py", "Bring in a transcript", "import", Act.RUN_MEETING, False
)
INITIATIVE = Screen(
    "pages/initiative.py", "Initiative", "initiative", Act.READ, False, Reach.PROGRAMME
)
ACCOUNTS = Screen(
    "pages/accounts.py",
    "People and roles",
    "accounts",
    Act.MANAGE_ACCOUNTS,
    reach=Reach.EVERYTHING,
)
ROOM = Screen("pages/room.py", "Room view", "room", Act.READ, False)
AUDIT = Screen(
    "pages/audit.py", "Who did what", "who-did-what", Act.READ_AUDIT, reach=Reach.EVERYTHING
)
SELF_TEST = Screen(
    "pages/self_test.py", "Self test", "self-test", Act.SELF_TEST, reach=Reach.PROGRAMME
)
TAKE_PART = Screen("pages/take_part.py", "Take part", "take-part", None)

SCREENS = (
    WELCOME,
    MEETING,
    LIVE_NOTES,
    STATEMENTS,
    REVIEW,
    THEMES,
    CHECK_MACHINE,
    RECOMMENDATIONS,
    BALLOTS,
    GUIDED,
    OVERVIEW,
    INITIATIVES,
    SEARCH,
    THEME_YEARS,
    MEETINGS,
    PEOPLE,
    IMPORT,
    INITIATIVE,
    ACCOUNTS,
    AUDIT,
    SELF_TEST,
    ROOM,
    TAKE_PART,
)


def may_open(screen: Screen) -> bool:
    """Whether whoever is here may open the screen for what is open."""
    if screen.act is None or session.is_participant():
        return screen.act is None and session.is_participant()
    if screen.reach is Reach.EVERYTHING:
        return access.may(screen.act)
    return session.may(screen.act, is_for_programme=screen.reach is Reach.PROGRAMME)


def link(screen: Screen, label: str, **more: str) -> None:
    """A link to a screen that opens the same programme and meeting, plus what `more` names."""
    if may_open(screen):
        st.page_link(screen.path, label=label, query_params=session.here(**more))


def go(screen: Screen, **more: str) -> None:
    """Open a screen now."""
    st.switch_page(screen.path, query_params=session.here(**more))
