"""Recommendations and the words that support them. Start at `Recommendation`."""

from dataclasses import dataclass
from enum import StrEnum

from domain.ids import EvidenceId, MeetingId, RecommendationId, ThemeId, UtteranceId
from domain.people import StakeholderGroup
from domain.talk import Quote


class RecommendationState(StrEnum):
    """Where a recommendation stands before it becomes an initiative."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    CHOSEN = "chosen"
    NOT_CHOSEN = "not chosen"


class LossReason(StrEnum):
    """Why a quote stands behind a recommendation no more."""

    WITHDRAWN = "withdrawn"
    ERASED = "erased"
    TEXT_CHANGED = "text changed"
    ENDED = "programme ended"


@dataclass(frozen=True)
class Recommendation:
    """What the table recommends, in its newest wording."""

    recommendation_id: RecommendationId
    meeting_id: MeetingId
    number: int
    state: RecommendationState
    text: str
    revision_number: int
    theme_id: ThemeId | None = None


@dataclass(frozen=True)
class Evidence:
    """A verified quote that supports a recommendation, and who said it in general terms."""

    evidence_id: EvidenceId
    recommendation_id: RecommendationId
    utterance_id: UtteranceId
    quote: Quote
    stakeholder_group: StakeholderGroup | None
    start_s: float | None
    place: str
