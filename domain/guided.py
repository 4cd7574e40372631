"""Priority setting that is led step by step. Start at `GuidedSession`.

The steps are those of James Lind Alliance workshops (JLA Guidebook, chapter 8): everybody alone,
mixed small groups, other mixed small groups, everybody together.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.ids import AttendanceId, BallotId, GuidedSessionId, MeetingId, RecommendationId

SMALLEST_GROUP = 3
"""With fewer people a group's order would be the order of one or two of them."""


class Step(StrEnum):
    """Where a session is; it can go back."""

    ALONE = "everybody alone"
    FIRST = "first round"
    MIX = "mixing again"
    SECOND = "second round"
    TOGETHER = "everybody together"

    @property
    def number(self) -> int:
        """1 for the first."""
        return list(Step).index(self) + 1


class Round(StrEnum):
    """Small groups sit twice."""

    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True)
class GuidedSession:
    """A session over recommendations of one meeting.

    ``ballot_id`` is the vote in which everybody put them in order alone; None without one.
    """

    session_id: GuidedSessionId
    meeting_id: MeetingId
    step: Step
    started_at: datetime
    ballot_id: BallotId | None
    options: tuple[RecommendationId, ...]


@dataclass(frozen=True)
class Seats:
    """Who sits in which small group of a round, 1 the first; who is left out sits in none."""

    seed: int
    n_groups: int
    group_of: dict[AttendanceId, int]

    def group(self, number: int) -> tuple[AttendanceId, ...]:
        """Who sits in one of the groups."""
        return tuple(who for who, where in self.group_of.items() if where == number)

    @property
    def groups(self) -> tuple[tuple[AttendanceId, ...], ...]:
        """Everybody who sits, by group."""
        return tuple(self.group(number) for number in range(1, self.n_groups + 1))
