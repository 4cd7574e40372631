"""The documents that people take along, opened where there is no network."""

from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.output.conftest import Served

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DOCUMENTS = [
    ("/meeting", "Download the report to print (HTML)"),
    ("/overview", "Download the edition for the board (HTML)"),
    ("/overview", "Download the edition for everyone (HTML)"),
]


def taken_along(watch, served: Served, place: str, button: str, folder: Path) -> Path:
    seen = watch()
    seen.open(place, programme=served.planted.programme_id, meeting=served.planted.meeting_id)
    with seen.page.expect_download() as waiting:
        seen.page.get_by_role("button", name=button).click()
    kept = folder / waiting.value.suggested_filename
    waiting.value.save_as(kept)
    return kept


@pytest.mark.parametrize(("place", "button"), DOCUMENTS, ids=lambda told: told.split("(")[0])
def test_a_document_opened_offline_asks_for_nothing_and_can_be_read(
    watch, served: Served, chromium: Browser, tmp_path: Path, place, button, record_property
):
    """O8: A document made of hostile words asks for nothing, runs nothing and has no flaw."""
    kept = taken_along(watch, served, place, button, tmp_path)
    context = chromium.new_context(offline=True, viewport={"width": 390, "height": 844})
    page, asked, happened = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: happened.append(dialog.message))
    page.on("console", lambda message: happened.append(message.text))

    page.goto(kept.as_uri())

    flaws = Axe().run(page, options={"runOnly": TAGS}).response["violations"]
    levels = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(h => +h.tagName[1])")
    assert asked == [kept.as_uri()]
    assert happened == []
    assert [flaw["id"] for flaw in flaws] == []
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert b"/StructTreeRoot" in page.pdf(tagged=True, outline=True)
    record_property("figure", f"{len(levels)} headings, {len(kept.read_bytes()) // 1024} KB")
    context.close()
