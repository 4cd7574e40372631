"""The room's view in a browser."""

import pytest

from domain.votes import Answer
from services import ballots, meetings, recommendations, room
from services.room import Showing
from services.voting import lay_answer
from tests.browser import chromium
from tests.journeys.conftest import running_app
from tests.made_vote import make_vote

__all__ = ["chromium"]
pytestmark = pytest.mark.browser

EVERY_NAME = ("Maria", "Delgado", "Okafor", "Raman", "Chen", "Nwosu", "facilitator")


@pytest.fixture(scope="module")
def chromium_page(chromium):
    page = chromium.new_page(viewport={"width": 1280, "height": 720})
    yield page
    page.close()


def shown(page) -> str:
    """Everything that can be seen."""
    return page.locator("body").inner_text()


@pytest.mark.slow
def test_the_wall_shows_what_was_pressed_and_no_name_and_no_frame(
    app_runtime, tmp_path, chromium_page
):
    """B-18: In Chromium: one thing, large, without names, menus or choices."""
    vote = make_vote()
    first = recommendations.recommendations(vote.meeting_id)[0].recommendation
    for secret in vote.secrets.values():
        lay_answer(secret, vote.ballot_id, first.recommendation_id, Answer.AGREE)
    ballots.close_ballot(vote.ballot_id)
    app_runtime.store.close()
    with running_app(tmp_path) as address:
        chromium_page.goto(f"{address}/room?meeting={vote.meeting_id}")
        chromium_page.get_by_text("Getting equipment in time").wait_for()
        before = shown(chromium_page)
        room.show(vote.meeting_id, Showing.RESULT, first.recommendation_id)
        chromium_page.get_by_text("two thirds or more agree").wait_for()
        after = shown(chromium_page)
        heights = chromium_page.eval_on_selector_all(
            ".rt-room p, .rt-room h1, .rt-room li",
            "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))",
        )

    assert [line for line in before.split("\n") if line] == [
        "Skip to main content",  # seen by nobody who does not press Tab
        "Fall 2024",
        "Getting equipment in time",
    ]
    assert first.text in after
    assert not [name for name in EVERY_NAME if name in after]
    assert min(heights) >= 720 / 20
    assert {p.name for p in meetings.roster(vote.meeting_id)} >= {"Maria Delgado"}
