"""Check the machine's themes by hand, blind. Start at `draw_sample`, `open_check`, `next_turn`.

Somebody draws passages of a run; people put each under one of its themes without seeing where the
machine put it; `services.coding_result` compares. What they said is added, never changed.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.stratified_sample import draw
from domain.access import Act, Actor
from domain.coding import CodedAs, Coder, Coding, ThemeCheck
from domain.errors import NotAllowedNow, TooFewPassages
from domain.ids import CheckId, MeetingId, PassageId, ThemeId
from domain.talk import Quote, Zone
from services import whose
from services.access import require
from services.runtime import runtime
from services.theme_reading import Placed, ReadRun, read_run, read_this_run
from store import audit, coding, themes
from store.engine import Connection

FEWEST = 10
"""With fewer passages than this, nothing can be said about agreement."""
SIZES = (30, 60, 100)
NO_REASON = "Say why you need to read what was not released."


@dataclass(frozen=True)
class CheckSummary:
    """A check in a list, with how many of its passages each coder has done."""

    check: ThemeCheck
    n_passages: int
    n_coded: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class OpenCheck:
    """A check that somebody opened to code; of restricted words only with a reason."""

    check_id: CheckId
    meeting_id: MeetingId
    zone: Zone
    coder: Coder
    reason: str = ""


@dataclass(frozen=True)
class ThemeChoice:
    """A theme to choose, with the words that tell what it is about."""

    theme_id: ThemeId
    name: str
    key_words: str


@dataclass(frozen=True)
class Turn:
    """The next passage to code; the themes by name, so that their order tells nothing."""

    passage_id: PassageId
    quote: Quote
    n_done: int
    n_passages: int
    choices: tuple[ThemeChoice, ...]


def draw_sample(
    meeting_id: MeetingId,
    n: int,
    *,
    zone: Zone = Zone.SHARED,
    reason: str = "",
    seed: int | None = None,
) -> CheckId:
    """Draw passages of the current run, a few of the smallest theme among them.

    Raises
    ------
    TooFewPassages
        If there is no run, or it holds too few passages that may be read.
    NotAllowedNow
        If the words were not released and nobody says why they must be read.
    """
    by = _require(meeting_id, zone)
    told = given_reason(zone, reason)
    drawn = secrets.randbelow(2**31) if seed is None else seed
    with runtime().store.write() as tx:
        read = read_run(tx, meeting_id, zone)
        open_ones = [p for p in read.passages if p.is_quotable] if read else []
        if read is None or len(open_ones) < FEWEST:
            raise TooFewPassages(found=len(open_ones), needed=FEWEST)
        places = draw([p.member.theme_id for p in open_ones], n, seed=drawn)
        chosen = [open_ones[place].member.passage_id for place in places]
        check_id = coding.add_check(tx, read.run.run_id, drawn, chosen, drawn_by=by.name)
        audit.record(tx, by.name, "sample drawn", "theme check", check_id, reason=told)
    return check_id


def checks(meeting_id: MeetingId, zone: Zone = Zone.SHARED) -> tuple[CheckSummary, ...]:
    """Every check of a meeting in a zone, the newest first."""
    _require(meeting_id, zone)
    with runtime().store.read() as tx:
        return tuple(_summary(tx, check) for check in coding.checks_of(tx, meeting_id, zone))


def open_check(check_id: CheckId, coder_name: str = "", *, reason: str = "") -> OpenCheck:
    """Begin, or go on with, a check; reading words that were not released is written down.

    Where there are accounts the coder is whoever is signed in; else the name that is typed.
    """
    meeting_id, zone = whose.check(check_id)
    by = _require(meeting_id, zone)
    told = given_reason(zone, reason)
    if zone is Zone.RESTRICTED:
        with runtime().store.write() as tx:
            audit.record(tx, by.name, "sample opened", "theme check", check_id, reason=told)
    return OpenCheck(check_id, meeting_id, zone, coder_of(by, coder_name), told)


def coder_of(by: Actor, typed: str) -> Coder:
    """The account's own name, where there is an account; else what was typed."""
    if by.account_id:
        return Coder(by.name, by.account_id)
    return Coder(" ".join(typed.split()) or by.name)


