"""What participants write themselves, from a draft to what became of it. Start at `Statement`."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.ids import AttendanceId, MeetingId, StatementId, UtteranceId
from domain.people import StakeholderGroup

MOST_LETTERS = 4000
"""How long a statement may be when it is sent."""
MOST_KEPT = 40_000
"""How long a draft may be: what is too long to send is kept, so that it can be shortened."""
MOST_STATEMENTS = 30
"""How many one person may have at a meeting."""


class StatementState(StrEnum):
    """Where a statement stands; only its author reads a draft."""

    DRAFT = "draft"
    SENT = "sent"
    SENT_BACK = "sent back"
    SET_ASIDE = "set aside"
    ACCEPTED = "accepted"


@dataclass(frozen=True)
class Statement:
    """A statement of one person at one meeting.

    The words of an accepted one are those of its utterance, and its own are empty.
    """

    statement_id: StatementId
    attendance_id: AttendanceId
    meeting_id: MeetingId
    stakeholder_group: StakeholderGroup
    text: str
    language: str
    state: StatementState
    reason: str
    changed_at: datetime
    utterance_id: UtteranceId | None = None
