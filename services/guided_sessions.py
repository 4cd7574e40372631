"""Priority setting led step by step, as in a James Lind Alliance workshop. Start at `start`.

Everybody alone, mixed small groups, other small groups, everybody together. Who sits where is in
`small_groups`, what the groups put in order in `group_orders`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from domain.access import Act
from domain.errors import NotAllowedNow
from domain.guided import SMALLEST_GROUP, GuidedSession, Round, Step
from domain.ids import AttendanceId, BallotId, GuidedSessionId, MeetingId, RecommendationId
from domain.people import StakeholderGroup
from domain.recommendations import Recommendation
from domain.votes import Method
from services import whose
from services.access import require
from services.ballots import open_ballot
from services.recommendation_reading import shown_of
from services.runtime import runtime
from services.small_groups import n_groups_of, seat
from store import audit, ballots, family, guided, meetings, recommendations
from store.engine import Connection

STEPS = list(Step)
ALONE_TITLE = "Everybody's own view, before the talk"
ALONE_METHODS = (Method.APPROVAL, Method.SCORES, Method.RANKING)
"""Of an order counts are told for all groups or for none, so that it comes last."""
_ORDERS_OF = {Step.FIRST: Round.FIRST, Step.SECOND: Round.SECOND}


@dataclass(frozen=True)
class Option:
    """A recommendation that is ranked; without words where they may not be shown any more."""

    recommendation_id: RecommendationId
    number: int
    text: str


@dataclass(frozen=True)
class OpenSession:
    """A session with what it ranks, by number, and how many people sit in it."""

    session: GuidedSession
    options: tuple[Option, ...]
    n_people: int


def who_may_sit(meeting_id: MeetingId) -> dict[AttendanceId, tuple[str, StakeholderGroup]]:
    """Everybody on the roster but people who have died, with the group they sit for."""
    require(Act.RUN_VOTE, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        have_died = family.contacts_at(tx, meeting_id)
        return {
            a.attendance_id: (a.name, a.stakeholder_group)
            for a in meetings.roster_of(tx, meeting_id)
            if a.attendance_id not in have_died
        }


def start(
    meeting_id: MeetingId,
    recommendation_ids: Sequence[RecommendationId],
    people: Collection[AttendanceId],
    *,
    group_size: int,
) -> GuidedSessionId:
    """Begin a session over these recommendations, with these people in small groups.

    Raises
    ------
    NotAllowedNow
        If there are fewer than two recommendations, or people for fewer than two groups.
    """
    by = require(Act.RUN_VOTE, meeting_id=meeting_id).name
    with runtime().store.write() as tx:
        options = _chosen(shown_of(tx, meeting_id), recommendation_ids)
        groups = {
            a.attendance_id: a.stakeholder_group
            for a in meetings.roster_of(tx, meeting_id)
            if a.attendance_id in people
        }
        session_id = guided.add_session(tx, meeting_id, options)
        n_groups = n_groups_of(len(groups), group_size)
        seat(tx, session_id, Round.FIRST, groups, n_groups=n_groups)
        audit.record(tx, by, "guided session begun", "guided session", session_id)
    return session_id


def sessions_of(meeting_id: MeetingId) -> list[GuidedSession]:
    """A meeting's sessions, the newest first."""
    require(Act.READ, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        return guided.sessions_of(tx, meeting_id)


def open_session(session_id: GuidedSessionId) -> OpenSession:
    """One session with what it ranks."""
    require(Act.READ, meeting_id=whose.guided_session(session_id))
    with runtime().store.read() as tx:
        session = guided.session_by_id(tx, session_id)
        n_people = sum(guided.sizes_of(tx, session_id, _round_at(session.step)).values())
        return OpenSession(session, options_in(tx, session), n_people)


def options_in(tx: Connection, session: GuidedSession) -> tuple[Option, ...]:
    """What a session ranks, in today's wording, as far as it may be shown."""
    shown = {
        r.recommendation_id: r.text for r in shown_of(tx, session.meeting_id, with_merged=True)
    }
    return tuple(
        Option(one, recommendations.recommendation_by_id(tx, one).number, shown.get(one, ""))
        for one in session.options
    )


def ask_alone(session_id: GuidedSessionId, method: Method = Method.APPROVAL) -> BallotId:
    """Open a confidential vote in which everybody who sits answers alone, before the talk.

    Raises
    ------
    NotAllowedNow
        If the groups have begun to talk, or the vote was opened already.
    """
    meeting_id = whose.guided_session(session_id)
    require(Act.RUN_VOTE, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        session = guided.session_by_id(tx, session_id)
        seats = guided.seats_of(tx, session_id, Round.FIRST)
        roster = {a.attendance_id for a in meetings.roster_of(tx, meeting_id)}
    if session.step is not Step.ALONE or session.ballot_id:
        raise NotAllowedNow(
            reason="Everybody's own view is asked for once, before the groups talk."
        )
    ballot_id = open_ballot(
        meeting_id,
        session.options,
        ALONE_TITLE,
        method=method,
        excluded=roster - set(seats.group_of if seats else ()),
    )
    with runtime().store.write() as tx:
        guided.set_ballot(tx, session_id, ballot_id)
    return ballot_id


def go_on(session_id: GuidedSessionId) -> Step:
    """Go to the next step; the first time into the mixing, people are seated anew.

    Raises
    ------
    NotAllowedNow
        If the step is not finished, or was the last.
    """
    by = require(Act.RUN_VOTE, meeting_id=whose.guided_session(session_id)).name
    with runtime().store.write() as tx:
        session = guided.hold(tx, session_id)
        if session.step is STEPS[-1]:
            raise NotAllowedNow(reason="This was the last step.")
        _refuse_unfinished(tx, session)
        step = STEPS[session.step.number]
        if step is Step.MIX and guided.seats_of(tx, session_id, Round.SECOND) is None:
            _seat_again(tx, session)
        guided.set_step(tx, session_id, step)
        audit.record(tx, by, "guided session went on", "guided session", session_id, reason=step)
    return step


def go_back(session_id: GuidedSessionId) -> Step:
    """Go back a step; seats and orders stay as they are.

    Raises
    ------
    NotAllowedNow
        If this is the first step.
    """
    by = require(Act.RUN_VOTE, meeting_id=whose.guided_session(session_id)).name
    with runtime().store.write() as tx:
        session = guided.hold(tx, session_id)
        if session.step is STEPS[0]:
            raise NotAllowedNow(reason="This is the first step.")
        step = STEPS[session.step.number - 2]
        guided.set_step(tx, session_id, step)
        audit.record(tx, by, "guided session went back", "guided session", session_id, reason=step)
    return step


def remove(session_id: GuidedSessionId) -> None:
    """Take a session away with its seats and orders; a vote that was part of it stays a vote."""
    by = require(Act.RUN_VOTE, meeting_id=whose.guided_session(session_id)).name
    with runtime().store.write() as tx:
        guided.hold(tx, session_id)
        guided.remove_session(tx, session_id)
        audit.record(tx, by, "guided session removed", "guided session", session_id)


def _chosen(
    shown: Sequence[Recommendation], wanted: Sequence[RecommendationId]
) -> list[RecommendationId]:
    found = [r.recommendation_id for r in shown if r.recommendation_id in wanted]
    if len(found) < 2 or len(found) < len(set(wanted)):
        raise NotAllowedNow(
            reason="Choose at least two recommendations of this meeting to put in order."
        )
    return found


def _round_at(step: Step) -> Round:
    return Round.FIRST if step.number < Step.MIX.number else Round.SECOND


def _refuse_unfinished(tx: Connection, session: GuidedSession) -> None:
    own = session.ballot_id
    if session.step is Step.ALONE and own and ballots.is_open(tx, own):
        raise NotAllowedNow(
            reason="The vote on everybody's own view is still open. Close it first: what people "
            "answer alone is from before the talk."
        )
    of = _ORDERS_OF.get(session.step)
    if of is None:
        return
    orders = guided.orders_of(tx, session.session_id, of)
    sizes = guided.sizes_of(tx, session.session_id, of)
    missing = [str(n) for n, size in sizes.items() if size >= SMALLEST_GROUP and n not in orders]
    if missing:
        names = " and ".join(missing)
        raise NotAllowedNow(reason=f"There is no order yet from small group {names}.")


def _seat_again(tx: Connection, session: GuidedSession) -> None:
    before = guided.seats_of(tx, session.session_id, Round.FIRST)
    if before is None:
        return
    groups = {
        a.attendance_id: a.stakeholder_group
        for a in meetings.roster_of(tx, session.meeting_id)
        if a.attendance_id in before.group_of
    }
    n_groups = min(before.n_groups, max(1, len(groups)))
    seat(tx, session.session_id, Round.SECOND, groups, n_groups=n_groups)
