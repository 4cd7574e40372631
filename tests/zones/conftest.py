"""The stage is set once and copied for each test. Start at `stage`."""

import copy
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.access import COMMAND_LINE, acting_as
from services.runtime import Runtime, use_runtime
from services.settings import read_settings
from tests.fakes import WordEmbedder
from tests.zones.stage import Stage, make_stage


@pytest.fixture(scope="session")
def stage_set(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Stage]:
    """A folder with everybody's words in use everywhere."""
    folder = tmp_path_factory.mktemp("stage")
    shutil.copy(migrated_file, folder / "roundtable.db")
    made = _runtime(folder)
    use_runtime(made)
    with acting_as(COMMAND_LINE):
        stage = make_stage()
    use_runtime(None)
    made.store.close()
    return folder, stage


@pytest.fixture
def app_runtime(stage_set: tuple[Path, Stage], tmp_path: Path) -> Iterator[Runtime]:
    """A runtime over a copy of it."""
    shutil.copytree(stage_set[0], tmp_path, dirs_exist_ok=True)
    made = _runtime(tmp_path)
    use_runtime(made)
    yield made
    use_runtime(None)
    made.store.close()


@pytest.fixture
def stage(stage_set: tuple[Path, Stage], app_runtime: Runtime) -> Stage:
    """Everybody's words in use everywhere, before anybody took them back."""
    return copy.copy(stage_set[1])


@pytest.fixture
def settled(stage: Stage) -> Stage:
    """The same after everybody said what they agree to."""
    stage.settle()
    return stage


def _runtime(folder: Path) -> Runtime:
    told = {
        "ROUNDTABLE_FOLDER": str(folder),
        "ROUNDTABLE_WORKER": "0",
        "ROUNDTABLE_DWELL_GUARD_MS": "0",
    }
    made = Runtime(read_settings(told))
    made.__dict__["_embedder"] = WordEmbedder()
    return made
