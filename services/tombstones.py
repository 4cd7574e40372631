"""Erase again what a database does not know to have been erased. Start at `replay`."""

from collections.abc import Collection
from functools import reduce
from operator import or_

from services.erasing import take_away
from services.runtime import runtime
from store import audit, reach, tombstones, wiping
from store.engine import Connection
from store.outages import told_plainly
from store.reach import Reach
from store.tombstones import Kind, Tombstone

PROGRAM = "program"
ERASED = "erased"


def replay() -> int:
    """Erase again what a database does not know to have been erased; how many ids.

    Runs before anything is answered: the database may have been put back from a backup.
    """
    path = runtime().settings.tombstone_file
    store = runtime().store
    with told_plainly():
        with store.read() as tx:
            is_behind = bool(tombstones.unknown(tx, path))
            tombstones.complete_file(tx, path)
        if not is_behind:
            return 0
        with store.write() as tx:
            return replay_in(tx, tombstones.unknown(tx, path))


def replay_in(tx: Connection, stones: Collection[Tombstone]) -> int:
    """Erase these once more in one transaction; how many there were."""
    found = reduce(or_, (_of_stone(tx, stone) for stone in stones), Reach())
    found |= reach.of_utterances(tx, [s.subject_id for s in stones if s.kind is Kind.UTTERANCE])
    written = [s.subject_id for s in stones if s.kind is Kind.STATEMENT]
    found |= reach.of_statements(tx, written)
    if found:
        take_away(tx, found, actor=PROGRAM, lost=ERASED, is_replay=True)
    tombstones.keep(tx, stones)
    audit.record(tx, PROGRAM, "erased again", "tombstones", str(len(stones)))
    wiping.mark(tx)
    return len(stones)


def finish_wiping() -> bool:
    """Do what an erasure left undone in the files; True when nothing is left to do."""
    store = runtime().store
    with told_plainly():
        with store.read() as tx:
            if not wiping.is_marked(tx):
                return True
        return wiping.wipe(store)


def _of_stone(tx: Connection, stone: Tombstone) -> Reach:
    if stone.kind is Kind.PERSON:
        return reach.of_person(tx, stone.subject_id)
    if stone.kind is Kind.ATTENDANCE:
        return reach.of_attendance(tx, stone.subject_id)
    if stone.kind is Kind.SPEAKER_LABEL:
        return reach.of_labels(tx, [stone.subject_id])
    return Reach()
