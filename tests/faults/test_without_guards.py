"""What guards a vote is taken out of a copy of the sources, and the tests have to notice."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NEEDED = ("analysis", "domain", "intake", "participant", "reports", "services", "store", "web")
TESTS = (
    "conftest.py",
    "fakes.py",
    "made_vote.py",
    "postgres.py",
    "quick_stores.py",
    "trust",
    "store",
    "services",
)


@dataclass(frozen=True)
class Patch:
    """What is taken out, and the test that has to turn red."""

    file: str
    replaced: tuple[tuple[str, str], ...]
    test: str
    because: str


PATCHES = {
    "unique key": Patch(
        "store/migrations/versions/0005_ways_to_vote.py",
        (
            (
                """        sa.PrimaryKeyConstraint(
            "ballot_id", "ballot_key", "recommendation_id", name=op.f("pk_box")
        ),
        sqlite_with_rowid=False,
""",
                "",
            ),
        ),
        "tests/store/test_box.py::"
        "test_the_database_itself_takes_one_answer_of_a_ballot_to_a_recommendation",
        "DID NOT RAISE",
    ),
    "writer's lock": Patch(
        "store/engine.py",
        (
            ("with self._writer, self.engine.connect()", "with self.engine.connect()"),
            ('"BEGIN IMMEDIATE" if is_writer else "BEGIN"', '"BEGIN"'),
        ),
        "tests/services/test_voting.py::test_fifty_presses_at_once_are_one_answer",
        "StoreNotReady",
    ),
}


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A copy of the program and of the tests that are asked."""
    ignored = shutil.ignore_patterns("__pycache__")
    for name in NEEDED:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    for name in TESTS:
        source, target = ROOT / "tests" / name, tmp_path / "tests" / name
        target.parent.mkdir(exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=ignored)
        else:
            shutil.copyfile(source, target)
    for name in ("tests/__init__.py", "pyproject.toml"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    return tmp_path


def run(folder: Path, *tests: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", "-rf", *tests]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def take_out(folder: Path, patch: Patch) -> None:
    path = folder / patch.file
    text = path.read_text("utf-8")
    for old, new in patch.replaced:
        assert text.count(old) == 1, f"{patch.file} no longer reads as this test has it: {old}"
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("guard", PATCHES)
def test_without_a_guard_a_test_turns_red(guard, sources, record_property):
    """V17: By patch, in a copy; where nothing is taken out the same test is green in this run."""
    patch = PATCHES[guard]

    take_out(sources, patch)
    found = run(sources, patch.test)

    assert found.returncode == 1, found.stdout
    assert f"FAILED {patch.test}" in found.stdout
    assert patch.because in found.stdout
    record_property("figure", f"without the {guard}: red")
