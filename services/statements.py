"""What participants write on their own page: kept while they write. Start at `my_statements`.

A person is known by the secret in their link. A draft is theirs alone; what they send is read by
the people who run the meeting (`services.statement_desk`), who tell what became of it.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto

from domain.errors import NotAllowedNow, NotFound
from domain.ids import StatementId, new_id
from domain.meetings import Attendance
from domain.statements import MOST_KEPT, MOST_LETTERS, MOST_STATEMENTS, Statement, StatementState
from domain.talk import ConsentUse
from services import word_uses
from services.page_marks import make_mark, read_mark
from services.runtime import runtime
from services.voters import Voter, attendance_of, enter_as, reading
from services.word_uses import Uses
from store import audit, consent, own_words
from store import statements as kept
from store.engine import Connection
from store.outages import told_plainly

AUTHOR = "participant"
NEEDS_WORDS = "There is nothing to send yet. Write your words first."
TOO_LONG = (
    "These are {n} letters. At most {most} can be sent. Nothing was cut: make it shorter, or send "
    "it in parts."
)
TOO_LONG_TO_KEEP = (
    "These are {n} letters, and at most {most} can be kept. Nothing was cut, and nothing of this "
    "page was saved. Copy your words, and write them in parts."
)
TOO_MANY = "You have written {most} statements. Delete one that you do not need to write another."
NOT_AGREED = "You chose that your words are not used, so none are kept. Change that choice first."
_ID = re.compile(r"[\w-]{12}", re.ASCII)
_OPEN = (StatementState.SENT, StatementState.SENT_BACK, StatementState.SET_ASIDE)


class Kept(Enum):
    """What became of what was written on a page."""

    SAVED = auto()
    TOO_SOON = auto()
    OLD_PAGE = auto()


@dataclass(frozen=True)
class WritingPage:
    """A page to write on, with what stands on it so far, and the mark of its form."""

    voter: Voter
    statement_id: StatementId
    text: str
    language: str
    is_kept: bool
    may_write: bool
    reason: str
    mark: str
    n_others: int


@dataclass(frozen=True)
class MyStatement:
    """One statement of one's own: what it says now and what became of it."""

    statement: Statement
    text: str
    uses: Uses | None


@dataclass(frozen=True)
class MyStatements:
    """Everything that somebody wrote at a meeting, the newest first."""

    voter: Voter
    statements: tuple[MyStatement, ...]


def my_statements(secret: str) -> MyStatements:
    """Everything that this person wrote, and what became of it."""
    with reading() as tx:
        attendance = attendance_of(tx, secret)
        turns = own_words.turns_of(tx, [attendance.attendance_id])
        said = {turn.utterance_id: turn for turn in turns}
        uses = word_uses.uses_of(tx, turns, [attendance.attendance_id])
        return MyStatements(
            enter_as(tx, secret, attendance),
            tuple(
                MyStatement(
                    found,
                    said[found.utterance_id].text if found.utterance_id in said else found.text,
                    uses.get(found.utterance_id) if found.utterance_id else None,
                )
                for found in kept.statements_of(tx, attendance.attendance_id)
            ),
        )


def my_statement(secret: str, statement_id: StatementId) -> tuple[Voter, MyStatement]:
    """One of them.

    Raises
    ------
    NotFound
        If it is somebody else's, or nobody's.
    """
    mine = my_statements(secret)
    for one in mine.statements:
        if one.statement.statement_id == statement_id:
            return mine.voter, one
    raise NotFound(kind="statement of yours", id=statement_id)


def page_to_write(secret: str) -> StatementId:
    """Where to go on writing: the newest draft, else an empty page."""
    with reading() as tx:
        attendance = attendance_of(tx, secret)
        for found in kept.statements_of(tx, attendance.attendance_id):
            if found.state is StatementState.DRAFT:
                return found.statement_id
    return StatementId(new_id())


def writing_page(secret: str, statement_id: StatementId) -> WritingPage:
    """A page to write on.

    Raises
    ------
    NotFound
        If it is no draft of this person.
    """
    with reading() as tx:
        attendance = attendance_of(tx, secret)
        found = _draft(tx, attendance, statement_id)
        others = kept.statements_of(tx, attendance.attendance_id)
        return WritingPage(
            enter_as(tx, secret, attendance),
            statement_id,
            found.text if found else "",
            found.language if found else "",
            found is not None,
            _may_write(tx, attendance),
            found.reason if found else "",
            mark_of(secret, statement_id, is_kept=found is not None),
            sum(one.statement_id != statement_id for one in others),
        )


