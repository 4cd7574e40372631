"""Who opened a personal link, and the transactions of their pages. Start at `enter`.

A person is known by the secret in their link, and by nothing else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from domain.errors import LinkUnknown
from domain.meetings import Attendance, Meeting
from services import keys
from services.runtime import runtime
from store import ballots, consent, meetings, participant_links
from store.engine import Connection
from store.outages import told_plainly


@dataclass(frozen=True)
class Voter:
    """Whoever opened a personal link; `acts_for_them` names a family contact, else it is empty."""

    secret: str
    attendance: Attendance
    meeting: Meeting
    is_sample: bool
    is_asked_for_consent: bool
    acts_for_them: str = ""
    time_zone: str = "UTC"
    is_answered_for: bool = False


def enter(secret: str) -> Voter:
    """Who a link belongs to.

    Raises
    ------
    LinkUnknown
        If it never was, or was replaced.
    """
    with reading() as tx:
        return enter_as(tx, secret, attendance_of(tx, secret))


def enter_as(tx: Connection, secret: str, attendance: Attendance) -> Voter:
    """The same once it is known whom the link opens."""
    meeting = meetings.meeting_by_id(tx, attendance.meeting_id)
    held = next(p for p in meetings.programmes(tx) if p.programme_id == meeting.programme_id)
    is_asked = not consent.is_recorded(tx, meeting.meeting_id, attendance.attendance_id)
    return Voter(
        secret,
        attendance,
        meeting,
        held.is_sample,
        is_asked,
        time_zone=held.time_zone,
        is_answered_for=ballots.is_answered_for(tx, attendance.attendance_id),
    )


@contextmanager
def reading() -> Iterator[Connection]:
    """One moment of the store; a database that is down is one plain error."""
    with told_plainly(), runtime().store.read() as tx:
        yield tx


@contextmanager
def writing() -> Iterator[Connection]:
    """One transaction beside those of others; a database that is down is one plain error."""
    with told_plainly(), runtime().store.write(is_alone=False) as tx:
        yield tx


def attendance_of(tx: Connection, secret: str) -> Attendance:
    """Whose link this is, as one transaction sees it."""
    attendance_id = participant_links.attendance_of_link(tx, keys.link_hash(secret))
    if attendance_id is None:
        raise LinkUnknown
    return meetings.attendance_by_id(tx, attendance_id)
