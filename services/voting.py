"""Votes as participants give them. Start at `ballot_page`, then `answer`.

A person is known by the secret in their link (`services.voters`). Their answers lie in the box
under a key that only this secret and the ballot's own key make together; the roll notes that they
answered.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from domain.ballots import AnsweringMode, Ballot, BallotItem, BallotState
from domain.errors import BallotClosed, NotFound
from domain.ids import AttendanceId, BallotId, RecommendationId
from domain.meetings import Attendance
from domain.votes import Method
from services import keys
from services.page_marks import make_mark, press_hash, purpose_of, read_mark
from services.pressing import Sitting, as_kept, closed_at, keep, pressing
from services.voters import Voter, attendance_of, enter_as, reading
from store import ballot_box, ballots, presses
from store.engine import Connection

Reader = Callable[[Method, int | None], int]
"""What a press means, by the vote's method and the answer before; it may refuse the press."""


@dataclass(frozen=True)
class VoteLine:
    """A vote that a person may take part in, and how far they came."""

    ballot: Ballot
    n_answered: int
    mode: AnsweringMode
    is_open: bool
    closes_at: datetime | None


@dataclass(frozen=True)
class BallotPage:
    """One recommendation as it is asked, with what this person answered so far."""

    ballot: Ballot
    item: BallotItem
    answer: int | None
    answered: frozenset[int]
    mark: str

    @property
    def next_position(self) -> int | None:
        """The first recommendation after this one that has no answer, else the first of all."""
        return next_unanswered(self.ballot, self.answered, after=self.item.position)


class Outcome(Enum):
    """What became of a press."""

    SAVED = auto()
    TOO_SOON = auto()
    OLD_PAGE = auto()


@dataclass(frozen=True)
class Pressed:
    """What became of a press, and where to go on: None when everything is answered."""

    outcome: Outcome
    next_position: int | None


def votes_of(secret: str) -> list[VoteLine]:
    """The votes of this person's meeting that they may take part in, the newest first."""
    with reading() as tx:
        attendance = attendance_of(tx, secret)
        found = []
        for ballot in ballots.ballots_of(tx, attendance.meeting_id):
            entry = ballots.roll_entry(tx, ballot.ballot_id, attendance.attendance_id)
            if entry and ballot.state is not BallotState.DRAFT:
                given = answers_in(tx, secret, ballot)
                who = attendance.attendance_id
                is_open, until = (
                    ballots.is_open(tx, ballot.ballot_id, who),
                    until_of(tx, ballot, who),
                )
                found.append(VoteLine(ballot, len(given), entry[1], is_open, until))
        return found


def ballot_page(secret: str, ballot_id: BallotId, position: int) -> BallotPage:
    """One recommendation of an open vote.

    Raises
    ------
    BallotClosed
        If the vote takes no more answers.
    NotFound
        If there is no such vote for this person, or it has no such recommendation.
    """
    with reading() as tx:
        ballot, _ = open_ballot_of(tx, secret, ballot_id)
        return _page(tx, secret, ballot, position)


def asked_page(secret: str, ballot_id: BallotId, position: int) -> tuple[Voter, BallotPage]:
    """The same with whoever it is asked of, as one moment of the store has both."""
    with reading() as tx:
        ballot, attendance = open_ballot_of(tx, secret, ballot_id)
        return enter_as(tx, secret, attendance), _page(tx, secret, ballot, position)


@dataclass(frozen=True)
class AnswerPress:
    """A press on the page of one recommendation."""

    secret: str
    ballot_id: BallotId
    position: int
    read: Reader
    mark: str

    def keep(self, sitting: Sitting) -> Pressed:
        """Keep an answer in place of an earlier one; the same press twice counts once.

        The last press wins, on whichever device. The very press that was counted before, on the
        same page, changes nothing when it comes again after another: it may be an old request that
        was sent again. The page is then shown afresh, and a press on that one counts.

        Raises
        ------
        BallotClosed
            If the vote takes no more answers.
        PageNotOurs
            If the page was not served to this person for this recommendation.
        """
        booth = sitting.booth(self.secret, self.ballot_id)
        item = item_at(booth.ballot, self.position)
        before = booth.given.get(item.recommendation_id)
        given = self.read(booth.ballot.method, before)
        served = read_mark(self.secret, purpose_of("answer", self.ballot_id, item), self.mark)
        if served.is_too_soon:
            return Pressed(Outcome.TOO_SOON, self.position)
        is_new = presses.spend(sitting.tx, self.ballot_id, press_hash(self.mark, int(given)))
        if before != given:
            if not is_new:
                return Pressed(Outcome.OLD_PAGE, self.position)
            booth.lay({item.recommendation_id: given})
        after = answered_in(booth.ballot, booth.given) | {self.position}
        return Pressed(Outcome.SAVED, next_unanswered(booth.ballot, after, after=self.position))


def given_press(
    secret: str, ballot_id: BallotId, position: int, given: int, mark: str
) -> AnswerPress:
    """A press whose answer is known already."""
    return AnswerPress(secret, ballot_id, position, lambda _method, _before: given, mark)


def answer(secret: str, ballot_id: BallotId, position: int, given: int, mark: str) -> Pressed:
    """Keep one such press by itself."""
    return keep(given_press(secret, ballot_id, position, given, mark))


def lay_answer(
    secret: str, ballot_id: BallotId, recommendation_id: RecommendationId, given: int
) -> None:
    """Keep an answer that reached us on another way than our pages, such as a file."""
    with pressing(secret, ballot_id) as booth:
        if recommendation_id not in {item.recommendation_id for item in booth.ballot.items}:
            raise NotFound(kind="recommendation in this vote", id=recommendation_id)
        booth.lay({recommendation_id: given})


