"""What came of what people asked for: "you said → we did". Start at `what_happened`."""

from dataclasses import dataclass
from datetime import date

from analysis.suppression import Released, in_words
from domain.ballots import BallotState
from domain.ids import MeetingId, RecommendationId
from domain.initiatives import Initiative, Stage
from domain.meetings import Meeting
from domain.recommendations import Recommendation, RecommendationState
from domain.votes import Wording
from services.ballots import results_in
from services.runtime import runtime
from store import ballots, initiatives, meetings, recommendations
from store.engine import Connection
from store.outages import told_plainly

HAPPENED = {
    Stage.PROPOSED: "somebody took it up and proposed to do it",
    Stage.REFINING: "people began to work out what exactly to do",
    Stage.IN_DEVELOPMENT: "people began to make it",
    Stage.LAUNCHED: "it was launched: people can use it",
    Stage.MEASURING: "we began to measure what it changes",
    Stage.CLOSED_IMPLEMENTED: "it was finished",
    Stage.CLOSED_NOT_IMPLEMENTED: "it was ended without being done",
}

STATE = {
    RecommendationState.PROPOSED: "Not decided yet.",
    RecommendationState.CHOSEN: "The meeting chose this.",
    RecommendationState.NOT_CHOSEN: "The meeting did not choose this.",
}


@dataclass(frozen=True)
class Happening:
    """One thing that happened, in plain words; the day is None where it is not known."""

    happened_on: date | None
    step: str
    reason: str = ""

    @property
    def words(self) -> str:
        """The step, with the reason if one was given."""
        return ": ".join(filter(None, (self.step, self.reason)))


@dataclass(frozen=True)
class Answered:
    """An initiative as those read it who asked for it."""

    title: str
    summary: str
    happenings: tuple[Happening, ...]
    link: str
    source: str


@dataclass(frozen=True)
class VoteTold:
    """What may be told of a vote, and in the words of which method."""

    released: Released
    wording: Wording

    def __str__(self) -> str:
        return in_words(self.released, self.wording)


@dataclass(frozen=True)
class Asked:
    """A recommendation, how the vote on it went, and what answers it."""

    number: int
    text: str
    decision: str
    vote: VoteTold | None
    answers: tuple[Answered, ...]
    joined_with: int | None = None

    @property
    def state(self) -> str:
        """Where it stands, in one sentence."""
        if self.joined_with is None:
            return self.decision
        return f"It says the same as recommendation {self.joined_with}, which stands for both."


@dataclass(frozen=True)
class WhatHappened:
    """A meeting's recommendations with what came of them; documented initiatives stand apart."""

    meeting: Meeting
    asked: tuple[Asked, ...]
    documented: tuple[Answered, ...]


def what_happened(meeting_id: MeetingId) -> WhatHappened:
    """What came of a meeting, for the people who were there."""
    with told_plainly(), runtime().store.read() as tx:
        meeting = meetings.meeting_by_id(tx, meeting_id)
        known = initiatives.initiatives_of(tx, meeting.programme_id)
        votes = _votes(tx, meeting_id)
        asked = [
            r
            for r in recommendations.recommendations_of(tx, meeting_id)
            if r.state is not RecommendationState.DRAFT
        ]
        number_of = {r.recommendation_id: r.number for r in asked}
    ours = [i for i in known if not i.is_documented]
    return WhatHappened(
        meeting,
        tuple(
            _asked(
                r,
                votes.get(r.recommendation_id),
                ours,
                number_of.get(r.merged_into) if r.merged_into else None,
            )
            for r in asked
        ),
        tuple(_answered(i) for i in known if i.is_documented),
    )


def _votes(tx: Connection, meeting_id: MeetingId) -> dict[RecommendationId, VoteTold]:
    """What may be told of the newest closed vote on each recommendation."""
    told: dict[RecommendationId, VoteTold] = {}
    for ballot in ballots.ballots_of(tx, meeting_id):
        if ballot.state is BallotState.CLOSED:
            for result in results_in(tx, ballot.ballot_id).results:
                told.setdefault(
                    result.item.recommendation_id, VoteTold(result.vote.whole, result.wording)
                )
    return told


def _asked(
    asked: Recommendation, vote: VoteTold | None, known: list[Initiative], joined_with: int | None
) -> Asked:
    answers = tuple(_answered(i) for i in known if asked.recommendation_id in i.answers)
    return Asked(asked.number, asked.text, STATE[asked.state], vote, answers, joined_with)


def _answered(initiative: Initiative) -> Answered:
    happenings = tuple(
        Happening(e.happened_on, HAPPENED[e.stage], e.reason.strip()) for e in initiative.events
    )
    return Answered(
        initiative.title, initiative.summary, happenings, initiative.link, initiative.source
    )
