"""What a whole meeting was told about its words. Start at `agreement_of`."""

from dataclasses import dataclass
from enum import StrEnum

from domain.access import Act
from domain.errors import NotAllowedNow
from domain.ids import MeetingId
from domain.talk import ConsentUse
from services.access import require
from services.runtime import runtime
from store import audit, consent


class Told(StrEnum):
    """How people were told what may be done with their words."""

    ANNOUNCED = "announced in the room"
    FORM = "on a form that they signed"
    NOTHING = "nothing yet"


@dataclass(frozen=True)
class MeetingAgreement:
    """What holds for whoever said nothing themselves, and where that is written."""

    is_asked: bool
    may_group: bool
    may_quote: bool
    written_where: str


def agreement_of(meeting_id: MeetingId) -> MeetingAgreement:
    """What was recorded for the whole meeting; one source may have an agreement of its own."""
    require(Act.READ, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        agreed = consent.read_agreements(tx, meeting_id)
        told = consent.told_everybody(tx, meeting_id)
    return MeetingAgreement(
        told is not None,
        agreed.for_all(None, ConsentUse.GROUPED),
        agreed.for_all(None, ConsentUse.QUOTED),
        told[0] if told else "",
    )


def record_agreement(
    meeting_id: MeetingId,
    told: Told,
    *,
    may_quote: bool,
    written_where: str,
    author: str = "facilitator",
) -> None:
    """Write down what people were told. "Nothing yet" leaves all words with the staff.

    Raises
    ------
    NotAllowedNow
        If nobody says where it is written.
    """
    require(Act.RUN_MEETING, meeting_id=meeting_id)
    where = written_where.strip()
    if told is not Told.NOTHING and not where:
        raise NotAllowedNow(
            reason="Say where it is written, or who announced it and when: others may ask."
        )
    is_told = told is not Told.NOTHING
    given = {
        ConsentUse.RECORDED: True,
        ConsentUse.GROUPED: is_told,
        ConsentUse.QUOTED: is_told and may_quote,
    }
    with runtime().store.write() as tx:
        consent.add_consent(
            tx,
            meeting_id,
            given,
            written_where=f"{told.value}: {where}" if is_told else told.value,
            recorded_by=author,
        )
        audit.record(tx, author, "agreement recorded", "meeting", meeting_id)
