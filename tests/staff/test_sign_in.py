"""Signing in and out on pages of plain HTML, without scripts."""

import os
import statistics
import time
from urllib.parse import quote

import pytest
from sqlalchemy import update

from domain.access import Grant, StaffRole
from services import accounts
from services.accounts import actor_of
from staff.addresses import local_path
from store.tables import account
from tests.made_accounts import PASSWORD, make_account

COOKIE, FORM_COOKIE = "roundtable-staff", "roundtable-staff-form"
N_TIMED = 2000 if os.environ.get("STRESS") == "1" else 30

ELSEWHERE = [
    "//evil.example",
    "https://evil.example",
    "http:evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    "///evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "@evil.example",
    " /overview",
    "/sign-in?next=/sign-in",
    "/sign-out",
    "/set-up/x",
    "/" + "x" * 2000,
    "",
]


def flags(answer, name):
    """The attributes of a cookie that an answer sets."""
    header = next(h for h in answer.headers.get_list("set-cookie") if h.startswith(f"{name}="))
    return {part.strip().lower() for part in header.split(";")[1:]}


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_signing_in_leads_nowhere_but_into_this_app(june, browser, wanted):
    """S3: No open redirect: whoever wrote the link, the browser stays here."""
    answer = browser.sign_in("june", PASSWORD, quote(wanted, safe=""))

    assert (answer.status_code, answer.headers["location"]) == (303, "/")


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_an_address_that_was_changed_in_the_form_leads_nowhere_else_either(june, browser, wanted):
    """S3: The hidden field is as little to be trusted as the address."""
    browser.open("/sign-in")

    answer = browser.send(username="june", password=PASSWORD, next=wanted)

    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("wanted", ["/", "/overview", "/themes?meeting=a&theme=b", "/a%2Fb"])
def test_signing_in_leads_to_where_somebody_wanted_to_go(june, browser, wanted):
    answer = browser.sign_in("june", PASSWORD, quote(wanted, safe=""))

    assert answer.headers["location"] == wanted
    assert local_path(wanted) == wanted


def test_a_wrong_password_sets_no_cookie_and_says_what_to_do(june, browser):
    answer = browser.sign_in("june", "not the password")

    assert answer.status_code == 403
    assert browser.cookie(COOKIE) is None
    assert 'role="alert"' in answer.text
    assert "Type both again" in answer.text


def test_the_page_after_a_wrong_password_holds_the_name_and_never_the_password(june, browser):
    answer = browser.sign_in('june"><script>', "not the password")

    assert "june&#34;&gt;&lt;script&gt;" in answer.text
    assert "not the password" not in answer.text


def test_known_and_unknown_names_get_the_same_page(june, browser):
    """S9: Down to the length, but for the name that was typed and the mark."""
    known = browser.sign_in("june", "not the password")
    unknown = browser.sign_in("jane", "not the password")

    def without_mark(answer):
        return answer.text.replace("june", "jane").split('name="mark"')[1].split(">", 1)[1]

    assert known.status_code == unknown.status_code
    assert without_mark(known) == without_mark(unknown)
    assert known.headers.keys() == unknown.headers.keys()


def test_after_five_tries_the_page_says_how_long_to_wait(june, browser):
    for _ in range(5):
        browser.sign_in("june", "not the password")

    answer = browser.sign_in("june", PASSWORD)

    assert answer.status_code == 429
    assert 25 <= int(answer.headers["retry-after"]) <= 30
    assert f"Wait {answer.headers['retry-after']} seconds" in answer.text


def test_a_cookie_that_was_there_before_is_replaced_and_opens_nothing(june, browser):
    """S2: Fixation: the token of a session is always ours and new."""
    planted = "a" * 43
    browser.plant(COOKIE, planted)

    browser.sign_in("june", PASSWORD)

    assert browser.cookie(COOKIE) not in (None, planted)
    assert actor_of(planted) is None


