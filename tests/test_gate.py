"""The running app as a stranger, a forger and somebody who was signed out meet it."""

import time

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from domain.access import Grant, StaffRole
from services import accounts
from services.access import COMMAND_LINE, acting_as
from services.keys import link_hash
from services.runtime import runtime
from store import accounts as kept
from tests.browser import chromium
from tests.made_account import cookie_of, make_account, session_of, sign_in
from tests.pages.chain import TEXT, WORDS, make_chain
from tests.screens_by_socket import screens
from tests.served_house import house
from web.sockets import MOST_OF_SESSION

__all__ = ["chromium"]  # a fixture

CUT_WITHIN_S = 5.0
LEADER = Grant(StaffRole.LEADER)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The app with one chain and one account."""
    with house(tmp_path_factory.mktemp("gate")) as made, acting_as(COMMAND_LINE):
        make_chain()
        make_account("Somebody", LEADER)
        yield made


@pytest.fixture
def ann(served):
    """The cookie of somebody who is signed in."""
    return cookie_of(sign_in("Ann", LEADER))


FORGED = {
    "X-Forwarded-User": "ann",
    "X-Forwarded-Email": "ann@example.org",
    "X-Remote-User": "ann",
    "Remote-User": "ann",
    "X-Auth-Request-User": "ann",
    "Authorization": "Bearer ann",
    "X-Streamlit-User": "e30=",
}


def refused_socket(address, cookie="", **headers):
    """Status with which a socket was refused."""
    with pytest.raises(InvalidStatus) as refused, screens(address, cookie, **headers):
        pass
    return refused.value.response.status_code


def test_a_socket_without_a_sign_in_is_refused(served):
    """S7: Streamlit's own socket gives nobody anything."""
    assert refused_socket(served.address) == 403


@pytest.mark.parametrize("name", sorted(FORGED))
def test_a_header_that_names_somebody_opens_no_socket(served, name):
    """S7: Forged headers of proxies and of sign-in services."""
    assert refused_socket(served.address, **{name: FORGED[name]}) == 403


def test_a_header_that_names_somebody_opens_no_page(served):
    """S7: The same headers on a plain request."""
    with served.browser(**FORGED) as browser:
        assert browser.get("/overview").status_code == 303


@pytest.mark.parametrize(
    "token", ["", "x", "../../etc", "a" * 43, "é", '"quoted"', "a;b", "0", "None"]
)
def test_a_made_up_token_opens_no_socket(served, token):
    """S7: A cookie that we never gave."""
    sent = cookie_of(token).encode().decode("latin-1")

    assert refused_socket(served.address, sent) == 403


def test_a_cookie_put_beside_ours_opens_nothing(served, ann):
    """S2: Two cookies of the name mean that somebody else put one there."""
    with served.browser(f"{cookie_of('planted')}; {ann}") as browser:
        assert browser.get("/overview").status_code == 303


def test_with_a_sign_in_the_screens_open(served, ann):
    with screens(served.address, ann) as opened:
        shown = opened.open()

    assert "Overview" in shown.titles
    assert "Signed in as Ann" in shown.text


def test_a_page_leads_to_the_sign_in_and_back(served):
    with served.browser() as browser:
        answer = browser.get("/themes?meeting=a%26b")

    assert answer.headers["location"] == "/sign-in?next=%2Fthemes%3Fmeeting%3Da%2526b"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/media/0123456789abcdef.csv"),
        ("GET", "/_stcore/health"),
        ("GET", "/_stcore/host-config"),
        ("GET", "/_stcore/message"),
        ("GET", "/component/x/y.js"),
        ("PUT", "/_stcore/upload_file/a/b"),
        ("DELETE", "/_stcore/upload_file/a/b"),
        ("POST", "/overview"),
        ("PATCH", "/"),
    ],
)
def test_what_is_no_page_is_closed_without_a_sign_in(served, method, path):
    """S7: Uploads, downloads and Streamlit's own paths."""
    with served.browser() as browser:
        assert browser.request(method, path).status_code == 401


@pytest.mark.parametrize(
    "path",
    ["//overview", "/overview/", "/OVERVIEW", "/p/../overview", "/%2e%2e/overview", "/static"],
)
def test_no_spelling_of_an_address_goes_around_the_gate(served, path):
    """S6: Dots, doubled slashes, other letters."""
    with served.browser() as browser:
        answer = browser.get(path)

    assert answer.status_code in (303, 404)
    assert WORDS not in answer.text


