"""What stands on the wall of the room, and who put it there. Start at `on_the_wall`.

Nothing reaches the wall until somebody presses Show. What is shown is read anew each time, so
that words which were taken back meanwhile vanish from it too.
"""

from dataclasses import dataclass
from enum import StrEnum

from analysis.suppression import ROOM_K, Released, in_words
from domain.access import Act
from domain.ballots import BallotState
from domain.errors import NotAllowedNow, NotFound
from domain.ids import MeetingId, RecommendationId, ThemeId
from domain.recommendations import Recommendation
from domain.talk import Quote
from domain.votes import Wording
from services.access import require
from services.ballots import results_in
from services.recommendation_reading import shown_of
from services.runtime import runtime
from services.themes import public_theme
from store import audit, ballots, meetings, room
from store.engine import Connection

MOST_QUOTES = 2


class Showing(StrEnum):
    """What can be put on the wall."""

    THEME = "theme"
    RECOMMENDATION = "recommendation"
    RESULT = "result"


@dataclass(frozen=True)
class Wall:
    """One thing in large type: a line above, the words, and lines below."""

    above: str
    words: str
    below: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    is_asked_for: bool = True
    """False while nobody pressed Show: then the challenge of the meeting stands there."""


def on_the_wall(meeting_id: MeetingId) -> Wall:
    """What the room sees now."""
    require(Act.READ, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        meeting = meetings.meeting_by_id(tx, meeting_id)
        asked = room.now_shown(tx, meeting_id)
    challenge = Wall(meeting.label, meeting.challenge, is_asked_for=False)
    if asked is None:
        return challenge
    try:
        return _wall(meeting_id, Showing(asked.kind), asked.subject_id)
    except (NotFound, NotAllowedNow):
        # It was taken back, deleted or reopened since: the wall never keeps what others lost.
        return challenge


def show(meeting_id: MeetingId, kind: Showing, subject_id: str) -> None:
    """Put something on the wall.

    Raises
    ------
    NotAllowedNow
        If it may not be shown to everybody in the room, with the reason.
    NotFound
        If it is not of this meeting.
    """
    by = require(Act.RUN_MEETING, meeting_id=meeting_id)
    _wall(meeting_id, kind, subject_id)
    with runtime().store.write() as tx:
        room.put_up(tx, meeting_id, kind, subject_id, by.name)
        audit.record(tx, by.name, "shown in the room", kind, subject_id)


def clear(meeting_id: MeetingId) -> None:
    """Show the challenge again, and nothing else."""
    by = require(Act.RUN_MEETING, meeting_id=meeting_id)
    with runtime().store.write() as tx:
        room.take_down(tx, meeting_id)
        audit.record(tx, by.name, "room cleared", "meeting", meeting_id)


def _wall(meeting_id: MeetingId, kind: Showing, subject_id: str) -> Wall:
    if kind is Showing.THEME:
        return _theme(meeting_id, ThemeId(subject_id))
    with runtime().store.read() as tx:
        shown = {r.recommendation_id: r for r in shown_of(tx, meeting_id)}
        recommendation = shown.get(RecommendationId(subject_id))
        if recommendation is None:
            raise NotFound(kind="recommendation of this meeting", id=subject_id)
        if kind is Showing.RECOMMENDATION:
            return Wall(f"Recommendation {recommendation.number}", recommendation.text)
        return _result(tx, recommendation)


def _theme(meeting_id: MeetingId, theme_id: ThemeId) -> Wall:
    """A theme with a few of its words, as far as everybody may see it."""
    theme = public_theme(meeting_id, theme_id, ROOM_K)
    who = (
        f"{theme.n_people} people spoke of this" if theme.n_people else "several people spoke of it"
    )
    said = tuple(one.quote for one in theme.quotes[:MOST_QUOTES])
    return Wall(f"Theme {theme.rank + 1}: {who}", theme.name, quotes=said)


def _result(tx: Connection, recommendation: Recommendation) -> Wall:
    """The newest closed vote on it, as released for the room."""
    for ballot in ballots.ballots_of(tx, recommendation.meeting_id):
        asked = {item.recommendation_id: item for item in ballot.items}
        if ballot.state is BallotState.CLOSED and recommendation.recommendation_id in asked:
            found = results_in(tx, ballot.ballot_id).results
            result = next(
                r for r in found if r.item.recommendation_id == recommendation.recommendation_id
            )
            parts = (result.vote.whole, *result.vote.groups)
            told = tuple(_told(part, result.wording) for part in parts)
            words = asked[recommendation.recommendation_id].text
            return Wall(f"Recommendation {recommendation.number}: the vote", words, told)
    raise NotAllowedNow(reason="Nobody has voted on this yet, or the vote is still open.")


def _told(part: Released, wording: Wording) -> str:
    return f"{part.label}, {part.n}: {in_words(part, wording)}"
