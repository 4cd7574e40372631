"""What participants settle beside answering: consent, who presses. See `receipt`."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.ballots import AnsweringMode, Ballot
from domain.errors import NotAllowedNow, NotFound
from domain.ids import BallotId
from domain.meetings import Attendance
from domain.talk import ConsentUse
from services import keys
from services.page_marks import make_mark, read_mark
from services.voters import attendance_of, reading, writing
from services.voting import Outcome, answers_in, ballot_of, box_key, until_of
from store import ballot_box, ballots, consent, proxies
from store.engine import Connection

WRITTEN_WHERE = "answered on the participant page"
PROXY_NEEDS_CONSENT = (
    "Answering for someone else needs that person's own agreement. Whoever runs the meeting "
    "writes it down on the page “People and their links”."
)
HAS_ANSWERED = "{name} has answered; nobody else's answers are needed."


class ConsentChoice(StrEnum):
    """What may be done with a person's words, as one plain choice."""

    QUOTED = "quoted"
    GROUPED = "grouped"
    NOTHING = "nothing"


# Nobody is asked here whether words are kept after the programme: a second question would cost
# people who press with their eyes another page. What a form says of it stays as it is, unless
# somebody wants nothing of theirs to be here.
_ANSWERS: dict[ConsentChoice, dict[ConsentUse, bool]] = {
    ConsentChoice.QUOTED: {
        ConsentUse.RECORDED: True,
        ConsentUse.GROUPED: True,
        ConsentUse.QUOTED: True,
        ConsentUse.QUOTED_BY_NAME: False,
    },
    ConsentChoice.GROUPED: {
        ConsentUse.RECORDED: True,
        ConsentUse.GROUPED: True,
        ConsentUse.QUOTED: False,
        ConsentUse.QUOTED_BY_NAME: False,
    },
    ConsentChoice.NOTHING: dict.fromkeys(ConsentUse, False),
}


@dataclass(frozen=True)
class Receipt:
    """That a ballot is in the box; never what it says."""

    ballot: Ballot
    code: str
    n_answered: int
    is_open: bool
    closes_at: datetime | None


def give_consent(secret: str, choice: ConsentChoice, mark: str) -> Outcome:
    """Record what a person agrees to for this meeting; it holds from the next request on."""
    if read_mark(secret, "consent", mark).is_too_soon:
        return Outcome.TOO_SOON
    with writing() as tx:
        attendance = attendance_of(tx, secret)
        consent.add_consent(
            tx,
            attendance.meeting_id,
            _ANSWERS[choice],
            written_where=WRITTEN_WHERE,
            recorded_by="participant",
            attendance_id=attendance.attendance_id,
        )
    return Outcome.SAVED


def chosen_before(secret: str) -> ConsentChoice | None:
    """What a person chose themselves when they were asked; None where they did not."""
    with reading() as tx:
        attendance = attendance_of(tx, secret)
        agreed = consent.read_agreements(tx, attendance.meeting_id)
    own = {use: agreed.own_word(attendance.attendance_id, None, use) for use in ConsentUse}
    for choice, answers in _ANSWERS.items():
        asked = (ConsentUse.RECORDED, ConsentUse.GROUPED, ConsentUse.QUOTED)
        if all(own[use] is answers[use] for use in asked):
            return choice
    return None


def set_who_presses(secret: str, mode: AnsweringMode, mark: str) -> Outcome:
    """Note in the open votes whether the person presses or somebody does it for them.

    What somebody else answered in a person's place is taken out of the box as soon as the person
    answers: their vote replaces it.

    Raises
    ------
    NotAllowedNow
        If somebody would answer in the person's place without the person's recorded consent, or
        the person has answered.
    """
    if read_mark(secret, "who", mark).is_too_soon:
        return Outcome.TOO_SOON
    with writing() as tx:
        attendance = attendance_of(tx, secret)
        is_proxy = mode is AnsweringMode.PROXY
        if is_proxy and proxies.consent_of(tx, attendance.attendance_id) is None:
            raise NotAllowedNow(reason=PROXY_NEEDS_CONSENT)
        for ballot in ballots.ballots_of(tx, attendance.meeting_id):
            if ballots.is_open(tx, ballot.ballot_id, attendance.attendance_id):
                _change_mode(tx, secret, ballot, attendance, mode)
    return Outcome.SAVED


def may_be_answered_for(secret: str) -> str:
    """Who may answer in this person's place, as the person agreed; empty if nobody."""
    with reading() as tx:
        found = proxies.consent_of(tx, attendance_of(tx, secret).attendance_id)
    return found.proxy_name if found else ""


def _change_mode(
    tx: Connection, secret: str, ballot: Ballot, attendance: Attendance, mode: AnsweringMode
) -> None:
    who = attendance.attendance_id
    entry = ballots.roll_entry(tx, ballot.ballot_id, who)
    if entry is None:
        return
    has_answered, before = entry
    is_swap = (before is AnsweringMode.PROXY) is not (mode is AnsweringMode.PROXY)
    if is_swap and has_answered:
        if mode is AnsweringMode.PROXY:
            raise NotAllowedNow(reason=HAS_ANSWERED, name=attendance.name)
        ballot_box.take_answers(tx, ballot.ballot_id, box_key(secret, ballot))
        ballots.mark_answered(tx, ballot.ballot_id, who, has_answered=False)
    ballots.set_answering_mode(tx, ballot.ballot_id, who, mode)


def receipt(secret: str, ballot_id: BallotId) -> Receipt:
    """A code that is the same whatever was answered, given once something was.

    Raises
    ------
    NotFound
        If nothing of this person is in the box.
    """
    with reading() as tx:
        ballot, attendance = ballot_of(tx, secret, ballot_id)
        entry = ballots.roll_entry(tx, ballot_id, attendance.attendance_id)
        if entry is None or not entry[0]:
            raise NotFound(kind="ballot in the box", id=ballot_id)
        who = attendance.attendance_id
        return Receipt(
            ballot,
            _code(secret, ballot_id),
            len(answers_in(tx, secret, ballot)),
            ballots.is_open(tx, ballot_id, who),
            until_of(tx, ballot, who),
        )


def consent_mark(secret: str) -> str:
    """The mark of the consent form."""
    return make_mark(secret, "consent")


def who_mark(secret: str) -> str:
    """The mark of the form that says who presses."""
    return make_mark(secret, "who")


def _code(secret: str, ballot_id: BallotId) -> str:
    digits = keys.derive(secret, f"receipt|{ballot_id}").hex()[:8].upper()
    return f"{digits[:4]}-{digits[4:]}"