def test_signing_in_as_somebody_else_ends_the_session_before(june, browser):
    """S2: The token changes at each sign-in, and the old one is dead."""
    make_account("Ann", Grant(StaffRole.LEADER))
    browser.open("/sign-in")
    browser.plant(COOKIE, june)

    browser.send(username="ann", password=PASSWORD)

    assert actor_of(june) is None
    assert actor_of(browser.cookie(COOKIE)).name == "Ann"


def test_the_cookies_are_out_of_reach_of_scripts_and_other_sites(june, browser):
    """S3: HttpOnly, SameSite=Lax, the whole path; plain-named only on this computer's http."""
    browser.open("/sign-in")
    marked = flags(browser.page, FORM_COOKIE)
    answer = browser.send(username="june", password=PASSWORD)

    assert marked == flags(answer, COOKIE) == {"httponly", "samesite=lax", "path=/"}


def test_under_https_the_cookies_are_secure_and_bound_to_this_host(june, https_browser):
    """S3: __Host-: Secure, without a domain, for the whole path."""
    https_browser.open("/sign-in")
    marked = flags(https_browser.page, "__Host-roundtable-form")
    answer = https_browser.send(username="june", password=PASSWORD)

    expected = {"httponly", "secure", "samesite=lax", "path=/"}
    assert marked == flags(answer, "__Host-roundtable") == expected


def test_the_token_stands_in_no_address_and_on_no_page(june, browser):
    """S3: A token that is not in an address is in no log and no history."""
    answer = browser.sign_in("june", PASSWORD)
    token = browser.cookie(COOKIE)
    page = browser.open("/sign-out")

    assert token not in answer.headers["location"]
    assert token not in page.text


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
    ],
)
@pytest.mark.parametrize("address", ["/sign-in", "/sign-out", "/password"])
def test_a_form_of_another_site_changes_nothing(june, browser, address, headers):
    """S4: Neither signed in as somebody else, nor out, nor another password."""
    browser.sign_in("june", PASSWORD)
    token = browser.cookie(COOKIE)
    if address == "/sign-in":
        browser.client.cookies.delete(COOKIE)
    browser.open(address)

    answer = browser.send(
        headers,
        username="june",
        password=PASSWORD,
        new_password="quite other words now",
        again="quite other words now",
    )

    assert answer.status_code == 403
    assert actor_of(token)
    assert "set-cookie" not in answer.headers or COOKIE + "=" not in answer.headers["set-cookie"]


def test_a_form_without_our_mark_signs_nobody_in(june, browser):
    """S4: Also from a browser that says nothing of where a form comes from."""
    browser.open("/sign-in")

    answer = browser.client.post("/sign-in", data={"username": "june", "password": PASSWORD})

    assert answer.status_code == 403
    assert browser.cookie(COOKIE) is None


def test_a_mark_of_another_browser_signs_nobody_in(june, browser):
    """S4: An attacker can fetch a mark, but it is bound to the attacker's own cookie."""
    browser.open("/sign-in")
    mine = browser.cookie(FORM_COOKIE)
    browser.plant(FORM_COOKIE, "b" * 43)

    answer = browser.send(username="june", password=PASSWORD)

    assert mine != "b" * 43
    assert answer.status_code == 403
    assert "keeps no cookies" in answer.text


def test_a_mark_for_one_form_opens_no_other(june, browser):
    """S4: The mark of the sign-in page does not sign anybody out."""
    browser.sign_in("june", PASSWORD)
    token = browser.cookie(COOKIE)
    browser.client.cookies.delete(COOKIE)
    browser.open("/sign-in")
    browser.plant(COOKIE, token)
    browser.address = "/sign-out"

    answer = browser.send()

    assert answer.status_code == 403
    assert actor_of(token)


def test_opening_the_address_of_signing_out_ends_nothing(june, browser):
    """S4: A picture or a link on another page can open an address."""
    browser.sign_in("june", PASSWORD)

    page = browser.open("/sign-out")

    assert "You are signed in as June" in page.text
    assert actor_of(browser.cookie(COOKIE))


