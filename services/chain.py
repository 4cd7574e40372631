"""The chain of every recommendation, link by link, and which links are missing. Start at `chain`.

quote → vote → choice → initiative → launch → measure: a number for each, and what is missing of
what was chosen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.suppression import PUBLIC_K, in_words
from domain.access import Act
from domain.ballots import BallotState
from domain.ids import MeetingId, ProgrammeId, RecommendationId
from domain.initiatives import Stage
from domain.meetings import Meeting
from domain.recommendations import RecommendationState
from services.access import require
from services.ballots import results_in
from services.initiatives import InitiativeView, views
from services.meetings import meetings_of
from services.recommendations import RecommendationView, recommendations
from services.runtime import runtime
from store import ballots

NO_QUOTE = "no quote behind it"
NO_VOTE = "no vote on it"
NO_INITIATIVE = "no initiative yet"
NO_READING = "launched, and nothing was measured yet"


@dataclass(frozen=True)
class ChainOf:
    """A recommendation and what holds it; `vote` is empty without a closed one.

    `initiatives` are titles with their stage; `missing` is told of chosen ones only.
    """

    meeting: Meeting
    recommendation_id: RecommendationId
    number: int
    text: str
    n_quotes: int
    vote: str
    state: RecommendationState
    initiatives: tuple[tuple[str, Stage], ...]
    is_measured: bool
    missing: tuple[str, ...]

    @property
    def is_launched(self) -> bool:
        """Whether people can use what came of it."""
        return any(stage.is_launched for _, stage in self.initiatives)


@dataclass(frozen=True)
class MeetingChain:
    """How many of a meeting's recommendations each link holds, in the order of `LINK_NAMES`."""

    meeting: Meeting
    numbers: tuple[int, ...]


LINK_NAMES = ("Made", "Quoted", "Voted on", "Chosen", "Taken up", "Launched", "Measured")


def by_meeting(links: Sequence[ChainOf]) -> tuple[MeetingChain, ...]:
    """The chain added up, a meeting a row, in the order in which they come."""
    of_meeting: dict[Meeting, list[ChainOf]] = {}
    for link in links:
        of_meeting.setdefault(link.meeting, []).append(link)
    return tuple(
        MeetingChain(
            meeting,
            (
                len(mine),
                sum(link.n_quotes > 0 for link in mine),
                sum(bool(link.vote) for link in mine),
                sum(link.state is RecommendationState.CHOSEN for link in mine),
                sum(bool(link.initiatives) for link in mine),
                sum(link.is_launched for link in mine),
                sum(link.is_measured for link in mine),
            ),
        )
        for meeting, mine in of_meeting.items()
    )


def chain(programme_id: ProgrammeId) -> tuple[ChainOf, ...]:
    """Every recommendation of a programme, by meeting (the newest first) and number."""
    require(Act.READ, programme_id=programme_id)
    ours = _ours(programme_id)
    return tuple(
        link for held in meetings_of(programme_id) for link in _of_meeting(held.meeting, ours)
    )


def chain_of_meeting(meeting: Meeting) -> tuple[ChainOf, ...]:
    """Every recommendation of one meeting."""
    require(Act.READ, meeting_id=meeting.meeting_id)
    return tuple(_of_meeting(meeting, _ours(meeting.programme_id)))


def _ours(programme_id: ProgrammeId) -> list[InitiativeView]:
    """Documented outcomes answer nothing that was said here."""
    with runtime().store.read() as tx:
        return [v for v in views(tx, programme_id) if not v.initiative.is_documented]


def _of_meeting(meeting: Meeting, known: list[InitiativeView]) -> list[ChainOf]:
    votes = _votes(meeting.meeting_id)
    return [
        _link(meeting, view, votes.get(view.recommendation.recommendation_id, ""), known)
        for view in recommendations(meeting.meeting_id)
        if view.recommendation.state is not RecommendationState.DRAFT
    ]


def _votes(meeting_id: MeetingId) -> dict[RecommendationId, str]:
    """What may be told anywhere of the newest closed vote on each."""
    told: dict[RecommendationId, str] = {}
    with runtime().store.read() as tx:
        for ballot in ballots.ballots_of(tx, meeting_id):
            if ballot.state is BallotState.CLOSED:
                for found in results_in(tx, ballot.ballot_id, PUBLIC_K).results:
                    whole = in_words(found.vote.whole, found.wording)
                    told.setdefault(found.item.recommendation_id, whole)
    return told


def _link(
    meeting: Meeting, view: RecommendationView, vote: str, known: list[InitiativeView]
) -> ChainOf:
    wanted = view.recommendation
    asked = {wanted.recommendation_id, *(r.recommendation_id for r in view.stands_for)}
    answering = [
        v.initiative for v in known if any(a.recommendation_id in asked for a in v.answers)
    ]
    is_measured = any(m.readings for i in answering for m in i.measures)
    is_launched = any(i.stage.is_launched for i in answering)
    is_chosen = wanted.state is RecommendationState.CHOSEN
    told = (
        (not view.evidence, NO_QUOTE),
        (not vote, NO_VOTE),
        (not answering, NO_INITIATIVE),
        (is_launched and not is_measured, NO_READING),
    )
    return ChainOf(
        meeting,
        wanted.recommendation_id,
        wanted.number,
        wanted.text,
        len(view.evidence),
        vote,
        wanted.state,
        tuple((i.title, i.stage) for i in answering),
        is_measured,
        tuple(sentence for is_so, sentence in told if is_chosen and is_so),
    )
