"""Every screen of the staff over the sample: what a machine can find about access, at once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import chromium
from tests.journeys.conftest import running_app
from tests.journeys.walk import Walk
from ui.screens import SCREENS, TAKE_PART

ROOT = Path(__file__).parents[2]
SHOWN = [screen for screen in SCREENS if screen is not TAKE_PART]
LEAST_PX = 44
N_BUTTONS = 10
__all__ = ["chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def sample_address(tmp_path_factory: pytest.TempPathFactory):
    """The app over the sample, as after the first `make run`."""
    folder = tmp_path_factory.mktemp("sample")
    told = {**os.environ, "ROUNDTABLE_FOLDER": str(folder)}
    command = [sys.executable, "manage.py", "prepare"]
    subprocess.run(command, cwd=ROOT, env=told, check=True, capture_output=True)
    with running_app(folder) as address:
        yield address


@pytest.fixture(scope="module")
def page(chromium):
    opened = chromium.new_page(viewport={"width": 1280, "height": 800})
    yield opened
    opened.close()


@pytest.fixture
def opened(page: Page, sample_address: str, request: pytest.FixtureRequest) -> Walk:
    walk = Walk(page, sample_address)
    page.goto(f"{sample_address}/{request.param.address}")
    walk.settle()
    return walk


@pytest.mark.parametrize("opened", SHOWN, ids=[screen.title for screen in SHOWN], indirect=True)
def test_a_screen_is_open_to_everybody(opened):
    """A-22: axe A and AA, buttons that can be hit, charts with a sentence and a table."""
    opened.must_be_accessible()
    low = [
        (box["height"], button.inner_text())
        for button in opened.page.locator("main button[data-testid^=stBaseButton]").all()[
            :N_BUTTONS
        ]
        if (box := button.bounding_box()) and box["height"] < LEAST_PX - 0.5
    ]
    n_charts = opened.page.locator("[data-testid=stVegaLiteChart]").count()
    n_tables = opened.page.get_by_text("The same as a table").count()
    n_sentences = opened.page.locator(".rt-sentence").count()

    assert low == []
    assert min(n_tables, n_sentences) >= n_charts
