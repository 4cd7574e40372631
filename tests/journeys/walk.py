"""Small steps of a person in the staff's screens. Start at `Walk`."""

import re
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
LONG_MS = 120_000
KEPT = ("programme", "meeting")
AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Walk:
    """A browser page with the words of a person: open, press, fill, see."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    def open(self, path: str) -> None:
        """Go to an address of the app, keeping which programme and meeting are open."""
        asked = parse_qsl(urlsplit(self.page.url).query)
        query = urlencode([(word, what) for word, what in asked if word in KEPT])
        self.page.goto(f"{self.address}{path}" + (f"?{query}" if query else ""))
        self.settle()

    def settle(self) -> None:
        self.page.wait_for_selector(SETTLED, timeout=LONG_MS)

    def press(self, name: str) -> None:
        """Press the button with this name."""
        self.button(name).click()
        self.page.wait_for_timeout(200)  # likewise
        self.settle()

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=re.compile(name)).first

    def fill(self, label: str, words: str) -> None:
        """Type into the field with this label, and leave it."""
        field = self.page.get_by_role("textbox", name=re.compile(label)).first
        field.fill(words)
        field.blur()
        self.settle()

    def tick(self, sentence: str) -> None:
        """Tick the box with this sentence."""
        self.page.get_by_text(re.compile(sentence)).first.click()
        self.settle()

    def tab(self, name: str) -> None:
        self.page.get_by_role("tab", name=name).click()
        self.page.wait_for_timeout(200)  # the click starts a run; wait for that one, not the last
        self.settle()

    def upload(self, key: str, path: Path) -> None:
        """Give a file to the upload field with this key, and see that it arrived."""
        field = self.page.locator(f".st-key-{key}")
        field.locator("input[type=file]").set_input_files(path)
        expect(field.get_by_text(path.name).first).to_be_visible(timeout=LONG_MS)
        self.settle()

    def see(self, words: str) -> None:
        """The words must be on the page."""
        shown = self.page.get_by_text(re.compile(words)).filter(visible=True).first
        expect(shown).to_be_visible(timeout=LONG_MS)

    def title(self, words: str) -> None:
        """The page's one heading must say this."""
        heading = self.page.get_by_role("heading", level=1, name=re.compile(words))
        expect(heading).to_be_visible(timeout=LONG_MS)

    def must_be_accessible(self) -> None:
        """No violation of WCAG 2.2 A and AA that a machine can find."""
        self.settle()
        options = {"runOnly": {"type": "tag", "values": AA}}
        found = Axe().run(self.page, options=options).response["violations"]
        told = [(v["id"], v["nodes"][0]["html"][:200]) for v in found]
        assert told == [], told
