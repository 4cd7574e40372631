"""Nothing leaves this computer: not from the server, not from the browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from services import links
from services.runtime import use_runtime
from tests.journeys.walk import Walk
from tests.output.conftest import Watched, runtime_over
from tests.privacy.conftest import ShutApp

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

LURES = (
    "A picture ![x](http://192.0.2.1/x.png) was shown at the wheelchair meeting that night.",
    "She wrote <img src=http://192.0.2.1/y.png> and [here](http://192.0.2.1/z) on the wheelchair form.",
    "The page https://192.0.2.1/a.css @import url(http://192.0.2.1/b.css) told of the wheelchair order.",
)
SCREENS = ("/", "/meeting", "/meeting?replay=1", "/themes", "/themes?view=Map", "/themes?view=Sizes",
           "/recommendations", "/ballots", "/overview", "/initiatives", "/meetings", "/live-notes", "/people")  # fmt: skip


def test_no_request_leaves_this_computer(
    chromium: Browser, shut_app: ShutApp, tmp_path: Path, record_property
):
    """B-5: From a file to a vote with every way out shut: 0 requests by server and browser."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    watched = Watched(context.new_page(), shut_app.address)
    walk = Walk(watched.page, shut_app.address)
    place = {"programme": shut_app.chain.programme_id, "meeting": shut_app.chain.meeting_id}
    n_asked: list[str] = []
    watched.page.on("request", lambda request: n_asked.append(request.url))

    watched.open("/import?step=Transcript", **place)
    bring_in(walk, tmp_path)
    for screen in SCREENS:
        watched.open(screen, **place)
    watched.open("/initiative", **place, initiative=shut_app.chain.initiative_id)
    recommended = shut_app.chain.recommendation_id
    watched.open("/recommendations", **place, recommendation=recommended)
    walk.page.get_by_text("Look for quotes").click()
    expect(walk.page.locator('[class*="st-key-near_"] blockquote').first).to_be_visible(
        timeout=60_000
    )
    participate(watched.page, shut_app)

    record_property(
        "figure",
        f"{len(n_asked)} requests of the browser and {shut_app.n_processes} processes watched: "
        f"{len(shut_app.tried)} to the outside",
    )
    assert shut_app.tried == []
    assert watched.happened == []
    assert shut_app.n_processes >= 2  # the app and its worker
    context.close()


def bring_in(walk: Walk, tmp_path: Path) -> None:
    """A transcript full of lures, stored, released and grouped by the worker's own model."""
    file = tmp_path / "lures.txt"
    names = ("Ann Ray", "Bo Lind", "Dr. Cy Marsh")
    said = [f"{names[n % 3]}: {LURES[n % 3]} Line {n}." for n in range(12)]
    file.write_text("\n".join(said), encoding="utf-8")
    walk.upload("transcript_file", file)
    walk.see("What was understood")
    for sentence in (
        "agreed to be recorded",
        "grouped into shared themes",
        "quoted without their name",
    ):
        walk.tick(sentence)
    walk.fill("Where is that written", "consent forms, folder 3")
    walk.press("Store this transcript")
    walk.see("contributions stored")


def participate(page: Page, shut_app: ShutApp) -> None:
    """A person's own pages."""
    runtime = runtime_over(shut_app.folder)
    use_runtime(runtime)
    [(_, secret), *_] = links.secrets_for(shut_app.chain.meeting_id)
    use_runtime(None)
    runtime.store.close()
    page.goto(f"{shut_app.address}/p/j/{secret}")
    root = page.url.rstrip("/").removesuffix("/consent")
    for place in ("/", "/happened", "/words", "/help", "/who"):
        page.goto(root + place)
    assert secret not in page.url


def test_the_shut_ways_are_really_shut(shut_app: ShutApp):
    """B-5: A process that does try is stopped and written down: the count could be other than 0."""
    before = len(shut_app.tried)

    said = shut_app.run_python("import socket; socket.create_connection(('192.0.2.1', 80), 1)")
    named = shut_app.run_python("import socket; socket.getaddrinfo('example.org', 80)")

    assert "this test shut the way" in said
    assert "this test shut the way" in named
    assert len(shut_app.tried) == before + 2
    (shut_app.folder / "egress.log").unlink()
