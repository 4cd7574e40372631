"""Copies of the database: made while it is in use, checked, put back. Start at `back_up`.

SQLite only: PostgreSQL has `pg_dump` and `pg_restore`, and erases again at the next start.
"""

import os
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from domain.access import Act
from domain.ballots import BallotState
from domain.errors import BackupRefused, KeyMissing, NotAllowedNow, StoreNotReady
from domain.ids import AttendanceId
from services import keys, links, retention
from services.access import COMMAND_LINE, require
from services.runtime import runtime
from services.tombstones import replay_in
from store import audit, ballot_box, ballots, participant_links, restoring, tombstones, wiping
from store.backup_checks import Looked, count_rows, look_at
from store.engine import Connection, Store, held_alone
from store.migrate import migrate
from store.outages import told_plainly
from store.restoring import TakenAway

TRIALS = "restoring"
IN_USE = "The app, or another program, has the database open. Stop it (Ctrl+C), then try again."


@dataclass(frozen=True)
class Steps:
    """What was done to a backup so that it may be used again."""

    migrated: str
    n_erased_again: int
    n_ballots_closed: int
    n_signed_out: int


@dataclass(frozen=True)
class Restored:
    """A backup that is the database now."""

    steps: Steps
    n_rows: dict[str, int]
    n_links_replaced: int
    knew_today: bool
    """Whether the database of before could be read, so that what was taken away stays away."""
    kept: Path | None


def back_up(target: Path) -> Looked:
    """Copy the database while it is in use, and read the copy from end to end.

    Keys of links and open ballots are left out on purpose.

    Raises
    ------
    StoreNotReady
        If the database is not ready or the file cannot be written there.
    BackupRefused
        If the copy is not whole: then it is not kept.
    """
    require(Act.EXPORT)
    store = runtime().store
    store.check()
    store.back_up(target)
    try:
        return look_at(target)
    except BackupRefused:
        target.unlink(missing_ok=True)
        raise


def verify(file: Path, *, is_restored: bool = False) -> tuple[Looked, Steps | None]:
    """Check a backup; if wanted, also go through its whole restore beside the database.

    Raises
    ------
    BackupRefused
        If it is no database of ours, damaged, or of a newer program.
    """
    require(Act.EXPORT)
    looked = look_at(file)
    if not is_restored and looked.is_newest:
        return looked, None
    with _prepared(file, TakenAway()) as (prepared, steps):
        after = look_at(prepared)
    if is_restored:
        _refuse_loss(file, looked, after, steps)
    return looked, steps if is_restored else None


def restore(file: Path, *, keep: bool = False) -> Restored:
    """Make a backup the database; nothing changes unless all of it can be done.

    The file is brought up to date, everything that was erased since is erased again, votes whose
    key is gone are closed, and the staff is signed out.

    Raises
    ------
    BackupRefused
        If it is no database of ours, damaged, or of a newer program.
    NotAllowedNow
        If the app is running, or the store is PostgreSQL.
    """
    require(Act.MANAGE_ACCOUNTS)
    path = _path()
    look_at(file)
    is_whole = _refuse_in_use(path)
    today = _today() if is_whole else None
    runtime().store.close()
    with _prepared(file, today or TakenAway()) as (prepared, steps):
        kept = _swap(path, prepared, is_whole=is_whole)
    n_links = _replace_links(today.generations) if today else 0
    store = runtime().store
    with store.write() as tx:
        audit.record(tx, COMMAND_LINE.name, "backup restored", "database", "")
        n_rows = count_rows(tx)
    retention.purge()
    if kept and is_whole and not keep:
        kept.unlink(missing_ok=True)
        kept = None
    return Restored(steps, n_rows, n_links, today is not None, kept)


def remove_trials() -> None:
    """Remove what a restore that was cut off left behind."""
    shutil.rmtree(runtime().settings.folder / TRIALS, ignore_errors=True)


@contextmanager
def _prepared(file: Path, today: TakenAway) -> Iterator[tuple[Path, Steps]]:
    """A copy of the backup, made fit for use, in a folder that goes with the block."""
    folder = runtime().settings.folder / TRIALS / secrets.token_hex(4)
    folder.mkdir(mode=0o700, parents=True)
    try:
        copy = folder / "roundtable.db"
        shutil.copyfile(file, copy)
        store = Store(f"sqlite:///{copy}")
        try:
            with told_plainly():
                steps = _make_fit(store, today)
        finally:
            store.close()
        yield copy, steps
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):
            folder.parent.rmdir()


