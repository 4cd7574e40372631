"""Small groups in which every kind of person sits. Start at `mix`.

James Lind Alliance workshops seat patients, carers and clinicians together, and seat them anew for
the second round so that people meet others (JLA Guidebook, chapter 8).
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import TypeVar

import numpy as np

Person = TypeVar("Person", bound=Hashable)
Kind = TypeVar("Kind", bound=Hashable)

_N_TRIES = 200


def mix(
    people: Mapping[Person, Kind],
    n_groups: int,
    *,
    met_before: Iterable[Sequence[Person]] = (),
    seed: int = 0,
) -> tuple[tuple[Person, ...], ...]:
    """Seat people in small groups.

    Parameters
    ----------
    people
        Everybody with the stakeholder group they sit for.
    n_groups
        How many small groups, at least 1.
    met_before
        Earlier small groups; people who sat together are parted as far as can be.
    seed
        Another seed gives another seating that is as good.

    Returns
    -------
    The small groups. Their sizes differ by one at most, and so does, for each stakeholder group,
    how many of it sit in each.

    Raises
    ------
    ValueError
        If there are more groups than people, or none.
    """
    if not 1 <= n_groups <= max(1, len(people)):
        raise ValueError(f"{len(people)} people cannot sit in {n_groups} groups")
    known = Counter(frozenset(pair) for group in met_before for pair in combinations(group, 2))
    rng = np.random.default_rng(seed)
    tries = [_seat(people, n_groups, rng) for _ in range(_N_TRIES if known else 1)]
    return min(tries, key=lambda seating: _n_meet_again(seating, known))


def _seat(
    people: Mapping[Person, Kind], n_groups: int, rng: np.random.Generator
) -> tuple[tuple[Person, ...], ...]:
    """Deal the kinds one after the other, so that kinds and sizes both come out even."""
    kinds = sorted({str(kind) for kind in people.values()})
    dealt: list[Person] = []
    for kind in kinds:
        of_kind = [person for person, k in people.items() if str(k) == kind]
        dealt += [of_kind[i] for i in rng.permutation(len(of_kind))]
    return tuple(tuple(dealt[i::n_groups]) for i in range(n_groups))


def _n_meet_again(seating: Sequence[Sequence[Person]], known: Counter[frozenset[Person]]) -> int:
    return sum(known[frozenset(pair)] for group in seating for pair in combinations(group, 2))
