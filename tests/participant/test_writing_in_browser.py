"""The few lines of script on the page to write on, in Chromium."""

import pytest
from starlette.applications import Starlette

from participant.routes import routes
from services.statements import my_statements
from tests.browser import chromium, served
from tests.made_vote import make_vote

__all__ = ["chromium"]
pytestmark = pytest.mark.browser


@pytest.fixture
def writing(app_runtime, chromium):
    """Maria's page to write on, with a clock that the test moves."""
    vote = make_vote()
    with served(Starlette(routes=routes)) as address:
        context = chromium.new_context()
        page = context.new_page()
        page.clock.install()
        page.goto(f"{address}/p/j/{vote.maria}")
        page.goto(f"{page.url.rstrip('/')}/write")
        yield page, vote
        context.close()


def texts(vote):
    return [one.text for one in my_statements(vote.maria).statements]


def test_ten_quiet_seconds_keep_what_was_written(writing):
    """A-23: After 10 s without a letter, and not before."""
    page, vote = writing
    page.get_by_label("Your words").press_sequentially("A lift")
    page.clock.fast_forward(9_000)
    before = texts(vote)

    with page.expect_response("**/keep"):
        page.clock.fast_forward(2_000)
    page.get_by_text("Saved. Only you read it.").wait_for()

    assert (before, texts(vote)) == ([], ["A lift"])
    assert page.locator("#letters").inner_text() == "6"


def test_leaving_the_field_keeps_it_and_the_same_words_are_not_sent_again(writing):
    """A-23: On blur, also what was pasted at once, and a second time on the same page."""
    page, vote = writing
    field = page.get_by_label("Your words")
    sent = []
    page.on("request", lambda request: sent.append(request.url))

    for words in ("Pasted by a speech device 🧡\n\nTwice.", "And changed since"):
        field.fill(words)
        with page.expect_response("**/keep"):
            field.blur()
        page.get_by_text("Saved. Only you read it.").wait_for()
        field.focus()
        field.blur()

    assert texts(vote) == ["And changed since"]
    assert sum(url.endswith("/keep") for url in sent) == 2


def test_what_could_not_be_kept_says_so_and_stays_on_the_page(writing):
    """A-23: Nothing is lost while the connection is."""
    page, vote = writing
    field = page.get_by_label("Your words")
    page.route("**/keep", lambda route: route.abort())
    field.fill("On a train")

    field.blur()

    page.get_by_text("Not saved yet. Your words are still on this page.").wait_for()
    assert field.input_value() == "On a train"
    assert texts(vote) == []
