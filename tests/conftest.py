"""What every test may ask for."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from services.access import COMMAND_LINE, acting_as
from services.runtime import Runtime, use_runtime
from services.settings import read_settings
from store.engine import Store
from store.migrate import migrate
from tests.fakes import WordEmbedder
from tests.postgres import running_server

ROOT = Path(__file__).parents[1]
pytest_plugins = ["tests.trust.plugin"]

# How long an example takes depends on what else the computer does; speed is for benchmarks.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

COSTS_SECONDS = {
    "_end_the_child",
    "_served",
    "app_address",
    "chromium",
    "door",
    "embedder",
    "sample_address",
    "search",
    "served",
    "shut_app",
    "stage_set",
    "themes_by_path",
}
"""Fixtures that several tests share: those go to one process, so that it is made once."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep together what shares something costly: a running app, a browser, a model."""
    for test in items:
        shared = COSTS_SECONDS.intersection(getattr(test, "fixturenames", ()))
        if shared:
            where = test.path.parent if "_served" in shared or "stage_set" in shared else test.path
            test.add_marker(pytest.mark.xdist_group(str(where.relative_to(ROOT))))


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
def app_runtime(migrated_file: Path, tmp_path: Path) -> Iterator[Runtime]:
    """A whole runtime over an empty SQLite store; only the model is faked."""
    shutil.copy(migrated_file, tmp_path / "roundtable.db")
    told = {
        "ROUNDTABLE_FOLDER": str(tmp_path),
        "ROUNDTABLE_WORKER": "0",
        "ROUNDTABLE_DWELL_GUARD_MS": "0",  # tests press faster than any gaze
    }
    made = Runtime(read_settings(told))
    made.__dict__["_embedder"] = WordEmbedder()
    use_runtime(made)
    yield made
    use_runtime(None)
    made.store.close()


@pytest.fixture
def store(app_runtime: Runtime) -> Store:
    """The store of `app_runtime`."""
    return app_runtime.store
