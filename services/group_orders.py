"""What small groups put in order, and what that adds up to. Start at `save_order` and `result`.

An order is what a group agreed on aloud, no secret ballot. Yet a group is few people: what others
are told of a round is decided by `analysis.rank_release`. Whoever runs the session has typed every
order and sees what they add up to (`added_up`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.rank_release import release_round
from analysis.rank_totals import Placed, rank_totals
from analysis.suppression import PUBLIC_K, ROOM_K
from domain.access import Act
from domain.errors import NotAllowedNow
from domain.guided import SMALLEST_GROUP, GuidedSession, Round, Step
from domain.ids import GuidedSessionId, RecommendationId
from reports.csv_tables import Cell, write_csv
from services import whose
from services.access import require
from services.exports import WATERMARK
from services.guided_sessions import Option, options_in
from services.runtime import runtime
from store import audit, guided, meetings
from store.engine import Connection

SUBJECT = "guided session"
EXPORTED = (
    "number",
    "recommendation",
    "place",
    "tied",
    "total",
    "place in round 1",
    "tied in round 1",
    "total in round 1",
)
_STEP_OF = {Round.FIRST: Step.FIRST, Round.SECOND: Step.SECOND}

Order = tuple[RecommendationId, ...]


@dataclass(frozen=True)
class GroupOrder:
    """A small group's order; before it has one, the order in which things lie before it."""

    number: int
    n_people: int
    order: Order
    is_kept: bool


@dataclass(frozen=True)
class Board:
    """Every small group of a round with its order, for whoever runs the session."""

    of: Round
    options: tuple[Option, ...]
    groups: tuple[GroupOrder, ...]


@dataclass(frozen=True)
class Totals:
    """A round added up: of ``n_groups`` small groups ``n_in`` have an order.

    ``placed`` is empty while the round goes on, and where nothing of it may be told.
    """

    n_groups: int
    n_in: int
    is_over: bool
    placed: tuple[Placed[RecommendationId], ...]

    @property
    def is_withheld(self) -> bool:
        """Whether the round is over, and nothing of it may be told."""
        return self.is_over and self.n_in > 0 and not self.placed

    @property
    def totals_told(self) -> bool:
        """Whether totals may be told, and so what each group said."""
        return any(p.total is not None for p in self.placed)


@dataclass(frozen=True)
class Row:
    """A recommendation with its place in both rounds, as far as they are there."""

    option: Option
    first: Placed[RecommendationId] | None
    second: Placed[RecommendationId] | None

    @property
    def now(self) -> Placed[RecommendationId] | None:
        """Its place by the newest round."""
        return self.second or self.first


@dataclass(frozen=True)
class SessionResult:
    """Both rounds side by side, the lowest total of the newest round first."""

    session: GuidedSession
    first: Totals
    second: Totals
    rows: tuple[Row, ...]


def board(session_id: GuidedSessionId, of: Round) -> Board:
    """Every small group of a round with its order."""
    require(Act.RUN_VOTE, meeting_id=whose.guided_session(session_id))
    with runtime().store.read() as tx:
        session = guided.session_by_id(tx, session_id)
        orders = guided.orders_of(tx, session_id, of)
        seats = guided.seats_of(tx, session_id, of)
        sizes = guided.sizes_of(tx, session_id, of)
        begins = _begins_with(tx, session, of)
        groups = tuple(
            GroupOrder(
                number,
                sizes.get(number, 0),
                orders.get(number) or _turned(begins, number, of),
                number in orders,
            )
            for number in range(1, (seats.n_groups if seats else 0) + 1)
        )
        return Board(of, options_in(tx, session), groups)


def save_order(
    session_id: GuidedSessionId, of: Round, group: int, order: Sequence[RecommendationId]
) -> None:
    """Keep a small group's order, in place of an earlier one.

    Raises
    ------
    NotAllowedNow
        If the session is at another step, the group is too small, or the order does not hold
        every recommendation once.
    """
    by = require(Act.RUN_VOTE, meeting_id=whose.guided_session(session_id)).name
    with runtime().store.write() as tx:
        session = guided.hold(tx, session_id)
        _refuse_other_step(session, of)
        n_people = guided.sizes_of(tx, session_id, of).get(group, 0)
        if n_people < SMALLEST_GROUP:
            raise NotAllowedNow(
                reason=f"Small group {group} has {n_people} people. A group's order needs at "
                f"least {SMALLEST_GROUP}; move somebody there, or mix anew."
            )
        if sorted(order) != sorted(session.options):
            raise NotAllowedNow(
                reason="The order has to hold every recommendation of the session once."
            )
        guided.set_order(tx, session_id, of, group, order)
        _note(tx, by, "group order kept", session_id, f"{of} round, small group {group}")


def save_numbers(session_id: GuidedSessionId, of: Round, group: int, typed: str) -> None:
    """Keep an order that was typed as numbers of recommendations: "4, 1, 3, 2".

    Raises
    ------
    NotAllowedNow
        As for `save_order`, and if a number is missing, stands there twice or is unknown.
    """
    require(Act.RUN_VOTE, meeting_id=whose.guided_session(session_id))
    with runtime().store.read() as tx:
        options = options_in(tx, guided.session_by_id(tx, session_id))
    by_number = {str(option.number): option.recommendation_id for option in options}
    numbers = [str(int(n)) for n in re.findall(r"\d+", typed)]
    wrong = {
        "missing": [n for n in by_number if n not in numbers],
        "there twice": sorted({n for n in numbers if numbers.count(n) > 1}, key=int),
        "not in this session": [n for n in numbers if n not in by_number],
    }
    told = [f"{', '.join(found)} {why}" for why, found in wrong.items() if found]
    if told:
        raise NotAllowedNow(
            reason=f"Each number is needed once. Here: {'; '.join(told)}. Nothing was changed."
        )
    save_order(session_id, of, group, [by_number[n] for n in numbers])


