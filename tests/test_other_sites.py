"""What other sites can do to whoever is signed in here, and what every answer carries."""

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from domain.access import Grant, StaffRole
from services.access import COMMAND_LINE, acting_as
from tests.made_account import cookie_of, make_account, sign_in
from tests.screens_by_socket import screens
from tests.served_house import house

LEADER = Grant(StaffRole.LEADER)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with house(tmp_path_factory.mktemp("sites")) as made, acting_as(COMMAND_LINE):
        make_account("Somebody", LEADER)
        yield made


@pytest.fixture
def ann(served):
    """The cookie of somebody who is signed in."""
    return cookie_of(sign_in("Ann", LEADER))


ELSEWHERE = "https://elsewhere.example"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": ELSEWHERE},
        {"Origin": ELSEWHERE, "Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://localhost.elsewhere.example"},
    ],
    ids=str,
)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/sign-in"),
        ("POST", "/sign-out"),
        ("POST", "/set-up/x"),
        ("POST", "/p/x/who"),
        ("POST", "/i/x/stage"),
        ("PUT", "/_stcore/upload_file/a/b"),
        ("POST", "/overview"),
    ],
)
def test_a_press_on_another_site_is_refused(served, ann, method, path, headers):
    """S4: With the cookie of somebody who is signed in, and without any script of ours."""
    with served.browser(ann, **headers) as browser:
        assert browser.request(method, path, content=b"x").status_code == 403


@pytest.mark.parametrize("origin", [ELSEWHERE, "null", "file://", "http://localhost:1"])
def test_a_socket_from_another_site_is_refused(served, ann, origin):
    """S4: A page elsewhere cannot drive the screens of whoever is signed in here."""
    with pytest.raises(InvalidStatus) as refused, screens(served.address, ann, Origin=origin):
        pass

    assert refused.value.response.status_code == 403


def test_a_socket_from_our_own_page_opens(served, ann):
    with screens(served.address, ann, Origin=served.address) as opened:
        assert opened.open().titles


@pytest.mark.parametrize("host", ["elsewhere.example", "127.0.0.1.elsewhere.example", "[", ""])
def test_another_name_for_this_computer_is_refused(served, ann, host):
    """S4: A site that points its own name at this computer reads nothing here."""
    with served.browser(ann, Host=host) as browser:
        answer = browser.get("/overview")

    assert answer.status_code in (400, 421)


def test_links_and_forms_of_our_own_pages_pass(served, ann):
    told = {"Sec-Fetch-Site": "same-origin", "Origin": served.address}
    with served.browser(ann, **told) as browser:
        assert browser.post("/p/x/who", content=b"x").status_code not in (403, 401)


def test_a_link_in_a_mail_opens(served, ann):
    with served.browser(ann, **{"Sec-Fetch-Site": "cross-site"}) as browser:
        assert browser.get("/overview").status_code == 200


KINDS = {
    "a screen": ("GET", "/overview", 200),
    "the way to the sign-in": ("GET", "/themes", 303),
    "the sign-in": ("GET", "/sign-in", 200),
    "a link that opens nothing": ("GET", "/p/j/nothing", 404),
    "a page of nobody": ("GET", "/p/x/", 404),
    "the style": ("GET", "/p/style.css", 200),
    "a file of the look": ("GET", "/look/x/nothing", 404),
    "health": ("GET", "/healthz", 200),
    "a closed door": ("GET", "/_stcore/metrics", 404),
    "a download that is gone": ("GET", "/media/x.csv", 404),
    "a refusal": ("POST", "/overview", 401),
    "another site": ("PUT", "/_stcore/upload_file/a/b", 403),
    "a method that is not there": ("DELETE", "/p/style.css", 405),
    "too much": ("POST", "/p/x/who", 413),
    "an address that is too long": ("GET", "/?" + "a" * 20_000, 431),
}
SIGNED_IN = {"a screen", "a closed door", "a download that is gone"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_answer_carries_its_headers(served, ann, kind):
    """S8: Framing, sniffing, referrers and scripts, on pages, redirects and refusals alike."""
    method, path, status = KINDS[kind]
    told = {"Sec-Fetch-Site": "cross-site"} if kind == "another site" else {}
    body = b"a" * 70_000 if kind == "too much" else None
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    with served.browser(ann if kind in SIGNED_IN else "", **told) as browser:
        answer = browser.request(method, path, content=body, headers=form)

    assert answer.status_code == status
    protected(answer)


def protected(answer: httpx.Response) -> None:
    """Refuse to be framed, guessed at, followed or scripted."""
    headers = answer.headers
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert policy.startswith(("default-src 'none'", "default-src 'self'"))
    assert "unsafe-eval" not in policy
    assert "script-src 'unsafe-inline'" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
