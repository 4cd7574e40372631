"""What a check of the themes came to: person and machine, person and person. Start at `result`."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from analysis.agreement import Agreement, agreement, categories, confusions
from domain.access import Act
from domain.coding import CodedAs, Coding, ThemeCheck
from domain.errors import NotAllowedNow
from domain.ids import CheckId, PassageId, ThemeId
from domain.talk import Zone
from services import whose
from services.access import require
from services.coding import FEWEST, by_coder, coder_of, given_reason, read_check
from services.runtime import runtime
from services.theme_reading import Placed, ReadRun
from store import coding

MACHINE = "the machine"
NONE, GONE = CodedAs.NONE.value, "a theme that is not there any more"
Answers = dict[PassageId, ThemeId | None]


@dataclass(frozen=True)
class ThemeAgreement:
    """How many passages each put under a theme, and how many of them both did."""

    name: str
    n_first: int
    n_second: int
    n_both: int


@dataclass(frozen=True)
class Difference:
    """What the first put under one theme and the second under another."""

    first: str
    second: str
    n: int


@dataclass(frozen=True)
class Compared:
    """Two who coded the same passages; `n_left_out` are those where one could not tell."""

    first: str
    second: str
    agreement: Agreement
    n_left_out: int
    themes: tuple[ThemeAgreement, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class CheckResult:
    """Everything that was compared, persons with the machine first."""

    check: ThemeCheck
    n_passages: int
    pairs: tuple[Compared, ...]


def result(check_id: CheckId, coder_name: str = "", *, reason: str = "") -> CheckResult:
    """Compare everybody who coded enough passages with the machine and with each other.

    Raises
    ------
    NotAllowedNow
        If whoever asks is in the middle of coding: where the machine and others put things would
        sway what is left. And if the themes are named by words that nobody released, without the
        reason that `open_check` wrote down.
    """
    meeting_id, zone = whose.check(check_id)
    if zone is Zone.RESTRICTED:
        require(Act.READ_RAW, meeting_id=meeting_id)
    by = require(Act.CODE, meeting_id=meeting_id)
    given_reason(zone, reason)
    with runtime().store.read() as tx:
        check, _, _ = coding.check_by_id(tx, check_id)
        read, passages = read_check(tx, check_id)
        found = coding.codings_of(tx, check_id)
    coders = by_coder(found, {p.member.passage_id for p in passages})
    me = coder_of(by, coder_name).key
    mine = next((len(answers) for coder, answers in coders if coder.key == me), 0)
    if 0 < mine < len(passages):
        raise NotAllowedNow(
            reason=f"You have coded {mine} of {len(passages)} passages. The result opens when "
            "you are done, so that it does not sway you."
        )
    people = [(coder.name, _told(answers)) for coder, answers in coders]
    machine = (MACHINE, _by_machine(passages))
    pairs = [(person, machine) for person in people] + list(combinations(people, 2))
    compared = [_compare(read, passages, first, second) for first, second in pairs]
    return CheckResult(check, len(passages), tuple(one for one in compared if one is not None))


def _by_machine(passages: Sequence[Placed]) -> Answers:
    return {p.member.passage_id: p.member.theme_id for p in passages}


def _told(answers: dict[PassageId, Coding]) -> Answers:
    """What somebody said; where they could not tell there is nothing to compare."""
    return {
        passage_id: one.theme_id
        for passage_id, one in answers.items()
        if one.answer is not CodedAs.CANNOT_TELL
    }


def _compare(
    read: ReadRun,
    passages: Sequence[Placed],
    one: tuple[str, Answers],
    other: tuple[str, Answers],
) -> Compared | None:
    """Two answers to each passage; None where there are too few to say anything."""
    (first_name, first), (second_name, second) = one, other
    drawn = (p.member.passage_id for p in passages)
    both = [passage_id for passage_id in drawn if passage_id in first and passage_id in second]
    if len(both) < FEWEST:
        return None
    names = {t.theme_id: t.name for t in read.themes}
    a, b = [first[p] for p in both], [second[p] for p in both]

    def name(theme_id: object) -> str:
        return NONE if theme_id is None else names.get(ThemeId(str(theme_id)), GONE)

    return Compared(
        first_name,
        second_name,
        agreement(a, b),
        len(passages) - len(both),
        tuple(
            ThemeAgreement(name(c.answer), c.n_first, c.n_second, c.n_both)
            for c in categories(a, b)
        ),
        tuple(Difference(name(c.first), name(c.second), c.n) for c in confusions(a, b)),
    )
