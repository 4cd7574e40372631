"""The running app over a store that the test fills itself. Start at `house`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from services.runtime import Runtime, use_runtime
from services.settings import read_settings
from tests.journeys.conftest import running_app


@dataclass(frozen=True)
class House:
    """Where it answers, and the store that it answers from."""

    address: str
    runtime: Runtime

    def browser(self, cookie: str = "", **headers: str) -> httpx.Client:
        """A browser with one cookie, that follows no redirect."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        if cookie:
            told["Cookie"] = cookie
        return httpx.Client(base_url=self.address, headers=told, timeout=20)


@contextmanager
def house(folder: Path) -> Iterator[House]:
    """Serve the app; services called in the test act on its store."""
    with running_app(folder) as address:
        told = {
            "ROUNDTABLE_FOLDER": str(folder),
            "ROUNDTABLE_WORKER": "0",
            "PORT": str(urlsplit(address).port),
        }
        made = Runtime(read_settings(told))
        use_runtime(made)
        try:
            yield House(address, made)
        finally:
            use_runtime(None)
            made.store.close()
