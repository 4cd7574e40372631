"""What lies in front of a reviewer: the opened page, the turn at hand, words marked by hand.

Start at `Desk`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from domain.identifiers import IdentifierKind, Suggestion
from domain.ids import MeetingId, UtteranceId
from services import review
from services.review import Page, ReviewTurn
from ui import session

BY_HAND = "marked by the reviewer"


@dataclass(frozen=True)
class Desk:
    """A page that was opened and where in it the reviewer is; it holds ids and no turn's words.

    `seen` are turns of the pages before: they do not come again until the queue is opened anew.
    """

    page: Page
    place: int = 0
    seen: frozenset[UtteranceId] = frozenset()
    marked: Mapping[UtteranceId, tuple[Suggestion, ...]] = field(default_factory=dict)

    @property
    def at_hand(self) -> UtteranceId | None:
        """The turn to decide about; None at the end of the page."""
        turns = self.page.turns
        return turns[self.place] if self.place < len(turns) else None

    def of_turn(self, turn: ReviewTurn) -> tuple[Suggestion, ...]:
        """Every stretch that may be hidden: what the machine found and what was marked by hand."""
        return (*turn.suggestions, *self.marked.get(turn.turn.utterance_id, ()))


def opened(meeting_id: MeetingId) -> Desk | None:
    """The desk of a meeting in this browser; None before a reason was given."""
    found = session.review_of(meeting_id)
    return found if isinstance(found, Desk) else None


def put(desk: Desk) -> None:
    """Keep it for the next run."""
    session.keep_review(desk.page.meeting_id, desk)


def clear(meeting_id: MeetingId) -> None:
    """Close the page: to read on, a reason is asked again."""
    session.keep_review(meeting_id, None)


def step(desk: Desk, n: int = 1) -> None:
    """Go to the next turn of the page, or back to the one before."""
    put(replace(desk, place=max(0, desk.place + n)))


def turn_page(desk: Desk) -> None:
    """Open the next turns for the same reason."""
    seen = desk.seen | set(desk.page.turns)
    page = review.queue(
        desk.page.meeting_id, reason=desk.page.reason, shelf=desk.page.shelf, skip=seen
    )
    put(Desk(page, seen=seen))


def look_around(desk: Desk, utterance_id: UtteranceId) -> None:
    """Open what was said before and after a turn."""
    put(replace(desk, page=review.look_around(desk.page, utterance_id)))


def mark(desk: Desk, turn: ReviewTurn, words: str, kind: IdentifierKind) -> int:
    """Mark words wherever they stand in the turn, to be hidden too; how many places."""
    text, utterance_id = turn.turn.said.text, turn.turn.utterance_id
    places, at = [], text.find(words) if words else -1
    while at >= 0:
        places.append(Suggestion(at, at + len(words), kind, BY_HAND, 1.0))
        at = text.find(words, at + len(words))
    known = desk.marked.get(utterance_id, ())
    new = tuple(one for one in places if one not in known)
    put(replace(desk, marked={**desk.marked, utterance_id: (*known, *new)}))
    return len(places)
