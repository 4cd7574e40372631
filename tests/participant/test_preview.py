import pytest
from starlette.applications import Starlette

from domain.ballots import Secrecy
from domain.votes import Method
from participant.preview_routes import routes
from services import ballot_times
from tests.participant.conftest import Browser


@pytest.fixture
def staff_browser():
    made = Browser(Starlette(routes=routes))
    yield made
    made.client.close()


def at(ballot_id, position=1):
    return f"/preview/{ballot_id}/v/{ballot_id}/{position}"


def rows(store):
    with store.engine.connect() as connection:
        return {
            table: connection.exec_driver_sql(f"SELECT * FROM {table}").all()
            for table in ("box", "roll", "spent_press", "participant_link", "ballot")
        }


@pytest.mark.parametrize("method", list(Method))
def test_a_prepared_vote_is_shown_and_nothing_pressed_is_kept(vote, staff_browser, store, method):
    made = ballot_times.prepare(vote.meeting_id, title="Later", method=method)
    before = rows(store)

    page = staff_browser.open(at(made))
    staff_browser.press(page.buttons[0])

    assert "Answering as Alex Example" in staff_browser.page.text
    assert "A preview: nothing that is pressed here is kept." in staff_browser.page.text
    assert staff_browser.response.url.path == at(made, 2)
    assert rows(store) == before


def test_the_last_one_leads_to_the_first_again(vote, staff_browser):
    staff_browser.open(at(vote.ballot_id, 3))

    staff_browser.press("Agree")

    assert staff_browser.response.url.path == at(vote.ballot_id, 1)


@pytest.mark.parametrize("words", ["Stop for now", "Help", "Back"])
def test_what_lies_beside_leads_back_to_the_vote(vote, staff_browser, words):
    staff_browser.open(at(vote.ballot_id))

    staff_browser.follow(words)

    assert staff_browser.response.url.path == at(vote.ballot_id)


def test_a_show_of_hands_says_so_in_its_preview(vote, staff_browser):
    made = ballot_times.prepare(vote.meeting_id, title="Hands", secrecy=Secrecy.NAMED)

    page = staff_browser.open(at(made))

    assert "A show of hands" in page.text


def test_an_unknown_vote_is_a_page_of_its_own(vote, staff_browser):
    staff_browser.open(at("nowhere"))

    assert staff_browser.response.status_code == 404
