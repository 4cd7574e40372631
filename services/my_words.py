"""A person's own words: where they are used, and how to take them back. Start at `my_words`.

Whoever has a personal link sees everything they said at that meeting, also what is kept back from
others. A family contact sees what the person did not keep to themselves.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.errors import NotFound
from domain.ids import UtteranceId
from domain.recommendations import LossReason
from domain.talk import Manner, Wish, WishMadeBy
from services import erasure, word_uses
from services.family import Owner, owner_of, visitor
from services.page_marks import make_mark, read_mark
from services.reanchoring import reanchor_all
from services.runtime import runtime
from services.voters import Voter, reading
from services.voting import Outcome
from services.word_uses import Shown, Uses
from store import audit, meetings, own_words, wishes
from store.engine import Connection
from store.outages import told_plainly
from store.own_words import OwnTurn


class Change(StrEnum):
    """What a person can do with words of theirs; each can be undone but the last."""

    TAKE_BACK = "take-back"
    PUT_BACK = "put-back"
    MAKE_PRIVATE = "private"
    END_PRIVATE = "not-private"
    DELETE = "delete"


@dataclass(frozen=True)
class MyTurn:
    """One turn or contribution, who is shown it, and what rests on it."""

    utterance_id: UtteranceId
    meeting_label: str
    held_on: date
    manner: Manner
    start_s: float | None
    text: str
    is_taken_back: bool
    is_private: bool
    uses: Uses

    @property
    def shown(self) -> Shown:
        """Who is shown it now."""
        return Shown.NOBODY if self.is_taken_back else self.uses.shown


@dataclass(frozen=True)
class MyWords:
    """Everything a link shows, in order; `n_kept` is what a person kept from their family."""

    voter: Voter
    turns: tuple[MyTurn, ...]
    n_kept: int

    @property
    def quoted(self) -> tuple[MyTurn, ...]:
        """What recommendations rest on."""
        return tuple(turn for turn in self.turns if turn.uses.quoted)

    @property
    def n_taken_back(self) -> int:
        return sum(turn.is_taken_back for turn in self.turns)

    @property
    def n_read(self) -> int:
        """How many others can read."""
        return sum(turn.shown is Shown.WORDS for turn in self.turns)


@dataclass(frozen=True)
class TurnPage:
    """One turn with its place among the others; what is next to it is None at the ends."""

    voter: Voter
    turn: MyTurn
    number: int
    n_all: int
    before: UtteranceId | None
    after: UtteranceId | None


def my_words(secret: str) -> MyWords:
    """Everything a link shows of its person's words.

    Raises
    ------
    LinkUnknown
        If the link never was, or was replaced.
    """
    voter = visitor(secret)
    with reading() as tx:
        owner = owner_of(tx, secret)
        turns, n_kept = _turns(tx, owner)
        uses = word_uses.uses_of(tx, turns, owner.attendance_ids)
        asked = wishes.wishes_of(tx, [t.utterance_id for t in turns])
        held = {t.meeting_id: meetings.meeting_by_id(tx, t.meeting_id) for t in turns}
    found = [
        MyTurn(
            turn.utterance_id,
            held[turn.meeting_id].label,
            held[turn.meeting_id].held_on,
            turn.manner,
            turn.start_s,
            turn.text,
            Wish.WITHDRAWN in asked.get(turn.utterance_id, ()),
            Wish.PRIVATE in asked.get(turn.utterance_id, ()),
            uses[turn.utterance_id],
        )
        for turn in turns
    ]
    return MyWords(voter, tuple(sorted(found, key=lambda t: t.held_on)), n_kept)


def my_turn(secret: str, utterance_id: UtteranceId) -> TurnPage:
    """One turn of this person.

    Raises
    ------
    NotFound
        If it is somebody else's, or nobody's.
    """
    mine = my_words(secret)
    ids = [turn.utterance_id for turn in mine.turns]
    if utterance_id not in ids:
        raise NotFound(kind="words of yours", id=utterance_id)
    at = ids.index(utterance_id)
    before = ids[at - 1] if at else None
    after = ids[at + 1] if at + 1 < len(ids) else None
    return TurnPage(mine.voter, mine.turns[at], at + 1, len(ids), before, after)


def change(secret: str, utterance_id: UtteranceId, wanted: Change, mark: str) -> Outcome:
    """Do something with one turn; the same press twice counts once.

    Raises
    ------
    NotFound
        If it is somebody else's, or nobody's.
    PageNotOurs
        If the page was not served to this person for this.
    """
    served = read_mark(secret, _purpose(wanted, utterance_id), mark)
    if served.is_too_soon:
        return Outcome.TOO_SOON
    with _writing() as tx:
        owner = owner_of(tx, secret)
        if utterance_id not in _reachable(tx, owner):
            raise NotFound(kind="words of yours", id=utterance_id)
        now = wishes.wishes_of(tx, [utterance_id]).get(utterance_id, frozenset())
        if served.seen != _told(now):
            return Outcome.OLD_PAGE
        if wanted is not Change.DELETE:
            _settle(tx, owner, [utterance_id], wanted)
            return Outcome.SAVED
    erasure.erase_own(secret, utterance_id)
    return Outcome.SAVED


def change_all(secret: str, wanted: Change, mark: str) -> Outcome:
    """Do the same with everything that the link shows; of what is deleted nothing is left out."""
    if read_mark(secret, _purpose(wanted), mark).is_too_soon:
        return Outcome.TOO_SOON
    with _writing() as tx:
        owner = owner_of(tx, secret)
        if wanted is not Change.DELETE:
            _settle(tx, owner, _reachable(tx, owner), wanted)
            return Outcome.SAVED
    erasure.erase_own(secret)
    return Outcome.SAVED


def mark_of(secret: str, wanted: Change, turn: MyTurn | None = None) -> str:
    """The mark of the form that asks for a change of one turn, or of all."""
    if turn is None:
        return make_mark(secret, _purpose(wanted))
    kept = {Wish.WITHDRAWN: turn.is_taken_back, Wish.PRIVATE: turn.is_private}
    told = _told(frozenset(wish for wish, is_asked in kept.items() if is_asked))
    return make_mark(secret, _purpose(wanted, turn.utterance_id), told)


def _turns(tx: Connection, owner: Owner) -> tuple[list[OwnTurn], int]:
    """What the link shows, and how many turns it does not."""
    turns = own_words.turns_of(tx, owner.attendance_ids)
    if not owner.acts_for_them:
        return turns, 0
    ids = [turn.utterance_id for turn in turns]
    asked = wishes.wishes_of(tx, ids)
    by_whom = own_words.withdrawn_by(tx, ids)
    shown = [
        turn
        for turn in turns
        if Wish.PRIVATE not in asked.get(turn.utterance_id, ())
        and by_whom.get(turn.utterance_id, WishMadeBy.FAMILY) is WishMadeBy.FAMILY
    ]
    return shown, len(turns) - len(shown)


def _reachable(tx: Connection, owner: Owner) -> list[UtteranceId]:
    return [turn.utterance_id for turn in _turns(tx, owner)[0]]


def _settle(tx: Connection, owner: Owner, ids: Sequence[UtteranceId], wanted: Change) -> None:
    changed = [turn for turn in ids if _note(tx, owner, turn, wanted)]
    if wanted is Change.TAKE_BACK:
        reanchor_all(tx, changed, reason=LossReason.WITHDRAWN)
    by_whom = "family contact" if owner.acts_for_them else "participant"
    for utterance_id in changed:
        audit.record(tx, by_whom, f"words {wanted}", "utterance", utterance_id)


def _note(tx: Connection, owner: Owner, utterance_id: UtteranceId, wanted: Change) -> bool:
    """Whether it was not so already."""
    if wanted is Change.PUT_BACK:
        return wishes.take_back(tx, utterance_id, Wish.WITHDRAWN)
    if wanted is Change.END_PRIVATE:
        return wishes.take_back(tx, utterance_id, Wish.PRIVATE)
    wish = Wish.WITHDRAWN if wanted is Change.TAKE_BACK else Wish.PRIVATE
    return wishes.add_wish(tx, utterance_id, wish, made_by=owner.made_by)


def _told(asked: frozenset[Wish]) -> str:
    return "-".join(sorted(wish.value for wish in asked)) or "none"


def _purpose(wanted: Change, utterance_id: UtteranceId | None = None) -> str:
    return f"words|{wanted}|{utterance_id or 'all'}"


@contextmanager
def _writing() -> Iterator[Connection]:
    # Alone, unlike an answer in a vote: the audit log is numbered on.
    with told_plainly(), runtime().store.write() as tx:
        yield tx
