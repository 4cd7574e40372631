"""Opens a screen as a person would: through the dashboard, over an empty store."""

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from services.runtime import Runtime
from ui.screens import Screen

DASHBOARD = Path(__file__).parents[2] / "dashboard.py"

OpenPage = Callable[..., AppTest]


@pytest.fixture
def open_page(app_runtime: Runtime) -> OpenPage:
    """A function that opens a screen, with the words of its address."""

    def _open(screen: Screen, **address: str) -> AppTest:
        at = AppTest.from_file(DASHBOARD, default_timeout=120)
        for name, value in address.items():
            at.query_params[name] = value
        at.run()
        if screen.address:
            for name, value in address.items():
                at.query_params[name] = value
            at.switch_page(screen.path).run()
        return at

    return _open


def text_of(at: AppTest) -> str:
    """Every word on the page, without tags."""
    drawn = [getattr(element, "value", None) or _body(element) for element in at.main]
    return html.unescape(re.sub(r"<[^>]+>", " ", "\n".join(map(str, drawn))))


def html_of(at: AppTest) -> str:
    """The page's own HTML as it was sent."""
    return "\n".join(_body(element) for element in at.get("html"))


def _body(element: object) -> str:
    return str(getattr(getattr(element, "proto", None), "body", ""))