def save(secret: str, statement_id: StatementId, text: str, language: str, mark: str) -> Kept:
    """Keep a draft. The newest words win, on whichever device; an old page changes nothing.

    Raises
    ------
    NotAllowedNow
        If it is too long to be kept, or the person wants no words to be kept.
    """
    words = _lines(text)
    if len(words) > MOST_KEPT:
        raise NotAllowedNow(reason=TOO_LONG_TO_KEEP, n=len(words), most=MOST_KEPT)
    with told_plainly(), runtime().store.write() as tx:
        attendance = attendance_of(tx, secret)
        _own(tx, attendance, statement_id)
        served = read_mark(secret, _purpose(statement_id), mark)
        if not _is_newest(tx, attendance, statement_id, served.seen):
            return Kept.OLD_PAGE
        if not _may_write(tx, attendance):
            raise NotAllowedNow(reason=NOT_AGREED)
        is_new = kept.find(tx, statement_id) is None
        if is_new and len(kept.statements_of(tx, attendance.attendance_id)) >= MOST_STATEMENTS:
            raise NotAllowedNow(reason=TOO_MANY, most=MOST_STATEMENTS)
        if words.strip() or not is_new:
            kept.put(tx, statement_id, attendance.attendance_id, words, language)
    return Kept.SAVED


def send(secret: str, statement_id: StatementId, mark: str) -> Kept:
    """Hand a draft that was saved to the people who run the meeting.

    Raises
    ------
    NotAllowedNow
        If it is empty or too long.
    """
    served = read_mark(secret, _purpose(statement_id), mark)
    if served.is_too_soon:
        return Kept.TOO_SOON
    with told_plainly(), runtime().store.write() as tx:
        found = _draft(tx, attendance_of(tx, secret), statement_id)
        if found is None or not found.text.strip():
            raise NotAllowedNow(reason=NEEDS_WORDS)
        if len(found.text) > MOST_LETTERS:
            raise NotAllowedNow(reason=TOO_LONG, n=len(found.text), most=MOST_LETTERS)
        kept.move(tx, statement_id, StatementState.SENT)
        audit.record(tx, AUTHOR, "statement sent", "statement", statement_id)
    return Kept.SAVED


def change(secret: str, statement_id: StatementId, mark: str) -> Kept:
    """Take a statement back to one's own page to change it; nobody else reads it from then on."""
    if read_mark(secret, f"change|{statement_id}", mark).is_too_soon:
        return Kept.TOO_SOON
    with told_plainly(), runtime().store.write() as tx:
        found = _own(tx, attendance_of(tx, secret), statement_id)
        if found is not None and found.state in _OPEN:
            kept.move(tx, statement_id, StatementState.DRAFT, reason=found.reason)
            audit.record(tx, AUTHOR, "statement taken back", "statement", statement_id)
    return Kept.SAVED


def mark_of(secret: str, statement_id: StatementId, *, is_kept: bool) -> str:
    """The mark of a page to write on: whether it was kept before tells a page that is too old."""
    return make_mark(secret, _purpose(statement_id), "kept" if is_kept else "new")


def change_mark(secret: str, statement_id: StatementId) -> str:
    """The mark of the form that takes a statement back to change it."""
    return make_mark(secret, f"change|{statement_id}")


def delete_mark(secret: str, statement_id: StatementId) -> str:
    """The mark of the form that deletes a statement for good."""
    return make_mark(secret, f"delete|{statement_id}")


def is_delete_meant(secret: str, statement_id: StatementId, mark: str) -> bool:
    """Whether the form was ours and the press did not come too soon."""
    return not read_mark(secret, f"delete|{statement_id}", mark).is_too_soon


def _purpose(statement_id: StatementId) -> str:
    return f"write|{statement_id}"


def _lines(text: str) -> str:
    """Line ends as everywhere; nothing else is changed. A form sends them as CR LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _own(tx: Connection, attendance: Attendance, statement_id: StatementId) -> Statement | None:
    if not _ID.fullmatch(statement_id):
        raise NotFound(kind="statement of yours", id=statement_id)
    found = kept.find(tx, statement_id)
    if found is not None and found.attendance_id != attendance.attendance_id:
        raise NotFound(kind="statement of yours", id=statement_id)
    return found


def _draft(tx: Connection, attendance: Attendance, statement_id: StatementId) -> Statement | None:
    found = _own(tx, attendance, statement_id)
    if found is not None and found.state is not StatementState.DRAFT:
        raise NotFound(kind="draft of yours", id=statement_id)
    return found


def _is_newest(
    tx: Connection, attendance: Attendance, statement_id: StatementId, seen: str
) -> bool:
    """Whether nothing happened to the draft that its page does not know: sent, or deleted."""
    found = _own(tx, attendance, statement_id)
    if found is None:
        return seen == "new"
    return found.state is StatementState.DRAFT


def _may_write(tx: Connection, attendance: Attendance) -> bool:
    agreed = consent.read_agreements(tx, attendance.meeting_id)
    return agreed.of_person(attendance.attendance_id, None, ConsentUse.RECORDED)
