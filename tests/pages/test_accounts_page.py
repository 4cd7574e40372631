"""The screen "People and roles"."""

import re

import pytest

from domain.access import EVERY_ROLE, Actor, Grant, StaffRole
from services import account_list, programmes, set_up
from services.access import acting_as
from services.accounts import actor_of
from tests.made_accounts import (
    PASSWORD,
    cheap_passwords,
    make_account,
    make_first,
    sign_in,
    token_in,
)
from tests.pages.conftest import html_of, text_of
from ui import screens, visitor
from ui.screens import ACCOUNTS

LEADER = Grant(StaffRole.LEADER)


@pytest.fixture(autouse=True)
def quick():
    with cheap_passwords():
        yield


@pytest.fixture
def look_as():
    """A function that gives the browser somebody's token."""
    yield lambda token: visitor.read_token_with(lambda: token)
    visitor.read_token_with(visitor.cookie_of_browser)


@pytest.fixture
def june(app_runtime, look_as):
    """The first account, signed in in this browser."""
    programmes.start_ours()
    token = make_first("June")
    look_as(token)
    return token


def id_of(name):
    return account_list.account_called(name)


def page_of(open_page, **address):
    at = open_page(ACCOUNTS, **address)
    assert not at.exception
    return at


def only_button(at, label):
    return next(button for button in at.main.button if button.label == label)


@pytest.mark.parametrize("role", [role for role in StaffRole if role is not StaffRole.ADMIN])
def test_nobody_but_an_admin_sees_it_in_the_menu(june, role):
    """B-15: Role for role."""
    with acting_as(Actor("Bo", (Grant(role),))):
        assert not screens.may_open(ACCOUNTS)


def test_a_leader_who_knows_the_address_gets_another_page(june, open_page, look_as):
    """B-15: A screen that a role may not open has no address."""
    look_as(make_account("Ann", LEADER))

    with pytest.raises(ValueError, match="Could not find a navigation page"):
        open_page(ACCOUNTS)


def test_without_accounts_the_page_leads_to_the_first_one(app_runtime, open_page):
    at = page_of(open_page)
    assert "No accounts yet" in text_of(at)

    at.button(key="first_account").click().run()

    link = re.search(r'href="([^"]+/set-up/[^"]+)"', html_of(at)).group(1)
    assert set_up.open_link(token_in(link)).is_first


def test_every_account_stands_with_its_roles_and_whether_it_is_in_use(june, open_page):
    account_list.add_account("Ann", "ann", (LEADER,))

    told = text_of(page_of(open_page))

    assert "Every role, for everything here. Signed in with 1 browser" in told
    assert "Leader for everything here. Has not chosen a password yet" in told


def test_a_new_account_is_made_and_its_link_is_shown_this_once(june, open_page):
    at = page_of(open_page, new="1")
    at.text_input(key="new_name").set_value("Ann")
    at.text_input(key="new_sign_in_name").set_value("Ann@als.example")
    only_button(at, "Make this account").click().run()

    link = at.code[0].value
    at.run()

    assert not at.code
    assert actor_of(set_up.use_link(token_in(link), PASSWORD)).grants == (LEADER,)


def test_a_name_that_is_taken_is_refused_in_a_sentence(june, open_page):
    at = page_of(open_page, new="1")
    at.text_input(key="new_name").set_value("June")
    at.text_input(key="new_sign_in_name").set_value("june2")

    only_button(at, "Make this account").click().run()

    assert "is called June here already" in at.warning[0].value
    assert len(account_list.people()) == 1


def test_a_role_is_given_for_a_programme(june, open_page):
    make_account("Ann", LEADER)
    ann = id_of("ann")
    at = page_of(open_page, account=ann)

    at.selectbox(key=f"role_{ann}").set_value(StaffRole.REVIEWER).run()
    at.selectbox(key=f"place_{ann}").set_value(1).run()
    at.button(key=f"give_{ann}").click().run()

    programme_id = programmes.programmes()[0].programme_id
    assert account_list.people()[0].grants == (LEADER, Grant(StaffRole.REVIEWER, programme_id))
    assert "Ann is reviewer for the programme Our programme" in at.success[0].value


def test_a_role_is_taken_away(june, open_page):
    token = make_account("Ann", LEADER)
    at = page_of(open_page, account=id_of("ann"))

    only_button(at, "Take away: leader for everything here").click().run()

    assert "No role yet" in text_of(at)
    assert actor_of(token) is None


def test_the_last_admin_cannot_be_shut_out_by_a_press(june, open_page):
    at = page_of(open_page, account=id_of("june"))

    at.button(key=f"off_{id_of('june')}").click().run()

    assert "nobody could look after accounts" in at.warning[0].value
    assert actor_of(june)


def test_an_account_is_disabled_and_opened_again(june, open_page):
    token = make_account("Ann", LEADER)
    ann = id_of("ann")
    at = page_of(open_page, account=ann)

    at.button(key=f"off_{ann}").click().run()
    assert "Disabled: cannot sign in" in text_of(at)
    at.button(key=f"on_{ann}").click().run()

    assert actor_of(token) is None
    assert actor_of(sign_in("Ann"))


def test_somebody_is_signed_out_everywhere(june, open_page):
    token = make_account("Ann", LEADER)
    ann = id_of("ann")

    at = page_of(open_page, account=ann)
    at.button(key=f"out_{ann}").click().run()

    assert actor_of(token) is None
    assert "Not signed in anywhere now" in text_of(at)


def test_a_new_link_takes_the_place_of_a_lost_one(june, open_page):
    lost = account_list.add_account("Ann", "ann", (LEADER,))
    ann = id_of("ann")
    at = page_of(open_page, account=ann)

    at.button(key=f"link_{ann}").click().run()

    assert at.code[0].value != lost
    assert set_up.open_link(token_in(at.code[0].value)).name == "Ann"


def test_markup_in_a_name_is_shown_as_written(june, open_page):
    """O1: On the screen of accounts."""
    account_list.add_account("<script>alert(1)</script> *A*", "ann", (LEADER,))

    at = page_of(open_page)

    assert "<script>alert(1)</script> *A*" in text_of(at)
    assert "<script>" not in html_of(at)


def test_no_hash_and_no_token_stands_on_the_page(june, open_page):
    told = html_of(page_of(open_page, account=id_of("june")))

    assert "argon2" not in told
    assert june not in told


def test_what_each_role_may_do_stands_there(june, open_page):
    told = text_of(page_of(open_page))

    released = "read what was not released, release words to others, translate what was released"
    assert f"{released} and check" in told


def test_an_admin_who_takes_a_role_from_themselves_is_signed_out(june, open_page):
    """S2: The token from before does not live on with other roles."""
    make_account("Bo", *EVERY_ROLE)
    at = page_of(open_page, account=id_of("june"))

    only_button(at, "Take away: admin for everything here").click().run()

    assert actor_of(june) is None
    assert "People and roles" not in text_of(at)
