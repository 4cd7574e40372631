"""Votes as participants give them. Start at `enter`, then `ballot_page` and `answer`.

A person is known by the secret in their link. Their answers lie in the box under a key that
only this secret and the ballot's own key make together; the roll notes that they answered.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto

from domain.ballots import AnsweringMode, Ballot, BallotItem, BallotState
from domain.errors import BallotClosed, LinkUnknown, NotFound
from domain.ids import BallotId, RecommendationId
from domain.meetings import Attendance, Meeting
from domain.votes import Answer
from services import keys
from services.page_marks import make_mark, purpose_of, read_mark
from services.runtime import runtime
from store import ballots, consent, meetings
from store.engine import Connection
from store.outages import told_plainly

UNSEEN = "none"


@dataclass(frozen=True)
class Voter:
    """Whoever opened a personal link; `acts_for_them` names a family contact, else it is empty."""

    secret: str
    attendance: Attendance
    meeting: Meeting
    is_sample: bool
    is_asked_for_consent: bool
    acts_for_them: str = ""


@dataclass(frozen=True)
class VoteLine:
    """A vote that a person may take part in, and how far they came."""

    ballot: Ballot
    n_answered: int
    mode: AnsweringMode

    @property
    def is_open(self) -> bool:
        return self.ballot.state is BallotState.OPEN


@dataclass(frozen=True)
class BallotPage:
    """One recommendation as it is asked, with what this person answered so far."""

    ballot: Ballot
    item: BallotItem
    answer: Answer | None
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


def enter(secret: str) -> Voter:
    """Who a link belongs to.

    Raises
    ------
    LinkUnknown
        If it never was, or was replaced.
    """
    with reading() as tx:
        return enter_as(tx, secret, attendance_of(tx, secret))


def enter_as(tx: Connection, secret: str, attendance: Attendance) -> Voter:
    """The same once it is known whom the link opens."""
    meeting = meetings.meeting_by_id(tx, attendance.meeting_id)
    is_sample = any(
        p.is_sample for p in meetings.programmes(tx) if p.programme_id == meeting.programme_id
    )
    is_asked = not consent.is_recorded(tx, meeting.meeting_id, attendance.attendance_id)
    return Voter(secret, attendance, meeting, is_sample, is_asked)


def votes_of(secret: str) -> list[VoteLine]:
    """The votes of this person's meeting that they may take part in, the newest first."""
    with reading() as tx:
        attendance = attendance_of(tx, secret)
        found = []
        for ballot in ballots.ballots_of(tx, attendance.meeting_id):
            entry = ballots.roll_entry(tx, ballot.ballot_id, attendance.attendance_id)
            if entry and ballot.state is not BallotState.DRAFT:
                given = answers_in(tx, secret, ballot)
                found.append(VoteLine(ballot, len(given), entry[1]))
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
        ballot, _ = _open_ballot(tx, secret, ballot_id)
        return _page(tx, secret, ballot, position)


def answer(secret: str, ballot_id: BallotId, position: int, given: Answer, mark: str) -> Pressed:
    """Keep an answer in place of an earlier one; the same press twice counts once.

    A press on a page that is older than the answer we hold changes nothing: it may be an old
    request that was sent again. The page is shown afresh, and a press on that one counts.

    Raises
    ------
    BallotClosed
        If the vote takes no more answers.
    PageNotOurs
        If the page was not served to this person for this recommendation.
    """
    with writing() as tx:
        ballot, attendance = _open_ballot(tx, secret, ballot_id)
        page = _page(tx, secret, ballot, position)
        served = read_mark(secret, purpose_of("answer", ballot_id, page.item), mark)
        if served.is_too_soon:
            return Pressed(Outcome.TOO_SOON, position)
        if page.answer is not given:
            if served.seen != _told(page.answer):
                return Pressed(Outcome.OLD_PAGE, position)
            _lay(tx, secret, ballot, attendance, (page.item.recommendation_id, given))
    after = page.answered | {position}
    return Pressed(Outcome.SAVED, next_unanswered(ballot, after, after=position))


def lay_answer(
    secret: str, ballot_id: BallotId, recommendation_id: RecommendationId, given: Answer
) -> None:
    """Keep an answer that reached us on another way than our pages, such as a file."""
    with writing() as tx:
        ballot, attendance = _open_ballot(tx, secret, ballot_id)
        if recommendation_id not in {item.recommendation_id for item in ballot.items}:
            raise NotFound(kind="recommendation in this vote", id=recommendation_id)
        _lay(tx, secret, ballot, attendance, (recommendation_id, given))


def undo(secret: str, ballot_id: BallotId, position: int, mark: str) -> Outcome:
    """Take one answer out of the box, as if it had never been given."""
    with writing() as tx:
        ballot, attendance = _open_ballot(tx, secret, ballot_id)
        item = _item(ballot, position)
        if read_mark(secret, purpose_of("undo", ballot_id, item), mark).is_too_soon:
            return Outcome.TOO_SOON
        key = _box_key(secret, ballot)
        ballots.take_answers(tx, ballot_id, key, item.recommendation_id)
        is_left = bool(ballots.answers_of(tx, ballot_id, key))
        ballots.mark_answered(tx, ballot_id, attendance.attendance_id, has_answered=is_left)
    return Outcome.SAVED


