"""Presses on votes: a transaction for each, or one for many. Start at `keep`, then `Sitting`."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Protocol, TypeVar

from domain.ballots import AnsweringMode, Ballot, BallotState, Secrecy
from domain.errors import BallotClosed, FormRefused, NotAllowedNow, NotFound, StoreNotReady
from domain.ids import BallotId, RecommendationId
from domain.meetings import Attendance
from domain.people import StakeholderGroup
from domain.votes import Answer, Method, is_answer
from services import keys
from services.runtime import runtime
from services.voters import attendance_of, writing
from store import ballot_box, ballots, presses, proxies, show_of_hands
from store.engine import Connection
from store.outages import told_plainly
from store.presses import OnRoll
from store.together import in_turn

NO_LONGER_ANSWERED_FOR = (
    "{name} has ended that somebody answers in their place. {name} can still answer: say first, "
    "under “Who presses” at the start, who presses now."
)

T = TypeVar("T")
Kept = TypeVar("Kept", covariant=True)


@dataclass(frozen=True)
class Booth:
    """One person at an open vote, within a transaction."""

    tx: Connection
    ballot: Ballot
    on_roll: OnRoll
    box_key: str
    """Under which key this person's answers lie in the box while the vote is open."""
    given: Mapping[RecommendationId, int]
    """What they answered so far, as the ballot's method keeps it."""

    @property
    def attendance(self) -> Attendance:
        return self.on_roll.attendance

    def lay(self, given: Mapping[RecommendationId, int]) -> None:
        """Lay answers in the box, each in place of an earlier one to the same question."""
        ballot, who = self.ballot, self.attendance.attendance_id
        if not all(is_answer(ballot.method, value, len(ballot.items)) for value in given.values()):
            raise FormRefused(found="This is not an answer that the vote asks for.")
        is_proxy = self.on_roll.mode is AnsweringMode.PROXY
        if is_proxy and proxies.consent_of(self.tx, who) is None:
            raise NotAllowedNow(reason=NO_LONGER_ANSWERED_FOR.format(name=self.attendance.name))
        if not self.on_roll.has_answered:
            ballots.mark_answered(self.tx, ballot.ballot_id, who, has_answered=True)
        # A panel is one group: parts of it would be too few, and its ranks are told of all
        # together.
        group = StakeholderGroup.OTHER if ballot.asks else self.attendance.stakeholder_group
        if ballot.secrecy is Secrecy.NAMED:
            show_of_hands.note_whose(self.tx, ballot.ballot_id, who, self.box_key)
        for asked, value in given.items():
            row = (self.box_key, asked, value, group, is_proxy)
            ballot_box.put_answer(self.tx, ballot.ballot_id, row, is_first=asked not in self.given)


class Sitting:
    """A transaction in which presses are kept.

    A vote that was found in it stays as it is until it ends, because a closing waits: it is read
    once, and so is its key, however many people press.
    """

    def __init__(self, tx: Connection) -> None:
        self.tx = tx
        self._ballots: dict[BallotId, Ballot | None] = {}
        self._keys: dict[BallotId, bytes] = {}

    def booth(self, secret: str, ballot_id: BallotId) -> Booth:
        """A vote that this person may answer now.

        Raises
        ------
        LinkUnknown
            If the link was replaced, or never was.
        NotFound
            If there is no such vote for this person.
        BallotClosed
            If it takes no more answers.
        """
        # The vote first and the roll then, as a closing does, so that neither waits for ever.
        ballot = self._ballot(ballot_id)
        on_roll = presses.hold_roll(self.tx, ballot_id, keys.link_hash(secret))
        # A vote of somebody else is not told from one that does not exist.
        if ballot is None or on_roll is None or ballot.state is BallotState.DRAFT:
            attendance_of(self.tx, secret)  # a link that opens nothing is told first
            raise NotFound(kind="ballot", id=ballot_id)
        if not _takes_answers(ballot, on_roll):
            raise BallotClosed(closed_at=closed_at(ballot), moment=ballot.ended)
        box_key = keys.ballot_key(self._key(ballot_id), secret)
        given = ballot_box.answers_of(self.tx, ballot_id, box_key)
        return Booth(self.tx, ballot, on_roll, box_key, as_kept(ballot, given))

    def _ballot(self, ballot_id: BallotId) -> Ballot | None:
        if ballot_id not in self._ballots:
            self._ballots[ballot_id] = ballots.held_ballot(self.tx, ballot_id)
        return self._ballots[ballot_id]

    def _key(self, ballot_id: BallotId) -> bytes:
        if ballot_id not in self._keys:
            self._keys[ballot_id] = keys.poll_key(ballot_id)
        return self._keys[ballot_id]


class Press(Protocol[Kept]):
    """Something that somebody pressed on a vote, to be kept in a transaction."""

    def keep(self, sitting: Sitting) -> Kept: ...


def keep(press: Press[T]) -> T:
    """Keep one press for good: it is on the disk when this returns."""
    with writing() as tx:
        return press.keep(Sitting(tx))


def are_kept_together() -> bool:
    """Whether presses had better wait for each other: where one at a time is written anyway."""
    return runtime().store.is_sqlite


def keep_together(several: Sequence[Press[T]]) -> list[T | Exception]:
    """What came of each press, in their order; what is told as kept is on the disk.

    One that is refused leaves no trace, and the others are kept. Where the database fails, each is
    told that nothing was saved.
    """
    try:
        with writing() as tx:
            sitting = Sitting(tx)
            return in_turn(tx, [partial(_plainly, press, sitting) for press in several])
    except StoreNotReady as error:
        return [StoreNotReady(**error.params) for _ in several]


def _plainly(press: Press[T], sitting: Sitting) -> T:
    with told_plainly():
        return press.keep(sitting)


@contextmanager
def pressing(secret: str, ballot_id: BallotId) -> Iterator[Booth]:
    """A transaction for one person at an open vote."""
    with writing() as tx:
        yield Sitting(tx).booth(secret, ballot_id)


def as_kept(ballot: Ballot, given: Mapping[RecommendationId, int]) -> dict[RecommendationId, int]:
    """Numbers of the box as the ballot's method keeps them."""
    is_agreement = ballot.method is Method.AGREEMENT
    return {asked: Answer(value) if is_agreement else value for asked, value in given.items()}


def closed_at(ballot: Ballot) -> str:
    """When a vote closed, as people read it."""
    moment = ballot.ended
    return f"{moment:%H:%M} UTC on {moment.day} {moment:%B %Y}" if moment else "an earlier time"


def _takes_answers(ballot: Ballot, on_roll: OnRoll) -> bool:
    now, longer = datetime.now(UTC), on_roll.extended_until
    has_longer = longer is not None and now < longer
    return ballot.is_running_at(now) or (ballot.state is BallotState.OPEN and has_longer)