def _make_fit(store: Store, today: TakenAway) -> Steps:
    migrated = migrate(store, is_copied=True)
    with store.write() as tx:
        n_closed = _close_ballots(tx, today)
        restoring.take_over(tx, today, author=COMMAND_LINE.name) if today.granted else None
        stones = tombstones.unknown(tx, runtime().settings.tombstone_file)
        n_erased = replay_in(tx, stones) if stones else 0
        n_signed_out = restoring.end_sessions(tx)
    wiping.wipe(store)
    return Steps(migrated, n_erased, n_closed, n_signed_out)


def _close_ballots(tx: Connection, today: TakenAway) -> int:
    """A vote that closed since, or whose key is gone, does not open again by itself."""
    n_closed = 0
    for ballot_id in restoring.open_ballots(tx):
        if ballot_id not in today.closed:
            with suppress(KeyMissing):
                keys.poll_key(ballot_id)
                continue
        ballots.set_state(tx, ballot_id, BallotState.CLOSED)
        ballot_box.reshuffle(tx, ballot_id)
        audit.record(tx, COMMAND_LINE.name, "ballot closed", "ballot", ballot_id)
        n_closed += 1
    return n_closed


def _refuse_loss(file: Path, before: Looked, after: Looked, steps: Steps) -> None:
    """After a trial every row is there that no erasure, closing or sign-out took."""
    if steps.n_erased_again:
        return
    lost = [
        name
        for name, n_rows in before.n_rows.items()
        if name != "staff_session" and after.n_rows[name] < n_rows
    ]
    if lost:
        raise BackupRefused(
            file_name=file.name,
            found=f"rows of {', '.join(lost)} are lost when it is restored",
            todo="Make another backup now.",
        )


def _today() -> TakenAway | None:
    """What the database of today knows; None where it cannot be read."""
    store = runtime().store
    try:
        store.check()
        with told_plainly(), store.read() as tx:
            tombstones.complete_file(tx, runtime().settings.tombstone_file)
            return restoring.read_taken_away(tx)
    except StoreNotReady:
        return None


def _path() -> Path:
    path = runtime().store.path
    if path is None:
        raise NotAllowedNow(reason="This store is PostgreSQL. Use pg_restore, then start the app.")
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _refuse_in_use(path: Path) -> bool:
    """Whether the database of today is there and whole."""
    runtime().store.close()
    if not path.exists():
        return False
    try:
        with held_alone(path) as raw:
            return bool([row[0] for row in raw.execute("PRAGMA quick_check")] == ["ok"])
    except sqlite3.OperationalError as error:
        raise _told(error) from error
    except sqlite3.DatabaseError:
        return False


def _swap(path: Path, prepared: Path, *, is_whole: bool) -> Path | None:
    """Write the prepared database over today's in one transaction of SQLite's own.

    Today's is set aside first; one that is damaged is moved away as it is.
    """
    kept = _set_aside(path, "replaced" if is_whole else "damaged")
    if not is_whole and kept:
        for ending in ("", "-wal", "-shm", "-journal"):
            with suppress(FileNotFoundError):
                os.replace(f"{path}{ending}", f"{kept}{ending}")
    try:
        with held_alone(path) as raw:
            if is_whole and kept:
                aside = sqlite3.connect(kept)
                raw.backup(aside)
                aside.close()
            source = sqlite3.connect(prepared)
            source.backup(raw)
            source.close()
    except sqlite3.OperationalError as error:
        raise _told(error) from error
    return kept


def _told(error: sqlite3.OperationalError) -> NotAllowedNow | StoreNotReady:
    if error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return NotAllowedNow(reason=IN_USE)
    return StoreNotReady(found=str(error), todo="Nothing was changed. Look at the disk.")


def _set_aside(path: Path, kind: str) -> Path | None:
    if not path.exists():
        return None
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    kept = path.with_name(f"{path.stem}-{kind}-{stamp}{path.suffix}")
    os.close(os.open(kept, os.O_CREAT | os.O_WRONLY, 0o600))
    return kept


def _replace_links(generations: dict[AttendanceId, int]) -> int:
    """Links that were replaced since the backup was made stay replaced."""
    n_replaced = 0
    for attendance_id, wanted in generations.items():
        with told_plainly(), runtime().store.write() as tx, suppress(KeyMissing):
            n_replaced += _bring_forward(tx, attendance_id, wanted)
    return n_replaced


def _bring_forward(tx: Connection, attendance_id: AttendanceId, wanted: int) -> bool:
    here = participant_links.link_generation(tx, attendance_id)
    if here is None or here >= wanted:
        return False
    for _ in range(wanted - here):
        links.replace_in(tx, attendance_id, actor=COMMAND_LINE.name)
    return True
