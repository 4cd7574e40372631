"""B-15: who gets into which route, with addresses of one's own place and of another.

The table is written by hand and compared with what there is in both directions: a route without
a row fails, and so does a row without its route. Screens are in test_roles_matrix.py.
"""

import re
from unittest.mock import MagicMock

import httpx
import pytest
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes
from websockets.exceptions import InvalidStatus

from app import app
from domain.access import StaffRole
from participant.sessions import pid_of
from services.access import COMMAND_LINE, acting_as
from tests.screens_by_socket import screens
from tests.served_house import house
from tests.two_programmes import FOREIGN, Place, make_world

OPEN, PERSONAL, OWNERS, STAFF, NOBODY = "open", "personal link", "owner's link", "staff", "nobody"
ROUTES_FOR = {
    "/healthz": OPEN,
    "/look/{tag}/{name}": OPEN,
    "/p/style.css": OPEN,
    "/p/write.js": OPEN,
    "/p/j/{token}": PERSONAL,
    "/p/f/{token}": PERSONAL,
    "/p/{pid}/": PERSONAL,
    "/p/{pid}/in/{language}": PERSONAL,
    "/p/{pid}/consent": PERSONAL,
    "/p/{pid}/who": PERSONAL,
    "/p/{pid}/help": PERSONAL,
    "/p/{pid}/hard": PERSONAL,
    "/p/{pid}/promises": PERSONAL,
    "/p/{pid}/happened": PERSONAL,
    "/p/{pid}/words": PERSONAL,
    "/p/{pid}/words/quoted/{page:int}": PERSONAL,
    "/p/{pid}/words/all": PERSONAL,
    "/p/{pid}/words/all/delete": PERSONAL,
    "/p/{pid}/words/t/{utterance}": PERSONAL,
    "/p/{pid}/words/t/{utterance}/delete": PERSONAL,
    "/p/{pid}/write": PERSONAL,
    "/p/{pid}/write/{statement}": PERSONAL,
    "/p/{pid}/write/{statement}/keep": PERSONAL,
    "/p/{pid}/written/{page:int}": PERSONAL,
    "/p/{pid}/written/s/{statement}": PERSONAL,
    "/p/{pid}/written/s/{statement}/delete": PERSONAL,
    "/p/{pid}/v/{ballot}": PERSONAL,
    "/p/{pid}/v/{ballot}/done": PERSONAL,
    "/p/{pid}/v/{ballot}/withdraw": PERSONAL,
    "/p/{pid}/v/{ballot}/stop/{position:int}": PERSONAL,
    "/p/{pid}/v/{ballot}/undo/{position:int}": PERSONAL,
    "/p/{pid}/v/{ballot}/answers/{page:int}": PERSONAL,
    "/p/{pid}/v/{ballot}/{position:int}": PERSONAL,
    "/p/{pid}/v/{ballot}/{position:int}/exact": PERSONAL,
    "/p/{rest:path}": NOBODY,
    "/i/{token}": OWNERS,
    "/i/{pid}/": OWNERS,
    "/i/{pid}/in/{language}": OWNERS,
    "/i/{pid}/help": OWNERS,
    "/i/{pid}/milestones/{page:int}": OWNERS,
    "/i/{pid}/milestone/{position:int}": OWNERS,
    "/i/{pid}/measures/{page:int}": OWNERS,
    "/i/{pid}/measure/{position:int}": OWNERS,
    "/i/{pid}/stage": OWNERS,
    "/i/{rest:path}": NOBODY,
    "/staff/style.css": OPEN,
    "/sign-in": OPEN,
    "/sign-out": OPEN,
    "/set-up/{token}": NOBODY,
    "/set-up/{rest:path}": NOBODY,
    "/password": STAFF,
    "/preview/{ballot}/v/{same}/{position:int}": STAFF,
    "/preview/{ballot}/{rest:path}": STAFF,
    "/watch/{ballot}": STAFF,
    "/watch/{ballot}/live": STAFF,
    "/_stcore/health": STAFF,
    "/_stcore/metrics": NOBODY,
    "/_stcore/agent/interact": NOBODY,
    "/_stcore/agent/mcp": NOBODY,
    "/_stcore/agent/openapi.json": NOBODY,
    "/auth/login": NOBODY,
    "/auth/logout": NOBODY,
    "/oauth2callback": NOBODY,
    "/_stcore/host-config": STAFF,
    "/media/{file_id:path}": STAFF,
    "/_stcore/upload_file/{session_id}/{file_id}": STAFF,
    "/component/{path:path}": STAFF,
    "/_stcore/bidi-components/{path:path}": STAFF,
    "/_stcore/stream": STAFF,
    "": STAFF,
}
"""Path of a route → who gets in; the last is where every other address leads: to the screens."""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with house(tmp_path_factory.mktemp("matrix")) as made, acting_as(COMMAND_LINE):
        yield made


@pytest.fixture(scope="module")
def world(served):
    return make_world()


def inventory() -> dict[str, object]:
    """Every route of the app, ours and Streamlit's, by its path."""
    return {r.path: r for r in [*app._user_routes, *create_streamlit_routes(MagicMock())]}


def test_every_route_has_its_row_and_every_row_its_route():
    """B-15: A new route, ours or one that an update brings, needs its row."""
    assert set(inventory()) == set(ROUTES_FOR)


def participants_cookie(secret: str) -> str:
    return f"rt-{pid_of(secret)}={secret}"


