"""Presses that were counted, so that the same one sent again changes nothing. Start at `spend`.

What is kept is the hash of a page's mark with the answer: nobody's name, no time, no order. It goes
when the vote closes.
"""

from sqlalchemy import Connection, insert, select

from domain.ids import AttendanceId, BallotId
from store.tables import roll, spent_press


def hold_roll(tx: Connection, ballot_id: BallotId, attendance_id: AttendanceId) -> None:
    """Let one person's presses wait for each other until this transaction ends."""
    query = select(roll.c.has_answered).where(
        roll.c.ballot_id == ballot_id, roll.c.attendance_id == attendance_id
    )
    tx.execute(query.with_for_update()).first()


def is_spent(tx: Connection, ballot_id: BallotId, press_hash: str) -> bool:
    """Whether this very press was counted before."""
    query = select(spent_press.c.press_hash).where(
        spent_press.c.ballot_id == ballot_id, spent_press.c.press_hash == press_hash
    )
    return tx.execute(query).first() is not None


def spend(tx: Connection, ballot_id: BallotId, press_hash: str) -> None:
    """Note that a press was counted; call under `hold_roll`."""
    if not is_spent(tx, ballot_id, press_hash):
        tx.execute(insert(spent_press).values(ballot_id=ballot_id, press_hash=press_hash))
