"""Numbers, addresses and codes as they are read out. Start at `spoken_identifiers`."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from analysis.identifier_words import Sort, Word, listed
from domain.identifiers import IdentifierKind, Suggestion

UNITS = dict(
    zip(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
        range(10),
        strict=True,
    )
) | {"oh": 0, "o": 0, "nought": 0}
TEENS = dict(
    zip(
        [
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        range(10, 20),
        strict=True,
    )
)
TENS = dict(
    zip(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        range(20, 100, 10),
        strict=True,
    )
)
NUMBER_WORDS = UNITS | TEENS | TENS | {"hundred": 100, "thousand": 1000}
SIGNS = listed("dot point period dash hyphen underscore slash colon plus")
ENDINGS = listed("com org net edu gov mil io info biz health care us uk ca de fr eu au co")
FEWEST_CODE_SIGNS = 6
FEWEST_AFTER_CUE = 3
MOST_BETWEEN = 8
NEXT_TO = 2


@dataclass(frozen=True)
class Cue:
    """Words after which a number is somebody's."""

    kind: IdentifierKind
    what: str
    expression: re.Pattern[str]


def _cue(kind: IdentifierKind, what: str, expression: str) -> Cue:
    return Cue(kind, what, re.compile(rf"\b(?:{expression})\b", re.IGNORECASE))


CUES = (
    _cue(IdentifierKind.SOCIAL_SECURITY, "a social security number", r"social(?: security)?|ssn"),
    _cue(
        IdentifierKind.MEDICAL,
        "a medical record or plan number",
        r"medical records?|record number|chart(?: number)?|mrn|medicare(?: number| id| card)?|"
        r"medicaid(?: number| id)?|member(?: id| number)|policy(?: number)?|plan(?: id| number)?|"
        r"group number|subscriber(?: id| number)?|insurance (?:id|number|card)|claim number",
    ),
    _cue(
        IdentifierKind.ACCOUNT,
        "an account or licence number",
        r"account(?: number)?|routing number|credit card|card number|licen[cs]e(?: number)?|"
        r"permit number|certificate number|passport(?: number)?|npi|dea number|badge number",
    ),
    _cue(
        IdentifierKind.VEHICLE,
        "a vehicle's number",
        r"(?:license |licence )?plates?|vin|registration",
    ),
    _cue(
        IdentifierKind.DEVICE,
        "a device's number",
        r"serial(?: number| no)?|device (?:id|number)|model number|udi",
    ),
    _cue(IdentifierKind.TRIAL, "a trial's number", r"trial(?: number)?|nct|study number"),
    _cue(
        IdentifierKind.PHONE,
        "a phone number",
        r"phone(?: number)?|call(?: me)?|cell(?: phone)?|fax(?: number)?|extension|text me|"
        r"reach me|my number|dial",
    ),
    _cue(IdentifierKind.ADDRESS, "a ZIP code", r"zip(?: code)?|postal code|postcode"),
    _cue(IdentifierKind.INTERNET, "an internet address", r"ip(?: address)?|address"),
)


def spoken_identifiers(text: str, words: Sequence[Word]) -> Iterator[Suggestion]:
    """Runs of digits and letters read out, numbers after a cue, and addresses with "dot"."""
    yield from _addresses(words)
    runs = list(_runs(words, _is_code_sign))
    taken = set()
    for cue in CUES:
        for match in cue.expression.finditer(text):
            run = _first_after(runs, words, match.end())
            if run and run not in taken:
                taken.add(run)
                yield _suggestion(words, _widened(words, run), cue.kind, cue.what, 0.9)
    for run in runs:
        if run not in taken and _n_signs(words, run) >= FEWEST_CODE_SIGNS:
            what = "a number that was read out"
            yield _suggestion(words, run, IdentifierKind.CODE, what, 0.7)


def _is_code_sign(word: Word) -> bool:
    """A number, a digit's name, a lone letter, or what stands between them."""
    low = word.low
    return (
        low in NUMBER_WORDS
        or low in SIGNS
        or word.sort is Sort.NUMBER
        or low in ("double", "triple", "nct")
        or (len(low) == 1 and low.isascii())
    )


def _runs(words: Sequence[Word], belongs: Callable[[Word], bool]) -> Iterator[tuple[int, int]]:
    """First and last place of each run of words that belong; a lone "a" or "I" begins none."""
    first = None
    for n, word in enumerate(words):
        joins = belongs(word) and (first is None or _is_near(words[n - 1], word))
        if not joins and first is not None:
            yield from _trimmed(words, first, n - 1)
            first = n if belongs(word) else None
        elif joins and first is None:
            first = n
    if first is not None:
        yield from _trimmed(words, first, len(words) - 1)


def _is_near(before: Word, word: Word) -> bool:
    return word.start - before.end <= 3


def _trimmed(words: Sequence[Word], first: int, last: int) -> Iterator[tuple[int, int]]:
    while first <= last and (words[first].low in SIGNS or words[first].low in ("a", "i")):
        first += 1
    while last >= first and (words[last].low in SIGNS or words[last].low in ("a", "i")):
        last -= 1
    if first <= last:
        yield first, last


