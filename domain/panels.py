"""Panels of experts who rate recommendations in two rounds (RAND/UCLA). See `Panel`."""

from dataclasses import dataclass
from datetime import datetime

from domain.ids import BallotId, MeetingId, PanelId
from domain.votes import Asks

FIRST, SECOND = 1, 2


@dataclass(frozen=True)
class Panel:
    """A panel of one meeting, with the vote of each round and question that was opened."""

    panel_id: PanelId
    meeting_id: MeetingId
    started_at: datetime
    ballots: dict[tuple[int, Asks], BallotId]

    @property
    def round(self) -> int:
        """The newest round."""
        return max((number for number, _ in self.ballots), default=FIRST)

    def of_round(self, number: int) -> dict[Asks, BallotId]:
        """The votes of a round."""
        return {asks: b for (n, asks), b in self.ballots.items() if n == number}
