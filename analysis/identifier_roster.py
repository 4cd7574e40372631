"""Names of the programme's own people wherever they are said. Start at `Roster`."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.identifier_words import Sort, Word, listed, plain_letters, word_lists
from domain.identifiers import IdentifierKind, Suggestion

LETTERS = re.compile(r"[^\W\d_]+")
NO_NAMES = listed(
    "dr prof rev mr mrs ms miss md phd rn np pa pt ot slp dpt msw lcsw jr sr ii iii iv mba "
    "esq de la del da di du van von der den bin ibn al el and"
)
SHORT_FORMS = (
    "abigail abby|alexander alex al|alexandra alex sandra|andrew andy drew|anthony tony|"
    "barbara barb|benjamin ben|catherine cathy kate katie|charles charlie chuck|"
    "christina chris tina|christopher chris|daniel dan danny|david dave|deborah deb debbie|"
    "donald don|edward ed eddie ted|elizabeth liz beth betsy|frances fran|francis frank|"
    "frederick fred|gerald jerry|gregory greg|guadalupe lupe|henry hank|jacob jake|"
    "james jim jimmy|jeffrey jeff|jennifer jen jenny|jessica jess|john jack johnny|"
    "jonathan jon|jose pepe|joseph joe|joshua josh|judith judy|katherine kathy kate|"
    "kathleen kathy|kenneth ken|kimberly kim|lawrence larry|leonard leo|margaret maggie peggy meg|"
    "matthew matt|michael mike|nancy nan|nathaniel nate|nicholas nick|pamela pam|"
    "patricia pat patty|patrick pat|peter pete|philip phil|rebecca becky|richard rich rick dick|"
    "robert rob bob bobby|"
    "ronald ron|samantha sam|samuel sam|stephanie steph|stephen steve|steven steve|susan sue|"
    "suzanne sue|teresa terry|theodore ted|theresa terry|thomas tom|timothy tim|victoria vicky|"
    "vincent vince|walter walt|william bill will billy"
)
SHORTEST_MISSPELLED = 5
TWO_LETTERS_OFF_FROM = 8
LONGEST_NAME = 24


@dataclass(frozen=True)
class _Hit:
    start: int
    end: int
    sureness: float
    why: str


class Roster:
    """The parts of everybody's name, ready to be looked for."""

    def __init__(self, names: Iterable[str]) -> None:
        parts: set[str] = set()
        for name in names:
            said = [plain_letters(part) for part in LETTERS.findall(name)]
            parts.update(p for p in said if len(p) > 1 and p not in NO_NAMES)
            parts.update(a + b for a, b in pairwise(said) if len(a) < 3)
        self._parts = frozenset(parts)
        self._short = frozenset(s for part in parts for s in _SHORT.get(part, ())) - parts
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for part in parts:
            self._by_length[len(part)].append(part)
        self._looked_up: dict[str, bool] = {}

    def find(self, text: str, words: Sequence[Word]) -> Iterator[Suggestion]:
        """Every part of a name that is said; parts that stand together are one stretch."""
        sort_at = {word.start: word for word in words}
        joined: _Hit | None = None
        for hit in self._hits(text, sort_at):
            if joined and re.fullmatch(r"[\s.\-’']{0,3}", text[joined.end : hit.start]):
                surest = max(joined, hit, key=lambda one: one.sureness)
                joined = _Hit(joined.start, hit.end, min(1.0, surest.sureness + 0.3), surest.why)
                continue
            if joined:
                yield _suggestion(joined)
            joined = hit
        if joined:
            yield _suggestion(joined)

    def _hits(self, text: str, word_at: dict[int, Word]) -> Iterator[_Hit]:
        for match in LETTERS.finditer(text):
            low = plain_letters(match[0])
            start, end = match.span()
            if low in self._parts:
                yield _Hit(start, end, _sureness(low, match[0]), "is on the roster")
            elif low[-1:] == "s" and low[:-1] in self._parts and len(low) > 3:
                yield _Hit(start, end - 1, _sureness(low, match[0]), "is on the roster")
            elif low in self._short and _is_meant(low, match[0]):
                yield _Hit(start, end, 0.6, "is short for a name on the roster")
            elif start in word_at and self._is_misspelled(low, word_at[start].sort):
                yield _Hit(start, end, 0.6, "is almost a name on the roster")

    def _is_misspelled(self, low: str, sort: Sort) -> bool:
        if not SHORTEST_MISSPELLED - 1 <= len(low) <= LONGEST_NAME:
            return False
        if sort in (Sort.FUNCTION, Sort.PLAIN, Sort.EITHER, Sort.NUMBER):
            return False
        if low not in self._looked_up:
            self._looked_up[low] = self._is_near(low)
        return self._looked_up[low]

    def _is_near(self, low: str) -> bool:
        for length in range(len(low) - 2, len(low) + 3):
            if length < SHORTEST_MISSPELLED:
                continue
            allowed = 2 if length >= TWO_LETTERS_OFF_FROM else 1
            if any(_distance(low, part, allowed) <= allowed for part in self._by_length[length]):
                return True
        return False


_SHORT = {names.split()[0]: tuple(names.split()[1:]) for names in SHORT_FORMS.split("|")}


def _sureness(low: str, said: str) -> float:
    """A name that is also an everyday word ("will", "an") is hidden too, but less surely."""
    if low not in word_lists().rank or len(low) == 1:
        return 1.0
    if said[:1].isupper():
        return 0.8
    return 0.6 if word_lists().is_rarer_than(3000, low) else 0.4


def _is_meant(low: str, said: str) -> bool:
    return low not in word_lists().rank or said[:1].isupper()


def _distance(a: str, b: str, allowed: int) -> int:
    """Letters to change, add or take away, or swapped neighbours; more than allowed is not told."""
    if abs(len(a) - len(b)) > allowed:
        return allowed + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, sign in enumerate(a, start=1):
        older, before, row = before, row, [i]
        for j, other in enumerate(b, start=1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (sign != other))
            if i > 1 and j > 1 and sign == b[j - 2] and a[i - 2] == other:
                best = min(best, older[j - 2] + 1)
            row.append(best)
        if min(row) > allowed:
            return allowed + 1
    return row[-1]


def _suggestion(hit: _Hit) -> Suggestion:
    return Suggestion(hit.start, hit.end, IdentifierKind.NAME, hit.why, hit.sureness)
