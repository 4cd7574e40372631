"""Who may answer in somebody's place, as that person agreed. Start at `write_down`."""

from domain.access import Act
from domain.ballots import ProxyConsent
from domain.errors import NotAllowedNow
from domain.ids import AttendanceId, MeetingId
from services import whose
from services.access import require
from services.runtime import runtime
from store import audit, meetings
from store import proxies as kept


def write_down(
    attendance_id: AttendanceId, proxy_name: str, how_given: str, *, actor: str = "facilitator"
) -> None:
    """Write down that a person agreed to be answered for, and how they said so.

    Raises
    ------
    NotAllowedNow
        If it is not said who may answer, or how the person agreed.
    """
    require(Act.RUN_MEETING, meeting_id=whose.attendance(attendance_id))
    name, how = proxy_name.strip(), how_given.strip()
    if not name or not how:
        raise NotAllowedNow(
            reason="Write down who may answer and how the person agreed to it, such as in an "
            "e-mail of a day, or by the eyes, with whom as witness."
        )
    with runtime().store.write() as tx:
        kept.set_consent(tx, attendance_id, name, how, actor)
        audit.record(tx, actor, "answering for somebody allowed", "attendance", attendance_id)


def take_back(attendance_id: AttendanceId, *, actor: str = "facilitator") -> None:
    """From now on nobody may answer for this person; what was answered stays until they answer."""
    require(Act.RUN_MEETING, meeting_id=whose.attendance(attendance_id))
    with runtime().store.write() as tx:
        kept.end_consent(tx, attendance_id)
        audit.record(tx, actor, "answering for somebody ended", "attendance", attendance_id)


def proxies_at(meeting_id: MeetingId) -> dict[AttendanceId, ProxyConsent]:
    """Everybody at a meeting who agreed to be answered for."""
    require(Act.RUN_MEETING, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        found = {
            a.attendance_id: kept.consent_of(tx, a.attendance_id)
            for a in meetings.roster_of(tx, meeting_id)
        }
    return {who: consent for who, consent in found.items() if consent}
