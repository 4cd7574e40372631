"""Ballots and the roll in the store. Start at `ballot_by_id`; the box is `ballot_box`.

The roll says who may answer and who did; the box, which shares no key, order or time with it,
says what was answered.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from domain.ballots import (
    AnsweringMode,
    Ballot,
    BallotItem,
    BallotState,
    Secrecy,
)
from domain.errors import NotFound
from domain.ids import AttendanceId, BallotId, MeetingId, new_id
from domain.votes import Method
from store.ballot_box import box_of
from store.ballot_rows import ballot_of_row
from store.prepared import Prepared
from store.show_of_hands import forget_whose
from store.tables import ballot, ballot_item, roll

# What a press asks.
_OF_BALLOT = ballot.c.ballot_id == bindparam("ballot_id")
_ON_ROLL = (roll.c.ballot_id == bindparam("ballot_id")) & (
    roll.c.attendance_id == bindparam("attendance_id")
)
_BALLOT = Prepared(select(ballot).where(_OF_BALLOT))
# Answers share this lock, so that they wait for a closing and not for each other.
_HELD_BALLOT = Prepared(select(ballot).where(_OF_BALLOT).with_for_update(read=True))
_RUNNING = Prepared(
    select(ballot.c.state, ballot.c.closes_at, ballot.c.ended_at)
    .where(_OF_BALLOT)
    .with_for_update(read=True)
)
_ROLL_ENTRY = Prepared(
    select(roll.c.has_answered, roll.c.answering_mode, roll.c.extended_until).where(_ON_ROLL)
)
_MARK_ANSWERED = Prepared(update(roll).where(_ON_ROLL).values(has_answered=bindparam("now")))
_ANSWERED_FOR = Prepared(
    select(roll.c.ballot_id)
    .join_from(roll, ballot)
    .where(
        roll.c.attendance_id == bindparam("attendance_id"),
        roll.c.answering_mode == AnsweringMode.PROXY,
        ballot.c.state == BallotState.OPEN,
    )
)


def add_ballot(
    tx: Connection,
    meeting_id: MeetingId,
    title: str,
    secrecy: Secrecy,
    items: Iterable[BallotItem],
    method: Method = Method.AGREEMENT,
) -> BallotId:
    """Make a ballot that is not open yet."""
    ballot_id = BallotId(new_id())
    tx.execute(
        insert(ballot).values(
            ballot_id=ballot_id,
            meeting_id=meeting_id,
            title=title,
            secrecy=secrecy,
            state=BallotState.DRAFT,
            method=method,
        )
    )
    tx.execute(insert(ballot_item), [{"ballot_id": ballot_id, **vars(item)} for item in items])
    return ballot_id


def ballot_by_id(tx: Connection, ballot_id: BallotId) -> Ballot:
    """One ballot with what it asks."""
    row = _BALLOT.first(tx, ballot_id=ballot_id)
    if row is None:
        raise NotFound(kind="ballot", id=ballot_id)
    return ballot_of_row(tx, row)


def held_ballot(tx: Connection, ballot_id: BallotId) -> Ballot | None:
    """The same, kept from closing until this transaction ends; None if there is none."""
    row = _HELD_BALLOT.first(tx, ballot_id=ballot_id)
    return None if row is None else ballot_of_row(tx, row)


def ballots_of(tx: Connection, meeting_id: MeetingId) -> list[Ballot]:
    """A meeting's ballots: those not open yet, then by opening, the newest first."""
    rows = tx.execute(select(ballot).where(ballot.c.meeting_id == meeting_id)).all()
    found = [ballot_of_row(tx, row) for row in rows]
    now = datetime.now(UTC)
    return sorted(found, key=lambda b: (b.opened_at or now, b.ballot_id), reverse=True)


