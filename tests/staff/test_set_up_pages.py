"""Choosing a password with a one-time link, on a page without scripts."""

import pytest

from domain.access import EVERY_ROLE, Grant, StaffRole
from services import account_list, accounts, set_up
from services.accounts import actor_of
from tests.made_accounts import PASSWORD, token_in

COOKIE = "roundtable-staff"


def choose(browser, link, password=PASSWORD, again=None, **fields):
    browser.open(f"/set-up/{token_in(link)}")
    return browser.send(new_password=password, again=again or password, **fields)


@pytest.fixture
def anns_link(june):
    return account_list.add_account("Ann", "ann", (Grant(StaffRole.LEADER),))


def test_a_link_that_never_was_says_whom_to_ask(june, browser):
    answer = browser.open("/set-up/nonsense")

    assert answer.status_code == 404
    assert "Ask the person who sent it" in answer.text


@pytest.mark.parametrize("address", ["/set-up/", "/set-up/a/b"])
def test_a_link_that_was_cut_off_is_a_page_too(june, browser, address):
    assert browser.open(address).status_code == 404


def test_the_first_account_is_made_and_signed_in(browser):
    answer = choose(browser, set_up.first_link(), name="June", username="june@als.example")

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    actor = actor_of(browser.cookie(COOKIE))
    assert (actor.name, actor.grants) == ("June", EVERY_ROLE)


def test_a_used_link_opens_nothing(browser):
    link = set_up.first_link()
    choose(browser, link, name="June", username="june")

    assert browser.open(f"/set-up/{token_in(link)}").status_code == 404


def test_a_further_link_greets_by_name_and_tells_the_sign_in_name(anns_link, browser):
    page = browser.open(f"/set-up/{token_in(anns_link)}").text

    assert "Welcome, Ann" in page
    assert 'value="ann" autocomplete="username" readonly' in page
    assert page.count('autocomplete="new-password"') == 2


def test_a_further_link_signs_its_owner_in(anns_link, browser):
    choose(browser, anns_link)

    assert actor_of(browser.cookie(COOKIE)).grants == (Grant(StaffRole.LEADER),)


@pytest.mark.parametrize(
    ("password", "again", "told"),
    [
        ("short", "short", "it needs at least 12"),
        ("qwertyuiop123", "qwertyuiop123", "among the first"),
        (PASSWORD, "four other words in a row", "are not the same"),
    ],
)
def test_a_password_that_will_not_do_is_told_and_the_link_still_works(
    anns_link, browser, password, again, told
):
    answer = choose(browser, anns_link, password, again)

    assert answer.status_code == 400
    assert told in answer.text
    assert password not in answer.text
    assert browser.cookie(COOKIE) is None
    assert choose(browser, anns_link).status_code == 303


def test_a_name_that_is_taken_keeps_what_was_typed(browser):
    answer = choose(browser, set_up.first_link(), name="worker", username="june")

    assert answer.status_code == 409
    assert 'value="worker"' in answer.text
    assert 'value="june"' in answer.text


def test_another_site_cannot_use_a_link_it_knows(anns_link, browser):
    """S4: Somebody must not be signed in to an account that an attacker prepared."""
    browser.open(f"/set-up/{token_in(anns_link)}")

    answer = browser.send({"sec-fetch-site": "cross-site"}, new_password=PASSWORD, again=PASSWORD)

    assert answer.status_code == 403
    assert browser.cookie(COOKIE) is None
    with pytest.raises(accounts.SignInRefused):
        accounts.sign_in("ann", PASSWORD)


def test_a_name_with_markup_is_shown_as_written(june, browser):
    """O1: On the page that greets."""
    link = account_list.add_account("<b>Ann</b> & co", "ann", (Grant(StaffRole.LEADER),))

    page = browser.open(f"/set-up/{token_in(link)}").text

    assert "Welcome, &lt;b&gt;Ann&lt;/b&gt; &amp; co." in page
