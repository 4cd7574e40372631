"""The app over a store in which every word is hostile, and a browser that notices everything."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page

from services.access import COMMAND_LINE, acting_as
from services.runtime import Runtime, use_runtime
from services.settings import read_settings
from store.migrate import migrate
from tests.browser import chromium
from tests.fakes import WordEmbedder
from tests.journeys.conftest import running_app
from tests.journeys.walk import SETTLED, Walk
from tests.output.hostile_programme import Hostile, make

__all__ = ["chromium"]
LOOKED_FOR = ("_stcore/health", "_stcore/host-config")
"""Streamlit's pages ask for these below their own address first, and are told 404."""


def runtime_over(folder: Path) -> Runtime:
    """A runtime over a new store in this folder; only the model is faked."""
    told = {
        "ROUNDTABLE_FOLDER": str(folder),
        "ROUNDTABLE_WORKER": "0",
        "ROUNDTABLE_DWELL_GUARD_MS": "0",
    }
    made = Runtime(read_settings(told))
    migrate(made.store)
    made.__dict__["_embedder"] = WordEmbedder()
    return made


@dataclass
class Served:
    """A running app, what it holds, and its folder."""

    address: str
    folder: Path
    runtime: Runtime
    planted: Hostile


@pytest.fixture(scope="session")
def _served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("hostile")
    runtime = runtime_over(folder)
    use_runtime(runtime)
    with acting_as(COMMAND_LINE):
        planted = make()
    use_runtime(None)
    with running_app(folder) as address:
        yield Served(address, folder, runtime, planted)
    runtime.store.close()


@pytest.fixture
def served(_served: Served) -> Iterator[Served]:
    """The hostile app; the services of this test see the same store."""
    use_runtime(_served.runtime)
    yield _served
    use_runtime(None)


@dataclass
class Watched:
    """A page with everything that happened on it and should not have."""

    page: Page
    address: str
    happened: list[str] = field(default_factory=list)
    n_screens: int = 0

    def __post_init__(self) -> None:
        self.page.on("dialog", self._dialog)
        self.page.on("pageerror", lambda error: self.happened.append(f"fault: {error}"))
        self.page.on("console", self._console)
        self.page.on("request", self._request)

    def open(self, path: str, **query: str) -> None:
        """Open a screen and wait until it is drawn."""
        mark = "&" if "?" in path else "?"
        self.page.goto(f"{self.address}{path}{mark}{urlencode(query)}")
        self.page.wait_for_selector("h1", timeout=60_000)
        self.page.wait_for_selector(SETTLED, timeout=60_000)
        self.page.wait_for_timeout(100)
        self.n_screens += 1

    def texts(self, selector: str) -> list[str]:
        """What the elements say, letter by letter."""
        found: list[str] = self.page.locator(selector).evaluate_all(
            "all => all.map(one => one.textContent)"
        )
        return found

    def _dialog(self, dialog: object) -> None:
        self.happened.append("a dialog opened")
        dialog.dismiss()  # type: ignore[attr-defined]

    def _console(self, message: object) -> None:
        where = message.location.get("url", "")  # type: ignore[attr-defined]
        if message.type == "error" and not where.split("?")[0].endswith(LOOKED_FOR):  # type: ignore[attr-defined]
            self.happened.append(f"console: {message.text} {where}")  # type: ignore[attr-defined]

    def _request(self, request: object) -> None:
        url = request.url  # type: ignore[attr-defined]
        ours = (self.address, self.address.replace("http", "ws", 1), "data:", "blob:")
        if not url.startswith(ours):
            self.happened.append(f"request: {url}")


@pytest.fixture
def watch(chromium: Browser, served: Served) -> Iterator[Callable[[], Watched]]:
    """A function that opens a page in which nothing may happen."""
    contexts = []

    def _watch() -> Watched:
        context = chromium.new_context(viewport={"width": 1280, "height": 800})
        contexts.append(context)
        return Watched(context.new_page(), served.address)

    yield _watch
    for context in contexts:
        context.close()


@pytest.fixture
def walk_of() -> Callable[[Watched], Walk]:
    return lambda watched: Walk(watched.page, watched.address)