def visitors(world) -> dict[str, str]:
    """Everybody who may come, with the cookie of their browser."""
    own, other = world.own, world.other
    return {
        "anonymous": "",
        "participant": participants_cookie(own.secret),
        "proxy": participants_cookie(world.proxy.secret),
        "participant elsewhere": participants_cookie(other.secret),
        "owner": participants_cookie(own.owner_secret),
        "owner elsewhere": participants_cookie(other.owner_secret),
        **{role.value: world.cookies[role, "programme"] for role in StaffRole},
    }


LET_IN = {
    OPEN: None,
    PERSONAL: {"participant", "proxy"},
    OWNERS: {"owner"},
    STAFF: {role.value for role in StaffRole},
    NOBODY: set(),
}
"""Kind of route → the visitors who get in; None for everybody."""

VISITORS = [
    "anonymous",
    "participant",
    "proxy",
    "participant elsewhere",
    "owner",
    "owner elsewhere",
    *(role.value for role in StaffRole),
]


def address_of(template: str, own: Place) -> str:
    """An address of a place for a route."""
    secret = own.owner_secret if template.startswith("/i/") else own.secret
    told = {
        "pid": pid_of(secret),
        "ballot": own.ballot_id,
        "utterance": own.utterance_id,
        "statement": own.statement_id,
        "position:int": "1",
        "page:int": "1",
        "token": "x" * 43,
        "language": "es",
        "name": "style.css",
        "rest:path": "nowhere/at/all",
        "file_id:path": "x.csv",
        "path:path": "x/y",
    }
    return re.sub(r"\{([^}]+)\}", lambda found: told.get(found[1], "x"), template) or "/"


def is_let_in(answer: httpx.Response) -> bool:
    """Whether a page answered, and not the gate, a closed door or an unknown link."""
    if answer.status_code == 303 and answer.headers["location"].startswith("/sign-in"):
        return False
    if answer.status_code in (401, 429):
        return False
    return not (answer.status_code == 404 and ("<h1>" in answer.text or not answer.text))


def asked_of(browser: httpx.Client, template: str, address: str) -> httpx.Response:
    path = re.sub(r"^/([pi])/[a-z2-7]{16}/", r"/\1/{pid}/", template)
    methods = getattr(inventory()[path], "methods", None) or {"GET"}
    if "GET" in methods:
        return browser.get(address)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    return browser.request(sorted(methods)[0], address, headers=form)


TESTED_APART = {
    "/p/j/{token}",
    "/p/f/{token}",
    "/i/{token}",
    "/_stcore/stream",
    "/watch/{ballot}/live",
}
"""The exchange of links, the socket, and the stream of a vote."""
ROWS = [path for path in ROUTES_FOR if path not in TESTED_APART]


@pytest.mark.parametrize("visitor", VISITORS)
def test_a_visitor_gets_into_the_routes_of_their_row_and_no_other(served, world, visitor):
    """B-15: Every route for everybody, with addresses of one's own meeting."""
    wrong = {}
    place = world.proxy if visitor == "proxy" else world.own
    with served.browser(visitors(world)[visitor]) as browser:
        for template in ROWS:
            answer = asked_of(browser, template, address_of(template, place))
            allowed = LET_IN[ROUTES_FOR[template]]
            if is_let_in(answer) != (allowed is None or visitor in allowed):
                wrong[template] = answer.status_code

    assert wrong == {}


@pytest.mark.parametrize("visitor", VISITORS)
def test_only_the_staff_gets_a_socket(served, world, visitor):
    """B-15: The direct way to the screens."""
    try:
        with screens(served.address, visitors(world)[visitor]):
            status = 101
    except InvalidStatus as refused:
        status = refused.response.status_code

    assert status == (101 if visitor in LET_IN[STAFF] else 403)


@pytest.mark.parametrize("visitor", VISITORS)
def test_only_the_staff_gets_the_stream_of_a_vote(served, world, visitor):
    """B-15: It goes on for as long as the page is open, so it is asked for by itself."""
    address = f"/watch/{world.own.ballot_id}/live"
    with (
        served.browser(visitors(world)[visitor]) as browser,
        browser.stream("GET", address) as answer,
    ):
        status, kind = answer.status_code, answer.headers.get("content-type", "")

    is_in = visitor in LET_IN[STAFF]
    assert (status == 200 and kind.startswith("text/event-stream")) is is_in


@pytest.mark.parametrize("kind", ["personal", "owner"])
def test_a_link_opens_for_whoever_holds_it_and_a_wrong_one_for_nobody(served, world, kind):
    """B-15: The exchange of a link, in a browser without any cookie."""
    start, secret = (
        ("/p/j/", world.own.secret) if kind == "personal" else ("/i/", world.own.owner_secret)
    )
    with served.browser() as browser:
        right, wrong = browser.get(start + secret), browser.get(start + secret[:-2] + "xx")

    assert right.status_code == 303
    assert wrong.status_code in (404, 429)  # those before it count


@pytest.mark.parametrize("kind", [PERSONAL, OWNERS])
def test_ids_of_another_place_open_nothing_behind_ones_own_link(served, world, kind):
    """B-15: One's own cookie with the pages, the votes and the words of somebody elsewhere."""
    own, other = world.own, world.other
    own_pid = pid_of(own.secret if kind == PERSONAL else own.owner_secret)
    rows = [t for t in ROWS if ROUTES_FOR[t] == kind]
    mixed = [
        t.replace("{pid}", own_pid)
        for t in rows
        if re.search("{ballot}|{utterance}|{statement}", t)
    ]
    let_in, told = set(), ""
    secret = own.secret if kind == PERSONAL else own.owner_secret
    with served.browser(participants_cookie(secret)) as browser:
        for template in rows + mixed:
            answer = asked_of(browser, template, address_of(template, other))
            told += answer.text.lower()
            if is_let_in(answer):
                let_in.add(template)

    assert let_in == set()
    assert FOREIGN not in told
