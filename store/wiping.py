"""No byte of what was deleted stays in the database's files. Start at `wipe`."""

from pathlib import Path

from sqlalchemy import Connection

from store import declarations
from store.engine import Store

MARK = "to be wiped"


def mark(tx: Connection) -> None:
    """Note, in the transaction that deletes, that the files are to be wiped after it."""
    declarations.declare(tx, MARK, "yes")


def is_marked(tx: Connection) -> bool:
    """Whether a wiping is still to be done, or was cut off."""
    return declarations.read(tx, MARK) is not None


def wipe(store: Store) -> bool:
    """Rewrite the files and remove our own older copies, which hold what was deleted.

    False when somebody was reading, or the disk is too full to rewrite the file: deleted rows are
    overwritten then, and the next wiping does the rest.
    """
    remove_copies(store)
    is_whole = store.compact()
    if is_whole:
        with store.write() as tx:
            declarations.forget(tx, MARK)
        store.compact(is_quick=True)
    return is_whole


def copies_of(store: Store) -> list[Path]:
    """Copies that this program made beside its database: before an upgrade or a restore."""
    path = store.path
    if path is None:
        return []
    kinds = ("before", "replaced", "damaged")
    return sorted(p for kind in kinds for p in path.parent.glob(f"{path.stem}-{kind}-*"))


def remove_copies(store: Store) -> int:
    """Remove all of them; how many there were."""
    found = copies_of(store)
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)
