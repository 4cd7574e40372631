"""Read what was heard before others see it. Start at `queue`.

Words that were not released are returned only to a reviewer who said why, and only for turns of
a page that was opened here, which is written down once. What others see changes in `releasing` and
`bulk_release`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.access import Act
from domain.errors import NotAllowedNow, NotFound
from domain.identifiers import Suggestion
from domain.ids import MeetingId, UtteranceId
from domain.review import ReviewState, Why
from services import hide_suggestions
from services.access import require
from services.review_order import in_order
from services.review_turns import Turn, the_turn, turns_in
from services.runtime import runtime
from store import anchors, audit
from store import review as kept
from store.engine import Connection

PAGE = 20
N_AROUND = 2
MOST_OF_A_REASON = 200


class Shelf(StrEnum):
    """Which turns a reviewer asks for."""

    FIRST = "to read first"
    WAITING = "everything that waits"
    HELD_BACK = "held back"
    RELEASED = "released"


@dataclass(frozen=True)
class Progress:
    """How far the review of a meeting is; nobody decides about the last two."""

    n_waiting: int
    n_released: int
    n_held_back: int
    n_taken_back: int
    n_not_agreed: int
    n_withdrawn: int

    @property
    def n_in_queue(self) -> int:
        return self.n_waiting + self.n_taken_back


@dataclass(frozen=True)
class Page:
    """Turns that somebody opened, and said why; it holds no words and is the key to read them."""

    meeting_id: MeetingId
    reason: str
    shelf: Shelf
    turns: tuple[UtteranceId, ...]
    whys: Mapping[UtteranceId, tuple[Why, ...]]
    n_more: int
    neighbours: frozenset[UtteranceId] = frozenset()
    looked_around: frozenset[UtteranceId] = frozenset()


@dataclass(frozen=True)
class ReviewTurn:
    """A turn in front of a reviewer: its words, what the machine would hide, what it asks.

    Not checked yet: the machine did not look through these very words, so it suggests nothing.
    """

    turn: Turn
    suggestions: tuple[Suggestion, ...]
    is_checked: bool
    prompts: tuple[str, ...]
    whys: tuple[Why, ...]
    released: str
    n_recommendations: int


def progress(meeting_id: MeetingId) -> Progress:
    """How many turns wait, are released, held back or were taken back."""
    require(Act.READ, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        turns = turns_in(tx, meeting_id)
    open_ones = [t for t in turns if t.is_agreed and not t.is_withdrawn]
    n = {state: sum(t.state is state for t in open_ones) for state in ReviewState}
    return Progress(
        n[ReviewState.WAITING],
        n[ReviewState.RELEASED],
        n[ReviewState.HELD_BACK],
        n[ReviewState.TAKEN_BACK],
        sum(not t.is_agreed for t in turns),
        sum(t.is_agreed and t.is_withdrawn for t in turns),
    )


def queue(
    meeting_id: MeetingId,
    *,
    reason: str,
    shelf: Shelf = Shelf.FIRST,
    skip: Collection[UtteranceId] = (),
) -> Page:
    """Open the next turns that others are about to see; written down once, with the reason.

    Raises
    ------
    NotAllowedNow
        If no reason is given.
    """
    actor = require(Act.READ_RAW, meeting_id=meeting_id)
    told = given(reason, "why you read words that were not released")
    with runtime().store.write() as tx:
        whys = _shelved(tx, meeting_id, shelf)
        wanted = [turn for turn in whys if turn not in skip]
        first = tuple(wanted[:PAGE])
        opened = Page(
            meeting_id, told, shelf, first, {u: whys[u] for u in first}, len(wanted[PAGE:])
        )
        if opened.turns:
            _note_read(tx, actor.name, opened, len(opened.turns))
    return opened


def turn(page: Page, utterance_id: UtteranceId) -> ReviewTurn:
    """A turn of an opened page, as it is now."""
    require(Act.READ_RAW, meeting_id=page.meeting_id)
    _must_be_open(page, utterance_id)
    with runtime().store.read() as tx:
        found = the_turn(tx, utterance_id)
        source, release = found.texts.source, found.texts.release
        suggested = hide_suggestions.suggestions_of([source]).get(source, ())
        is_shown = found.state is ReviewState.RELEASED and release is not None
        words = kept.words_of(tx, [release] if is_shown and release else [])
        behind = anchors.n_behind(tx, [utterance_id])
    return ReviewTurn(
        found,
        tuple(suggested),
        source in hide_suggestions.searched(page.meeting_id, [source]),
        hide_suggestions.prompts_for(found.said.text),
        page.whys.get(utterance_id, ()),
        words.get(release, "") if release else "",
        behind.get(utterance_id, 0),
    )


def look_around(page: Page, utterance_id: UtteranceId) -> Page:
    """Open what was said just before and after a turn, too; written down like the page."""
    actor = require(Act.READ_RAW, meeting_id=page.meeting_id)
    _must_be_open(page, utterance_id)
    with runtime().store.write() as tx:
        near = {t.utterance_id for t in _around(tx, page.meeting_id, utterance_id)}
        new = near - page.neighbours - set(page.turns)
        if new:
            _note_read(tx, actor.name, page, len(new))
    return replace(
        page,
        neighbours=page.neighbours | near,
        looked_around=page.looked_around | {utterance_id},
    )


def neighbours(page: Page, utterance_id: UtteranceId) -> tuple[Turn, ...]:
    """The turn among those said just before and after it, once they were opened."""
    require(Act.READ_RAW, meeting_id=page.meeting_id)
    _must_be_open(page, utterance_id)
    with runtime().store.read() as tx:
        near = _around(tx, page.meeting_id, utterance_id)
    for one in near:
        _must_be_open(page, one.utterance_id)
    return tuple(near)


def _shelved(
    tx: Connection, meeting_id: MeetingId, shelf: Shelf
) -> dict[UtteranceId, tuple[Why, ...]]:
    """The turns of a shelf in the order in which they are read, each with its reasons."""
    turns = turns_in(tx, meeting_id)
    if shelf in (Shelf.HELD_BACK, Shelf.RELEASED):
        wanted = ReviewState(shelf.value)
        return {t.utterance_id: () for t in turns if t.state is wanted}
    waiting = [t for t in turns if t.is_in_queue]
    suggested = hide_suggestions.suggestions_of([t.texts.source for t in waiting])
    return {
        o.turn.utterance_id: o.whys
        for o in in_order(tx, meeting_id, waiting, suggested)
        if shelf is Shelf.WAITING or o.is_first
    }


def _around(tx: Connection, meeting_id: MeetingId, utterance_id: UtteranceId) -> list[Turn]:
    turns = turns_in(tx, meeting_id)
    place = next((n for n, t in enumerate(turns) if t.utterance_id == utterance_id), None)
    if place is None:
        raise NotFound(kind="turn to review", id=utterance_id)
    return turns[max(0, place - N_AROUND) : place + N_AROUND + 1]


def _must_be_open(page: Page, utterance_id: UtteranceId) -> None:
    if utterance_id not in page.turns and utterance_id not in page.neighbours:
        raise NotAllowedNow(reason="Open the queue first, and say why you read these words.")


def _note_read(tx: Connection, actor: str, page: Page, n: int) -> None:
    audit.record(
        tx, actor, "raw words read", "meeting", page.meeting_id, reason=f"{n} turns: {page.reason}"
    )


def given(reason: str, what: str) -> str:
    """The reason, cut to what the log keeps; refused where there is none."""
    told = " ".join(reason.split())[:MOST_OF_A_REASON]
    if not told:
        raise NotAllowedNow(reason=f"First say {what}.")
    return told
