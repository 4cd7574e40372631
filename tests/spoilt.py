"""Database files that something happened to. Start at `spoil`."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path


def spoil(path: Path, how: str) -> None:
    """Do to a file what disks, people and other programs do."""
    if how == "not a database":
        path.write_text("name,text\nAnn,hello\n")
    elif how == "cut off":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    elif how == "page overwritten":
        with path.open("r+b") as file:
            file.seek(4096 * 5)
            file.write(os.urandom(4096 * 3))
    else:
        with closing(sqlite3.connect(path)) as raw:
            raw.executescript(SPOILT[how])


SPOILT = {
    "another product's": "DROP TABLE alembic_version",
    "newer": "UPDATE alembic_version SET version_num = '0999'",
    "another vote sign": "UPDATE declaration SET value = 'agree=-1' WHERE name = 'vote_sign'",
    "log tampered with": "UPDATE audit_event SET actor = 'nobody' WHERE number = 2",
    "log cut off": "DELETE FROM audit_event WHERE number > 2",
    "orphans": "PRAGMA foreign_keys=OFF; DELETE FROM person",
}
