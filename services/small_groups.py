"""Who sits in which small group of a guided session. Start at `seating`.

Names are for whoever runs the session. Nothing here says for whom a group's order counts: groups
are mixed, so an order belongs to no stakeholder group.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from analysis.mixed_groups import mix
from domain.access import Act
from domain.errors import NotAllowedNow
from domain.guided import SMALLEST_GROUP, Round, Seats
from domain.ids import AttendanceId, GuidedSessionId
from domain.meetings import Attendance
from domain.people import StakeholderGroup
from services import whose
from services.access import require
from services.runtime import runtime
from store import audit, family, guided, meetings
from store.engine import Connection

SUBJECT = "guided session"


@dataclass(frozen=True)
class Seating:
    """Small groups with their people; who is on the roster and sits nowhere stands apart.

    Of ``n_pairs`` who sit together ``n_meet_again`` sat together in the first round.
    """

    of: Round
    seats: Seats
    groups: tuple[tuple[Attendance, ...], ...]
    not_seated: tuple[Attendance, ...]
    n_pairs: int
    n_meet_again: int


def n_groups_of(n_people: int, group_size: int) -> int:
    """How many small groups of at least this size people make.

    Raises
    ------
    NotAllowedNow
        If there are people for fewer than two groups.
    """
    size = max(SMALLEST_GROUP, group_size)
    if n_people < 2 * size:
        raise NotAllowedNow(
            reason=f"{n_people} people do not make two small groups of {size}. Choose more "
            f"people, or smaller groups; a group has at least {SMALLEST_GROUP}."
        )
    return n_people // size


def seat(
    tx: Connection,
    session_id: GuidedSessionId,
    of: Round,
    people: Mapping[AttendanceId, StakeholderGroup],
    *,
    n_groups: int,
) -> None:
    """Mix people, with the seed after the one before; in the second round away from the first."""
    before = guided.seats_of(tx, session_id, of)
    seed = before.seed + 1 if before else 0
    first = guided.seats_of(tx, session_id, Round.FIRST) if of is Round.SECOND else None
    met = first.groups if first else ()
    mixed = mix(people, n_groups, met_before=met, seed=seed)
    group_of = {who: number for number, group in enumerate(mixed, start=1) for who in group}
    guided.set_seats(tx, session_id, of, Seats(seed, n_groups, group_of))


def seating(session_id: GuidedSessionId, of: Round) -> Seating:
    """Who sits where, for whoever runs the session.

    Raises
    ------
    NotAllowedNow
        If the round is not seated yet.
    """
    meeting_id = whose.guided_session(session_id)
    require(Act.RUN_VOTE, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        seats = _seats(tx, session_id, of)
        first = guided.seats_of(tx, session_id, Round.FIRST)
        have_died = family.contacts_at(tx, meeting_id)
        roster = meetings.roster_of(tx, meeting_id)
    groups = tuple(
        tuple(a for a in roster if seats.group_of.get(a.attendance_id) == number)
        for number in range(1, seats.n_groups + 1)
    )
    sitting = {a.attendance_id for group in groups for a in group}
    rest = tuple(
        a for a in roster if a.attendance_id not in sitting and a.attendance_id not in have_died
    )
    pairs = _pairs(seats)
    again = pairs & _pairs(first) if first and of is Round.SECOND else frozenset()
    return Seating(of, seats, groups, rest, len(pairs), len(again))


def seat_anew(session_id: GuidedSessionId, of: Round, group_size: int) -> None:
    """Mix the same people again, with another seed.

    Raises
    ------
    NotAllowedNow
        If a group of the round has an order, or there are people for fewer than two groups.
    """
    meeting_id = whose.guided_session(session_id)
    by = require(Act.RUN_VOTE, meeting_id=meeting_id).name
    with runtime().store.write() as tx:
        guided.hold(tx, session_id)
        seats = _seats(tx, session_id, of)
        _refuse_ranked(tx, session_id, of)
        people = {
            a.attendance_id: a.stakeholder_group
            for a in meetings.roster_of(tx, meeting_id)
            if a.attendance_id in seats.group_of
        }
        seat(tx, session_id, of, people, n_groups=n_groups_of(len(people), group_size))
        audit.record(tx, by, "small groups mixed", SUBJECT, session_id, reason=f"{of} round")


def move(
    session_id: GuidedSessionId, of: Round, attendance_id: AttendanceId, group: int | None
) -> None:
    """Seat somebody in another group, or in none, as when they are not here.

    Raises
    ------
    NotAllowedNow
        If there is no such group, or no such person at this meeting.
    """
    meeting_id = whose.guided_session(session_id)
    by = require(Act.RUN_VOTE, meeting_id=meeting_id).name
    with runtime().store.write() as tx:
        guided.hold(tx, session_id)
        seats = _seats(tx, session_id, of)
        present = {a.attendance_id for a in meetings.roster_of(tx, meeting_id)}
        if attendance_id not in present or not (group is None or 1 <= group <= seats.n_groups):
            raise NotAllowedNow(reason="This person or this small group is not there any more.")
        group_of = {w: n for w, n in seats.group_of.items() if w != attendance_id}
        if group is not None:
            group_of[attendance_id] = group
        guided.set_seats(tx, session_id, of, replace(seats, group_of=group_of))
        audit.record(tx, by, "small group changed", SUBJECT, session_id, reason=f"{of} round")


def put_back(session_id: GuidedSessionId, of: Round, seats: Seats) -> None:
    """Seat a round as it sat before, but for people who are gone since.

    Raises
    ------
    NotAllowedNow
        If a group of the round has an order, and the number of groups would be another.
    """
    meeting_id = whose.guided_session(session_id)
    by = require(Act.RUN_VOTE, meeting_id=meeting_id).name
    with runtime().store.write() as tx:
        guided.hold(tx, session_id)
        if _seats(tx, session_id, of).n_groups != seats.n_groups:
            _refuse_ranked(tx, session_id, of)
        present = {a.attendance_id for a in meetings.roster_of(tx, meeting_id)}
        group_of = {w: n for w, n in seats.group_of.items() if w in present}
        guided.set_seats(tx, session_id, of, replace(seats, group_of=group_of))
        audit.record(tx, by, "small groups put back", SUBJECT, session_id, reason=f"{of} round")


def _seats(tx: Connection, session_id: GuidedSessionId, of: Round) -> Seats:
    seats = guided.seats_of(tx, session_id, of)
    if seats is None:
        raise NotAllowedNow(reason="Nobody is seated for this round yet; go on step by step.")
    return seats


def _refuse_ranked(tx: Connection, session_id: GuidedSessionId, of: Round) -> None:
    if guided.orders_of(tx, session_id, of):
        raise NotAllowedNow(
            reason="A small group of this round has put things in order already. Take its order "
            "out first, or move single people."
        )


def _pairs(seats: Seats) -> frozenset[frozenset[AttendanceId]]:
    return frozenset(frozenset(pair) for group in seats.groups for pair in combinations(group, 2))