def take_out(session_id: GuidedSessionId, of: Round, group: int) -> None:
    """Take a small group's order out, as if it had never been given."""
    by = require(Act.RUN_VOTE, meeting_id=whose.guided_session(session_id)).name
    with runtime().store.write() as tx:
        _refuse_other_step(guided.hold(tx, session_id), of)
        guided.set_order(tx, session_id, of, group, ())
        _note(tx, by, "group order taken out", session_id, f"{of} round, small group {group}")


def result(session_id: GuidedSessionId) -> SessionResult:
    """Both rounds added up, as far as they may be told: the lowest total first, ties stay ties."""
    require(Act.READ, meeting_id=whose.guided_session(session_id))
    with runtime().store.read() as tx:
        return _result(tx, session_id, ROOM_K)


def added_up(session_id: GuidedSessionId) -> SessionResult:
    """The same with nothing withheld, for whoever runs the session and has every order anyway."""
    require(Act.RUN_VOTE, meeting_id=whose.guided_session(session_id))
    with runtime().store.read() as tx:
        return _result(tx, session_id, 0)


def export_result(session_id: GuidedSessionId) -> tuple[str, bytes]:
    """File name and CSV: places of both rounds, nobody's name, no single group.

    Totals are told where every group has at least eleven people.
    """
    meeting_id = whose.guided_session(session_id)
    require(Act.EXPORT, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        found = _result(tx, session_id, PUBLIC_K)
        meeting = meetings.meeting_by_id(tx, meeting_id)
        held = {p.programme_id: p for p in meetings.programmes(tx)}
    rows = [
        [row.option.number, row.option.text, *_cells(row.second), *_cells(row.first)]
        for row in found.rows
    ]
    note = WATERMARK if held[meeting.programme_id].is_sample else ""
    return f"priorities-{meeting.held_on.isoformat()}.csv", write_csv(EXPORTED, rows, note=note)


def _result(tx: Connection, session_id: GuidedSessionId, k: int) -> SessionResult:
    session = guided.session_by_id(tx, session_id)
    first, second = (_totals(tx, session, of, k) for of in Round)
    place_of = [{p.option: p for p in totals.placed} for totals in (first, second)]
    rows = [
        Row(option, *(places.get(option.recommendation_id) for places in place_of))
        for option in options_in(tx, session)
    ]
    rows.sort(key=lambda row: (row.now.place if row.now else 0, row.option.number))
    return SessionResult(session, first, second, tuple(rows))


def _totals(tx: Connection, session: GuidedSession, of: Round, k: int) -> Totals:
    """A round that still goes on is told only as far as how many groups are in: it would sway."""
    orders = guided.orders_of(tx, session.session_id, of)
    seats = guided.seats_of(tx, session.session_id, of)
    sizes = guided.sizes_of(tx, session.session_id, of)
    is_over = session.step.number > _STEP_OF[of].number
    placed = _placed(tx, session, of) if is_over else ()
    told = release_round(placed, [sizes.get(number, 0) for number in orders], k)
    return Totals(seats.n_groups if seats else 0, len(orders), is_over, told)


def _placed(
    tx: Connection, session: GuidedSession, of: Round
) -> tuple[Placed[RecommendationId], ...]:
    return rank_totals(list(guided.orders_of(tx, session.session_id, of).values()))


def _begins_with(tx: Connection, session: GuidedSession, of: Round) -> Order:
    """The second round begins with what the first added up to, ties as they lay on the table.

    Not as the first group had them: that would tell its order.
    """
    if of is Round.FIRST:
        return session.options
    place_of = {p.option: p.place for p in _placed(tx, session, Round.FIRST)}
    return tuple(sorted(session.options, key=lambda one: place_of.get(one, 0)))


def _turned(order: Order, number: int, of: Round) -> Order:
    """In the first round each group begins elsewhere: nothing gains by lying first for all."""
    if of is Round.SECOND:
        return order
    begin = (number - 1) * max(1, len(order) // 3) % len(order)
    return order[begin:] + order[:begin]


def _refuse_other_step(session: GuidedSession, of: Round) -> None:
    if session.step is not _STEP_OF[of]:
        raise NotAllowedNow(
            reason=f"The session is at “{session.step}”. Go to the {of} round to change an order."
        )


def _note(tx: Connection, by: str, action: str, session_id: GuidedSessionId, place: str) -> None:
    """One line for a run of presses: every move is kept at once, and none alone says much."""
    newest = next(iter(audit.events(tx, limit=1)), None)
    told = (by, action, SUBJECT, session_id, place)
    if newest is None or told != (
        newest.actor,
        newest.action,
        newest.subject_kind,
        newest.subject_id,
        newest.reason,
    ):
        audit.record(tx, by, action, SUBJECT, session_id, reason=place)


def _cells(placed: Placed[RecommendationId] | None) -> list[Cell]:
    if placed is None:
        return [None, None, None]
    return [placed.place, "yes" if placed.is_tied else "no", placed.total]
