"""Counts of answers by recommendation and stakeholder group. Start at `count_answers`.

Nothing here may be shown as it is: `analysis.suppression.release` decides what is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Self

from domain.ids import RecommendationId
from domain.people import StakeholderGroup
from domain.votes import Answer


@dataclass(frozen=True)
class Counts:
    """How many people gave each answer; who gave none is in no count."""

    n_agree: int = 0
    n_pass: int = 0
    n_disagree: int = 0

    @property
    def n(self) -> int:
        return self.n_agree + self.n_pass + self.n_disagree

    @property
    def cells(self) -> tuple[int, int, int]:
        """The three counts in the order in which answers are shown."""
        return self.n_agree, self.n_pass, self.n_disagree

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """The counts of a single answer."""
        return cls(answer is Answer.AGREE, answer is Answer.PASS, answer is Answer.DISAGREE)

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.n_agree + other.n_agree,
            self.n_pass + other.n_pass,
            self.n_disagree + other.n_disagree,
        )


Tally = dict[RecommendationId, dict[StakeholderGroup, Counts]]


@dataclass(frozen=True)
class Interval:
    """A share (0-1) with the bounds between which the true share plausibly lies."""

    share: float
    low: float
    high: float


def count_answers(
    answers: Iterable[tuple[RecommendationId, StakeholderGroup, Answer]],
) -> Tally:
    """Count answers; the order in which they come changes nothing.

    Returns
    -------
    For each recommendation that was answered, the counts of each group that answered it,
    groups in the programme's order.
    """
    found: Tally = {}
    for recommendation_id, group, answer in answers:
        groups = found.setdefault(recommendation_id, {})
        groups[group] = groups.get(group, Counts()) + Counts.of(answer)
    return {r: {g: found[r][g] for g in StakeholderGroup if g in found[r]} for r in sorted(found)}


def total(counts: Iterable[Counts]) -> Counts:
    """The counts of several groups together.

    >>> total([Counts(3, 1, 0), Counts(2, 0, 2)])
    Counts(n_agree=5, n_pass=1, n_disagree=2)
    """
    return sum(counts, start=Counts())


def wilson_interval(n_yes: int, n: int, *, confidence: float = 0.95) -> Interval:
    """A share with its score interval, which holds for small n and for shares of 0 and 1.

    Wilson (1927), J. Am. Stat. Assoc. 22:209-212; method 3 of Newcombe (1998), Statistics in
    Medicine 17:857-872, whose Table I gives the values of the tests.

    Parameters
    ----------
    n_yes
        How many of the n, 0 to n.
    n
        At least 1.
    confidence
        Between 0 and 1, exclusive.

    Raises
    ------
    ValueError
        If there is nobody to take a share of.
    """
    if not 0 <= n_yes <= n or n == 0:
        raise ValueError(f"{n_yes} of {n} is no share")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = n_yes / n
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    reach = z / (1 + z**2 / n) * sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    # Rounding may leave 1e-17 where the bound is 0 or 1 exactly.
    low = 0.0 if n_yes == 0 else middle - reach
    high = 1.0 if n_yes == n else middle + reach
    return Interval(share, low, high)
