"""Whose answers are whose in a show of hands, and only there. Start at `note_whose`.

The database itself refuses a row for a confidential ballot.
"""

from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select, update

from domain.ballots import Secrecy
from domain.ids import AttendanceId, BallotId, RecommendationId
from store.tables import ballot, box, named_ballot

_IS_SAME = (named_ballot.c.ballot_id == box.c.ballot_id) & (
    named_ballot.c.ballot_key == box.c.ballot_key
)


def note_whose(
    tx: Connection, ballot_id: BallotId, attendance_id: AttendanceId, ballot_key: str
) -> None:
    """Note under which key a person's answers lie, in place of an earlier note."""
    forget_whose(tx, ballot_id, attendance_id)
    tx.execute(
        insert(named_ballot).values(
            ballot_id=ballot_id, attendance_id=attendance_id, ballot_key=ballot_key
        )
    )


def forget_whose(tx: Connection, ballot_id: BallotId, attendance_id: AttendanceId) -> None:
    """Take the note away, such as when nothing of the person is in the box any more."""
    tx.execute(
        delete(named_ballot).where(
            named_ballot.c.ballot_id == ballot_id,
            named_ballot.c.attendance_id == attendance_id,
        )
    )


def follow(tx: Connection, ballot_id: BallotId, new_keys: Mapping[str, str]) -> None:
    """Keep the notes true while every key in the box is replaced; a secret ballot has none."""
    notes = tx.execute(select(named_ballot).where(named_ballot.c.ballot_id == ballot_id)).all()
    for note in notes:
        tx.execute(
            update(named_ballot)
            .where(
                named_ballot.c.ballot_id == ballot_id,
                named_ballot.c.attendance_id == note.attendance_id,
            )
            .values(ballot_key=new_keys.get(note.ballot_key, note.ballot_key))
        )


def answers_by_person(
    tx: Connection, ballot_id: BallotId
) -> dict[AttendanceId, dict[RecommendationId, int]]:
    """Who answered what in a show of hands; nothing of any other ballot."""
    query = (
        select(named_ballot.c.attendance_id, box.c.recommendation_id, box.c.answer)
        .join_from(named_ballot, box, _IS_SAME)
        .where(named_ballot.c.ballot_id == ballot_id)
    )
    found: dict[AttendanceId, dict[RecommendationId, int]] = {}
    for who, what, given in tx.execute(query):
        found.setdefault(AttendanceId(who), {})[RecommendationId(what)] = given
    return found


def answered_for(tx: Connection, ballot_id: BallotId) -> set[AttendanceId]:
    """In whose place somebody else answered."""
    query = (
        select(named_ballot.c.attendance_id)
        .join_from(named_ballot, box, _IS_SAME)
        .where(named_ballot.c.ballot_id == ballot_id, box.c.is_proxy)
    )
    return {AttendanceId(who) for who in tx.execute(query).scalars()}


def take_named_answers(tx: Connection, attendance_id: AttendanceId) -> list[BallotId]:
    """Take a person's answers out of every show of hands, also closed ones; which they were."""
    query = (
        select(named_ballot.c.ballot_id, named_ballot.c.ballot_key)
        .join_from(named_ballot, ballot)
        .where(
            named_ballot.c.attendance_id == attendance_id,
            ballot.c.secrecy == Secrecy.NAMED,
        )
    )
    found = tx.execute(query).all()
    for ballot_id, ballot_key in found:
        which = (box.c.ballot_id == ballot_id) & (box.c.ballot_key == ballot_key)
        tx.execute(delete(box).where(which))
        forget_whose(tx, BallotId(ballot_id), attendance_id)
    return [BallotId(ballot_id) for ballot_id, _ in found]