def _n_signs(words: Sequence[Word], run: tuple[int, int]) -> int:
    said = words[run[0] : run[1] + 1]
    has_digit = any(w.low in NUMBER_WORDS or w.sort is Sort.NUMBER for w in said)
    spelled = [w for w in said if w.low in UNITS or len(w.low) == 1 or w.sort is Sort.NUMBER]
    n_signs = sum(len(w.low) if w.sort is Sort.NUMBER else 1 for w in spelled)
    return n_signs if has_digit and len(spelled) > 1 else 0


def _first_after(
    runs: Sequence[tuple[int, int]], words: Sequence[Word], place: int
) -> tuple[int, int] | None:
    """The run that a cue speaks of: soon after it, and long enough to be a number of its own."""
    low, high = 0, len(runs)
    while low < high:
        middle = (low + high) // 2
        if words[runs[middle][0]].start < place:
            low = middle + 1
        else:
            high = middle
    for run in runs[low : low + 2]:
        n_between = _n_words_between(words, place, run[0])
        if n_between > MOST_BETWEEN:
            return None
        said = words[run[0] : run[1] + 1]
        is_count = (n_between > NEXT_TO and _is_quantity(said)) or (n_between and _is_year(said))
        if _n_code_signs(words, run) >= FEWEST_AFTER_CUE and not is_count:
            return run
    return None


def _widened(words: Sequence[Word], run: tuple[int, int]) -> tuple[int, int]:
    """The run with the short pieces that a plate or a code has beside its digits."""
    first, last = run
    if first > 1 and words[first - 1].low in ("a", "i") and words[first - 2].low in _BEFORE_CODE:
        first -= 1
    while first and run[0] - first < 2 and _is_piece(words[first - 1], words[first]):
        first -= 1
    while last + 1 < len(words) and last - run[1] < 2 and _is_piece(words[last + 1], words[last]):
        last += 1
    return first, last


_BEFORE_CODE = listed("is was number it's id again code plate")


def _is_piece(word: Word, beside: Word) -> bool:
    gap = max(word.start - beside.end, beside.start - word.end)
    if gap > 1:
        return False
    is_joined = word.is_hyphenated if word.start > beside.start else beside.is_hyphenated
    return is_joined or (word.may_name and len(word.low) < 5)


def _is_year(said: Sequence[Word]) -> bool:
    low = said[0].low
    return len(said) == 1 and low.isdigit() and len(low) == 4 and low[:2] in ("19", "20")


def _is_quantity(said: Sequence[Word]) -> bool:
    """A count, such as "120" or "three hundred", and not a number of somebody's."""
    if len(said) == 1:
        return said[0].low.isdigit() and len(said[0].low) < 5
    return all(word.low in NUMBER_WORDS and word.low not in UNITS for word in said[1:])


def _n_words_between(words: Sequence[Word], place: int, n: int) -> int:
    n_between = 0
    while n > 0 and words[n - 1].start >= place and n_between <= MOST_BETWEEN:
        n, n_between = n - 1, n_between + 1
    return n_between


def _n_code_signs(words: Sequence[Word], run: tuple[int, int]) -> int:
    said = words[run[0] : run[1] + 1]
    if not any(w.low in NUMBER_WORDS or w.sort is Sort.NUMBER for w in said):
        return 0
    return sum(len(w.low) if w.sort is Sort.NUMBER else 1 for w in said if w.low not in SIGNS)


def _addresses(words: Sequence[Word]) -> Iterator[Suggestion]:
    """E-mail and web addresses: outward from "dot com"."""
    done = -1
    for n in range(1, len(words) - 1):
        if words[n].low not in ("dot", "period", "point") or words[n + 1].low not in ENDINGS:
            continue
        first, has_at = _leftwards(words, n, done)
        last = _rightwards(words, n + 1)
        if first < n and first > done:
            done = last
            kind = IdentifierKind.EMAIL if has_at else IdentifierKind.WEB
            what = "an e-mail address" if has_at else "a web address"
            yield _suggestion(words, (first, last), kind, what + " that was read out", 0.95)


def _leftwards(words: Sequence[Word], dot: int, done: int) -> tuple[int, bool]:
    """Where an address begins; at most so many words before, so that time stays bounded."""
    first, has_at = dot, False
    while first - 1 > done and dot - first < 24:
        low, after = words[first - 1].low, words[first].low
        if low == "at" and not has_at and first < dot:
            has_at = True
        elif not (low in SIGNS or after in SIGNS or _goes_on(words[first - 1], words[first])):
            break
        first -= 1
    while first < dot and (words[first].low in SIGNS or words[first].low == "at"):
        first += 1
    return first, has_at


def _goes_on(word: Word, after: Word) -> bool:
    """Whether a word without a sign after it can be a part of an address."""
    if _is_code_sign(word) or word.may_name or word.sort is Sort.EITHER:
        return True
    return after.low == "at" or (_is_code_sign(after) and word.sort is not Sort.FUNCTION)


def _rightwards(words: Sequence[Word], last: int) -> int:
    """Where an address ends: words go on while signs join them."""
    for _ in range(24):
        if last + 2 < len(words) and words[last + 1].low in SIGNS:
            last += 2
        elif (
            last + 1 < len(words)
            and _is_code_sign(words[last + 1])
            and words[last].low not in ENDINGS
        ):
            last += 1
        else:
            break
    return last


def _suggestion(
    words: Sequence[Word], run: tuple[int, int], kind: IdentifierKind, what: str, sureness: float
) -> Suggestion:
    return Suggestion(words[run[0]].start, words[run[1]].end, kind, f"looks like {what}", sureness)
