"""B-15: who opens which screen, in one's own meeting and programme and in others.

The table is written by hand and compared with what there is in both directions: a screen without
a row fails, and so does a row without its screen. Routes are in test_routes_matrix.py.
"""

import pytest

from domain.access import StaffRole
from services.access import COMMAND_LINE, acting_as
from tests.made_account import cookie_of, sign_in
from tests.screens_by_socket import screens
from tests.served_house import house
from tests.two_programmes import BESIDE, FOREIGN, make_world
from ui.screens import SCREENS

ADMIN, FACILITATOR = StaffRole.ADMIN, StaffRole.FACILITATOR
EVERY_ROLE = frozenset(StaffRole)

SCREENS_FOR = {
    "Start": EVERY_ROLE,
    "At a glance": EVERY_ROLE,
    "Live notes": {FACILITATOR},
    "Statements": EVERY_ROLE,
    "Review and release": {StaffRole.REVIEWER},
    "Themes": EVERY_ROLE,
    "Check the machine": {StaffRole.REVIEWER, StaffRole.ANALYST},
    "Recommendations": EVERY_ROLE,
    "Ballots": EVERY_ROLE,
    "Guided sessions": EVERY_ROLE,
    "Overview": EVERY_ROLE,
    "Initiatives": EVERY_ROLE,
    "Search": EVERY_ROLE,
    "Themes over the years": EVERY_ROLE,
    "Meetings": EVERY_ROLE,
    "People and their links": {FACILITATOR},
    "Bring in a transcript": {FACILITATOR},
    "Initiative": EVERY_ROLE,
    "Room view": EVERY_ROLE,
    "Who did what": {ADMIN},
    "People and roles": {ADMIN},
    "Self test": {ADMIN, StaffRole.ANALYST},
    "Take part": set(),
}
"""Screen → the roles that open it where they hold."""
STOPPED = ("Your role does not let you", "a fault of ours", "Traceback")
"""What a screen says that went further than whoever is here may go."""
OF_A_PROGRAMME = {
    "Start",
    "Overview",
    "Initiatives",
    "Initiative",
    "Search",
    "Themes over the years",
    "Self test",
}
"""Closed to a role that holds for one meeting only."""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with house(tmp_path_factory.mktemp("matrix")) as made, acting_as(COMMAND_LINE):
        yield made


@pytest.fixture(scope="module")
def world(served):
    return make_world()


def test_every_screen_has_its_row_and_every_row_its_screen():
    """B-15: A new screen needs somebody to say whose it is."""
    assert {screen.title for screen in SCREENS} == set(SCREENS_FOR)


def expected(role: StaffRole, scope: str) -> set[str]:
    found = {title for title, roles in SCREENS_FOR.items() if role in roles}
    return found - OF_A_PROGRAMME if scope == "meeting" else found


HOLDERS = [
    pytest.param(role, scope, id=f"{role.value} of a {scope}")
    for role in StaffRole
    for scope in ("programme", "meeting")
    if (role, scope) != (ADMIN, "meeting")
]


@pytest.mark.parametrize(("role", "scope"), HOLDERS)
def test_a_role_opens_its_screens_and_no_other(served, world, role, scope):
    """B-15: In the menu, by address and by a forged page name."""
    with screens(served.address, world.cookies[role, scope]) as opened:
        listed = set(opened.open("", world.own.query).titles)
        reached, stopped = set(), {}
        for screen in SCREENS:
            shown = opened.open(screen.address, world.own.query)
            if not shown.not_found:
                reached.add(shown.page)
                if words := [told for told in STOPPED if told in shown.text]:
                    stopped[shown.page] = words

    assert listed == reached == expected(role, scope)
    assert stopped == {}


@pytest.mark.parametrize(("role", "scope"), HOLDERS)
def test_a_role_sees_nothing_of_another_programme(served, world, role, scope):
    """B-15: With every id of another programme in the address; an admin's role holds there too."""
    told = ""
    with screens(served.address, world.cookies[role, scope]) as opened:
        for screen in SCREENS:
            told += opened.open(screen.address, world.other.query).text.lower()

    assert (FOREIGN in told) == (role is ADMIN)


@pytest.mark.parametrize("role", [role for role in StaffRole if role is not ADMIN])
def test_a_role_for_one_meeting_sees_nothing_of_the_next(served, world, role):
    """B-15: Sideways within one's own programme."""
    told = ""
    with screens(served.address, world.cookies[role, "meeting"]) as opened:
        for screen in SCREENS:
            told += opened.open(screen.address, world.beside.query).text.lower()

    assert BESIDE not in told
    assert "ventilator" in told


def test_a_forged_page_hash_opens_the_first_screen(served, world):
    """B-15: The inner name of a screen, learned from somebody who may open it."""
    with screens(served.address, world.cookies[FACILITATOR, "programme"]) as opened:
        hashes = opened.open("", world.own.query).hashes
    with screens(served.address, world.cookies[StaffRole.LEADER, "programme"]) as opened:
        shown = opened.open("", world.own.query, page_hash=hashes["Live notes"])

    assert hashes["Live notes"]
    assert shown.page == "Start"


FORGED_PAGES = ["live_notes", "pages/live_notes.py", "../live-notes", "LIVE-NOTES", "nowhere", "_"]


@pytest.mark.parametrize("name", FORGED_PAGES)
def test_a_forged_page_name_opens_the_first_screen(served, world, name):
    """B-15: Files, spellings and inventions."""
    with screens(served.address, world.cookies[StaffRole.LEADER, "programme"]) as opened:
        shown = opened.open(name, world.own.query)

    assert (shown.page, shown.not_found) == ("Start", True)


def test_the_role_in_an_address_means_nothing_while_there_are_accounts(served, world):
    """B-15: The switch of a house without accounts."""
    with screens(served.address, world.cookies[StaffRole.LEADER, "programme"]) as opened:
        shown = opened.open("", f"as=facilitator&{world.own.query}")

    assert set(shown.titles) == expected(StaffRole.LEADER, "programme")


def test_somebody_without_any_role_opens_nothing(served, world):
    """B-15: Signed in is not yet allowed."""
    with screens(served.address, cookie_of(sign_in("Nobody yet"))) as opened:
        shown = opened.open("", world.own.query)

    assert shown.titles == ["Nothing is open to you yet"]
    assert "wheelchair" not in shown.text.lower()
