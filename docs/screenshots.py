"""Take the pictures of the README from the running app with its sample. Start at `main`.

Run it with `make screenshots`; it needs Chromium and leaves your own data alone.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "screenshots"
CHROMIUM = Path("/usr/bin/chromium")
SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
STAFF = {"overview": "/overview", "meeting": "/meeting", "themes": "/themes"}


def main() -> None:
    """Write one picture a screen, at the size of a laptop."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        os.environ["ROUNDTABLE_FOLDER"] = folder
        with serving() as address:
            path = str(CHROMIUM) if CHROMIUM.exists() else None
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            for name, where in STAFF.items():
                page.goto(address + where)
                page.wait_for_selector(SETTLED, timeout=60_000)
                page.wait_for_timeout(1500)  # charts are drawn after the script has ended
                take(page, name)
            ballot = participant(page, address)
            zoomed(browser, ballot)
            browser.close()


def participant(page: Page, address: str) -> str:
    """The ballot and what came of it, as the person with a link sees them; another one's link."""
    sys.path.insert(0, str(ROOT))
    from services import links, meetings, programmes
    from services.access import COMMAND_LINE, acting_as

    with acting_as(COMMAND_LINE):
        programme = next(p for p in programmes.programmes() if p.is_sample)
        held = [m.meeting.meeting_id for m in meetings.meetings_of(programme.programme_id)]
        newest, oldest = (links.links_for(held[n])[0][1] for n in (0, -1))
        another = links.links_for(held[0])[1][1]
    page.goto(link_of(newest, address))
    page.get_by_role("link", name="Start").first.click()
    take(page, "ballot")
    page.goto(link_of(oldest, address))
    page.get_by_role("link", name="What happened").first.click()
    take(page, "what_happened")
    return link_of(another, address)


def zoomed(browser: Browser, link: str) -> None:
    """A whole vote at 400 % zoom without scripts: 320 points are what is left of 1280 then."""
    context = browser.new_context(
        viewport={"width": 320, "height": 256}, device_scale_factor=2, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(link)
    keep_whole(page, "zoom_start")
    page.get_by_role("link", name="Start").first.click()
    keep_whole(page, "zoom_ballot")
    for n in range(1, 20):
        page.wait_for_timeout(1000)  # a page takes no press in its first moment
        with page.expect_navigation():
            page.get_by_role("button", name="Agree", exact=True).click()
        if n == 1:
            keep_whole(page, "zoom_next")
        if not page.get_by_role("button", name="Agree", exact=True).count():
            break
    keep_whole(page, "zoom_done")
    page.get_by_role("link", name="See or change").click()
    keep_whole(page, "zoom_answers")
    context.close()


def keep_whole(page: Page, name: str) -> None:
    """Keep the whole page, below the fold too."""
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    print(f"docs/screenshots/{name}.png")  # noqa: T201 - a script says what it wrote


def link_of(url: str, address: str) -> str:
    """A personal link on the port that runs now."""
    return address + url[url.index("/p/") :]


def take(page: Page, name: str) -> None:
    """Keep what is on screen now."""
    page.screenshot(path=PICTURES / f"{name}.png")
    print(f"docs/screenshots/{name}.png")  # noqa: T201 - a script says what it wrote


@contextmanager
def serving() -> Iterator[str]:
    """The app on a free port over a new store that holds the sample."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PORT": str(port)}
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        address = f"http://localhost:{port}"
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/healthz", timeout=1).close()
                break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


if __name__ == "__main__":
    main()
