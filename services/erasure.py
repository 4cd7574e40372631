"""Take away what somebody said, or everything about them, for good. Start at `erase_person`.

docs/adr/0006-erasure.md says what goes, what stays and why. Each erasure is one transaction; what
was erased is written down by id in a file beside the database before the transaction ends, so that
neither a crash nor an older backup brings it back.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from analysis.withdrawn_words import words_of
from domain.access import Act
from domain.errors import NotAllowedNow, NotFound
from domain.ids import AttendanceId, StatementId, UtteranceId
from services.access import require
from services.erasing import Goes, take_away, what_goes, write_down
from services.family import Owner, owner_of
from services.runtime import runtime
from services.tombstones import ERASED, PROGRAM
from store import audit, reach, statements, wiping
from store.engine import Connection
from store.outages import told_plainly
from store.reach import Reach

BY_THEM, BY_FAMILY = "participant", "family contact"
ASKED = "asked on their own page"
SHORT_NAME = 2

Find = Callable[[Connection], Reach]


@dataclass(frozen=True)
class Erased:
    """What went. Not wiped yet: the files are rewritten at the next start, or within a day."""

    goes: Goes
    is_wiped: bool


def preview_person(attendance_id: AttendanceId, *, everywhere: bool = False) -> Goes:
    """What would go with a person."""
    with runtime().store.read() as tx:
        found = _of_person(tx, attendance_id, everywhere=everywhere)
    _require(found)
    with runtime().store.read() as tx:
        return what_goes(tx, found)


def preview_utterance(utterance_id: UtteranceId) -> Goes:
    """What would go with one turn."""
    with runtime().store.read() as tx:
        found = _known(reach.of_utterances(tx, [utterance_id]), utterance_id)
    _require(found)
    with runtime().store.read() as tx:
        return what_goes(tx, found)


def erase_person(attendance_id: AttendanceId, *, reason: str, everywhere: bool = False) -> Erased:
    """Erase somebody with all they said at a meeting, or at every meeting of the programme.

    Raises
    ------
    NotAllowedNow
        If the reason is missing or names the person: it is kept.
    KeyMissing
        If the person answered in an open vote whose key is gone.
    """
    with runtime().store.read() as tx:
        found = _of_person(tx, attendance_id, everywhere=everywhere)
        names = reach.names_of(tx, found)
    by = _require(found)
    told = _reason(reason, names)

    def find(tx: Connection) -> Reach:
        now = _of_person(tx, attendance_id, everywhere=everywhere)
        audit.record(tx, by, "person erased", "attendance", attendance_id, reason=told)
        return now

    return _erase(find, by)


def erase_utterance(utterance_id: UtteranceId, *, reason: str) -> Erased:
    """Erase one turn with everything that was made of it.

    Raises
    ------
    NotAllowedNow
        If the reason is missing.
    """
    with runtime().store.read() as tx:
        found = _known(reach.of_utterances(tx, [utterance_id]), utterance_id)
    by = _require(found)
    told = _reason(reason, ())

    def find(tx: Connection) -> Reach:
        now = _known(reach.of_utterances(tx, [utterance_id]), utterance_id)
        audit.record(tx, by, "words erased", "utterance", utterance_id, reason=told)
        return now

    return _erase(find, by)


def erase_own(secret: str, utterance_id: UtteranceId | None = None) -> Erased:
    """Erase what the holder of a link, or somebody they act for, said: one turn or everything.

    Their place at the meeting, their link and their votes stay.

    Raises
    ------
    LinkUnknown
        If the link never was, or was replaced.
    NotFound
        If the turn is somebody else's, or nobody's.
    """

    def find(tx: Connection) -> Reach:
        owner = owner_of(tx, secret)
        kind, subject_id = ("utterance", utterance_id) if utterance_id else _whole(owner)
        by = BY_FAMILY if owner.acts_for_them else BY_THEM
        found = _own(tx, owner, utterance_id)
        audit.record(tx, by, "words erased", kind, subject_id, reason=ASKED)
        return found

    return _erase(find, BY_THEM)


def erase_statement(secret: str, statement_id: StatementId) -> Erased:
    """Erase what somebody wrote on their own page and nobody accepted yet.

    Raises
    ------
    NotFound
        If it is somebody else's, or nobody's.
    """

    def find(tx: Connection) -> Reach:
        written = reach.of_statements(tx, [statement_id])
        if not written or statements.by_id(tx, statement_id).attendance_id not in (
            owner_of(tx, secret).attendance_ids
        ):
            raise NotFound(kind="statement of yours", id=statement_id)
        audit.record(tx, BY_THEM, "words erased", "statement", statement_id, reason=ASKED)
        return written

    return _erase(find, BY_THEM)


def erase_turns(
    tx: Connection,
    utterance_ids: Collection[UtteranceId],
    statement_ids: Collection[StatementId] = (),
    *,
    lost: str,
) -> int:
    """Erase many turns within a transaction, as at the end of a programme; how many were here.

    The caller writes the audit log and has the files wiped after its transaction.
    """
    found = reach.of_utterances(tx, utterance_ids) | reach.of_statements(tx, statement_ids)
    if found:
        take_away(tx, found, actor=PROGRAM, lost=lost)
        write_down(tx, found)
    return len(found.utterance_ids) + len(found.statement_ids)


def _erase(find: Find, by: str) -> Erased:
    with told_plainly(), runtime().store.write() as tx:
        found = find(tx)
        goes = what_goes(tx, found)
        take_away(tx, found, actor=by, lost=ERASED)
        write_down(tx, found)
    with told_plainly():
        return Erased(goes, wiping.wipe(runtime().store))


def _of_person(tx: Connection, attendance_id: AttendanceId, *, everywhere: bool) -> Reach:
    person_id = reach.person_of(tx, attendance_id)
    if everywhere:
        return reach.of_person(tx, person_id)
    return reach.of_attendance(tx, attendance_id)


def _own(tx: Connection, owner: Owner, utterance_id: UtteranceId | None) -> Reach:
    if utterance_id is None:
        return reach.words_of_people(tx, owner.attendance_ids)
    if reach.speaker_of(tx, utterance_id) not in owner.attendance_ids:
        raise NotFound(kind="words of yours", id=utterance_id)
    return reach.of_utterances(tx, [utterance_id])


def _whole(owner: Owner) -> tuple[str, str]:
    return "attendance", owner.attendance.attendance_id


def _require(found: Reach) -> str:
    """Who erases, if they may at each of the meetings."""
    actors = [require(Act.ERASE, meeting_id=one) for one in sorted(found.meeting_ids)]
    return actors[0].name


def _known(found: Reach, utterance_id: UtteranceId) -> Reach:
    if not found:
        raise NotFound(kind="utterance", id=utterance_id)
    return found


def _reason(reason: str, names: Collection[str]) -> str:
    told = " ".join(reason.split())
    if not told:
        raise NotAllowedNow(reason="Say why: the log keeps who erased, when and why.")
    parts = {part for name in names for part in words_of(name) if len(part) > SHORT_NAME}
    short = {part for name in names for part in name.split() if len(part) <= SHORT_NAME}
    # "Bo" is a name and "to" may be one: a short one counts as it is written.
    if parts & set(words_of(told)) or short & set(told.split()):
        raise NotAllowedNow(
            reason="Say why without the person's name: the reason is kept when the name is gone."
        )
    return told
