"""A real browser for the tests that need one. Ask for the fixture `chromium`."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Error, sync_playwright
from starlette.types import ASGIApp

INSTALLED = (
    Path("/usr/bin/chromium"),
    Path("/usr/bin/chromium-browser"),
    Path("/usr/bin/google-chrome"),
)
MISSING = "no Chromium here: install one, or run `playwright install chromium`"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The installed Chromium, or the one that Playwright brought.

    Playwright keeps an event loop in this thread while it lives; it ends with the module, so
    that other tests can run loops of their own.
    """
    with sync_playwright() as playwright:
        path = next((str(p) for p in INSTALLED if p.exists()), None)
        try:
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        except Error as error:
            if os.environ.get("REQUIRE_BROWSER") == "1":
                pytest.fail(f"{MISSING} ({error.message.splitlines()[0]})")
            pytest.skip(MISSING)
        yield browser
        browser.close()


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """Serve an app on a free port of this computer while the block runs; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = uvicorn.Config(app, port=port, log_level="error", ws="none", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        until = time.monotonic() + 10
        while not server.started and time.monotonic() < until:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
