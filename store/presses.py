"""What a press asks of the roll, and that it was counted. Start at `hold_roll`.

What is kept of a press is the hash of its page's mark with the answer, so that the same one sent
again changes nothing: nobody's name, no time, no order. It goes when the vote closes.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, String, bindparam, exists, insert, select

from domain.ballots import AnsweringMode
from domain.ids import BallotId
from domain.meetings import Attendance
from store.meetings import attendance_of_row
from store.prepared import Prepared
from store.tables import attendance, participant_link, person, roll, spent_press
from store.tables.base import ID

_HOLD = Prepared(
    select(
        attendance, person.c.name, roll.c.has_answered, roll.c.answering_mode, roll.c.extended_until
    )
    .join_from(participant_link, attendance)
    .join(person)
    .join(roll, roll.c.attendance_id == attendance.c.attendance_id)
    .where(
        participant_link.c.link_hash == bindparam("link_hash"),
        roll.c.ballot_id == bindparam("ballot_id"),
        person.c.name != "",
    )
    .with_for_update(of=roll)
)
_OF, _HASH = bindparam("ballot_id", type_=ID), bindparam("press_hash", type_=String)
_WHERE_NEW = select(_OF, _HASH).where(
    ~exists().where(spent_press.c.ballot_id == _OF, spent_press.c.press_hash == _HASH)
)
_SPEND = Prepared(insert(spent_press).from_select(["ballot_id", "press_hash"], _WHERE_NEW))


@dataclass(frozen=True)
class OnRoll:
    """Somebody on the roll of a vote."""

    attendance: Attendance
    has_answered: bool
    mode: AnsweringMode
    extended_until: datetime | None


def hold_roll(tx: Connection, ballot_id: BallotId, link_hash: str) -> OnRoll | None:
    """Whose link this is, if they are on the roll.

    One person's presses wait for each other until this transaction ends.
    """
    row = _HOLD.first(tx, ballot_id=ballot_id, link_hash=link_hash)
    if row is None:
        return None
    mode = AnsweringMode(row.answering_mode)
    return OnRoll(attendance_of_row(row), row.has_answered, mode, row.extended_until)


def spend(tx: Connection, ballot_id: BallotId, press_hash: str) -> bool:
    """Note that a press is counted; False where it was before. Call under `hold_roll`."""
    return bool(_SPEND.run(tx, ballot_id=ballot_id, press_hash=press_hash))
