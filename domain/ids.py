"""Names of the identifiers, so that one is not passed for another. Start at `new_id`."""

import secrets
from typing import NewType

ProgrammeId = NewType("ProgrammeId", str)
MeetingId = NewType("MeetingId", str)
PersonId = NewType("PersonId", str)
AttendanceId = NewType("AttendanceId", str)
TranscriptId = NewType("TranscriptId", str)
StatementId = NewType("StatementId", str)
TranslationId = NewType("TranslationId", str)
UtteranceId = NewType("UtteranceId", str)
RevisionId = NewType("RevisionId", str)
PassageId = NewType("PassageId", str)
RunId = NewType("RunId", str)
ThemeId = NewType("ThemeId", str)
ThemeEditId = NewType("ThemeEditId", str)
RecommendationId = NewType("RecommendationId", str)
EvidenceId = NewType("EvidenceId", str)
BallotId = NewType("BallotId", str)
InitiativeId = NewType("InitiativeId", str)
MeasureId = NewType("MeasureId", str)
JobId = NewType("JobId", str)
CheckId = NewType("CheckId", str)
AccountId = NewType("AccountId", str)
FamilyContactId = NewType("FamilyContactId", str)
OwnerLinkId = NewType("OwnerLinkId", str)
GuidedSessionId = NewType("GuidedSessionId", str)
PanelId = NewType("PanelId", str)


def new_id() -> str:
    """Random, so that an id tells neither an order nor a neighbour (72 bits, 12 characters).

    It never begins with a hyphen, which a command line would take for an option.
    """
    while (made := secrets.token_urlsafe(9)).startswith("-"):
        pass
    return made
