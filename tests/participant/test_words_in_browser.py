"""My words, family's and owners' pages in Chromium: boxes, edges, contrast, axe, zoom."""

import os
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page
from starlette.applications import Starlette

from participant.routes import routes
from services.my_words import my_words
from services.runtime import Runtime
from tests.browser import chromium, served
from tests.participant.made_site import MadeSite, make_site
from tests.participant.test_in_browser import (
    PHONE,
    SIZES,
    SPACED,
    TAGS,
    UPRIGHT,
    WIDE,
    boxes,
    wrong_boxes,
)

__all__ = ["chromium"]
pytestmark = pytest.mark.browser

IS_STRESS = os.environ.get("STRESS") == "1"
LOOKS = [
    (size, {"color_scheme": scheme})
    for size in (WIDE, UPRIGHT, PHONE)
    for scheme in ("light", "dark")
]
LOOKS += [(WIDE, {"forced_colors": "active"})]
FEW_LOOKS = [LOOKS[0], LOOKS[5]]
FIELDS = """() => [...document.querySelectorAll("input:not([type=hidden]), select")].map(field => {
    const box = field.getBoundingClientRect();
    return Math.min(box.width, box.height);
})"""


@pytest.fixture
def site(app_runtime: Runtime) -> MadeSite:
    return make_site()


@pytest.fixture
def each_page(chromium: Browser, site: MadeSite) -> Iterator[Callable[..., Iterator[object]]]:
    """A function that opens every page, each kind of person in a window of their own."""
    contexts: list[BrowserContext] = []
    with served(Starlette(routes=routes)) as address:

        def _pages(size: tuple[int, int] = WIDE, **options: object) -> Iterator[tuple[str, Page]]:
            for who, (way, paths) in site.ways.items():
                viewport = {"width": size[0], "height": size[1]}
                context = chromium.new_context(viewport=viewport, **options)  # type: ignore[arg-type]
                contexts.append(context)
                page = context.new_page()
                page.goto(address + way)
                root = "/".join(page.url.split("/")[:5])
                for path in paths:
                    page.goto(f"{root}/{path}")
                    yield f"{who} {path}", page

        yield _pages
        for context in contexts:
            context.close()


@pytest.mark.parametrize("size", SIZES if IS_STRESS else [WIDE, PHONE])
def test_targets_are_large_enough_far_enough_apart_few_and_off_the_edge(
    each_page, size, record_property
):
    """A-1, A-2, A-3, A-4: 96 px and more, also fields; 24 px apart; at most six; not at the right."""
    problems, smallest = [], 10_000.0

    for name, page in each_page(size, java_script_enabled=False):
        found, fields = boxes(page), page.evaluate(FIELDS)
        problems += [f"{name}: {told}" for told in wrong_boxes(found)]
        problems += [f"{name}: a field of {px} px" for px in fields if px < 96]
        if size is WIDE and max(box.right for box in found) > WIDE[0] * 0.95:
            problems.append(f"{name}: a target at the right edge")
        sides = [min(box.right - box.left, box.bottom - box.top) for box in found]
        smallest = min([smallest, *sides, *fields])

    record_property("figure", f"smallest target {smallest:.0f} px at {size[0]} x {size[1]}")
    assert problems == []


@pytest.mark.parametrize(("size", "look"), LOOKS if IS_STRESS else FEW_LOOKS)
def test_axe_finds_nothing(each_page, size, look, record_property):
    """A-12, A-16: axe with all its A, AA and AAA rules, contrast 7:1 among them."""
    found, n_pages = [], 0

    for name, page in each_page(size, **look):
        n_pages += 1
        answer = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
        for kind in ("violations", "incomplete"):
            found += [
                f"{name}: {kind} {rule['id']}: {rule['nodes'][0]['html']}" for rule in answer[kind]
            ]

    record_property("figure", f"{n_pages} pages, {len(found)} findings")
    assert found == []


def test_nothing_scrolls_sideways(each_page):
    """A-15: At 320 px, which is 400 % zoom, with text spaced as in WCAG 1.4.12."""
    wider = {}

    for name, page in each_page((320, 640), bypass_csp=True):
        page.add_style_tag(content=SPACED)
        wider[name] = page.evaluate("document.documentElement.scrollWidth") - 320

    assert {name: px for name, px in wider.items() if px > 0} == {}


def test_words_are_taken_back_by_keyboard_without_scripts_and_style(site, chromium):
    """A-6, A-10: Three keys from the page of a turn."""
    with served(Starlette(routes=routes)) as address:
        context = chromium.new_context(java_script_enabled=False)
        page = context.new_page()
        page.route("**/style.css*", lambda route: route.abort())
        page.goto(f"{address}/p/j/{site.vote.maria}")
        page.get_by_role("link", name="My words").click()
        page.get_by_role("link", name="See my words").click()

        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Put this back").wait_for()

        assert my_words(site.vote.maria).turns[0].is_taken_back
        context.close()


def test_a_page_asks_for_two_things_at_most_and_none_elsewhere(site, chromium):
    """A-11, B-5: The page and its style."""
    with served(Starlette(routes=routes)) as address:
        context = chromium.new_context()
        page, requests = context.new_page(), []
        page.goto(f"{address}/p/j/{site.vote.maria}")
        page.on("request", lambda request: requests.append(request.url))
        page.goto(page.url + "words")
        context.close()

    assert len(requests) <= 2
    assert all(url.startswith(address) for url in requests)
