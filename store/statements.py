"""Statements that participants write, in the store. Start at `statements_of`."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from sqlalchemy import Connection, Select, insert, select, update

from domain.errors import NotFound
from domain.ids import AttendanceId, MeetingId, StatementId, UtteranceId
from domain.people import StakeholderGroup
from domain.statements import Statement, StatementState
from store.reach import all_of
from store.tables import attendance, statement


def statements_of(tx: Connection, attendance_id: AttendanceId) -> list[Statement]:
    """Everything that somebody wrote at a meeting, the newest first."""
    return _read(tx, _all().where(statement.c.attendance_id == attendance_id))


def statements_at(
    tx: Connection, meeting_id: MeetingId, states: Iterable[StatementState]
) -> list[Statement]:
    """What was written at a meeting and stands so, the oldest first."""
    query = _all().where(attendance.c.meeting_id == meeting_id, statement.c.state.in_(list(states)))
    return _read(tx, query)[::-1]


def find(tx: Connection, statement_id: StatementId) -> Statement | None:
    """A statement, if it is here."""
    found = _read(tx, _all().where(statement.c.statement_id == statement_id))
    return found[0] if found else None


def by_id(tx: Connection, statement_id: StatementId) -> Statement:
    """A statement.

    Raises
    ------
    NotFound
        If there is none.
    """
    found = find(tx, statement_id)
    if found is None:
        raise NotFound(kind="statement", id=statement_id)
    return found


def put(
    tx: Connection,
    statement_id: StatementId,
    attendance_id: AttendanceId,
    text: str,
    language: str,
) -> None:
    """Keep a draft in place of what it said before."""
    now = datetime.now(UTC)
    told = {"text": text, "language": language, "changed_at": now}
    this_one = statement.c.statement_id == statement_id
    if tx.execute(update(statement).where(this_one).values(**told)).rowcount:
        return
    new = {"statement_id": statement_id, "attendance_id": attendance_id}
    tx.execute(insert(statement).values(**new, **told, state=StatementState.DRAFT))


def move(
    tx: Connection,
    statement_id: StatementId,
    state: StatementState,
    *,
    reason: str = "",
    by: str = "",
) -> None:
    """Note where a statement stands now, and why."""
    tx.execute(
        update(statement)
        .where(statement.c.statement_id == statement_id)
        .values(state=state, reason=reason, settled_by=by, changed_at=datetime.now(UTC))
    )


def accept(
    tx: Connection, statement_id: StatementId, utterance_id: UtteranceId, *, by: str
) -> None:
    """Note what a statement became; its words are there now, and only there."""
    move(tx, statement_id, StatementState.ACCEPTED, by=by)
    this_one = statement.c.statement_id == statement_id
    tx.execute(update(statement).where(this_one).values(text="", utterance_id=utterance_id))


def texts_of(tx: Connection, statement_ids: Collection[StatementId]) -> list[str]:
    """The words of these statements."""
    found = all_of(tx, statement.c.text, statement.c.statement_id, statement_ids)
    return [text for text in found if text]


def _all() -> Select[tuple[object, ...]]:
    columns = (*statement.c, attendance.c.meeting_id, attendance.c.stakeholder_group)
    newest_first = (statement.c.changed_at.desc(), statement.c.statement_id)
    return select(*columns).join_from(statement, attendance).order_by(*newest_first)


def _read(tx: Connection, query: Select[tuple[object, ...]]) -> list[Statement]:
    return [
        Statement(
            StatementId(row.statement_id),
            AttendanceId(row.attendance_id),
            MeetingId(row.meeting_id),
            StakeholderGroup(row.stakeholder_group),
            row.text,
            row.language,
            StatementState(row.state),
            row.reason,
            row.changed_at,
            UtteranceId(row.utterance_id) if row.utterance_id else None,
        )
        for row in tx.execute(query)
    ]
