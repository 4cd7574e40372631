"""Plant a meeting of which everything is known, and see what the installed system makes of it.

Start at `run`. The live database is touched once: to keep the result.
"""

import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.planted_scores import score
from analysis.planted_truth import plant
from domain.access import EVERY_ROLE, Act, Actor
from domain.ids import JobId, ProgrammeId
from domain.self_test import SelfTest
from services.access import acting_as, require
from services.jobs import ask_for
from services.passages import Progress
from services.runtime import Runtime, runtime, use_runtime
from services.self_test_rounds import go_through
from services.settings import HOME
from store import jobs, migrate, self_test
from store.jobs import Job, JobState

SELF_TEST = "self test"
TESTER = Actor("self test", EVERY_ROLE)
SEED = 2026


def run(*, seed: int = SEED, on_progress: Progress = lambda share, message: None) -> SelfTest:
    """Go through everything once, in a store of its own, and keep the result.

    It uses the model, the processor's path and the settings of this installation. The store is a
    SQLite file that is made for it and removed afterwards, also where the house uses PostgreSQL.

    Raises
    ------
    RoundtableError
        If the installed system stops half-way, as when the model is missing.
    """
    require(Act.SELF_TEST)
    began = time.monotonic()
    planted = plant(seed)
    live = runtime()
    with _own_store(live) as own, acting_as(TESTER):
        seen = go_through(planted, on_progress)
        model, path_name = own.model_name
    on_progress(0.98, "Comparing")
    found = SelfTest(
        datetime.now(UTC),
        seed,
        model,
        path_name,
        version(),
        time.monotonic() - began,
        score(planted, seen),
    )
    with live.store.write() as tx:
        self_test.add(tx, found)
    return found


def request(programme_id: ProgrammeId) -> JobId:
    """Ask the worker to run it."""
    require(Act.SELF_TEST, programme_id=programme_id)
    return ask_for(SELF_TEST, None)


def under_way(programme_id: ProgrammeId) -> Job | None:
    """The newest run that was asked for: how far it is, or how it ended."""
    require(Act.SELF_TEST, programme_id=programme_id)
    with runtime().store.read() as tx:
        return jobs.newest_job(tx, None, SELF_TEST)


def cancel(programme_id: ProgrammeId, job_id: JobId) -> None:
    """Stop a run; the results of before stay."""
    require(Act.SELF_TEST, programme_id=programme_id)
    with runtime().store.write() as tx:
        if jobs.job_by_id(tx, job_id).kind == SELF_TEST:
            jobs.finish(tx, job_id, JobState.CANCELLED, "Cancelled. The last result stays.")


def history(programme_id: ProgrammeId, n: int = 20) -> tuple[SelfTest, ...]:
    """The newest results, the last first."""
    require(Act.SELF_TEST, programme_id=programme_id)
    with runtime().store.read() as tx:
        return tuple(self_test.newest(tx, n))


def version() -> str:
    """Which version of this program is installed; empty where nothing tells."""
    path = HOME / "pyproject.toml"
    if not path.exists():
        return ""
    return str(tomllib.loads(path.read_text("utf-8"))["project"]["version"])


@contextmanager
def _own_store(live: Runtime) -> Iterator[Runtime]:
    """Put a runtime over an empty store in place of the live one, with the same model loaded."""
    with TemporaryDirectory(prefix="self-test-") as name:
        folder = Path(name)
        own = Runtime(
            replace(live.settings, folder=folder, database_url=f"sqlite:///{folder / 'own.db'}")
        )
        own.borrow_model(live)
        migrate.migrate(own.store)
        use_runtime(own)
        try:
            yield own
        finally:
            use_runtime(live)
            own.store.close()
