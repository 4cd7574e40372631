"""Ballots: who has voted and what was voted are kept apart. Start at `Ballot`."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import ceil

from domain.ids import BallotId, MeetingId, RecommendationId
from domain.votes import Asks, Method


class BallotState(StrEnum):
    """A ballot only moves forward."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Secrecy(StrEnum):
    """Chosen when a ballot is made, and never changed: the store refuses it."""

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
class Quorum:
    """How many have to answer, said before anybody did: a number, or a share of those invited."""

    n: int | None = None
    share: float | None = None

    def needed(self, n_invited: int) -> int:
        """How many people that is.

        >>> [Quorum(share=0.5).needed(9), Quorum(n=7).needed(9)]
        [5, 7]
        """
        return self.n if self.n is not None else ceil((self.share or 0.0) * n_invited)

    def is_reached(self, n_answered: int, n_invited: int) -> bool:
        """Whether as many answered as had to; it hides or shows nothing."""
        return n_answered >= self.needed(n_invited)


@dataclass(frozen=True)
class Times:
    """When a vote opens and closes by itself; None: when somebody presses."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None


@dataclass(frozen=True)
class Ballot:
    """A vote over a meeting's recommendations.

    `ended_at` is when it closed for everybody without an extension, `closed_at` when for all.
    """

    ballot_id: BallotId
    meeting_id: MeetingId
    title: str
    secrecy: Secrecy
    state: BallotState
    opened_at: datetime | None
    closed_at: datetime | None
    items: tuple[BallotItem, ...]
    method: Method = Method.AGREEMENT
    times: Times = Times()
    ended_at: datetime | None = None
    quorum: Quorum | None = None
    imported_from: str = ""
    asks: Asks | None = None
    """What a panel rates in it; None where it is a vote of everybody."""

    def is_running_at(self, now: datetime) -> bool:
        """Whether everybody may answer at a moment."""
        closes_at = self.times.closes_at
        is_before = closes_at is None or now < closes_at
        return self.state is BallotState.OPEN and self.ended_at is None and is_before

    @property
    def ended(self) -> datetime | None:
        """When it closed for people without an extension, as they are told."""
        return self.ended_at or self.closed_at or self.times.closes_at


@dataclass(frozen=True)
class ProxyConsent:
    """That a person agreed to be answered for: by whom, and how and when they said so."""

    proxy_name: str
    how_given: str
    recorded_at: datetime
    recorded_by: str
