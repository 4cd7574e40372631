"""A browser without scripts on the staff's own pages."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest
from httpx import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from services.runtime import Runtime, use_runtime
from staff.routes import routes
from tests.made_accounts import cheap_passwords, make_first

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


class Browser:
    """Cookies, the page it shows and the hidden fields of its form."""

    def __init__(self, address: str = "http://localhost:8501") -> None:
        app = Starlette(routes=routes)
        self.client = TestClient(app, base_url=address, follow_redirects=False)
        self.address = "/"
        self.page: Response | None = None

    def open(self, address: str) -> Response:
        self.address = address
        self.page = self.client.get(address)
        return self.page

    def send(self, headers: dict[str, str] | None = None, **fields: str) -> Response:
        """Fill in the form that is shown, and send it."""
        assert self.page is not None
        hidden = {name: unescape(value) for name, value in HIDDEN.findall(self.page.text)}
        address = self.address.partition("?")[0]
        self.page = self.client.post(address, data={**hidden, **fields}, headers=headers)
        return self.page

    def sign_in(self, name: str, password: str, then: str = "") -> Response:
        self.open(f"/sign-in?next={then}" if then else "/sign-in")
        return self.send(username=name, password=password)

    def plant(self, name: str, value: str) -> None:
        """Put a cookie into this browser, in place of one of that name."""
        self.client.cookies.set(name, value, domain="localhost.local", path="/")

    def cookie(self, name: str) -> str | None:
        return self.client.cookies.get(name)


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    with cheap_passwords():
        yield


@pytest.fixture
def june(app_runtime: Runtime) -> str:
    """The first account, with every role."""
    return make_first("June")


@pytest.fixture
def browser(app_runtime: Runtime) -> Browser:
    return Browser()


@pytest.fixture
def https_browser(app_runtime: Runtime) -> Iterator[Browser]:
    """A browser that reaches the same store through TLS."""
    before = app_runtime.settings
    app_runtime.settings = replace(before, public_url="https://table.example")
    use_runtime(app_runtime)
    yield Browser("https://table.example")
    app_runtime.settings = before
