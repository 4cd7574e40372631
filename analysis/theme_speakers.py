"""How many people of a group speak of a theme, as far as it may be told. Start at `tell`.

Groups of fewer than k people are joined beforehand (`analysis.grouping`). Inside a group, 1 to k-1
people who speak of the theme, or fewer than k who do not, become a phrase: who they are would be
easy to say. That nobody speaks of it is told, since it says nothing about anybody's words. The
whole is counted only where nobody can work one of these numbers out of all that is shown together.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from analysis.grouping import Groups, label_of
from analysis.small_cells import is_small
from analysis.suppression import EVERYONE, PUBLIC_K, ROOM_K
from analysis.tallies import wilson_interval

Possible = frozenset[int]
"""Every number that somebody who reads what is shown must hold for possible."""


class Amount(StrEnum):
    """What is said instead of a number, or beside it."""

    NOBODY = "none"
    SOME = "fewer than two thirds"
    MOST = "two thirds or more"


@dataclass(frozen=True)
class Part:
    """People of one or more groups: how many spoke at the meeting, how many of them of a theme."""

    groups: Groups
    n_speaking: int
    n: int


@dataclass(frozen=True)
class Told:
    """What may be shown of a part; without `amount`, that nothing may.

    `low` and `high` (0-1) bound what share of such people plausibly speaks of the theme (Wilson,
    95 %). Where the number is not told they span all numbers that the phrase leaves open.
    """

    label: str
    groups: Groups
    n: int
    n_speaking: int | None = None
    amount: Amount | None = None
    low: float | None = None
    high: float | None = None

    @property
    def is_small(self) -> bool:
        """Whether so few people spoke that nothing is told of them."""
        return self.n < ROOM_K

    @property
    def is_everyone(self) -> bool:
        """Whether it is the whole rather than a group."""
        return self.label == EVERYONE

    @property
    def middle(self) -> float | None:
        """Where a mark is drawn, 0-1: the share itself, else the middle of what is open."""
        if self.n_speaking is not None:
            return self.n_speaking / self.n
        if self.amount is None:
            return None
        return 1 / 3 if self.amount is Amount.SOME else 5 / 6


@dataclass(frozen=True)
class Speakers:
    """What may be shown of one theme at one meeting; no groups: only the whole may."""

    k: int
    whole: Told
    groups: tuple[Told, ...] = ()


def amount_of(n_speaking: int, n: int) -> Amount:
    """The phrase that is true of these numbers.

    >>> amount_of(5, 8).value
    'fewer than two thirds'
    """
    if n_speaking == 0:
        return Amount.NOBODY
    return Amount.MOST if 3 * n_speaking >= 2 * n else Amount.SOME


def tell(parts: Sequence[Part], k: int = ROOM_K) -> Speakers:
    """Decide what may be shown of who speaks of a theme.

    Parameters
    ----------
    parts
        Groups that exclude each other and are everybody who spoke at the meeting.
    k
        Fewest people behind a number; at least `ROOM_K`. What is told at a larger k follows from
        what is told in the room, so that whoever reads both learns no more than the room.

    Raises
    ------
    ValueError
        If k is too small for a phrase to hide anybody.
    """
    if k < ROOM_K:
        raise ValueError(f"k is {k}; needed are {ROOM_K} or more")
    room = _in_the_room(parts)
    return room if k == ROOM_K else _for_more(parts, room, k)


def for_others(parts: Sequence[Part]) -> Speakers:
    """The same for files, which may reach anybody."""
    return tell(parts, PUBLIC_K)


def in_words_alone(told: Speakers) -> Speakers:
    """The same without numbers but "none": for views of which one holds another.

    Between the numbers of two such views somebody could count those who speak of the difference.
    """
    groups = tuple(_phrase_of(part) for part in told.groups)
    return Speakers(told.k, _phrase_of(told.whole), groups)


def _phrase_of(told: Told) -> Told:
    if told.n_speaking is None or told.amount is Amount.NOBODY:
        return told
    alike = frozenset(x for x in range(told.n + 1) if amount_of(x, told.n) is told.amount)
    return _phrased(told.label, Part(told.groups, told.n_speaking, told.n), alike)


def _in_the_room(parts: Sequence[Part]) -> Speakers:
    whole, shown = _whole_of(parts), _shown(parts, ROOM_K)
    groups = shown if len(parts) > 1 else ()
    if whole.n < ROOM_K:
        return Speakers(ROOM_K, Told(EVERYONE, whole.groups, whole.n), groups)
    open_to = tuple(_possible(part, ROOM_K) for part in parts)
    outcome = next(o for o in _outcomes(open_to, whole.n, ROOM_K) if whole.n_speaking in o)
    if len(outcome) == 1:
        return Speakers(ROOM_K, _exactly(EVERYONE, whole), groups)
    return Speakers(ROOM_K, _phrased(EVERYONE, whole, outcome), groups)


def _for_more(parts: Sequence[Part], room: Speakers, k: int) -> Speakers:
    """Of the groups all or none: beside a group in words, the whole would say too much."""
    whole, shown = _whole_of(parts), _shown(parts, k)
    if len(parts) > 1 and all(part.n_speaking is not None for part in shown):
        return Speakers(k, _exactly(EVERYONE, whole), shown)
    head = room.whole
    if whole.n < k or head.amount is None:
        return Speakers(k, Told(EVERYONE, whole.groups, whole.n))
    if head.n_speaking is None or is_small(head.n_speaking, head.n, k):
        alike = (x for x in range(whole.n + 1) if amount_of(x, whole.n) is head.amount)
        return Speakers(k, _phrased(EVERYONE, whole, frozenset(alike)))
    return Speakers(k, head)


def _shown(parts: Sequence[Part], k: int) -> tuple[Told, ...]:
    present = [group for part in parts for group in part.groups]
    return tuple(_told(part, k, label_of(part.groups, present)) for part in parts if part.n)


def _told(part: Part, k: int, label: str) -> Told:
    if part.n < k:
        return Told(label, part.groups, part.n)
    if not is_small(part.n_speaking, part.n, k):
        return _exactly(label, part)
    return _phrased(label, part, _possible(part, k))


def _exactly(label: str, part: Part) -> Told:
    bounds = wilson_interval(part.n_speaking, part.n)
    amount = amount_of(part.n_speaking, part.n)
    return Told(label, part.groups, part.n, part.n_speaking, amount, bounds.low, bounds.high)


def _phrased(label: str, part: Part, open_to: Possible) -> Told:
    """In words, where these are true of every number that is left open; else without any."""
    amount = amount_of(part.n_speaking, part.n)
    if any(amount_of(x, part.n) is not amount for x in open_to):
        return Told(label, part.groups, part.n)
    low = wilson_interval(min(open_to), part.n).low
    high = wilson_interval(max(open_to), part.n).high
    return Told(label, part.groups, part.n, None, amount, low, high)


def _whole_of(parts: Sequence[Part]) -> Part:
    groups = tuple(group for part in parts for group in part.groups)
    return Part(groups, sum(p.n_speaking for p in parts), sum(p.n for p in parts))


@lru_cache(maxsize=4096)
def _outcomes(open_to: tuple[Possible, ...], n: int, k: int) -> tuple[Possible, ...]:
    """The sums of all parts, as far as a reader may tell them apart.

    A sum alone is told, as long as it leaves every part that is not told at least two possible
    numbers; the others are told apart by their phrases, as long as these do. What cannot be told
    at all leaves the smallest and the largest sum open, and so every part its ends. All of it
    depends on what is shown of the parts alone, so that silence says no more than speech.
    """
    sums = _sums(open_to)
    hidden = [
        (own, _sums(open_to[:i] + open_to[i + 1 :]))
        for i, own in enumerate(open_to)
        if len(own) > 1
    ]
    if not hidden:
        return (sums,)

    def leaves_open(read: Possible) -> bool:
        return all(
            sum(any(total - x in others for total in read) for x in own) > 1
            for own, others in hidden
        )

    alone = {x for x in sums if not is_small(x, n, k) and leaves_open(frozenset({x}))}
    in_words = [_in_words(sums, alone, amount, n, leaves_open) for amount in Amount]
    if not all(leaves_open(read) for read in in_words if read):
        in_words = [sums - alone]
    told = alone.difference(*in_words)
    return (*(frozenset({x}) for x in sorted(told)), *filter(None, in_words))


def _in_words(
    sums: Possible,
    alone: set[int],
    amount: Amount,
    n: int,
    leaves_open: Callable[[Possible], bool],
) -> Possible:
    """Sums that only a phrase is told of, with as many of their neighbours as hide them."""
    alike = {x for x in sums if amount_of(x, n) is amount}
    found = alike - alone
    while found and not leaves_open(frozenset(found)) and alike - found:
        found.add(min(alike - found, key=lambda x: min(abs(x - y) for y in found)))
    return frozenset(found)


def _possible(part: Part, k: int) -> Possible:
    if part.n < k:
        return frozenset(range(part.n + 1))
    if not is_small(part.n_speaking, part.n, k):
        return frozenset({part.n_speaking})
    same = amount_of(part.n_speaking, part.n)
    hidden = (x for x in range(part.n + 1) if is_small(x, part.n, k))
    return frozenset(x for x in hidden if amount_of(x, part.n) is same)


def _sums(open_to: Sequence[Possible]) -> Possible:
    found = {0}
    for possible in open_to:
        found = {have + more for have in found for more in possible}
    return frozenset(found)
