"""Let go of what has been kept long enough. Start at `purge`; the worker calls it once a day.

Raw words go so many days after their release, turns of people who did not agree to more go when
their programme has ended, and what the house keeps for itself (sessions, finished work, copies
made before an upgrade) does not pile up. Doing it again does nothing.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from domain.access import Act
from services import erased_traces, erasure
from services.access import require
from services.erased_traces import Copies, Gone
from services.runtime import runtime
from services.tombstones import PROGRAM
from store import audit, jobs, retention, traces, translations, wiping
from store.engine import Connection, Store
from store.outages import told_plainly
from store.retention import Due

ENDED = "programme ended"
COPIES_KEPT = jobs.KEPT


@dataclass(frozen=True)
class Purged:
    """How much went, or would go."""

    n_raw_texts: int
    n_turns: int
    n_sessions: int
    n_jobs: int
    n_copies: int

    @property
    def is_nothing(self) -> bool:
        return not any(vars(self).values())

    def __str__(self) -> str:
        return (
            f"{self.n_raw_texts} texts as heard, {self.n_turns} turns, {self.n_sessions} sessions, "
            f"{self.n_jobs} pieces of work, {self.n_copies} copies"
        )


def purge(*, dry_run: bool = False, now: datetime | None = None) -> Purged:
    """Take away what is due, or only say how much it is."""
    require(Act.ERASE)
    now = now or datetime.now(UTC)
    store = runtime().store
    released_before = now - timedelta(days=runtime().settings.keep_raw_days)
    with told_plainly():
        with store.read() as tx:
            purged = _counted(store, retention.due(tx, now, released_before), now)
        if dry_run or purged.is_nothing:
            return purged
        with store.write() as tx:
            gone = retention.due(tx, now, released_before)
            purged = _counted(store, gone, now)
            _take_away(tx, gone)
            audit.record(tx, PROGRAM, "retention", "database", "", reason=str(purged))
        for path in _old_copies(store, now):
            path.unlink(missing_ok=True)
        if gone.raw_texts or gone.turns or gone.statements:
            wiping.wipe(store)
    return purged


def _take_away(tx: Connection, gone: Due) -> None:
    texts = retention.texts_of(tx, gone.raw_texts)
    hashes = retention.passage_hashes(tx, gone.raw_texts)
    run_ids = traces.runs_over(tx, gone.raw_texts)
    meeting_ids = retention.meetings_of_revisions(tx, gone.raw_texts)
    turns = retention.turns_of_revisions(tx, gone.raw_texts)
    retention.remove(tx, gone)
    texts += translations.forget_unanchored(tx, turns)
    # What was released word for word is still here: so are its phrases and what names use of it.
    only_raw = set(texts) - retention.texts_left(tx, meeting_ids)
    nothing = Copies((), frozenset(), ())
    traces_of = Gone(tuple(only_raw), (), frozenset(hashes))
    erased_traces.forget(tx, traces_of, run_ids, nothing, actor=PROGRAM)
    erasure.erase_turns(tx, gone.turns, gone.statements, lost=ENDED)
    if gone.raw_texts:
        wiping.mark(tx)


def _counted(store: Store, gone: Due, now: datetime) -> Purged:
    # The copies hold the raw words too.
    is_all = bool(gone.raw_texts or gone.turns or gone.statements)
    n_copies = len(wiping.copies_of(store) if is_all else _old_copies(store, now))
    return Purged(
        len(gone.raw_texts),
        len(gone.turns) + len(gone.statements),
        len(gone.sessions),
        len(gone.jobs),
        n_copies,
    )


def _old_copies(store: Store, now: datetime) -> list[Path]:
    kept_since = (now - COPIES_KEPT).timestamp()
    return [path for path in wiping.copies_of(store) if path.stat().st_mtime < kept_since]
