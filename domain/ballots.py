"""Ballots: who has voted and what was voted are kept apart. Start at `Ballot`."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.ids import BallotId, MeetingId, RecommendationId
from domain.votes import Method


class BallotState(StrEnum):
    """A ballot only moves forward."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Secrecy(StrEnum):
    """Frozen at the first vote."""

    CONFIDENTIAL = "confidential"
    NAMED = "named"


class AnsweringMode(StrEnum):
    """Who presses and whose answers they are."""

    MYSELF = "myself"
    ASSISTED = "someone presses for me"
    PROXY = "for someone else"


@dataclass(frozen=True)
class BallotItem:
    """A recommendation as it was worded when the ballot opened."""

    position: int
    recommendation_id: RecommendationId
    text: str


@dataclass(frozen=True)
class Ballot:
    """A vote over a meeting's recommendations."""

    ballot_id: BallotId
    meeting_id: MeetingId
    title: str
    secrecy: Secrecy
    state: BallotState
    opened_at: datetime | None
    closed_at: datetime | None
    items: tuple[BallotItem, ...]
    method: Method = Method.AGREEMENT


@dataclass(frozen=True)
class ProxyConsent:
    """That a person agreed to be answered for: by whom, and how and when they said so."""

    proxy_name: str
    how_given: str
    recorded_at: datetime
    recorded_by: str
