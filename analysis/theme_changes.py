"""What changed between two runs over the same meeting. Start at `compare_runs`."""

from collections import Counter
from collections.abc import Hashable, Mapping, Set
from dataclasses import dataclass
from typing import Generic, TypeVar

from domain.themes import ChangeKind

Name = TypeVar("Name", bound=Hashable)
Passage = TypeVar("Passage", bound=Hashable)

SHARE_THAT_WENT_ALONG = 0.5
TIMES_LARGER = 1.25
FEWEST_MORE = 3


@dataclass(frozen=True)
class Change(Generic[Name]):
    """A theme, what became of it, its passages before and now, and the other theme if there is."""

    kind: ChangeKind
    theme: Name
    n_before: int
    n_now: int
    other: Name | None = None


def compare_runs(
    before: Mapping[Name, Set[Passage]], after: Mapping[Name, Set[Passage]]
) -> list[Change[Name]]:
    """Say what became of each theme.

    Parameters
    ----------
    before, after
        Passages of each lasting theme, in the order in which to tell.

    Returns
    -------
    First what is new, then what is larger or smaller by a quarter and at least three passages,
    then what is not there any more. A theme came out of another, or joined it, when at least half
    of those of its passages that both runs hold lie there.
    """
    new = [_new(name, after[name], before) for name in after if name not in before]
    sizes = [
        change
        for name in after
        if name in before and (change := _resized(name, len(before[name]), len(after[name])))
    ]
    gone = [_gone(name, before[name], after) for name in before if name not in after]
    return [*new, *sizes, *gone]


def _new(name: Name, passages: Set[Passage], before: Mapping[Name, Set[Passage]]) -> Change[Name]:
    other = _where_most_are(passages, before)
    kind = ChangeKind.APPEARED if other is None else ChangeKind.PARTED
    return Change(kind, name, 0, len(passages), other)


def _gone(name: Name, passages: Set[Passage], after: Mapping[Name, Set[Passage]]) -> Change[Name]:
    other = _where_most_are(passages, after)
    kind = ChangeKind.GONE if other is None else ChangeKind.JOINED
    return Change(kind, name, len(passages), 0, other)


def _resized(name: Name, n_before: int, n_now: int) -> Change[Name] | None:
    low, high = sorted((n_before, n_now))
    if high - low < FEWEST_MORE or high < TIMES_LARGER * low:
        return None
    kind = ChangeKind.GROWN if n_now > n_before else ChangeKind.SHRUNK
    return Change(kind, name, n_before, n_now)


def _where_most_are(passages: Set[Passage], themes: Mapping[Name, Set[Passage]]) -> Name | None:
    shared: Counter[Name] = Counter({name: len(passages & held) for name, held in themes.items()})
    if not shared:
        return None
    name, n_shared = max(shared.items(), key=lambda pair: pair[1])
    if not n_shared or n_shared < SHARE_THAT_WENT_ALONG * sum(shared.values()):
        return None
    return name