def undo(secret: str, ballot_id: BallotId, position: int, mark: str) -> Outcome:
    """Take one answer out of the box, as if it had never been given."""
    with pressing(secret, ballot_id) as booth:
        item = item_at(booth.ballot, position)
        if read_mark(secret, purpose_of("undo", ballot_id, item), mark).is_too_soon:
            return Outcome.TOO_SOON
        if presses.spend(booth.tx, ballot_id, press_hash(mark, "undo")):
            ballot_box.take_answers(booth.tx, ballot_id, booth.box_key, item.recommendation_id)
            is_left = bool(booth.given.keys() - {item.recommendation_id})
            who = booth.attendance.attendance_id
            ballots.mark_answered(booth.tx, ballot_id, who, has_answered=is_left)
    return Outcome.SAVED


def withdraw(secret: str, ballot_id: BallotId, mark: str) -> Outcome:
    """Take a whole ballot out of the box; until the close it can be given anew."""
    with pressing(secret, ballot_id) as booth:
        if read_mark(secret, purpose_of("withdraw", ballot_id), mark).is_too_soon:
            return Outcome.TOO_SOON
        if presses.spend(booth.tx, ballot_id, press_hash(mark, "withdraw")):
            who = booth.attendance.attendance_id
            ballots.mark_answered(booth.tx, ballot_id, who, has_answered=False)
            ballot_box.take_answers(booth.tx, ballot_id, booth.box_key)
    return Outcome.SAVED


def my_answers(secret: str, ballot_id: BallotId) -> tuple[Ballot, dict[int, int]]:
    """An open vote with this person's answers by position."""
    with reading() as tx:
        ballot, _ = open_ballot_of(tx, secret, ballot_id)
        given = answers_in(tx, secret, ballot)
        place = {item.recommendation_id: item.position for item in ballot.items}
        return ballot, {place[r]: a for r, a in given.items()}


def closes_for(secret: str, ballot_id: BallotId) -> datetime | None:
    """Until when this person may answer; None when somebody closes the vote by hand."""
    with reading() as tx:
        ballot, attendance = ballot_of(tx, secret, ballot_id)
        return until_of(tx, ballot, attendance.attendance_id)


def next_unanswered(ballot: Ballot, answered: frozenset[int], *, after: int = 0) -> int | None:
    """Where to go on: the next recommendation without an answer, from the start if need be."""
    open_ones = [item.position for item in ballot.items if item.position not in answered]
    return next((p for p in open_ones if p > after), open_ones[0] if open_ones else None)


def ballot_of(tx: Connection, secret: str, ballot_id: BallotId) -> tuple[Ballot, Attendance]:
    """A vote that this person is on the roll of."""
    attendance = attendance_of(tx, secret)
    ballot = ballots.ballot_by_id(tx, ballot_id)
    on_roll = ballots.roll_entry(tx, ballot_id, attendance.attendance_id)
    # A vote of somebody else is not told from one that does not exist.
    if on_roll is None or ballot.state is BallotState.DRAFT:
        raise NotFound(kind="ballot", id=ballot_id)
    return ballot, attendance


def open_ballot_of(tx: Connection, secret: str, ballot_id: BallotId) -> tuple[Ballot, Attendance]:
    """A vote that this person may answer now."""
    ballot, attendance = ballot_of(tx, secret, ballot_id)
    if not ballots.is_open(tx, ballot_id, attendance.attendance_id):
        raise BallotClosed(closed_at=closed_at(ballot), moment=ballot.ended)
    return ballot, attendance


def until_of(tx: Connection, ballot: Ballot, attendance_id: AttendanceId) -> datetime | None:
    """Until when one person may answer; None when somebody closes the vote by hand."""
    longer = ballots.extended_until(tx, ballot.ballot_id, attendance_id)
    own = ballot.ended_at or ballot.times.closes_at
    return max(own, longer) if own and longer else own


def _page(tx: Connection, secret: str, ballot: Ballot, position: int) -> BallotPage:
    item = item_at(ballot, position)
    given = answers_in(tx, secret, ballot)
    now = given.get(item.recommendation_id)
    mark = make_mark(secret, purpose_of("answer", ballot.ballot_id, item))
    return BallotPage(ballot, item, now, answered_in(ballot, given), mark)


def answered_in(ballot: Ballot, given: Mapping[RecommendationId, int]) -> frozenset[int]:
    """Which places of a vote have an answer."""
    return frozenset(i.position for i in ballot.items if i.recommendation_id in given)


def item_at(ballot: Ballot, position: int) -> BallotItem:
    """What a vote asks at a place.

    Raises
    ------
    NotFound
        If there is no such place.
    """
    if not 1 <= position <= len(ballot.items):
        raise NotFound(kind="recommendation in this vote", id=position)
    return ballot.items[position - 1]


def answers_in(tx: Connection, secret: str, ballot: Ballot) -> dict[RecommendationId, int]:
    """This person's answers in an open vote, as the ballot's method keeps them."""
    if ballot.state is not BallotState.OPEN:
        return {}  # nobody, not even the person, can tell any more which are theirs
    return as_kept(ballot, ballot_box.answers_of(tx, ballot.ballot_id, box_key(secret, ballot)))


def box_key(secret: str, ballot: Ballot) -> str:
    """Under which key this person's answers lie in the box while a vote is open."""
    return keys.ballot_key(keys.poll_key(ballot.ballot_id), secret)
