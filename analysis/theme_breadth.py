"""Themes at another breadth, from what a run stored; nothing is analysed again.

Start at `at_breadth`. Corrections come first: inside a theme fine themes join in the order of the
run's merges, then what a person put together, and only then theme with theme.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True)
class Breadths(Generic[Name]):
    """How fine themes (or themes without any) join step by step, and how many are left when.

    After ``n_within`` steps just the themes are left.
    """

    leaves: tuple[Name, ...]
    steps: tuple[tuple[Name, Name], ...]
    n_within: int

    @property
    def most(self) -> int:
        """How many themes there are at the narrowest."""
        return len(self.leaves)

    @property
    def fewest(self) -> int:
        """How many are left at the broadest: what nothing links stays apart."""
        return len(self.leaves) - len(self.steps)

    @property
    def as_found(self) -> int:
        """How many themes there are, as they were found and corrected."""
        return len(self.leaves) - self.n_within


def breadths(
    theme_of_leaf: Mapping[Name, Name], merges: Sequence[tuple[Name, Name]]
) -> Breadths[Name]:
    """Work out every breadth.

    Parameters
    ----------
    theme_of_leaf
        The theme of each fine theme, the largest first; a theme without fine ones stands for
        itself.
    merges
        Pairs of fine themes in the order in which to join them; those that are not there any more
        join nothing.
    """
    groups = _Groups(list(theme_of_leaf))
    known = [(a, b) for a, b in merges if a in theme_of_leaf and b in theme_of_leaf]
    for a, b in known:
        if theme_of_leaf[a] == theme_of_leaf[b]:
            groups.join(a, b)
    first_of_theme: dict[Name, Name] = {}
    for leaf, theme in theme_of_leaf.items():
        groups.join(first_of_theme.setdefault(theme, leaf), leaf)
    n_within = len(groups.steps)
    for a, b in known:
        groups.join(a, b)
    return Breadths(tuple(theme_of_leaf), tuple(groups.steps), n_within)


def at_breadth(found: Breadths[Name], n_themes: int) -> list[list[Name]]:
    """Groups of fine themes when about so many are wanted, in the order of their first ones."""
    n_steps = min(max(0, found.most - n_themes), len(found.steps))
    groups = _Groups(list(found.leaves))
    for a, b in found.steps[:n_steps]:
        groups.join(a, b)
    members: dict[Name, list[Name]] = {}
    for leaf in found.leaves:
        members.setdefault(groups.root(leaf), []).append(leaf)
    return list(members.values())


class _Groups(Generic[Name]):
    def __init__(self, leaves: Sequence[Name]) -> None:
        self.parent = {leaf: leaf for leaf in leaves}
        self.steps: list[tuple[Name, Name]] = []

    def root(self, leaf: Name) -> Name:
        while self.parent[leaf] != leaf:
            leaf = self.parent[leaf]
        return leaf

    def join(self, a: Name, b: Name) -> None:
        one, other = self.root(a), self.root(b)
        if one != other:
            self.parent[other] = one
            self.steps.append((a, b))
