"""What may be told of the orders of small groups, added up. Start at `release_round`.

A small group agrees on its order aloud, so it is no secret among those who sat there. To everybody
else it is what a few people said. Whoever reads a result may have sat in one of the groups, knows
its order, and works out the others: of two groups, what is left of a total is the other's order.

- Where every group holds k people, all of it may be told: such an order is a group's, as counts
  of k people are.
- Where one is smaller, no total and no single group is told. Places alone are told from four
  groups on: with three, places that are the reverse of somebody's own order give the two others
  away whole. With two recommendations, or where all but one share a place, four do not hide
  anything either; then nothing is told.
- Files reach people who sat nowhere. They know no group's order, and places of three groups
  pin nothing for them.

`tests/analysis/test_rank_release.py` goes through every way in which groups can order up to five
things; six were gone through by hand.
"""

from collections.abc import Sequence
from dataclasses import replace

from analysis.rank_totals import Option, Placed
from analysis.suppression import ROOM_K

FEWEST_TO_HIDE_AMONG, FEWEST_FOR_STRANGERS, FEWEST_OPTIONS = 4, 3, 3


def release_round(
    placed: Sequence[Placed[Option]], sizes: Sequence[int], k: int = ROOM_K
) -> tuple[Placed[Option], ...]:
    """Decide what of a round may be told.

    Parameters
    ----------
    placed
        What the orders add up to, as `analysis.rank_totals` gives it.
    sizes
        How many people sat in each group that has an order, in any order; at least one.
    k
        Fewest people of a group whose own order may be told; larger in files.

    Returns
    -------
    The same, without totals and ranks where they may not be told; none where places may not.

    Examples
    --------
    >>> from analysis.rank_totals import rank_totals
    >>> three = rank_totals(["abc", "acb", "abc"])
    >>> release_round(three, [5, 5, 4])
    ()
    >>> [(p.option, p.place, p.total) for p in release_round(three, [5, 6, 5], 11)]
    [('a', 1, None), ('b', 2, None), ('c', 3, None)]
    """
    if not placed:
        return ()
    if min(sizes) >= k:
        return tuple(placed)
    if min(sizes) >= ROOM_K:  # all of it was told to the room already
        may_tell = len(sizes) >= FEWEST_FOR_STRANGERS
    else:
        may_tell = _hides_each(placed, len(sizes))
    return tuple(replace(p, total=None, ranks=()) for p in placed) if may_tell else ()


def _hides_each(placed: Sequence[Placed[Option]], n_groups: int) -> bool:
    """Whether places leave open what each group did, also for somebody of another group."""
    if n_groups < FEWEST_TO_HIDE_AMONG or len(placed) < FEWEST_OPTIONS:
        return False
    n_alike = max(sum(p.place == one.place for p in placed) for one in placed)
    return n_alike != len(placed) - 1
