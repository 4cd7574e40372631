"""The staff's own pages in Chromium: axe, sizes, keyboard, and no script at all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from domain.access import Grant, StaffRole
from services import account_list, set_up
from services.accounts import actor_of
from staff.routes import routes
from tests.browser import chromium, served
from tests.made_accounts import PASSWORD, make_first, token_in

__all__ = ["chromium"]
pytestmark = pytest.mark.browser

PHONE, LAPTOP, NARROW = (390, 844), (1280, 800), (320, 640)
SIGHTS = [
    pytest.param(LAPTOP, "light", id="laptop, light"),
    pytest.param(PHONE, "dark", id="phone, dark"),
    pytest.param(NARROW, "light", id="320 px, light"),
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MEASURE = """() => [...document.querySelectorAll("a, button, input:not([type=hidden])")].map(t => {
    const box = t.getBoundingClientRect();
    return [t.innerText || t.id, t.matches("a:not(.press)"), box.width, box.height];
})"""


def started(_: object) -> PlainTextResponse:
    """Stands for the screens, which a browser is led to once somebody is in."""
    return PlainTextResponse("The screens.")


@dataclass
class Site:
    """The pages of one address, with a browser for them."""

    address: str
    chromium: Browser
    first_link: str
    links: dict[str, str]

    def page(self, size: tuple[int, int] = LAPTOP, **context: object) -> Page:
        width, height = size
        made = self.chromium.new_context(
            viewport={"width": width, "height": height},
            base_url=self.address,
            **context,  # type: ignore[arg-type]
        )
        return made.new_page()

    def sign_in(self, page: Page, password: str = PASSWORD) -> None:
        page.goto("/sign-in")
        page.fill("#username", "june")
        page.fill("#password", password)
        page.click("main button")


@pytest.fixture
def site(app_runtime, chromium) -> Iterator[Site]:
    # The first link is asked for before there is an account; it is used up with the account.
    first = token_in(set_up.first_link() or "")
    with served(Starlette(routes=[*routes, Route("/", started)])) as address:
        yield Site(address, chromium, first, {})


@pytest.fixture
def site_with_june(site) -> Site:
    make_first("June")
    link = account_list.add_account("Ann", "ann", (Grant(StaffRole.LEADER),))
    site.links["ann"] = token_in(link)
    return site


def open_first(site: Site, page: Page) -> None:
    page.goto(f"/set-up/{site.first_link}")


def open_none(site: Site, page: Page) -> None:
    page.goto("/sign-in")


BEFORE: dict[str, Callable[[Site, Page], None]] = {
    "the first account": open_first,
    "no accounts": open_none,
}


def open_wrong(site: Site, page: Page) -> None:
    site.sign_in(page, "not the password")


def open_sign_out(site: Site, page: Page) -> None:
    site.sign_in(page)
    page.goto("/sign-out")


def open_signed_out(site: Site, page: Page) -> None:
    open_sign_out(site, page)
    page.click("main button")


def open_password(site: Site, page: Page) -> None:
    site.sign_in(page)
    page.goto("/password")


AFTER: dict[str, Callable[[Site, Page], None]] = {
    "sign in": open_none,
    "wrong password": open_wrong,
    "a further account": lambda site, page: page.goto(f"/set-up/{site.links['ann']}") and None,
    "a link that is gone": lambda site, page: page.goto("/set-up/gone") and None,
    "sign out": open_sign_out,
    "signed out": open_signed_out,
    "another password": open_password,
}


def flaws_of(page: Page) -> list[str]:
    """What axe finds, and what it does not look at: sizes and scrolling sideways."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    flaws = [f"{v['id']}: {v['nodes'][0]['html']}" for v in found.response["violations"]]
    for name, is_inline, width, height in page.evaluate(MEASURE):
        smallest = 24 if is_inline else 44
        if min(width, height) < smallest:
            flaws.append(f"{name}: {width:.0f} x {height:.0f}")
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        flaws.append("scrolls sideways")
    return flaws


@pytest.mark.parametrize(("size", "scheme"), SIGHTS)
def test_the_pages_before_any_account_have_no_flaw(site, size, scheme):
    flaws = {}
    for name, open_page in BEFORE.items():
        page = site.page(size, color_scheme=scheme)
        open_page(site, page)
        flaws[name] = flaws_of(page)
        page.context.close()

    assert flaws == {name: [] for name in BEFORE}


@pytest.mark.parametrize(("size", "scheme"), SIGHTS)
def test_no_page_has_a_flaw(site_with_june, size, scheme):
    flaws = {}
    for name, open_page in AFTER.items():
        page = site_with_june.page(size, color_scheme=scheme)
        open_page(site_with_june, page)
        flaws[name] = flaws_of(page)
        page.context.close()

    assert flaws == {name: [] for name in AFTER}


def test_the_first_account_is_made_and_used_without_scripts(site):
    page = site.page(java_script_enabled=False)

    page.goto(f"/set-up/{site.first_link}")
    page.fill("#name", "June")
    page.fill("#username", "june")
    page.fill("#new_password", PASSWORD)
    page.fill("#again", PASSWORD)
    page.click("main button")
    assert page.text_content("body") == "The screens."
    page.goto("/sign-out")
    page.click("main button")
    site.sign_in(page)

    assert page.text_content("body") == "The screens."
    page.context.close()


def test_signing_in_takes_a_keyboard_and_nothing_else(site_with_june):
    page = site_with_june.page()
    page.goto("/sign-in")

    page.keyboard.press("Tab")
    page.keyboard.type("june")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Sign in"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site_with_june.address}/")

    assert outline == "3px"
    page.context.close()


def test_the_cookie_is_out_of_reach_of_scripts(site_with_june):
    """S3: HttpOnly, as the browser itself sees it."""
    page = site_with_june.page()
    site_with_june.sign_in(page)
    page.wait_for_url(f"{site_with_june.address}/")

    told = page.evaluate("document.cookie")
    kept = {cookie["name"]: cookie for cookie in page.context.cookies()}["roundtable-staff"]

    assert told == ""
    assert (kept["httpOnly"], kept["sameSite"], kept["path"]) == (True, "Lax", "/")
    assert actor_of(kept["value"]).name == "June"
    page.context.close()


def test_a_page_asks_nobody_but_this_app(site_with_june):
    """B-5: Style and page, and nothing else."""
    page = site_with_june.page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto("/sign-in")
    page.wait_for_load_state("networkidle")

    assert all(url.startswith(site_with_june.address) for url in asked)
    assert len(asked) == 2
    page.context.close()
