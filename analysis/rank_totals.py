"""Rankings of small groups added up: the lowest total wins. Start at `rank_totals`.

The adapted nominal group technique of James Lind Alliance workshops (JLA Guidebook, chapter 8):
every small group ranks all, ranks are added, the lowest total comes first. Ties are shown.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Option = TypeVar("Option", bound=Hashable)


@dataclass(frozen=True)
class Placed(Generic[Option]):
    """An option with its place, 1 the first; several share a place when their totals are equal.

    ``ranks`` holds what each ranking gave it, in the order of the rankings. Where that may not be
    told (`analysis.rank_release`) it is empty, and ``total`` None.
    """

    option: Option
    place: int
    total: int | None
    ranks: tuple[int, ...]
    is_tied: bool


def rank_totals(rankings: Sequence[Sequence[Option]]) -> tuple[Placed[Option], ...]:
    """Add rankings up.

    Parameters
    ----------
    rankings
        Each lists every option once, the most important first.

    Returns
    -------
    By place; those that tie stand in the order of the first ranking, and say that they tie.

    Raises
    ------
    ValueError
        If a ranking leaves out an option, or names one twice.

    Examples
    --------
    >>> [(p.option, p.place, p.total) for p in rank_totals(["abc", "bac", "acb"])]
    [('a', 1, 4), ('b', 2, 6), ('c', 3, 8)]
    """
    if not rankings:
        return ()
    options = list(rankings[0])
    for number, ranking in enumerate(rankings, start=1):
        if len(ranking) != len(options) or set(ranking) != set(options):
            raise ValueError(f"ranking {number} does not hold every option once")
    ranks = {o: tuple(list(r).index(o) + 1 for r in rankings) for o in options}
    totals = {o: sum(ranks[o]) for o in options}
    ordered = sorted(options, key=lambda o: (totals[o], options.index(o)))
    values = list(totals.values())
    return tuple(
        Placed(
            o,
            1 + sum(other < totals[o] for other in values),
            totals[o],
            ranks[o],
            values.count(totals[o]) > 1,
        )
        for o in ordered
    )
