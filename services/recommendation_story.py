"""A recommendation's story, from the meeting that asked down to today. Start at `story`."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from analysis.suppression import in_words
from domain.access import Act
from domain.ballots import Ballot, BallotState
from domain.ids import MeetingId, RecommendationId
from domain.initiatives import StageEvent
from domain.meetings import Meeting
from domain.recommendations import Direction, LossReason, Recommendation, RecommendationState
from services import whose
from services.access import require
from services.ballots import results_in
from services.recommendation_reading import joined_with, verified_evidence
from services.runtime import runtime
from store import anchors, ballots, initiatives, meetings, recommendations
from store.engine import Connection

_DECIDED = {
    RecommendationState.CHOSEN: "The meeting chose it",
    RecommendationState.NOT_CHOSEN: "The meeting did not choose it",
}


_LOST = {
    LossReason.WITHDRAWN: "withdrawn",
    LossReason.ERASED: "erased",
    LossReason.TEXT_CHANGED: "lost, because the words were released anew without them",
    LossReason.ENDED: "not kept after the programme",
}


@dataclass(frozen=True)
class StoryEvent:
    """One thing that happened to a recommendation; the day is None where it is not known."""

    on: date | None
    sentence: str


def story(recommendation_id: RecommendationId) -> tuple[StoryEvent, ...]:
    """What happened to a recommendation, in the order of the chain."""
    require(Act.READ, meeting_id=whose.recommendation(recommendation_id))
    with runtime().store.read() as tx:
        wanted = recommendations.recommendation_by_id(tx, recommendation_id)
        meeting = meetings.meeting_by_id(tx, wanted.meeting_id)
        is_sample = _is_sample(tx, meeting)
        return (
            _asked(tx, wanted, meeting),
            *_reworded(tx, recommendation_id),
            *_lost(tx, recommendation_id),
            *_voted(tx, wanted, is_dated=not is_sample),
            *_joined(tx, wanted),
            *_decided(wanted),
            *_done(tx, wanted, meeting),
        )


def vote_told(meeting_id: MeetingId, recommendation_id: RecommendationId) -> str:
    """How the newest closed vote on it went, as far as it may be told; empty without one."""
    require(Act.READ, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        for ballot in ballots.ballots_of(tx, meeting_id):
            if ballot.state is BallotState.CLOSED and _asks(ballot, recommendation_id):
                return _result(tx, ballot, recommendation_id)
    return ""


def _is_sample(tx: Connection, meeting: Meeting) -> bool:
    return any(
        p.is_sample for p in meetings.programmes(tx) if p.programme_id == meeting.programme_id
    )


def _asked(tx: Connection, wanted: Recommendation, meeting: Meeting) -> StoryEvent:
    evidence, _ = verified_evidence(tx, [wanted.recommendation_id])
    quotes = evidence.get(wanted.recommendation_id, ())
    n_against = sum(e.direction is Direction.SPEAKS_AGAINST for e in quotes)
    n_quotes = len(quotes) - n_against
    told = f"{meeting.label} asked for it"
    if n_quotes:
        told += f"; {n_quotes} {'quote stands' if n_quotes == 1 else 'quotes stand'} behind it"
    if n_against:
        told += f"; {n_against} {'speaks' if n_against == 1 else 'speak'} against it"
    return StoryEvent(meeting.held_on, told)


def _reworded(tx: Connection, recommendation_id: RecommendationId) -> Iterator[StoryEvent]:
    for number, _, created_at, _ in recommendations.wordings_of(tx, recommendation_id)[1:]:
        yield StoryEvent(_day(created_at), f"It was worded anew (wording {number})")


def _lost(tx: Connection, recommendation_id: RecommendationId) -> Iterator[StoryEvent]:
    """Sources that went, by day and reason; neither whose nor what."""
    lost = anchors.losses_of(tx, [recommendation_id]).get(recommendation_id, [])
    counted = Counter((_day(at), reason) for at, reason in lost)
    for (on, reason), n in counted.items():
        yield StoryEvent(on, f"{n} {'source' if n == 1 else 'sources'} {_LOST[reason]}")


def _voted(tx: Connection, wanted: Recommendation, *, is_dated: bool) -> Iterator[StoryEvent]:
    """Votes from the first on; those of the sample happened on no day, whenever it was loaded."""
    for ballot in reversed(ballots.ballots_of(tx, wanted.meeting_id)):
        if not _asks(ballot, wanted.recommendation_id) or ballot.state is BallotState.DRAFT:
            continue
        opened, closed = _day(ballot.opened_at), _day(ballot.closed_at)
        if ballot.state is BallotState.OPEN:
            sentence = f"The vote “{ballot.title}” opened and is still open"
            yield StoryEvent(opened if is_dated else None, sentence)
            continue
        if opened != closed and is_dated:
            yield StoryEvent(opened, f"The vote “{ballot.title}” opened")
        told = _result(tx, ballot, wanted.recommendation_id)
        yield StoryEvent(closed if is_dated else None, f"The vote “{ballot.title}” closed: {told}")


def _asks(ballot: Ballot, recommendation_id: RecommendationId) -> bool:
    return any(item.recommendation_id == recommendation_id for item in ballot.items)


def _result(tx: Connection, ballot: Ballot, recommendation_id: RecommendationId) -> str:
    found = results_in(tx, ballot.ballot_id)
    asked = next(r for r in found.results if r.item.recommendation_id == recommendation_id)
    n = found.progress
    told = in_words(asked.vote.whole, asked.wording).removesuffix(f" ({n.n_answered} answered)")
    return f"{n.n_answered} of {n.n_invited} people voted; {told}"


def _joined(tx: Connection, wanted: Recommendation) -> Iterator[StoryEvent]:
    """Which one stands for it, and for which others it stands itself."""
    if wanted.merged_into is not None:
        into = recommendations.recommendation_by_id(tx, wanted.merged_into)
        yield StoryEvent(None, f"It was joined with recommendation {into.number}")
    found = recommendations.recommendations_of(tx, wanted.meeting_id)
    for one in joined_with(wanted.recommendation_id, found):
        yield StoryEvent(None, f"It stands for recommendation {one.number} as well")


def _decided(wanted: Recommendation) -> Iterator[StoryEvent]:
    if wanted.state in _DECIDED:
        because = f": {wanted.decided_because}" if wanted.decided_because else ""
        yield StoryEvent(None, f"{_DECIDED[wanted.state]}{because}")


def _done(tx: Connection, wanted: Recommendation, meeting: Meeting) -> Iterator[StoryEvent]:
    """What the initiatives that answer it went through, each after its day."""
    answering = [
        initiative
        for initiative in initiatives.initiatives_of(tx, meeting.programme_id)
        if wanted.recommendation_id in initiative.answers
    ]
    found = [(event, initiative) for initiative in answering for event in initiative.events]
    found.sort(key=lambda pair: pair[0].happened_on or date.max)
    for number, (event, initiative) in enumerate(found):
        # One initiative is named once; several are told apart each time.
        is_named = number == 0 or len(answering) > 1
        yield StoryEvent(event.happened_on, _step(event, initiative.title if is_named else ""))


def _step(event: StageEvent, title: str) -> str:
    because = f" ({event.reason.strip()})" if event.reason.strip() else ""
    stage = event.stage.value
    return f"{title}, {stage}{because}" if title else f"{stage.capitalize()}{because}"


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone().date() if moment else None
