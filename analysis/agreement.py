"""How far two people, or a person and the machine, say the same. Start at `agreement`."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from analysis.tallies import wilson_interval


@dataclass(frozen=True)
class Agreement:
    """Agreement of two coders on n texts.

    `kappa` is -1 to 1 with bounds `low` and `high`; all three are None where kappa has no
    meaning, because both gave one and the same answer to every text.
    """

    n: int
    n_same: int
    kappa: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Category:
    """How often each coder gave an answer, and how often both gave it to the same text."""

    answer: Hashable
    n_first: int
    n_second: int
    n_both: int


@dataclass(frozen=True)
class Confusion:
    """An answer of the first coder that the second gave otherwise, n times."""

    first: Hashable
    second: Hashable
    n: int


def agreement(
    first: Sequence[Hashable], second: Sequence[Hashable], *, confidence: float = 0.95
) -> Agreement:
    """Cohen's kappa with its large-sample interval.

    kappa = (p_o - p_e) / (1 - p_e): Cohen (1960), Educational and Psychological Measurement
    20:37-46. Its variance: Fleiss, Cohen and Everitt (1969), Psychological Bulletin 72:323-327,
    equation 13, kept within -1 to 1. Where the two agree on everything that variance is 0 and
    tells nothing; the lower bound then is the kappa that the lower bound of Wilson's interval for
    the share of agreement would give with the same p_e.

    Parameters
    ----------
    first, second
        The answers of two coders to the same texts, in the same order; at least one.
    confidence
        Between 0 and 1, exclusive.

    Raises
    ------
    ValueError
        If there is no text, or not two answers to each.

    Examples
    --------
    >>> told = agreement("aabb", "aaba")
    >>> told.n_same, told.kappa
    (3, 0.5)
    """
    n = len(first)
    if n == 0 or n != len(second):
        raise ValueError(f"{n} and {len(second)} answers cannot be compared")
    p_first, p_second = _shares(first), _shares(second)
    n_same = sum(a == b for a, b in zip(first, second, strict=True))
    if len(p_first.keys() | p_second.keys()) == 1:
        return Agreement(n, n_same, None, None, None)
    p_o = n_same / n
    p_e = sum(share * p_second.get(answer, 0.0) for answer, share in p_first.items())
    kappa = (p_o - p_e) / (1 - p_e)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    reach = z * sqrt(_variance(Counter(zip(first, second, strict=True)), p_o, p_e))
    low = kappa - reach
    if n_same == n:
        low = (wilson_interval(n, n, confidence=confidence).low - p_e) / (1 - p_e)
    return Agreement(n, n_same, kappa, max(-1.0, low), min(1.0, kappa + reach))


def categories(first: Sequence[Hashable], second: Sequence[Hashable]) -> list[Category]:
    """Each answer with how often it was given, the most frequent first.

    Ties stand in the order in which the answers were first given.
    """
    n_first, n_second = Counter(first), Counter(second)
    both = Counter(a for a, b in zip(first, second, strict=True) if a == b)
    found = [Category(c, n_first[c], n_second[c], both[c]) for c in n_first + n_second]
    return sorted(found, key=lambda c: -(c.n_first + c.n_second))


def confusions(first: Sequence[Hashable], second: Sequence[Hashable]) -> list[Confusion]:
    """Where the two differ, the most frequent first; ties in the order of the texts."""
    found = Counter(pair for pair in zip(first, second, strict=True) if pair[0] != pair[1])
    return [Confusion(a, b, n) for (a, b), n in found.most_common()]


def _shares(answers: Sequence[Hashable]) -> dict[Hashable, float]:
    return {answer: n / len(answers) for answer, n in Counter(answers).items()}


def _variance(pairs: Counter[tuple[Hashable, Hashable]], p_o: float, p_e: float) -> float:
    """Equation 13, term by term."""
    n = pairs.total()
    rows: Counter[Hashable] = Counter()
    columns: Counter[Hashable] = Counter()
    for (a, b), times in pairs.items():
        rows[a] += times
        columns[b] += times
    same = sum(
        times / n * ((1 - p_e) - (rows[a] + columns[a]) / n * (1 - p_o)) ** 2
        for (a, b), times in pairs.items()
        if a == b
    )
    other = sum(
        times / n * ((columns[a] + rows[b]) / n) ** 2 for (a, b), times in pairs.items() if a != b
    )
    told = same + (1 - p_o) ** 2 * other - (p_o * p_e - 2 * p_e + p_o) ** 2
    return max(0.0, told) / (n * (1 - p_e) ** 4)
