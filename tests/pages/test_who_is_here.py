"""The shell as somebody with an account meets it; the store and the screens are real."""

import pytest
from streamlit.testing.v1 import AppTest

from domain.access import Grant, StaffRole
from domain.errors import NotPermitted, NotSignedIn
from services import accounts, recommendations
from tests.made_account import make_account, session_of, sign_in
from tests.pages.chain import TEXT, make_chain
from tests.pages.conftest import DASHBOARD, html_of, text_of
from ui import screens, session, visitor


@pytest.fixture
def chain(app_runtime):
    return make_chain()


@pytest.fixture
def open_as():
    """A function that opens the dashboard with a token instead of a cookie."""

    def _open(token: str) -> AppTest:
        visitor.read_token_with(lambda: token)
        return AppTest.from_file(DASHBOARD, default_timeout=120).run()

    yield _open
    visitor.read_token_with(visitor.cookie_of_browser)


def sidebar_of(at: AppTest) -> str:
    return "\n".join(str(element.proto) for element in at.sidebar)


def test_whoever_is_signed_in_is_named_and_can_sign_out(chain, open_as):
    at = open_as(sign_in("Ann Lee", Grant(StaffRole.LEADER)))

    assert not at.exception
    assert "Signed in as Ann Lee" in sidebar_of(at)
    assert "/sign-out" in sidebar_of(at)


def test_with_accounts_no_role_can_be_chosen(chain, open_as):
    """S6: The switch is gone with the first account."""
    at = open_as(sign_in("Ann", Grant(StaffRole.LEADER)))

    assert "See it as" not in sidebar_of(at)


def test_several_roles_open_the_screens_of_each(chain, open_as):
    at = open_as(sign_in("Ann", Grant(StaffRole.REVIEWER), Grant(StaffRole.FACILITATOR)))
    at.switch_page(screens.REVIEW.path).run()
    is_reviewer = not at.exception
    at.switch_page(screens.LIVE_NOTES.path).run()

    assert is_reviewer
    assert not at.exception


@pytest.mark.parametrize("token", ["", "made up"])
def test_nobody_sees_anything(chain, open_as, token):
    """S7: With accounts, a browser without a session gets the way to the sign-in and no more."""
    make_account("Somebody", Grant(StaffRole.ADMIN))
    at = open_as(token)

    assert "Nobody is signed in here" in at.warning[0].value
    assert TEXT not in text_of(at)
    assert "/sign-in" in html_of(at)


def test_a_press_after_signing_out_changes_nothing(chain, open_as):
    """S5: A screen that is still open, pressed once more."""
    token = sign_in("Ann", Grant(StaffRole.FACILITATOR))
    at = open_as(token)
    at.query_params["recommendation"] = chain.recommendation_id
    at.switch_page(screens.RECOMMENDATIONS.path).run()
    button = next(b for b in at.button if b.label == "Take this decision back")
    accounts.sign_out(token)
    button.click().run()

    [view] = recommendations.recommendations(chain.meeting_id)
    assert view.recommendation.state == "chosen"


def test_what_is_done_carries_the_name_of_the_account(chain, open_as):
    at = open_as(sign_in("Ann Lee", Grant(StaffRole.FACILITATOR)))
    at.switch_page(screens.RECOMMENDATIONS.path).run()
    at.button(key="main_action").click().run()
    at.text_area(key="new_text").set_value("Lend wheelchairs at once.")
    next(b for b in at.button if b.label == "Write it down").click().run()

    newest = recommendations.recommendations(chain.meeting_id)[-1].recommendation
    assert recommendations.wordings(newest.recommendation_id)[0][2] == "Ann Lee"


def test_a_download_asks_again_who_is_there_when_it_is_made(chain, open_as):
    """S5: A file that was offered before somebody was signed out is not made after it."""
    account_id = make_account("Ann", Grant(StaffRole.LEADER))
    token = session_of(account_id)
    visitor.read_token_with(lambda: token)
    made = session.later(recommendations.recommendations, chain.meeting_id)
    before = made()
    accounts.sign_out(token)

    assert before
    with pytest.raises(NotSignedIn):
        made()
    visitor.read_token_with(visitor.cookie_of_browser)


def test_a_download_is_made_with_the_roles_of_whoever_asked_for_it(chain, open_as):
    token = sign_in("Ann", Grant(StaffRole.LEADER))
    visitor.read_token_with(lambda: token)
    made = session.later(recommendations.unchoose, chain.recommendation_id)

    with pytest.raises(NotPermitted):
        made()
    visitor.read_token_with(visitor.cookie_of_browser)
