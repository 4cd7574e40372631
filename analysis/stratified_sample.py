"""A random sample in which small groups are present. Start at `draw`."""

from collections.abc import Hashable, Sequence

import numpy as np

FEWEST = 3


def draw(groups: Sequence[Hashable], n: int, *, seed: int, fewest: int = FEWEST) -> list[int]:
    """Draw about n places, at least a few of each group, in random order.

    Each group gets its share of n, and ``fewest`` (or all it has) where its share is less:
    proportional allocation with a floor, Cochran (1977), Sampling Techniques, chapter 5. Within a
    group every place is equally likely.

    Parameters
    ----------
    groups
        The group of each place.
    n
        How many to draw; more come out where the floors need it, fewer where there are no more.
    seed
        The same seed and the same groups give the same places in the same order.
    fewest
        The floor of each group.

    Returns
    -------
    Places, none twice.
    """
    rng = np.random.default_rng(seed)
    places: dict[Hashable, list[int]] = {}
    for place, group in enumerate(groups):
        places.setdefault(group, []).append(place)
    chosen: list[int] = []
    for inside in places.values():
        wanted = max(fewest, round(n * len(inside) / len(groups)))
        picked = rng.choice(len(inside), size=min(wanted, len(inside)), replace=False)
        chosen += [inside[int(i)] for i in picked]
    return [chosen[int(i)] for i in rng.permutation(len(chosen))]
