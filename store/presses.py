"""Presses that were counted, so that the same one sent again changes nothing. Start at `spend`.

What is kept is the hash of a page's mark with the answer: nobody's name, no time, no order. It goes
when the vote closes.
"""

from sqlalchemy import Connection, bindparam, insert, select

from domain.ids import AttendanceId, BallotId
from store.prepared import Prepared
from store.tables import roll, spent_press

_THIS_PRESS = (spent_press.c.ballot_id == bindparam("ballot_id")) & (
    spent_press.c.press_hash == bindparam("press_hash")
)
_HOLD = Prepared(
    select(roll.c.has_answered)
    .where(
        roll.c.ballot_id == bindparam("ballot_id"),
        roll.c.attendance_id == bindparam("attendance_id"),
    )
    .with_for_update()
)
_IS_SPENT = Prepared(select(spent_press.c.press_hash).where(_THIS_PRESS))
_SPEND = Prepared(
    insert(spent_press).values(ballot_id=bindparam("ballot_id"), press_hash=bindparam("press_hash"))
)


def hold_roll(tx: Connection, ballot_id: BallotId, attendance_id: AttendanceId) -> None:
    """Let one person's presses wait for each other until this transaction ends."""
    _HOLD.first(tx, ballot_id=ballot_id, attendance_id=attendance_id)


def is_spent(tx: Connection, ballot_id: BallotId, press_hash: str) -> bool:
    """Whether this very press was counted before."""
    return _IS_SPENT.first(tx, ballot_id=ballot_id, press_hash=press_hash) is not None


def spend(tx: Connection, ballot_id: BallotId, press_hash: str) -> None:
    """Note that a press was counted; call under `hold_roll`."""
    if not is_spent(tx, ballot_id, press_hash):
        _SPEND.run(tx, ballot_id=ballot_id, press_hash=press_hash)
