"""Dates finer than a year and ages over 89, also as they are spoken. Start at `dates_and_ages`."""

from collections.abc import Iterator, Sequence

from analysis.identifier_spoken import NUMBER_WORDS, TEENS, TENS, UNITS
from analysis.identifier_words import Sort, Word, listed
from domain.identifiers import IdentifierKind, Suggestion

MONTHS = listed(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sept sep oct nov dec"
)
ALSO_WORDS = frozenset({"may", "march", "mar", "sep", "dec", "jan", "jun"})
ORDINALS = listed(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth "
    "thirtieth"
)
BEFORE_A_MONTH = listed(
    "in since until till by of early late mid last next this every during around before after "
    "from between through"
)
AGE_CUES = listed("is was turned turning turns at age aged be she's he's i'm am hit")
NO_AGE_AFTER = listed(
    "percent % day days minute minutes hour hours week weeks month months mile miles dollar "
    "dollars degree degrees pound pounds second seconds people times pages seats in out bucks "
    "kilometers cents feet meters points questions members"
)
OLDEST = 120


def dates_and_ages(words: Sequence[Word]) -> Iterator[Suggestion]:
    """Months with what belongs to them, and numbers from 90 on that are somebody's age."""
    for n, word in enumerate(words):
        if word.low in MONTHS:
            yield from _date(words, n)
        elif (
            word.low in ("ninety", "hundred")
            or word.low[:2] in ("9", "10", "11")
            or word.sort is Sort.NUMBER
        ):
            yield from _age(words, n)


def _date(words: Sequence[Word], n: int) -> Iterator[Suggestion]:
    first, last = _day_before(words, n), n
    if n + 2 < len(words) and words[n + 1].low == "the" and _is_day(words[n + 2]):
        last = n + 1
    while last + 1 < len(words) and last - n < 9 and _goes_on(words, last):
        last += 1
    if words[last].low in ("of", "the"):
        last -= 1
    if (first, last) == (n, n) and not _is_a_month(words, n):
        return
    yield Suggestion(
        words[first].start, words[last].end, IdentifierKind.DATE, "looks like a date", 0.9
    )


def _day_before(words: Sequence[Word], n: int) -> int:
    """Where "the twenty first of" begins that stands before a month, or the month's own place."""
    first = n
    if n > 1 and words[n - 1].low == "of" and _is_day(words[n - 2]):
        first = n - 2
    elif n and _is_day(words[n - 1]):
        first = n - 1
    else:
        return n
    if first and words[first - 1].low in TENS and words[first].low in ORDINALS:
        first -= 1
    return first - 1 if first and words[first - 1].low == "the" else first


def _is_day(word: Word) -> bool:
    low = word.low
    return low in ORDINALS or (low[:2].rstrip("stndrh").isdigit() and len(low) <= 4)


def _goes_on(words: Sequence[Word], last: int) -> bool:
    """Whether day and year of a month go on after this word."""
    word = words[last + 1]
    if word.start - words[last].end > 2:
        return False
    if word.low in NUMBER_WORDS or word.low in ORDINALS or _is_day(word):
        return True
    is_year = word.low.isdigit() and len(word.low) == 4
    return is_year or (word.low == "and" and words[last].low in ("thousand", "hundred"))


def _is_a_month(words: Sequence[Word], n: int) -> bool:
    """A month's name alone is a date, unless it is also an everyday word or somebody's name."""
    low = words[n].low
    if low not in ALSO_WORDS:
        return (
            low not in ("april", "june", "august") or not n or words[n - 1].sort is not Sort.FIRST
        )
    if not n or words[n - 1].low not in BEFORE_A_MONTH:
        return False
    return n + 1 == len(words) or words[n + 1].low not in ("be", "have", "not", "or")


def _age(words: Sequence[Word], n: int) -> Iterator[Suggestion]:
    age, last = _number(words, n)
    if not 90 <= age <= OLDEST:
        return
    first = n - 1 if words[n].low == "hundred" and n and words[n - 1].low in ("a", "one") else n
    following = words[last + 1].low if last + 1 < len(words) else ""
    before = words[first - 1].low if first else ""
    if following in ("years", "year"):
        is_age = (words[last + 2].low if last + 2 < len(words) else "") in ("old", "olds", "of")
        is_age = is_age or before in ("at", "age", "turned")
    else:
        is_age = before in AGE_CUES and following not in NO_AGE_AFTER
    if is_age or following in ("yearold", "yearolds"):
        why = "looks like an age over 89"
        yield Suggestion(words[first].start, words[last].end, IdentifierKind.AGE, why, 0.8)


def _number(words: Sequence[Word], n: int) -> tuple[int, int]:
    """The number that begins here and the place of its last word."""
    word = words[n]
    if word.low.isdigit():
        return (int(word.low) if len(word.low) < 4 else 0), n
    following = words[n + 1].low if n + 1 < len(words) else ""
    if word.low == "ninety":
        return 90 + UNITS.get(following, 0), n + (following in UNITS)
    if word.low == "hundred" and n and words[n - 1].low in ("a", "one"):
        at = n + (following == "and")
        said = words[at + 1].low if at + 1 < len(words) else ""
        rest = UNITS.get(said, TEENS.get(said, 0))
        return 100 + rest, at + 1 if rest else n
    return 0, n
