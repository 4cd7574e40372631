"""When votes open and end, and who has more time. Start at `set_plan`.

Whether somebody may answer now is asked of `store.ballots.is_open`, under the lock of a closing.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, select, update

from domain.ballots import BallotState, Quorum, Times
from domain.ids import AttendanceId, BallotId
from store.tables import ballot, roll


@dataclass(frozen=True)
class Due:
    """What the clock has come to: votes to open, to end for most, and to close for good."""

    to_open: tuple[BallotId, ...]
    to_end: tuple[BallotId, ...]
    to_close: tuple[BallotId, ...]


def set_plan(
    tx: Connection, ballot_id: BallotId, times: Times, quorum: Quorum | None, imported_from: str
) -> None:
    """Keep when a new ballot opens and closes, how many must answer, and where it came from."""
    asked = quorum or Quorum()
    tx.execute(
        update(ballot)
        .where(ballot.c.ballot_id == ballot_id)
        .values(
            opens_at=times.opens_at,
            closes_at=times.closes_at,
            quorum_n=asked.n,
            quorum_share=asked.share,
            imported_from=imported_from,
        )
    )


def move_close(tx: Connection, ballot_id: BallotId, closes_at: datetime | None) -> None:
    """Let a vote close at another moment, or when somebody presses."""
    tx.execute(update(ballot).where(ballot.c.ballot_id == ballot_id).values(closes_at=closes_at))


def discard(tx: Connection, ballot_id: BallotId) -> bool:
    """Take away a vote that was never open; False if it was."""
    gone = tx.execute(
        delete(ballot).where(ballot.c.ballot_id == ballot_id, ballot.c.state == BallotState.DRAFT)
    )
    return bool(gone.rowcount)


def extend(
    tx: Connection, ballot_id: BallotId, attendance_id: AttendanceId, until: datetime | None
) -> bool:
    """Give one person more time, or take it back with None; False if they are not on the roll."""
    noted = tx.execute(
        update(roll)
        .where(roll.c.ballot_id == ballot_id, roll.c.attendance_id == attendance_id)
        .values(extended_until=until)
    )
    return bool(noted.rowcount)


def extensions(tx: Connection, ballot_id: BallotId) -> dict[AttendanceId, datetime]:
    """Who has more time than the others, until when."""
    query = select(roll.c.attendance_id, roll.c.extended_until).where(
        roll.c.ballot_id == ballot_id, roll.c.extended_until.is_not(None)
    )
    return {AttendanceId(who): until for who, until in tx.execute(query)}


def is_longer_for_some(tx: Connection, ballot_id: BallotId, now: datetime) -> bool:
    """Whether an extension still runs."""
    return any(now < until for until in extensions(tx, ballot_id).values())


def clear_all(tx: Connection, ballot_id: BallotId) -> None:
    """Forget who had more time once the vote is closed for all."""
    tx.execute(update(roll).where(roll.c.ballot_id == ballot_id).values(extended_until=None))


def end_for_most(tx: Connection, ballot_id: BallotId, now: datetime) -> bool:
    """Close an open vote for everybody without an extension; False when it was already."""
    ended = tx.execute(
        update(ballot)
        .where(
            ballot.c.ballot_id == ballot_id,
            ballot.c.state == BallotState.OPEN,
            ballot.c.ended_at.is_(None),
        )
        .values(ended_at=now)
    )
    return bool(ended.rowcount)


def hold(tx: Connection, ballot_id: BallotId) -> None:
    """Let a closing wait until this transaction has decided who has more time."""
    query = select(ballot.c.state).where(ballot.c.ballot_id == ballot_id).with_for_update()
    tx.execute(query).first()


def due(tx: Connection, now: datetime | None = None) -> Due:
    """What should have happened by now."""
    now = now or datetime.now(UTC)
    b = ballot.c
    to_open = select(b.ballot_id).where(b.state == BallotState.DRAFT, b.opens_at <= now)
    running = tx.execute(
        select(b.ballot_id, b.closes_at, b.ended_at).where(b.state == BallotState.OPEN)
    ).all()
    over = [
        row
        for row in running
        if row.ended_at is not None or (row.closes_at is not None and row.closes_at <= now)
    ]
    longer = {row.ballot_id: is_longer_for_some(tx, row.ballot_id, now) for row in over}
    return Due(
        tuple(BallotId(found) for found in tx.execute(to_open).scalars()),
        tuple(BallotId(r.ballot_id) for r in over if longer[r.ballot_id] and not r.ended_at),
        tuple(BallotId(r.ballot_id) for r in over if not longer[r.ballot_id]),
    )


def closed(tx: Connection) -> tuple[BallotId, ...]:
    """Every vote that is closed for good."""
    query = select(ballot.c.ballot_id).where(ballot.c.state == BallotState.CLOSED)
    return tuple(BallotId(found) for found in tx.execute(query).scalars())
