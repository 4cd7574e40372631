"""Whether a few people's answers can be worked out of what is shown. Start at `sums_to_tell`."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analysis.tallies import Counts

Cells = NDArray[np.bool_]


class Phrase(StrEnum):
    """What is said instead of counts."""

    AGREE = "two thirds or more agree"
    DISAGREE = "two thirds or more disagree"
    DIVIDED = "divided"


def phrase_of(counts: Counts) -> Phrase:
    """The phrase that is true of these counts; passes count among those who answered.

    >>> phrase_of(Counts(6, 1, 2)).value
    'two thirds or more agree'
    """
    if 3 * counts.n_agree >= 2 * counts.n:
        return Phrase.AGREE
    if 3 * counts.n_disagree >= 2 * counts.n:
        return Phrase.DISAGREE
    return Phrase.DIVIDED


def is_telling(counts: Counts, k: int) -> bool:
    """Whether these counts would say what a few people, or all of them, answered."""
    return any(0 < cell < k for cell in counts.cells) or counts.n in counts.cells


def phrase_without_pass(counts: Counts, k: int) -> Phrase:
    """The phrase where all choose or leave, which then must leave open how many chose.

    Of six people only three and three would be "divided": there four and two are as well.

    >>> [phrase_without_pass(Counts(a, 0, 6 - a), 5).value[-8:] for a in (1, 2, 3, 4, 5)]
    ['disagree', 'divided', 'divided', 'divided', 're agree']
    """
    if counts.n in _told_by_phrase(k) and 3 * max(counts.cells) == 2 * counts.n:
        return Phrase.DIVIDED
    return phrase_of(counts)


@lru_cache
def _told_by_phrase(k: int) -> frozenset[int]:
    """Of so many people a phrase would fit one single way of k-small cells; beyond 3k none are."""
    found = set()
    for n in range(3, 3 * k):
        ways = Counter(
            phrase_of(c) for a in range(n + 1) if is_telling(c := Counts(a, 0, n - a), k)
        )
        if 1 in ways.values():
            found.add(n)
    return frozenset(found)


def is_small(n_people: int, n: int, k: int) -> bool:
    """Whether 1 to k-1 people, or all but 0 to k-1, are few enough to know who they are."""
    return 0 < n_people < k or (n_people > 0 and n - n_people < k)


@lru_cache(maxsize=4096)
def sums_to_tell(
    seen: tuple[tuple[int, Phrase], ...], k: int, *, may_pass: bool = True
) -> frozenset[int]:
    """How many may agree in all these groups for that number to be told.

    Every way to fill the cells is gone through. The answer depends on nothing but what is seen
    anyway, and where silence itself would tell, nothing is ever told: so that neither the
    number nor its absence says more than it says.
    """
    fillings = [_fillings(n, phrase, k, may_pass=may_pass) for n, phrase in seen]
    n_in_all = sum(n for n, _ in seen)
    views = [_View(own, _sums(fillings[:i] + fillings[i + 1 :])) for i, own in enumerate(fillings)]
    possible: list[int] = np.flatnonzero(_sums(fillings)).tolist()
    silent = [
        n_agree
        for n_agree in possible
        if is_small(n_agree, n_in_all, k) or any(v.gives_away([n_agree], k) for v in views)
    ]
    if silent and any(view.gives_away(silent, k) for view in views):
        return frozenset()
    return frozenset(possible) - frozenset(silent)


@dataclass(frozen=True, eq=False)
class _View:
    """One group as its phrase leaves it open, and how many may agree in the other groups."""

    fillings: Cells
    others: Cells

    def gives_away(self, n_agree_in_all: Sequence[int], k: int) -> bool:
        """Whether a small cell is certain, given that so many agree in all."""
        n = len(self.fillings) - 1
        fits = np.zeros(n + 1, dtype=bool)
        for n_agree in n_agree_in_all:
            elsewhere = n_agree - np.arange(n + 1)
            inside = (elsewhere >= 0) & (elsewhere < len(self.others))
            fits[inside] |= self.others[elsewhere[inside]]
        agree, disagree = np.nonzero(self.fillings & fits[:, np.newaxis])
        for values in (agree, n - agree - disagree, disagree):
            first = int(values[0])
            if is_small(first, n, k) and bool((values == first).all()):
                return True
        return False


def agree_behind(n: int, phrase: Phrase, k: int, *, may_pass: bool = True) -> tuple[int, int]:
    """The fewest and the most of n people who may agree behind a phrase.

    >>> agree_behind(7, Phrase.AGREE, 5), agree_behind(6, Phrase.DIVIDED, 5, may_pass=False)
    ((5, 7), (2, 4))
    """
    possible = np.flatnonzero(_fillings(n, phrase, k, may_pass=may_pass).any(axis=1))
    return int(possible[0]), int(possible[-1])


@lru_cache(maxsize=4096)
def _fillings(n: int, phrase: Phrase, k: int, *, may_pass: bool) -> Cells:
    """Shape (n + 1, n + 1): whether so many agree and so many disagree may stand behind it."""
    agree, disagree = np.indices((n + 1, n + 1))
    passed = n - agree - disagree
    answers = (agree, passed, disagree)
    is_worded = np.logical_or.reduce([((cell > 0) & (cell < k)) | (cell == n) for cell in answers])
    agrees, disagrees = (3 * cell >= 2 * n for cell in (agree, disagree))
    if not may_pass:
        is_worded &= passed == 0
        if n in _told_by_phrase(k):
            agrees, disagrees = (3 * cell > 2 * n for cell in (agree, disagree))
    looks = {
        Phrase.AGREE: agrees,
        Phrase.DISAGREE: disagrees & ~agrees,
        Phrase.DIVIDED: ~agrees & ~disagrees,
    }
    found: Cells = (passed >= 0) & is_worded & looks[phrase]
    return found


def _sums(fillings: Sequence[Cells]) -> Cells:
    """Shape (n + 1,): whether so many can agree in these groups together."""
    sums = np.ones(1, dtype=bool)
    for own in fillings:
        sums = np.convolve(sums, own.any(axis=1).astype(int)) > 0
    return sums
