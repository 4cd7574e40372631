"""Release everything that needs no second look, and take that back as a whole. Start at `preview`.

It goes in parts, each a transaction of its own, so that a meeting of thousands of turns holds
nobody up; what was cut off is finished by doing it again. All turns of one release carry the
same moment, and are taken back by it.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from domain.access import Act
from domain.identifiers import Suggestion, hide
from domain.ids import MeetingId, RevisionId
from domain.recommendations import LossReason
from domain.review import ReviewState
from domain.talk import RevisionKind
from services import hide_suggestions
from services.access import require
from services.reanchoring import reanchor_all
from services.review_order import QUOTED, in_order, needs_a_person
from services.review_turns import Turn, turns_in
from services.runtime import runtime
from services.themes import THEMES
from store import audit, jobs, review
from store.engine import Connection
from store.review import NewText

AT_ONCE = 200
SURE_FROM = 0.9
FEWEST = 2
"""So many turns released in one moment are a release that is taken back as a whole."""

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Preview:
    """What a release of the rest would do, and whom and what it would leave out.

    `kinds` and the two counts of sureness are of stretches; a stretch is sure from 0.9.
    `n_likely_quoted` of the turns others may soon see as quotations, and nobody has read them.
    """

    n_turns: int
    n_likely_quoted: int
    kinds: tuple[tuple[str, int], ...]
    n_sure: int
    n_fairly_sure: int
    n_to_read: int
    n_unchecked: int
    n_held_back: int
    n_taken_back: int
    n_not_agreed: int
    n_withdrawn: int

    @property
    def n_stretches(self) -> int:
        return self.n_sure + self.n_fairly_sure


@dataclass(frozen=True)
class BulkRelease:
    """Turns that one person released in one moment and that are released still."""

    at: datetime
    by: str
    n_turns: int


@dataclass(frozen=True)
class _SortedOut:
    """Waiting turns that need no person, with what is hidden in them."""

    ready: Sequence[Turn]
    hides: Mapping[RevisionId, Sequence[Suggestion]]
    n_to_read: int
    n_unchecked: int

    def hides_of(self, turn: Turn) -> Sequence[Suggestion]:
        return self.hides.get(turn.texts.source, ())


def preview(meeting_id: MeetingId, *, with_taken_back: bool = False) -> Preview:
    """What `release_rest` would do now; it tells counts and no words."""
    require(Act.RELEASE, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        turns = turns_in(tx, meeting_id)
        sorted_out = _sort_out(meeting_id, _waiting(turns, with_taken_back=with_taken_back))
        ordered = in_order(tx, meeting_id, sorted_out.ready, sorted_out.hides)
    stretches = [one for turn in sorted_out.ready for one in sorted_out.hides_of(turn)]
    kinds = Counter(one.kind.value for one in stretches)
    n_sure = sum(one.sureness >= SURE_FROM for one in stretches)
    is_open = [t for t in turns if t.is_agreed and not t.is_withdrawn]
    return Preview(
        len(sorted_out.ready),
        sum(not QUOTED.isdisjoint(one.whys) for one in ordered),
        tuple(kinds.most_common()),
        n_sure,
        len(stretches) - n_sure,
        sorted_out.n_to_read,
        sorted_out.n_unchecked,
        sum(t.state is ReviewState.HELD_BACK for t in is_open),
        0 if with_taken_back else sum(t.state is ReviewState.TAKEN_BACK for t in is_open),
        sum(not t.is_agreed for t in turns),
        sum(t.is_agreed and t.is_withdrawn for t in turns),
    )


def release_rest(
    meeting_id: MeetingId,
    *,
    with_taken_back: bool = False,
    on_progress: Progress = lambda share, message: None,
) -> BulkRelease:
    """Release what waits and needs no person, with every suggested stretch hidden.

    Left out are turns that are held back, that were taken back (unless asked for), that the
    machine has not looked at, is unsure of or asks about, and those of people who did not agree.
    """
    actor = require(Act.RELEASE, meeting_id=meeting_id)
    moment, n_done, n_all = datetime.now(UTC), 0, 0
    while True:
        with runtime().store.write() as tx:
            waiting = _waiting(turns_in(tx, meeting_id), with_taken_back=with_taken_back)
            sorted_out = _sort_out(meeting_id, waiting)
            some = sorted_out.ready[:AT_ONCE]
            if some:
                _release(tx, some, sorted_out, by=actor.name, at=moment)
            elif n_done:
                jobs.add_job(tx, THEMES, meeting_id)
        if not some:
            return BulkRelease(moment, actor.name, n_done)
        n_all = n_all or len(sorted_out.ready)
        n_done += len(some)
        on_progress(min(1.0, n_done / n_all), f"{n_done:,} of {n_all:,} turns released")


def releases(meeting_id: MeetingId) -> tuple[BulkRelease, ...]:
    """Releases of many turns at once that stand still, in part or whole, the newest first."""
    require(Act.RELEASE, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        turns = turns_in(tx, meeting_id)
    counted = Counter(
        (t.texts.released_at, t.texts.released_by)
        for t in turns
        if t.state is ReviewState.RELEASED and t.texts.released_at
    )
    found = [BulkRelease(at, by, n) for (at, by), n in counted.items() if at and n >= FEWEST]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def take_back(
    meeting_id: MeetingId, at: datetime, *, on_progress: Progress = lambda share, message: None
) -> int:
    """Take a whole release back by its moment; what was released anew since stays. n turns."""
    actor = require(Act.RELEASE, meeting_id=meeting_id)
    n_done = n_all = 0
    while True:
        with runtime().store.write() as tx:
            theirs = [
                t
                for t in turns_in(tx, meeting_id)
                if t.state is ReviewState.RELEASED and t.texts.released_at == at
            ]
            some = theirs[:AT_ONCE]
            if some:
                _withhold(tx, some, by=actor.name, at=at)
            elif n_done:
                jobs.add_job(tx, THEMES, meeting_id)
        if not some:
            return n_done
        n_all = n_all or len(theirs)
        n_done += len(some)
        on_progress(min(1.0, n_done / n_all), f"{n_done:,} of {n_all:,} turns taken back")


def _waiting(turns: Sequence[Turn], *, with_taken_back: bool) -> list[Turn]:
    states = {ReviewState.WAITING} | ({ReviewState.TAKEN_BACK} if with_taken_back else set())
    return [t for t in turns if t.is_in_queue and t.state in states]


def _sort_out(meeting_id: MeetingId, waiting: Sequence[Turn]) -> _SortedOut:
    sources = [turn.texts.source for turn in waiting]
    checked = hide_suggestions.searched(meeting_id, sources)
    hides = hide_suggestions.suggestions_of(sources)
    looked_at = [t for t in waiting if t.texts.source in checked]
    ready = [t for t in looked_at if not needs_a_person(t, hides.get(t.texts.source, ()))]
    return _SortedOut(ready, hides, len(looked_at) - len(ready), len(waiting) - len(looked_at))


def _release(
    tx: Connection,
    some: Sequence[Turn],
    sorted_out: _SortedOut,
    *,
    by: str,
    at: datetime,
) -> None:
    texts = [
        NewText(
            turn.utterance_id,
            turn.texts.newest_number + 1,
            RevisionKind.RELEASED,
            hide(turn.said.text, sorted_out.hides_of(turn)),
        )
        for turn in some
    ]
    review.add_texts(tx, texts, author=by, at=at)
    reanchor_all(tx, [t.utterance_id for t in some], reason=LossReason.TEXT_CHANGED)
    _note(tx, "words released in bulk", some, by=by, at=at)


def _withhold(tx: Connection, some: Sequence[Turn], *, by: str, at: datetime) -> None:
    texts = [
        NewText(turn.utterance_id, turn.texts.newest_number + 1, RevisionKind.WITHHELD, "")
        for turn in some
    ]
    review.add_texts(tx, texts, author=by)
    reanchor_all(tx, [t.utterance_id for t in some], reason=LossReason.WITHDRAWN)
    _note(tx, "bulk release taken back", some, by=by, at=at)


def _note(tx: Connection, action: str, some: Sequence[Turn], *, by: str, at: datetime) -> None:
    # The moment names the turns: every text of this release carries it.
    told = f"{len(some)} turns of {at.isoformat()}"
    audit.record(tx, by, action, "meeting", some[0].said.meeting_id, reason=told)
