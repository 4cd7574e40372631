"""The order of priorities, by who is counted and how much. Start at `priority_orders`.

Whether an order hangs on who is counted is the first thing a critic asks of a programme whose
sponsors choose topics. An order is shown only if at least k people are counted in it and nobody,
or at least k, are left out of it: an order of few people would tell what they answered.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from analysis.grouping import by_role, label_of
from analysis.order_certainty import certainty, order_of, weighted_means
from analysis.suppression import ROOM_K
from domain.people import Family, StakeholderGroup

Ints = NDArray[np.intp]

_SURE, _LIKELY = 0.95, 0.8
_N_DRAWS = 400


class WhoCounts(StrEnum):
    """Whose answers make an order."""

    EVERYBODY = "everybody counts the same"
    GROUPS = "every group counts the same"
    NO_INDUSTRY = "without industry"
    LIVED = "only people living with ALS and caregivers"


class Sureness(StrEnum):
    """How sure it is that something belongs to the first ones, in words instead of numbers."""

    SURE = "sure"
    LIKELY = "likely"
    CLOSE = "too close to call"
    UNLIKELY = "unlikely"


@dataclass(frozen=True, eq=False)
class PriorityOrder:
    """An order by one way of counting.

    ``order`` shape (n_options,): option numbers, the first first; None where it may not be shown.
    ``differs`` tells whether its first ones are others than when everybody counts the same.
    """

    who_counts: WhoCounts
    order: Ints | None
    n_counted: int
    differs: bool = False


def priority_orders(
    scores: NDArray[np.floating],
    groups: Sequence[StakeholderGroup],
    n_first: int,
    *,
    k: int = ROOM_K,
) -> tuple[PriorityOrder, ...]:
    """Order the options once for each way of counting.

    Parameters
    ----------
    scores
        Shape (n_people, n_options): what each person gave, more is more important; NaN unseen.
    groups
        The stakeholder group of each person.
    n_first
        How many count as the first ones.
    k
        Fewest people behind an order, and fewest left out of one.

    Returns
    -------
    One for each `WhoCounts`. Every group counts the same after groups of fewer than k people were
    joined, as in `analysis.grouping`.
    """
    joined = _joined_labels(groups, k)
    in_lived = np.array([g.family is Family.LIVED_EXPERIENCE for g in groups], dtype=bool)
    in_industry = np.array([g is StakeholderGroup.INDUSTRY for g in groups], dtype=bool)
    everybody = np.ones(len(groups), dtype=bool)
    counted = {
        WhoCounts.EVERYBODY: everybody,
        WhoCounts.GROUPS: everybody,
        WhoCounts.NO_INDUSTRY: ~in_industry,
        WhoCounts.LIVED: in_lived,
    }
    found = []
    first = None
    for who, is_in in counted.items():
        n_in, n_out = int(is_in.sum()), int((~is_in).sum())
        if n_in < k or 0 < n_out < k:
            found.append(PriorityOrder(who, None, n_in))
            continue
        weights = dict.fromkeys(joined, 1.0) if who is WhoCounts.GROUPS else None
        labels = [label for label, keep in zip(joined, is_in, strict=True) if keep]
        order = order_of(weighted_means(np.asarray(scores)[is_in], labels, weights))
        top = frozenset(order[:n_first].tolist())
        first = top if first is None else first
        found.append(PriorityOrder(who, order, n_in, top != first))
    return tuple(found)


def sureness(
    scores: NDArray[np.floating],
    groups: Sequence[StakeholderGroup],
    n_first: int,
    *,
    k: int = ROOM_K,
    seed: int = 0,
) -> tuple[Sureness, ...] | None:
    """How sure it is that each option is among the first, when everybody counts the same.

    Shares of redrawn meetings are told in words: as numbers they would tell counts. None where
    fewer than k people answered.
    """
    if len(groups) < k:
        return None
    shares = certainty(
        scores, [g.value for g in groups], n_first, n_draws=_N_DRAWS, seed=seed
    ).tolist()
    return tuple(_in_words(share) for share in shares)


def _in_words(share: float) -> Sureness:
    if share >= _SURE:
        return Sureness.SURE
    if share >= _LIKELY:
        return Sureness.LIKELY
    return Sureness.CLOSE if share > 1 - _LIKELY else Sureness.UNLIKELY


def _joined_labels(groups: Sequence[StakeholderGroup], k: int) -> list[str]:
    sizes = Counter(groups)
    present = {g: sizes[g] for g in StakeholderGroup if sizes[g]}
    way = by_role(present, k) if present else ()
    label = {g: label_of(part, present) for part in way for g in part}
    return [label[g] for g in groups]