@pytest.mark.parametrize(
    "path", ["/sign-in", "/healthz", "/p/style.css", "/p/nowhere", "/i/nowhere/", "/look/x/y"]
)
def test_what_asks_for_its_own_secret_needs_no_sign_in(served, path):
    with served.browser() as browser:
        assert browser.get(path).status_code in (200, 404)


def closed_after_s(opened):
    """How long until a socket is closed by the other side."""
    began = time.monotonic()
    while time.monotonic() - began < 2 * CUT_WITHIN_S:
        try:
            opened.socket.recv(timeout=2 * CUT_WITHIN_S)
        except (ConnectionClosed, TimeoutError):
            break
    return time.monotonic() - began


def revoke(account_id, token):
    accounts.sign_out(token)


def sign_out_everywhere(account_id, token):
    with runtime().store.write() as tx:
        kept.remove_sessions_of(tx, account_id)


def disable(account_id, token):
    with runtime().store.write() as tx:
        kept.set_disabled(tx, account_id, is_disabled=True)


def take_role(account_id, token):
    with runtime().store.write() as tx:
        kept.remove_grant(tx, account_id, LEADER)


def give_role(account_id, token):
    with runtime().store.write() as tx:
        kept.add_grant(tx, account_id, Grant(StaffRole.REVIEWER), granted_by="test")


def expire(account_id, token):
    with runtime().store.write() as tx:
        held = kept.sessions(tx, [link_hash(token)])[0]
        kept.remove_session(tx, held.token_hash)
        kept.add_session(tx, held.token_hash, account_id, held.created_at, held.created_at)


ENDINGS = [revoke, sign_out_everywhere, disable, take_role, give_role, expire]


@pytest.mark.parametrize("ending", ENDINGS, ids=lambda ending: ending.__name__)
def test_an_open_socket_is_cut_when_its_session_changes(served, ending, record_property):
    """S5: Signed out, revoked, disabled, expired, or with other roles: within five seconds."""
    account_id = make_account("Bo", LEADER)
    token = session_of(account_id, "Bo")
    with screens(served.address, cookie_of(token)) as opened:
        assert opened.open().titles
        ending(account_id, token)
        taken_s = closed_after_s(opened)

    record_property("figure", f"{ending.__name__.replace('_', ' ')}: cut after {taken_s:.1f} s")
    assert taken_s < CUT_WITHIN_S


@pytest.mark.parametrize("ending", [revoke, disable, expire], ids=lambda ending: ending.__name__)
def test_the_next_request_of_an_ended_session_is_refused(served, ending):
    """S5: Plain requests at once."""
    account_id = make_account("Bo", LEADER)
    token = session_of(account_id, "Bo")
    with served.browser(cookie_of(token)) as browser:
        before = browser.get("/overview").status_code
        ending(account_id, token)
        after = browser.get("/overview").status_code

    assert (before, after) == (200, 303)


@pytest.mark.browser
def test_the_words_leave_the_screen_of_whoever_was_signed_out(served, chromium):
    """S5: A browser that was left open goes to the sign-in by itself."""
    token = sign_in("Bo", LEADER)
    context = chromium.new_context()
    context.add_cookies([{"name": accounts.cookie_name(), "value": token, "url": served.address}])
    page = context.new_page()
    page.goto(f"{served.address}/overview")
    page.get_by_role("heading", level=1).wait_for()
    accounts.sign_out(token)
    page.wait_for_url("**/sign-in?next=*", timeout=15_000)

    assert page.get_by_role("heading", level=1).inner_text() == "Sign in"
    context.close()


def test_sockets_of_others_stay_when_one_is_cut(served, ann):
    account_id = make_account("Bo", LEADER)
    token = session_of(account_id, "Bo")
    with screens(served.address, ann) as other, screens(served.address, cookie_of(token)) as cut:
        cut.open()
        revoke(account_id, token)
        closed_after_s(cut)

        assert other.open().titles


def test_a_socket_too_many_of_one_session_is_refused(served, ann):
    """S10: One session holds a few windows, not all there are."""
    opened = [screens(served.address, ann) for _ in range(MOST_OF_SESSION)]
    for one in opened:
        one.__enter__()
    try:
        assert refused_socket(served.address, ann) == 403
    finally:
        for one in opened:
            one.__exit__(None, None, None)


def test_nothing_of_a_programme_is_in_an_answer_to_a_stranger(served):
    """S7: Not one word of it."""
    with served.browser() as browser:
        told = "".join(browser.get(path).text for path in ("/", "/overview", "/x", "/p/x/", "/i/x"))

    assert TEXT not in told
    assert WORDS not in told