def withdraw(secret: str, ballot_id: BallotId, mark: str) -> Outcome:
    """Take a whole ballot out of the box; until the close it can be given anew."""
    with writing() as tx:
        ballot, attendance = _open_ballot(tx, secret, ballot_id)
        if read_mark(secret, purpose_of("withdraw", ballot_id), mark).is_too_soon:
            return Outcome.TOO_SOON
        ballots.mark_answered(tx, ballot_id, attendance.attendance_id, has_answered=False)
        ballots.take_answers(tx, ballot_id, _box_key(secret, ballot))
    return Outcome.SAVED


def my_answers(secret: str, ballot_id: BallotId) -> tuple[Ballot, dict[int, Answer]]:
    """An open vote with this person's answers by position."""
    with reading() as tx:
        ballot, _ = _open_ballot(tx, secret, ballot_id)
        given = answers_in(tx, secret, ballot)
        place = {item.recommendation_id: item.position for item in ballot.items}
        return ballot, {place[r]: a for r, a in given.items()}


def next_unanswered(ballot: Ballot, answered: frozenset[int], *, after: int = 0) -> int | None:
    """Where to go on: the next recommendation without an answer, from the start if need be."""
    open_ones = [item.position for item in ballot.items if item.position not in answered]
    return next((p for p in open_ones if p > after), open_ones[0] if open_ones else None)


@contextmanager
def reading() -> Iterator[Connection]:
    """One moment of the store; a database that is down is one plain error."""
    with told_plainly(), runtime().store.read() as tx:
        yield tx


@contextmanager
def writing() -> Iterator[Connection]:
    """One transaction beside those of others; a database that is down is one plain error."""
    with told_plainly(), runtime().store.write(is_alone=False) as tx:
        yield tx


def attendance_of(tx: Connection, secret: str) -> Attendance:
    """Whose link this is, as one transaction sees it."""
    attendance_id = ballots.attendance_of_link(tx, keys.link_hash(secret))
    if attendance_id is None:
        raise LinkUnknown
    return meetings.attendance_by_id(tx, attendance_id)


def ballot_of(tx: Connection, secret: str, ballot_id: BallotId) -> tuple[Ballot, Attendance]:
    """A vote that this person is on the roll of."""
    attendance = attendance_of(tx, secret)
    ballot = ballots.ballot_by_id(tx, ballot_id)
    on_roll = ballots.roll_entry(tx, ballot_id, attendance.attendance_id)
    # A vote of somebody else is not told from one that does not exist.
    if on_roll is None or ballot.state is BallotState.DRAFT:
        raise NotFound(kind="ballot", id=ballot_id)
    return ballot, attendance


def _open_ballot(tx: Connection, secret: str, ballot_id: BallotId) -> tuple[Ballot, Attendance]:
    ballot, attendance = ballot_of(tx, secret, ballot_id)
    if not ballots.is_open(tx, ballot_id):
        raise BallotClosed(closed_at=closed_at(ballot))
    return ballot, attendance


def closed_at(ballot: Ballot) -> str:
    """When a vote closed, as people read it."""
    moment = ballot.closed_at
    return f"{moment:%H:%M} UTC on {moment.day} {moment:%B %Y}" if moment else "an earlier time"


def _page(tx: Connection, secret: str, ballot: Ballot, position: int) -> BallotPage:
    item = _item(ballot, position)
    given = answers_in(tx, secret, ballot)
    now = given.get(item.recommendation_id)
    mark = make_mark(secret, purpose_of("answer", ballot.ballot_id, item), _told(now))
    answered = frozenset(i.position for i in ballot.items if i.recommendation_id in given)
    return BallotPage(ballot, item, now, answered, mark)


def _item(ballot: Ballot, position: int) -> BallotItem:
    if not 1 <= position <= len(ballot.items):
        raise NotFound(kind="recommendation in this vote", id=position)
    return ballot.items[position - 1]


def answers_in(tx: Connection, secret: str, ballot: Ballot) -> dict[RecommendationId, Answer]:
    """This person's answers in an open vote."""
    if ballot.state is not BallotState.OPEN:
        return {}  # nobody, not even the person, can tell any more which are theirs
    return ballots.answers_of(tx, ballot.ballot_id, _box_key(secret, ballot))


def _lay(
    tx: Connection,
    secret: str,
    ballot: Ballot,
    attendance: Attendance,
    given: tuple[RecommendationId, Answer],
) -> None:
    # The roll first: one person's presses then wait for each other in every database.
    ballots.mark_answered(tx, ballot.ballot_id, attendance.attendance_id, has_answered=True)
    row = (_box_key(secret, ballot), *given, attendance.stakeholder_group)
    ballots.put_answer(tx, ballot.ballot_id, row)


def _box_key(secret: str, ballot: Ballot) -> str:
    return keys.ballot_key(keys.poll_key(ballot.ballot_id), secret)


def _told(given: Answer | None) -> str:
    return UNSEEN if given is None else given.name.lower()