def next_turn(opened: OpenCheck) -> Turn | None:
    """The first passage that this coder has not coded; None when all are done."""
    _require(opened.meeting_id, opened.zone)
    with runtime().store.read() as tx:
        read, passages = read_check(tx, opened.check_id)
        done = _done_by(tx, opened)
    waiting = [p for p in passages if p.member.passage_id not in done]
    if not waiting:
        return None
    broad = sorted(
        (t for t in read.themes if t.parent_id is None),
        key=lambda t: (t.name.casefold(), t.theme_id),
    )
    return Turn(
        waiting[0].member.passage_id,
        waiting[0].quote,
        len(passages) - len(waiting),
        len(passages),
        tuple(ThemeChoice(t.theme_id, t.name, t.key_words) for t in broad),
    )


def code(
    opened: OpenCheck, passage_id: PassageId, answer: CodedAs, theme_id: ThemeId | None = None
) -> None:
    """Write down where the coder puts a passage.

    Raises
    ------
    NotAllowedNow
        If the passage is not, or not any more, part of the check, or the theme is none of its.
    """
    _require(opened.meeting_id, opened.zone)
    with runtime().store.write() as tx:
        read, passages = read_check(tx, opened.check_id)
        if passage_id not in {p.member.passage_id for p in passages}:
            raise NotAllowedNow(reason="This passage may not be read any more; it is left out.")
        known = {t.theme_id for t in read.themes if t.parent_id is None}
        if (answer is CodedAs.THEME) != (theme_id in known):
            raise NotAllowedNow(reason="This theme is not there any more. Choose another.")
        coding.add_coding(tx, opened.check_id, Coding(passage_id, opened.coder, answer, theme_id))


def take_back(opened: OpenCheck) -> bool:
    """Take the coder's last answer back, so that its passage comes again; False if none is left."""
    _require(opened.meeting_id, opened.zone)
    with runtime().store.write() as tx:
        mine = [c for c in coding.codings_of(tx, opened.check_id) if _is_by(c, opened.coder)]
        if not mine:
            return False
        taken = Coding(mine[-1].passage_id, opened.coder, CodedAs.TAKEN_BACK)
        coding.add_coding(tx, opened.check_id, taken)
    return True


def read_check(tx: Connection, check_id: CheckId) -> tuple[ReadRun, list[Placed]]:
    """The run of a check, and those of its passages that may still be read, as drawn."""
    check, _, _ = coding.check_by_id(tx, check_id)
    read = read_this_run(tx, themes.run_by_id(tx, check.run_id))
    by_id = {p.member.passage_id: p for p in read.passages if p.is_quotable}
    drawn = coding.passages_of_check(tx, check_id)
    return read, [by_id[passage_id] for passage_id in drawn if passage_id in by_id]


def _done_by(tx: Connection, opened: OpenCheck) -> set[PassageId]:
    found = coding.codings_of(tx, opened.check_id)
    return {c.passage_id for c in found if _is_by(c, opened.coder)}


def _is_by(found: Coding, coder: Coder) -> bool:
    return found.coder.key == coder.key


def _summary(tx: Connection, check: ThemeCheck) -> CheckSummary:
    _, passages = read_check(tx, check.check_id)
    here = {p.member.passage_id for p in passages}
    counted = by_coder(coding.codings_of(tx, check.check_id), here)
    told = tuple((coder.name, len(found)) for coder, found in counted)
    return CheckSummary(check, len(passages), told)


def by_coder(
    found: Iterable[Coding], here: set[PassageId]
) -> list[tuple[Coder, dict[PassageId, Coding]]]:
    """Each coder's answers about passages that may be read, coders by name."""
    names: dict[str, Coder] = {}
    answers: dict[str, dict[PassageId, Coding]] = {}
    for one in found:
        if one.passage_id in here:
            names.setdefault(one.coder.key, one.coder)
            answers.setdefault(one.coder.key, {})[one.passage_id] = one
    order = sorted(names, key=lambda key: (names[key].name.casefold(), key))
    return [(names[key], answers[key]) for key in order]


def _require(meeting_id: MeetingId, zone: Zone) -> Actor:
    if zone is Zone.RESTRICTED:
        require(Act.READ_RAW, meeting_id=meeting_id)
    return require(Act.CODE, meeting_id=meeting_id)


def given_reason(zone: Zone, reason: str) -> str:
    """Why words are read that nobody released; refused where it is needed and empty."""
    if zone is Zone.RESTRICTED and not reason.strip():
        raise NotAllowedNow(reason=NO_REASON)
    return reason.strip()