def test_a_press_signs_out_and_takes_the_cookie_away(june, browser):
    """S5: At once."""
    browser.sign_in("june", PASSWORD)
    token = browser.cookie(COOKIE)
    browser.open("/sign-out")

    answer = browser.send()

    assert "You are signed out" in answer.text
    assert browser.cookie(COOKIE) is None
    assert actor_of(token) is None


def test_whoever_is_signed_in_is_led_on(june, browser):
    browser.sign_in("june", PASSWORD)

    answer = browser.open("/sign-in?next=/overview")

    assert (answer.status_code, answer.headers["location"]) == (303, "/overview")


def test_without_any_account_the_page_says_how_to_make_one(browser):
    answer = browser.open("/sign-in")

    assert "There are no accounts yet" in answer.text
    assert "<form" not in answer.text


def test_a_password_is_changed_and_other_browsers_are_signed_out(june, browser):
    browser.sign_in("june", PASSWORD)
    token = browser.cookie(COOKIE)
    browser.open("/password")

    answer = browser.send(
        password=PASSWORD, new_password="quite other words now", again="quite other words now"
    )

    assert "Your password is changed" in answer.text
    assert actor_of(token) is None
    assert actor_of(june) is None
    assert actor_of(browser.cookie(COOKIE)).name == "June"
    assert accounts.sign_in("june", "quite other words now")


def test_two_new_passwords_that_differ_change_nothing(june, browser):
    browser.sign_in("june", PASSWORD)
    browser.open("/password")

    answer = browser.send(password=PASSWORD, new_password="quite other words", again="quite")

    assert "are not the same" in answer.text
    assert accounts.sign_in("june", PASSWORD)


def test_the_page_for_another_password_asks_for_a_sign_in_first(june, browser):
    answer = browser.open("/password")

    assert answer.headers["location"] == "/sign-in?next=/password"


def test_password_managers_are_told_which_field_is_which(june, browser):
    page = browser.open("/sign-in").text

    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "multipart/form-data"])
def test_what_no_form_sends_is_refused(june, browser, content_type):
    answer = browser.client.post("/sign-in", content=b"{}", headers={"content-type": content_type})

    assert answer.status_code == 400


def test_a_form_of_a_hundred_fields_or_ten_megabytes_is_refused(june, browser):
    many = browser.client.post("/sign-in", data={f"f{n}": "x" for n in range(100)})
    large = browser.client.post("/sign-in", data={"password": "x" * 10_000_000})

    assert (many.status_code, large.status_code) == (400, 400)


@pytest.mark.parametrize("address", ["/sign-in", "/sign-out", "/set-up/x", "/staff/style.css"])
def test_every_answer_carries_the_headers_that_protect_it(june, browser, address):
    """S8: Nothing from elsewhere, no frame, no referrer, no guessing of types."""
    headers = browser.open(address).headers

    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"


def test_no_page_is_kept_by_browsers_or_proxies(june, browser):
    assert browser.open("/sign-in").headers["cache-control"] == "no-store"


def test_the_time_of_an_answer_does_not_tell_whether_a_name_exists(
    june, browser, store, record_property
):
    """S9: The same through the whole page, from the press to the answer."""
    took = {"june": [], "jane": []}
    browser.open("/sign-in")
    for number in range(N_TIMED * 2):
        name = ("june", "jane")[number % 2]
        typed = name if name == "june" else f"jane {number}"
        begun = time.perf_counter()
        answer = browser.send(username=typed, password="not the password")
        took[name].append(time.perf_counter() - begun)
        assert answer.status_code == 403
        with store.write() as tx:
            tx.execute(update(account).values(n_failed=0, locked_until=None))

    apart_ms = abs(statistics.median(took["june"]) - statistics.median(took["jane"])) * 1000
    record_property("figure", f"medians of answers {apart_ms:.2f} ms apart, {N_TIMED} tries each")
    assert apart_ms < 5
