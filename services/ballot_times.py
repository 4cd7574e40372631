"""When votes open and close, and more time for one person. Start at `prepare`, then `extend`.

A day is told in the programme's time zone and lasts to its end there. What the clock decides is
done by the worker, whether or not anybody looks (`catch_up`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from domain.access import Act
from domain.ballots import Ballot, BallotState, Quorum, Secrecy, Times
from domain.errors import NotAllowedNow, NotFound, RoundtableError
from domain.ids import AttendanceId, BallotId, MeetingId, ProgrammeId, RecommendationId
from domain.votes import Method
from services import keys, whose
from services.access import require
from services.ballot_making import make_in, open_in
from services.ballots import close_ballot, finish_closing
from services.runtime import runtime
from store import audit, ballot_times, meetings
from store import ballots as kept

CLOCK = "the clock"
NOT_NOW = "This vote is closed for everybody; nobody can be given more time."


@dataclass(frozen=True)
class Extension:
    """Who has more time, and until when."""

    attendance_id: AttendanceId
    name: str
    until: datetime


def end_of(day: date, time_zone: str) -> datetime:
    """The moment at which a day is over.

    >>> end_of(date(2026, 12, 4), "America/New_York").isoformat()
    '2026-12-05T05:00:00+00:00'
    """
    next_day = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(time_zone))
    return next_day.astimezone(UTC)


def start_of(day: date, time_zone: str) -> datetime:
    """The moment at which a day begins."""
    return datetime.combine(day, time(), ZoneInfo(time_zone)).astimezone(UTC)


def time_zone_of(meeting_id: MeetingId) -> str:
    """In which time zone this meeting's votes open and close."""
    require(Act.READ, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        return meetings.time_zone_of(tx, meeting_id)


def set_time_zone(programme_id: ProgrammeId, time_zone: str) -> None:
    """Tell days and hours of a programme in another time zone; what was set stays that moment."""
    require(Act.RUN_VOTE, programme_id=programme_id)
    if time_zone not in available_timezones():
        raise NotFound(kind="time zone", id=time_zone)
    with runtime().store.write() as tx:
        meetings.set_time_zone(tx, programme_id, time_zone)


def prepare(
    meeting_id: MeetingId,
    recommendation_ids: Sequence[RecommendationId] | None = None,
    title: str = "",
    secrecy: Secrecy = Secrecy.CONFIDENTIAL,
    *,
    method: Method = Method.AGREEMENT,
    times: Times = Times(),  # noqa: B008 - it is frozen
    quorum: Quorum | None = None,
    actor: str = "facilitator",
) -> BallotId:
    """Make a vote that opens later, by itself at `times.opens_at` or when somebody presses.

    Raises
    ------
    NotAllowedNow
        If there is nothing to vote on, or it would close before it opens.
    """
    require(Act.RUN_VOTE, meeting_id=meeting_id)
    _check(times, quorum)
    with runtime().store.write() as tx:
        ways = (secrecy, method, (times, quorum))
        ballot_id = make_in(tx, meeting_id, recommendation_ids, title, ways)
        audit.record(tx, actor, "ballot made", "ballot", ballot_id)
    return ballot_id


def open_prepared(ballot_id: BallotId, *, actor: str = "facilitator") -> None:
    """Open it now, for everybody who is on the roster now."""
    require(Act.RUN_VOTE, meeting_id=whose.ballot(ballot_id))
    with runtime().store.write() as tx:
        open_in(tx, ballot_id, actor=actor)


def discard(ballot_id: BallotId, *, actor: str = "facilitator") -> None:
    """Take away a vote that was never open.

    Raises
    ------
    NotAllowedNow
        If it was.
    """
    require(Act.RUN_VOTE, meeting_id=whose.ballot(ballot_id))
    with runtime().store.write() as tx:
        if not ballot_times.discard(tx, ballot_id):
            raise NotAllowedNow(reason="This vote was opened; only one that never was can go.")
        audit.record(tx, actor, "ballot discarded", "ballot", ballot_id)


def move_close(
    ballot_id: BallotId, closes_at: datetime | None, *, actor: str = "facilitator"
) -> None:
    """Let a vote that runs close at another moment, for everybody; None: when somebody presses.

    Raises
    ------
    NotAllowedNow
        If it has closed, or the moment is past.
    """
    require(Act.RUN_VOTE, meeting_id=whose.ballot(ballot_id))
    with runtime().store.write() as tx:
        ballot_times.hold(tx, ballot_id)
        ballot = kept.ballot_by_id(tx, ballot_id)
        now = datetime.now(UTC)
        if ballot.state is not BallotState.DRAFT and not ballot.is_running_at(now):
            raise NotAllowedNow(reason="This vote has closed; its end cannot be moved any more.")
        _check(Times(ballot.times.opens_at, closes_at), None)
        ballot_times.move_close(tx, ballot_id, closes_at)
        audit.record(tx, actor, "end of ballot moved", "ballot", ballot_id)


def extend(
    ballot_id: BallotId,
    attendance_id: AttendanceId,
    until: datetime,
    *,
    actor: str = "facilitator",
) -> None:
    """Let one person answer until a moment after the close for everybody else.

    Nothing of the vote is shown before that moment. The audit log does not say who it is.

    Raises
    ------
    NotAllowedNow
        If the vote is not open, the person is not on its roll, or the moment is no later.
    """
    require(Act.RUN_VOTE, meeting_id=whose.ballot(ballot_id))
    with runtime().store.write() as tx:
        ballot_times.hold(tx, ballot_id)
        ballot = kept.ballot_by_id(tx, ballot_id)
        now = datetime.now(UTC)
        is_over = not ballot.is_running_at(now) and not ballot_times.is_longer_for_some(
            tx, ballot_id, now
        )
        if ballot.state is not BallotState.OPEN or is_over:
            raise NotAllowedNow(reason=NOT_NOW)
        if until <= max(now, ballot.times.closes_at or now):
            raise NotAllowedNow(reason="Choose a day after the vote closes for the others.")
        if not ballot_times.extend(tx, ballot_id, attendance_id, until):
            raise NotAllowedNow(reason="This person is not on the roll of this vote.")
        audit.record(tx, actor, "more time given to somebody", "ballot", ballot_id)


def take_back_extension(
    ballot_id: BallotId, attendance_id: AttendanceId, *, actor: str = "facilitator"
) -> None:
    """Let the vote end for a person as for everybody else; what they answered counts."""
    require(Act.RUN_VOTE, meeting_id=whose.ballot(ballot_id))
    with runtime().store.write() as tx:
        ballot_times.hold(tx, ballot_id)
        if kept.ballot_by_id(tx, ballot_id).state is not BallotState.OPEN:
            raise NotAllowedNow(reason=NOT_NOW)
        ballot_times.extend(tx, ballot_id, attendance_id, None)
        audit.record(tx, actor, "more time taken back", "ballot", ballot_id)
    _catch_up_with(ballot_id)


def extensions(ballot_id: BallotId) -> list[Extension]:
    """Who has more time; for those who run the vote alone."""
    meeting_id = whose.ballot(ballot_id)
    require(Act.RUN_VOTE, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        found = ballot_times.extensions(tx, ballot_id)
        names = {a.attendance_id: a.name for a in meetings.roster_of(tx, meeting_id)}
    longer = [Extension(who, names.get(who, ""), until) for who, until in found.items()]
    return sorted(longer, key=lambda one: (one.until, one.name))


def catch_up() -> int:
    """Do what the clock has come to: open, end, close; how many votes it touched.

    A vote that cannot be opened, such as one without anybody on the roster, waits.
    """
    require(Act.RUN_VOTE)
    with runtime().store.read() as tx:
        due = ballot_times.due(tx)
    n_done = 0
    for ballot_id in due.to_open:
        try:
            open_prepared(ballot_id, actor=CLOCK)
        except RoundtableError:
            continue
        n_done += 1
    for ballot_id in (*due.to_end, *due.to_close):
        close_ballot(ballot_id, actor=CLOCK)
        n_done += 1
    return n_done


def finish_cut_off() -> None:
    """Destroy keys that a closing left behind when it was cut off."""
    require(Act.RUN_VOTE)
    with runtime().store.read() as tx:
        closed = ballot_times.closed(tx)
    for ballot_id in closed:
        if keys.is_there(ballot_id):
            finish_closing(ballot_id)


def _catch_up_with(ballot_id: BallotId) -> None:
    """A vote whose last extension went closes at once, and not when the worker looks next."""
    with runtime().store.read() as tx:
        is_due = ballot_id in ballot_times.due(tx).to_close
    if is_due:
        close_ballot(ballot_id, actor=CLOCK)


def _check(times: Times, quorum: Quorum | None) -> None:
    now = datetime.now(UTC)
    if times.closes_at and times.closes_at <= max(now, times.opens_at or now):
        raise NotAllowedNow(
            reason="The vote would close before it opens, or has to be over by now."
        )
    share = quorum.share if quorum else None
    n = quorum.n if quorum else None
    if (share is not None and not 0 < share <= 1) or (n is not None and n < 1):
        raise NotAllowedNow(reason="Say how many people have to answer: one at least.")


def is_waiting_for_some(ballot: Ballot) -> bool:
    """Whether a vote has ended for most and a few have more time; never for whom."""
    require(Act.READ, meeting_id=ballot.meeting_id)
    return ballot.state is BallotState.OPEN and not ballot.is_running_at(datetime.now(UTC))
