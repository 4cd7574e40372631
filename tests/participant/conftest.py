"""A browser without scripts, as small as it can be: it follows links and presses buttons."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from participant.routes import routes
from services.runtime import Runtime
from tests.made_vote import MadeVote, make_vote

INLINE = {"span", "strong"}
VOID = {"meta", "link", "input", "br", "img", "hr"}


@dataclass
class Form:
    """A form with its hidden fields and its buttons by their words."""

    action: str
    hidden: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)


class Page(HTMLParser):
    """What a page holds; a tag that is not closed where it should be is an error."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open_tags: list[str] = []
        self.links: dict[str, str] = {}
        self.forms: list[Form] = []
        self.words: list[str] = []
        self.headings: list[str] = []
        self._target: tuple[str, dict[str, str]] | None = None
        self._said: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open_tags, self.open_tags

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    @property
    def buttons(self) -> list[str]:
        return [name for form in self.forms for name in form.buttons]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self._part(tag)
        if tag not in VOID:
            self.open_tags.append(tag)
        if tag == "form":
            self.forms.append(Form(told["action"]))
        elif tag == "input":
            self.forms[-1].hidden[told["name"]] = told.get("value", "")
        elif tag in ("a", "button"):
            self._target, self._said = (tag, told), []

    def handle_endtag(self, tag: str) -> None:
        assert self.open_tags.pop() == tag
        self._part(tag)
        if self._target and tag == self._target[0]:
            told, name = self._target[1], " ".join("".join(self._said).split())
            if tag == "a":
                self.links[name] = told["href"]
            else:
                self.forms[-1].buttons[name] = (told.get("name", ""), told.get("value", ""))
            self._target = None

    def _part(self, tag: str) -> None:
        """Words on either side of a block are apart, those around a span are not."""
        if tag not in INLINE:
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        self._said.append(data)
        if "h1" in self.open_tags:
            self.headings.append(data)


class Browser:
    """A device of one or several people: cookies, the page it shows, how often it was pressed."""

    def __init__(self, app: Starlette) -> None:
        self.client = TestClient(app, base_url="http://localhost:8501")
        self.n_presses = 0

    def open(self, address: str) -> Page:
        return self._shown(self.client.get(address))

    def follow(self, words: str) -> Page:
        self.n_presses += 1
        link = next(href for name, href in self.page.links.items() if name.startswith(words))
        return self.open(link)

    def press(self, words: str) -> Page:
        self.n_presses += 1
        address, data = self.filled(words)
        return self._shown(self.client.post(address, data=data))

    def filled(self, words: str) -> tuple[str, dict[str, str]]:
        """Where a button's form goes, and what it carries."""
        form = next(f for f in self.page.forms if words in f.buttons)
        name, value = form.buttons[words]
        return form.action, {**form.hidden, **({name: value} if name else {})}

    def _shown(self, response: object) -> Page:
        self.response = response
        self.page = Page(response.text)  # type: ignore[attr-defined]
        return self.page


@pytest.fixture
def vote(app_runtime: Runtime) -> MadeVote:
    return make_vote()


@pytest.fixture
def new_browser() -> Iterator[Callable[[], Browser]]:
    """A function that makes a browser on a device of its own."""
    app, made = Starlette(routes=routes), []

    def _make() -> Browser:
        made.append(Browser(app))
        return made[-1]

    yield _make
    for browser in made:
        browser.client.close()


@pytest.fixture
def browser(new_browser: Callable[[], Browser]) -> Browser:
    return new_browser()
