"""A vote, and a small browser that takes part in it."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette

from participant.routes import routes
from services.runtime import Runtime
from tests.made_vote import MadeVote, make_vote
from tests.participant.conftest import Browser


@pytest.fixture
def waits_for_disk() -> bool:
    """Here it does: what is lost when everything stops is the subject."""
    return True


@pytest.fixture
def vote(app_runtime: Runtime) -> MadeVote:
    return make_vote()


@pytest.fixture
def maria(vote: MadeVote) -> Iterator[Browser]:
    """Maria's browser, at the first recommendation."""
    browser = Browser(Starlette(routes=routes))
    browser.open(f"/p/j/{vote.maria}")
    browser.follow("Start")
    yield browser
    browser.client.close()
