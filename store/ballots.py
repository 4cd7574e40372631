"""Ballots, the roll, the box and personal links in the store. Start at `ballot_by_id`.

The roll and the box share no key, order or time: the box is reached only through a ballot key
that a person's link and the ballot's own key make together.
"""

import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, insert, select, update

from domain.ballots import (
    AnsweringMode,
    Ballot,
    BallotItem,
    BallotState,
    Secrecy,
)
from domain.errors import NotFound
from domain.ids import AttendanceId, BallotId, MeetingId, RecommendationId, new_id
from domain.people import StakeholderGroup
from domain.votes import Method
from store.ballot_rows import ballot_of_row
from store.engine import Store
from store.prepared import Prepared
from store.show_of_hands import follow, forget_whose
from store.tables import ballot, ballot_item, box, participant_link, roll, spent_press

BoxRow = tuple[str, RecommendationId, int, StakeholderGroup, bool]
"""Ballot key, what was asked, the answer, for which group, and whether somebody else gave it."""

# What a press asks.
_OF_BALLOT = ballot.c.ballot_id == bindparam("ballot_id")
_IN_BOX = (box.c.ballot_id == bindparam("ballot_id")) & (
    box.c.ballot_key == bindparam("ballot_key")
)
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
_ANSWERS = Prepared(select(box.c.recommendation_id, box.c.answer).where(_IN_BOX))
_TAKE_ONE = Prepared(
    delete(box).where(_IN_BOX, box.c.recommendation_id == bindparam("recommendation_id"))
)
_LAY = Prepared(insert(box).values({c.name: bindparam(c.name) for c in box.c}))
_WHOSE_LINK = Prepared(
    select(participant_link.c.attendance_id).where(
        participant_link.c.link_hash == bindparam("link_hash")
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


def answers_of(tx: Connection, ballot_id: BallotId, ballot_key: str) -> dict[RecommendationId, int]:
    """The answers under one ballot key."""
    found = _ANSWERS.all(tx, ballot_id=ballot_id, ballot_key=ballot_key)
    return {RecommendationId(r): a for r, a in found}


def put_answer(tx: Connection, ballot_id: BallotId, row: BoxRow, *, is_first: bool = False) -> None:
    """Lay one answer in the box in place of an earlier one; the first one has none."""
    ballot_key, recommendation_id, answer, group, is_proxy = row
    told = {"ballot_id": ballot_id, "ballot_key": ballot_key}
    if not is_first:
        _TAKE_ONE.run(tx, **told, recommendation_id=recommendation_id)
    _LAY.run(
        tx,
        **told,
        recommendation_id=recommendation_id,
        answer=int(answer),
        stakeholder_group=group.value,
        is_proxy=is_proxy,
    )


def fill_box(tx: Connection, ballot_id: BallotId, rows: Iterable[BoxRow]) -> None:
    """Lay a whole vote that was brought in into an empty box, in the order of its random keys."""
    names = ("ballot_key", "recommendation_id", "answer", "stakeholder_group", "is_proxy")
    values = [dict(zip(names, row, strict=True), ballot_id=ballot_id) for row in sorted(rows)]
    if values:
        tx.execute(insert(box), values)


def take_answers(
    tx: Connection,
    ballot_id: BallotId,
    ballot_key: str,
    recommendation_id: RecommendationId | None = None,
) -> None:
    """Take one answer, or a whole ballot, out of the box."""
    which = and_(box.c.ballot_id == ballot_id, box.c.ballot_key == ballot_key)
    if recommendation_id is not None:
        which = and_(which, box.c.recommendation_id == recommendation_id)
    tx.execute(delete(box).where(which))


def box_of(tx: Connection, ballot_id: BallotId) -> list[BoxRow]:
    """Everything in the box, in the order of its random keys."""
    query = (
        select(box)
        .where(box.c.ballot_id == ballot_id)
        .order_by(box.c.ballot_key, box.c.recommendation_id)
    )
    return [
        (
            r.ballot_key,
            RecommendationId(r.recommendation_id),
            r.answer,
            StakeholderGroup(r.stakeholder_group),
            r.is_proxy,
        )
        for r in tx.execute(query)
    ]


def reshuffle(tx: Connection, ballot_id: BallotId) -> None:
    """Give every ballot in the box a fresh random key, so that none follows from a link.

    What was noted of single presses goes.
    """
    tx.execute(delete(spent_press).where(spent_press.c.ballot_id == ballot_id))
    rows = box_of(tx, ballot_id)
    new_keys = {old: secrets.token_hex(32) for old in {row[0] for row in rows}}
    tx.execute(delete(box).where(box.c.ballot_id == ballot_id))
    fresh: list[BoxRow] = [(new_keys[row[0]], *row[1:]) for row in rows]
    follow(tx, ballot_id, new_keys)
    fill_box(tx, ballot_id, fresh)


def forget_old_pages(store: Store) -> bool:
    """Empty what the database keeps of earlier states: it would tell who answered next to what.

    False when somebody was reading just then; the next call finishes it.
    """
    raw = store.engine.raw_connection()
    try:
        if store.is_sqlite:
            busy = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            return not busy
        driver: Any = raw.driver_connection
        driver.autocommit = True
        raw.cursor().execute("VACUUM roll, box, spent_press")
        driver.autocommit = False
        return True
    finally:
        raw.close()


def set_link(tx: Connection, attendance_id: AttendanceId, generation: int, link_hash: str) -> None:
    """Keep the hash of a person's link in place of an earlier one."""
    tx.execute(delete(participant_link).where(participant_link.c.attendance_id == attendance_id))
    tx.execute(
        insert(participant_link).values(
            attendance_id=attendance_id, generation=generation, link_hash=link_hash
        )
    )


def link_generation(tx: Connection, attendance_id: AttendanceId) -> int | None:
    """How often a person's link was made anew; None before the first."""
    query = select(participant_link.c.generation).where(
        participant_link.c.attendance_id == attendance_id
    )
    return tx.execute(query).scalar_one_or_none()


def attendance_of_link(tx: Connection, link_hash: str) -> AttendanceId | None:
    """Whose link this is; None for a link that is unknown or was replaced."""
    row = _WHOSE_LINK.first(tx, link_hash=link_hash)
    return AttendanceId(row.attendance_id) if row else None
