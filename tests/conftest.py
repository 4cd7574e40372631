"""What every test may ask for."""

import importlib
import os
import re
import shutil
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from services.access import COMMAND_LINE, acting_as
from services.runtime import Runtime, use_runtime
from services.settings import read_settings
from store.engine import Store
from store.migrate import migrate
from tests.fakes import WordEmbedder
from tests.postgres import running_server
from tests.quick_stores import do_not_wait, share_compiled

ROOT = Path(__file__).parents[1]
pytest_plugins = ["tests.trust.plugin"]

# How long an example takes depends on what else the computer does; speed is for benchmarks.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

share_compiled()

SHARES = re.compile(r'scope="module"|\b(?:_?served|app_address|chromium|embedder|stage_set)\b')
"""What the tests of a file share when it takes seconds to make: an app, a browser, a model."""


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Who hands the tests to the processes."""
    return KeepTogether(config, log)


class KeepTogether(LoadScopeScheduling):
    """A test to whoever is free, and a file that shares something costly to one process."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return file if _shares(file) else nodeid


@cache
def _shares(file: str) -> bool:
    return bool(SHARES.search((ROOT / file).read_text("utf-8")))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Among several processes what takes long begins first, so that none ends long after others."""
    if hasattr(config, "workerinput"):
        items.sort(key=_begins)


def _begins(item: pytest.Item) -> int:
    if _shares(item.nodeid.partition("::")[0]):
        return 0
    return 1 if item.get_closest_marker("slow") else 2


def pytest_configure(config: pytest.Config) -> None:
    """Keep the order: by itself the scheduler begins with the files of most tests."""
    config.option.loadscopereorder = False


def pytest_collection_finish() -> None:
    """Look once for packages with screen parts; a test's app looks anew, a fifth of a second."""
    if "streamlit.testing.v1" in sys.modules:
        scanner = importlib.import_module("streamlit.components.v2.manifest_scanner")
        scanner.scan_component_manifests = cache(scanner.scan_component_manifests)


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real data that is never part of the repository."""
    folder = os.environ.get("ROUNDTABLE_REAL_DATA", "")
    if folder and Path(folder).is_dir():
        return Path(folder).resolve()
    message = "set ROUNDTABLE_REAL_DATA to the folder of real data"
    if os.environ.get("REQUIRE_REAL_DATA") == "1":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database at the newest version; tests copy it."""
    path = tmp_path_factory.mktemp("store") / "empty.db"
    store = Store(f"sqlite:///{path}")
    migrate(store)
    store.close()
    return path


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Socket of a running PostgreSQL; `tests.postgres.empty_database` makes a database in it."""
    with running_server(tmp_path_factory.mktemp("pg") / "data") as socket:
        yield socket


@pytest.fixture(autouse=True)
def every_role() -> Iterator[None]:
    """Whoever calls a service in a test may do everything; tests of roles name somebody else."""
    with acting_as(COMMAND_LINE):
        yield


@pytest.fixture
def waits_for_disk() -> bool:
    """Whether a commit of `app_runtime` waits for the disk, as it does outside of tests."""
    return False


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that is waited for a fifth of a second instead of half a minute."""
    monkeypatch.setattr("store.engine.BUSY_S", 0.2)


@pytest.fixture
def app_runtime(migrated_file: Path, tmp_path: Path, waits_for_disk: bool) -> Iterator[Runtime]:
    """A whole runtime over an empty SQLite store; only the model is faked."""
    shutil.copy(migrated_file, tmp_path / "roundtable.db")
    told = {
        "ROUNDTABLE_FOLDER": str(tmp_path),
        "ROUNDTABLE_WORKER": "0",
        "ROUNDTABLE_DWELL_GUARD_MS": "0",  # tests press faster than any gaze
    }
    made = Runtime(read_settings(told))
    made.__dict__["_embedder"] = WordEmbedder()
    if not waits_for_disk:
        do_not_wait(made.store)
    use_runtime(made)
    yield made
    use_runtime(None)
    made.store.close()


@pytest.fixture
def store(app_runtime: Runtime) -> Store:
    """The store of `app_runtime`."""
    return app_runtime.store
