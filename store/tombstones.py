"""What was erased, kept twice: in the database and in a file that outlives it. Start at `unknown`.

A database that is restored from an older backup knows nothing of later erasures; the file does.
Ids only: whoever reads it learns that something was erased, and when.
"""

import json
import logging
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, insert, select

from store.tables import tombstone

logger = logging.getLogger(__name__)


class Kind(StrEnum):
    """What was erased."""

    PERSON = "person"
    ATTENDANCE = "attendance"
    SPEAKER_LABEL = "speaker label"
    UTTERANCE = "utterance"
    STATEMENT = "statement"


@dataclass(frozen=True)
class Tombstone:
    """That something was erased."""

    kind: Kind
    subject_id: str
    erased_at: datetime


def made_now(kind: Kind, ids: Iterable[str]) -> list[Tombstone]:
    """One for each of these ids."""
    now = datetime.now(UTC)
    return [Tombstone(kind, subject_id, now) for subject_id in ids]


def kept_in(tx: Connection) -> list[Tombstone]:
    """All that the database knows."""
    return [
        Tombstone(Kind(row.subject_kind), row.subject_id, row.erased_at)
        for row in tx.execute(select(tombstone).order_by(tombstone.c.erased_at))
    ]


def keep(tx: Connection, new: Iterable[Tombstone]) -> None:
    """Add those that the database does not know yet."""
    known = _names(kept_in(tx))
    rows = {
        (one.kind, one.subject_id): one for one in new if (one.kind, one.subject_id) not in known
    }
    if rows:
        tx.execute(
            insert(tombstone),
            [
                {"subject_kind": t.kind, "subject_id": t.subject_id, "erased_at": t.erased_at}
                for t in rows.values()
            ],
        )


def read_file(path: Path) -> list[Tombstone]:
    """All that the file knows; a line that was cut off by a power loss is passed over."""
    if not path.exists():
        return []
    found, n_unread = [], 0
    for line in path.read_text("utf-8", errors="replace").splitlines():
        try:
            told = json.loads(line)
            erased_at = datetime.fromisoformat(told["at"]).astimezone(UTC)
            found.append(Tombstone(Kind(told["kind"]), str(told["id"]), erased_at))
        except (ValueError, KeyError, TypeError):
            n_unread += bool(line.strip())
    if n_unread:
        logger.warning("%s lines of %s cannot be read", n_unread, path.name)
    return found


def append_to_file(path: Path, new: Iterable[Tombstone]) -> None:
    """Write lines that are on the disk when this returns."""
    lines = "".join(
        json.dumps({"kind": t.kind, "id": t.subject_id, "at": t.erased_at.isoformat()}) + "\n"
        for t in new
    )
    if not lines:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "r+b") as file:
        size = file.seek(0, os.SEEK_END)
        if size:
            file.seek(size - 1)
            lines = lines if file.read(1) == b"\n" else "\n" + lines
        file.write(lines.encode())
        file.flush()
        os.fsync(file.fileno())


def unknown(tx: Connection, path: Path) -> list[Tombstone]:
    """Those of the file that the database has not heard of."""
    known = _names(kept_in(tx))
    return [one for one in read_file(path) if (one.kind, one.subject_id) not in known]


def complete_file(tx: Connection, path: Path) -> None:
    """Write down in the file what only the database knows, as when the file was lost."""
    known = _names(read_file(path))
    append_to_file(path, [one for one in kept_in(tx) if (one.kind, one.subject_id) not in known])


def _names(stones: Iterable[Tombstone]) -> set[tuple[Kind, str]]:
    return {(one.kind, one.subject_id) for one in stones}