def set_state(tx: Connection, ballot_id: BallotId, state: BallotState) -> bool:
    """Move a ballot one step forward; False when it already was there or beyond."""
    before, column = {
        BallotState.OPEN: (BallotState.DRAFT, "opened_at"),
        BallotState.CLOSED: (BallotState.OPEN, "closed_at"),
    }[state]
    moved = tx.execute(
        update(ballot)
        .where(ballot.c.ballot_id == ballot_id, ballot.c.state == before)
        .values(state=state, **{column: datetime.now(UTC)})
    )
    return bool(moved.rowcount)


def is_open(tx: Connection, ballot_id: BallotId, attendance_id: AttendanceId | None = None) -> bool:
    """Whether answers may be given, by everybody or by one person, as this transaction sees it."""
    row = _RUNNING.first(tx, ballot_id=ballot_id)
    if row is None or row.state != BallotState.OPEN:
        return False
    now = datetime.now(UTC)
    if row.ended_at is None and (row.closes_at is None or now < row.closes_at):
        return True
    longer = extended_until(tx, ballot_id, attendance_id) if attendance_id else None
    return longer is not None and now < longer


def extended_until(
    tx: Connection, ballot_id: BallotId, attendance_id: AttendanceId
) -> datetime | None:
    """Until when one person may answer longer than the others; None without an extension."""
    row = _ROLL_ENTRY.first(tx, ballot_id=ballot_id, attendance_id=attendance_id)
    return row.extended_until if row else None


def add_to_roll(tx: Connection, ballot_id: BallotId, people: Mapping[AttendanceId, str]) -> None:
    """Let people vote, each with the way they answer; those already on the roll stay."""
    on_it = select(roll.c.attendance_id).where(roll.c.ballot_id == ballot_id)
    known = set(tx.execute(on_it).scalars())
    rows = [
        {
            "ballot_id": ballot_id,
            "attendance_id": attendance_id,
            "has_answered": False,
            "answering_mode": mode,
        }
        for attendance_id, mode in people.items()
        if attendance_id not in known
    ]
    if rows:
        tx.execute(insert(roll), rows)


def mark_answered(
    tx: Connection, ballot_id: BallotId, attendance_id: AttendanceId, *, has_answered: bool
) -> bool:
    """Note on the roll that a person has voted; False when they are not on it."""
    n_noted = _MARK_ANSWERED.run(
        tx, ballot_id=ballot_id, attendance_id=attendance_id, now=has_answered
    )
    if not has_answered:
        forget_whose(tx, ballot_id, attendance_id)
    return bool(n_noted)


def roll_entry(
    tx: Connection, ballot_id: BallotId, attendance_id: AttendanceId
) -> tuple[bool, AnsweringMode] | None:
    """Whether a person has voted and how they answer; None when they are not on the roll."""
    row = _ROLL_ENTRY.first(tx, ballot_id=ballot_id, attendance_id=attendance_id)
    return (row.has_answered, AnsweringMode(row.answering_mode)) if row else None


def set_answering_mode(
    tx: Connection, ballot_id: BallotId, attendance_id: AttendanceId, mode: AnsweringMode
) -> None:
    """Note on the roll who presses for a person."""
    tx.execute(
        update(roll)
        .where(roll.c.ballot_id == ballot_id, roll.c.attendance_id == attendance_id)
        .values(answering_mode=mode)
    )


def is_answered_for(tx: Connection, attendance_id: AttendanceId) -> bool:
    """Whether somebody else answers in a person's place in a vote that is open."""
    return _ANSWERED_FOR.first(tx, attendance_id=attendance_id) is not None


def turnout(tx: Connection, ballot_id: BallotId) -> tuple[int, int]:
    """How many have answered, of how many on the roll."""
    query = select(roll.c.has_answered).where(roll.c.ballot_id == ballot_id)
    answered = tx.execute(query).scalars().all()
    if not answered:  # a vote that was brought in has no roll, and those who answered are all
        n = len({key for key, *_ in box_of(tx, ballot_id)})
        return n, n
    return sum(answered), len(answered)
