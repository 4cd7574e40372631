"""Guided sessions in the store. Start at `session_by_id`."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from domain.errors import NotFound
from domain.guided import GuidedSession, Round, Seats, Step
from domain.ids import (
    AttendanceId,
    BallotId,
    GuidedSessionId,
    MeetingId,
    RecommendationId,
    new_id,
)
from store.tables import guided_option, guided_order, guided_round, guided_seat, guided_session

Orders = dict[int, tuple[RecommendationId, ...]]
"""Small group → what it put in order, the most important first."""


def add_session(
    tx: Connection, meeting_id: MeetingId, options: Sequence[RecommendationId]
) -> GuidedSessionId:
    """Begin a session over these recommendations, in this order."""
    session_id = GuidedSessionId(new_id())
    tx.execute(
        insert(guided_session).values(
            guided_session_id=session_id,
            meeting_id=meeting_id,
            step=Step.ALONE,
            started_at=datetime.now(UTC),
        )
    )
    rows = [
        {"guided_session_id": session_id, "recommendation_id": one, "position": position}
        for position, one in enumerate(options, start=1)
    ]
    tx.execute(insert(guided_option), rows)
    return session_id


def session_by_id(tx: Connection, session_id: GuidedSessionId) -> GuidedSession:
    """One session.

    Raises
    ------
    NotFound
        If no session has this id.
    """
    t = guided_session
    row = tx.execute(select(t).where(t.c.guided_session_id == session_id)).first()
    if row is None:
        raise NotFound(kind="guided session", id=session_id)
    return _session(tx, row)


def sessions_of(tx: Connection, meeting_id: MeetingId) -> list[GuidedSession]:
    """A meeting's sessions, the newest first."""
    t = guided_session
    query = (
        select(t)
        .where(t.c.meeting_id == meeting_id)
        .order_by(t.c.started_at.desc(), t.c.guided_session_id)
    )
    return [_session(tx, row) for row in tx.execute(query).all()]


def hold(tx: Connection, session_id: GuidedSessionId) -> GuidedSession:
    """The same, while whoever else changes it waits."""
    t = guided_session
    tx.execute(update(t).where(t.c.guided_session_id == session_id).values(step=t.c.step))
    return session_by_id(tx, session_id)


def set_step(tx: Connection, session_id: GuidedSessionId, step: Step) -> None:
    """Go to a step."""
    t = guided_session
    tx.execute(update(t).where(t.c.guided_session_id == session_id).values(step=step))


def set_ballot(tx: Connection, session_id: GuidedSessionId, ballot_id: BallotId) -> None:
    """Note the vote in which everybody puts all in order alone."""
    t = guided_session
    tx.execute(update(t).where(t.c.guided_session_id == session_id).values(ballot_id=ballot_id))


def remove_session(tx: Connection, session_id: GuidedSessionId) -> None:
    """Take a session away with its seats and orders."""
    tx.execute(delete(guided_session).where(guided_session.c.guided_session_id == session_id))


def set_seats(tx: Connection, session_id: GuidedSessionId, of: Round, seats: Seats) -> None:
    """Seat a round, in place of how it sat before."""
    for table in (guided_seat, guided_round):
        tx.execute(
            delete(table).where(table.c.guided_session_id == session_id, table.c.round == of)
        )
    told = {"guided_session_id": session_id, "round": of}
    tx.execute(insert(guided_round).values(**told, seed=seats.seed, n_groups=seats.n_groups))
    rows = [
        {**told, "attendance_id": who, "group_number": number}
        for who, number in seats.group_of.items()
    ]
    if rows:
        tx.execute(insert(guided_seat), rows)


def seats_of(tx: Connection, session_id: GuidedSessionId, of: Round) -> Seats | None:
    """Who sits where in a round; None before it is seated."""
    t, s = guided_round.c, guided_seat.c
    row = tx.execute(
        select(guided_round).where(t.guided_session_id == session_id, t.round == of)
    ).first()
    if row is None:
        return None
    query = (
        select(s.attendance_id, s.group_number)
        .where(s.guided_session_id == session_id, s.round == of)
        .order_by(s.group_number, s.attendance_id)
    )
    group_of = {AttendanceId(r.attendance_id): int(r.group_number) for r in tx.execute(query)}
    return Seats(row.seed, row.n_groups, group_of)


def sizes_of(tx: Connection, session_id: GuidedSessionId, of: Round) -> dict[int, int]:
    """How many people sit in each small group of a round."""
    s = guided_seat.c
    query = (
        select(s.group_number, func.count())
        .where(s.guided_session_id == session_id, s.round == of)
        .group_by(s.group_number)
        .order_by(s.group_number)
    )
    return {int(number): int(n) for number, n in tx.execute(query)}


def set_order(
    tx: Connection,
    session_id: GuidedSessionId,
    of: Round,
    group: int,
    order: Sequence[RecommendationId],
) -> None:
    """Keep a small group's order in place of an earlier one; an empty one takes it out."""
    t = guided_order.c
    tx.execute(
        delete(guided_order).where(
            t.guided_session_id == session_id, t.round == of, t.group_number == group
        )
    )
    rows = [
        {
            "guided_session_id": session_id,
            "round": of,
            "group_number": group,
            "recommendation_id": one,
            "place": place,
        }
        for place, one in enumerate(order, start=1)
    ]
    if rows:
        tx.execute(insert(guided_order), rows)


def orders_of(tx: Connection, session_id: GuidedSessionId, of: Round) -> Orders:
    """The order of every small group that has one."""
    t = guided_order.c
    query = (
        select(t.group_number, t.recommendation_id)
        .where(t.guided_session_id == session_id, t.round == of)
        .order_by(t.group_number, t.place)
    )
    found: Orders = {}
    for number, recommendation_id in tx.execute(query):
        found[number] = (*found.get(number, ()), RecommendationId(recommendation_id))
    return found


def forget_seats(tx: Connection, attendance_ids: Collection[AttendanceId]) -> None:
    """Take people out of every small group; what their groups decided stays the groups'."""
    for who in attendance_ids:
        tx.execute(delete(guided_seat).where(guided_seat.c.attendance_id == who))


def _session(tx: Connection, row: Row[tuple[object, ...]]) -> GuidedSession:
    query = (
        select(guided_option.c.recommendation_id)
        .where(guided_option.c.guided_session_id == row.guided_session_id)
        .order_by(guided_option.c.position)
    )
    return GuidedSession(
        GuidedSessionId(row.guided_session_id),
        MeetingId(row.meeting_id),
        Step(row.step),
        row.started_at,
        BallotId(row.ballot_id) if row.ballot_id else None,
        tuple(RecommendationId(one) for one in tx.execute(query).scalars()),
    )
