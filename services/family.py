"""Family who act for people who have died, as these wished. Start at `record_death`.

The person's own links stop, their votes stay as they are, and one link of the family opens what
the person said, and nothing else. No message is ever sent by this program.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from domain.access import Act
from domain.errors import LinkUnknown, NotAllowedNow
from domain.ids import AttendanceId, FamilyContactId, MeetingId, new_id
from domain.meetings import Attendance
from domain.talk import WishMadeBy
from services import keys, links, whose
from services.access import require
from services.runtime import runtime
from services.voters import Voter, enter_as, reading
from store import audit, meetings, participant_links
from store import family as kept
from store.engine import Connection

WORDS_NEEDED = (
    "Write who may act, and what the person wished and where that is written: nobody acts for "
    "somebody without it."
)


@dataclass(frozen=True)
class FamilyContact:
    """Who acts for a person of a meeting who has died; the link is empty if its key is gone."""

    family_contact_id: FamilyContactId
    attendance_id: AttendanceId
    name: str
    wish: str
    recorded_at: datetime
    recorded_by: str
    url: str


@dataclass(frozen=True)
class Owner:
    """Whose words a link opens: the person at one meeting, or all of theirs for the family."""

    attendance: Attendance
    attendance_ids: tuple[AttendanceId, ...]
    acts_for_them: str = ""

    @property
    def made_by(self) -> WishMadeBy:
        """Who asks, as it is noted beside a wish."""
        return WishMadeBy.FAMILY if self.acts_for_them else WishMadeBy.PERSON


def record_death(attendance_id: AttendanceId, *, name: str, wish: str) -> str:
    """Note that somebody has died and who may act for them; the address of the family's link.

    Raises
    ------
    NotAllowedNow
        If it is noted already, or the name or the person's wish is missing.
    KeyMissing
        If the person answered in an open vote whose key is gone.
    """
    actor = require(Act.RUN_MEETING, meeting_id=whose.attendance(attendance_id))
    told_name, told_wish = " ".join(name.split()), " ".join(wish.split())
    if not told_name or not told_wish:
        raise NotAllowedNow(reason=WORDS_NEEDED)
    contact_id = FamilyContactId(new_id())
    with runtime().store.write() as tx:
        attendance = meetings.attendance_by_id(tx, attendance_id)
        if kept.contact_for(tx, attendance.person_id):
            raise NotAllowedNow(reason="This is noted already. Take it back to note it anew.")
        secret = _secret(attendance.meeting_id, contact_id)
        for theirs in kept.attendances_of(tx, attendance.person_id):
            links.replace_in(tx, theirs, actor=actor.name)
        kept.add_contact(
            tx,
            kept.KeptContact(
                contact_id,
                attendance.person_id,
                attendance_id,
                told_name,
                told_wish,
                keys.link_hash(secret),
                datetime.now(UTC),
                actor.name,
            ),
        )
        audit.record(tx, actor.name, "family contact recorded", "attendance", attendance_id)
    return _url(secret)


def take_back(family_contact_id: FamilyContactId) -> None:
    """Forget a contact that was noted by mistake: their link stops, the person gets a new one."""
    with runtime().store.read() as tx:
        known = kept.contact_by_id(tx, family_contact_id)
    actor = require(Act.RUN_MEETING, meeting_id=whose.attendance(known.attendance_id))
    with runtime().store.write() as tx:
        kept.remove_contact(tx, family_contact_id)
        audit.record(tx, actor.name, "family contact taken back", "attendance", known.attendance_id)


def contacts_of(meeting_id: MeetingId) -> list[FamilyContact]:
    """Who acts for the people of a meeting who have died."""
    require(Act.RUN_MEETING, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        found = kept.contacts_at(tx, meeting_id)
        noted_at = {
            c.attendance_id: meetings.attendance_by_id(tx, c.attendance_id).meeting_id
            for c in found.values()
        }
    return [
        FamilyContact(
            known.family_contact_id,
            attendance_id,
            known.name,
            known.wish,
            known.recorded_at,
            known.recorded_by,
            _known_url(noted_at[known.attendance_id], known),
        )
        for attendance_id, known in found.items()
    ]


def visitor(secret: str) -> Voter:
    """Whoever a link belongs to: the person, or the family who act for them.

    Raises
    ------
    LinkUnknown
        If it never was, or was replaced.
    """
    with reading() as tx:
        owner = owner_of(tx, secret)
        return replace(enter_as(tx, secret, owner.attendance), acts_for_them=owner.acts_for_them)


def owner_of(tx: Connection, secret: str) -> Owner:
    """Whose words a link opens, as one transaction sees it.

    Raises
    ------
    LinkUnknown
        If it never was, or was replaced.
    """
    link_hash = keys.link_hash(secret)
    attendance_id = participant_links.attendance_of_link(tx, link_hash)
    if attendance_id is not None:
        attendance = meetings.attendance_by_id(tx, attendance_id)
        return Owner(attendance, (attendance_id,))
    contact = kept.contact_of_link(tx, link_hash)
    if contact is None:
        raise LinkUnknown
    attendance = meetings.attendance_by_id(tx, contact.attendance_id)
    return Owner(attendance, tuple(kept.attendances_of(tx, contact.person_id)), contact.name)


def _known_url(meeting_id: MeetingId, known: kept.KeptContact) -> str:
    secret = _secret(meeting_id, known.family_contact_id)
    return _url(secret) if keys.link_hash(secret) == known.link_hash else ""


def _secret(meeting_id: MeetingId, family_contact_id: FamilyContactId) -> str:
    return keys.link_secret(keys.link_key(meeting_id), f"family|{family_contact_id}")


def _url(secret: str) -> str:
    return f"{runtime().settings.public_url}/p/f/{secret}"
