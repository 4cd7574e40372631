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


class Direction(StrEnum):
    """What a quote does for a recommendation; a person decides it, never the machine."""

    SUPPORTS = "supports"
    SPEAKS_AGAINST = "speaks against"


class Clearness(StrEnum):
    """How clearly a sentence proposes something, as the machine takes it."""

    CLEAR = "clearly a proposal"
    LIKELY = "probably a proposal"
    PERHAPS = "perhaps a proposal"


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
    merged_into: RecommendationId | None = None
    """The one of the same meeting that stands for it since; None while it stands for itself."""
    decided_because: str = ""
    """Why the meeting decided so, in its own words; empty where it is not told."""


@dataclass(frozen=True)
class Evidence:
    """A verified quote about a recommendation, and who said it in general terms."""

    evidence_id: EvidenceId
    recommendation_id: RecommendationId
    utterance_id: UtteranceId
    quote: Quote
    stakeholder_group: StakeholderGroup | None
    start_s: float | None
    place: str
    direction: Direction = Direction.SUPPORTS
