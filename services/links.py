"""Personal links, which can be printed again while their key exists. Start at `links_for`.

docs/adr/0001-personal-links.md says why they are made this way and what they do not protect.
"""

import io
from dataclasses import dataclass

from domain.access import Act
from domain.ballots import AnsweringMode, BallotState
from domain.errors import KeyMissing
from domain.ids import AttendanceId, MeetingId
from domain.meetings import Attendance
from services import keys, whose
from services.access import require
from services.runtime import runtime
from store import audit, ballot_box, ballots, family, meetings, participant_links, show_of_hands
from store.engine import Connection

FIRST_GENERATION = 1


@dataclass(frozen=True)
class QrCode:
    """A link as an SVG image, or the reason why there is none."""

    svg: str | None
    reason: str


def links_for(meeting_id: MeetingId) -> list[tuple[Attendance, str]]:
    """Everybody's personal link, in the order of the roster; people who have died have none.

    Raises
    ------
    KeyMissing
        If the links were made with a key that is gone.
    """
    require(Act.RUN_VOTE, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        have_died = family.contacts_at(tx, meeting_id)
    return [
        (attendance, url_of(secret))
        for attendance, secret in secrets_for(meeting_id)
        if attendance.attendance_id not in have_died
    ]


def secrets_for(meeting_id: MeetingId) -> list[tuple[Attendance, str]]:
    """The secret in each person's link; links that do not exist yet are made."""
    require(Act.RUN_VOTE, meeting_id=meeting_id)
    key = keys.link_key(meeting_id)
    with runtime().store.write() as tx:
        return [(a, _secret(tx, key, a)) for a in meetings.roster_of(tx, meeting_id)]


def replace_link(attendance_id: AttendanceId, *, actor: str = "facilitator") -> str:
    """Give a person a new link; the old one stops working and open answers move along.

    Raises
    ------
    KeyMissing
        If answers in an open ballot cannot be carried over because a key is gone.
    """
    require(Act.RUN_VOTE, meeting_id=whose.attendance(attendance_id))
    with runtime().store.write() as tx:
        return url_of(replace_in(tx, attendance_id, actor=actor))


def replace_in(tx: Connection, attendance_id: AttendanceId, *, actor: str) -> str:
    """The same within a transaction; the new link's secret."""
    attendance = meetings.attendance_by_id(tx, attendance_id)
    key = keys.link_key(attendance.meeting_id)
    generation = participant_links.link_generation(tx, attendance_id) or 0
    old = keys.voter_secret(key, attendance_id, generation)
    new = keys.voter_secret(key, attendance_id, generation + 1)
    is_old_known = participant_links.attendance_of_link(tx, keys.link_hash(old)) == attendance_id
    _carry_over(tx, attendance, old if is_old_known else None, new)
    participant_links.set_link(tx, attendance_id, generation + 1, keys.link_hash(new))
    audit.record(tx, actor, "link replaced", "attendance", attendance_id)
    return new


def url_of(secret: str) -> str:
    """The address that opens as this person."""
    return f"{runtime().settings.public_url}/p/j/{secret}"


def qr_svg(url: str) -> QrCode:
    """The link as a QR code where another device could follow it."""
    settings = runtime().settings
    if not settings.is_reachable:
        return QrCode(
            None,
            f"No QR code: the link starts with {settings.public_url}, which only this computer "
            "can open. Set ROUNDTABLE_PUBLIC_URL to an address that other devices reach.",
        )
    import segno

    drawn = io.BytesIO()
    code = segno.make(url, error="m", micro=False)
    code.save(drawn, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4, dark="#000")
    return QrCode(drawn.getvalue().decode(), "")


def _secret(tx: Connection, key: bytes, attendance: Attendance) -> str:
    attendance_id = attendance.attendance_id
    generation = participant_links.link_generation(tx, attendance_id)
    secret = keys.voter_secret(key, attendance_id, generation or FIRST_GENERATION)
    if generation is None:
        participant_links.set_link(tx, attendance_id, FIRST_GENERATION, keys.link_hash(secret))
    elif participant_links.attendance_of_link(tx, keys.link_hash(secret)) != attendance_id:
        raise KeyMissing(
            what="this meeting's links",
            folder=runtime().settings.key_folder.name,
            todo="Links that people have go on working. Put the key back to print them again, "
            "or replace them.",
        )
    return secret


def _carry_over(tx: Connection, attendance: Attendance, old: str | None, new: str) -> None:
    for ballot in ballots.ballots_of(tx, attendance.meeting_id):
        entry = ballots.roll_entry(tx, ballot.ballot_id, attendance.attendance_id)
        if ballot.state is not BallotState.OPEN or entry is None or not entry[0]:
            continue
        if old is None:
            raise KeyMissing(
                what="this meeting's links",
                folder=runtime().settings.key_folder.name,
                todo="A new link would let this person vote twice; close the vote first.",
            )
        poll_key = keys.poll_key(ballot.ballot_id)
        old_key, new_key = keys.ballot_key(poll_key, old), keys.ballot_key(poll_key, new)
        given = ballot_box.answers_of(tx, ballot.ballot_id, old_key)
        ballot_box.take_answers(tx, ballot.ballot_id, old_key)
        for recommendation_id, answer in given.items():
            is_proxy = entry[1] is AnsweringMode.PROXY
            row = (new_key, recommendation_id, answer, attendance.stakeholder_group, is_proxy)
            ballot_box.put_answer(tx, ballot.ballot_id, row)
        show_of_hands.follow(tx, ballot.ballot_id, {old_key: new_key})
