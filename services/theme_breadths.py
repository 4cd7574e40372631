"""A run as it looks at a breadth: fewer and broader themes, or more and finer. Start at `seen_at`.

Only what is shown changes; every view of one breadth, list, map and pictures, shows the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from analysis.theme_breadth import Breadths, at_breadth, breadths
from domain.ids import ThemeId
from domain.themes import RunTheme
from services.theme_reading import Placed, ReadRun


class Scale(Enum):
    """What stands in the list at some breadth."""

    THEME = auto()
    """A lasting theme, as it was found and corrected."""
    PART = auto()
    """Fine themes inside one: a narrower view."""
    FAMILY = auto()
    """Several themes together: a broader view."""


@dataclass(frozen=True)
class Group:
    """Fine themes that stand together at a breadth, by the name of the first.

    `theme_id` tells it apart, `found_in` is the first theme it belongs to, `parts` what it is made
    of: fine themes of one theme, or themes.
    """

    theme_id: ThemeId
    name: str
    found_in: ThemeId
    parts: tuple[ThemeId, ...]
    scale: Scale
    passages: tuple[Placed, ...]


@dataclass(frozen=True)
class Seen:
    """What stands at a breadth, the largest first, and every breadth that there is."""

    breadth: int
    as_found: int
    fewest: int
    most: int
    groups: tuple[Group, ...]

    def as_read(self, read: ReadRun) -> ReadRun:
        """The run with each passage in its group instead of its themes: for counts and pictures."""
        group_of = {p.member.passage_id: g.theme_id for g in self.groups for p in g.passages}
        passages = [
            replace(
                p,
                member=replace(
                    p.member, theme_id=group_of.get(p.member.passage_id), fine_theme_id=None
                ),
            )
            for p in read.passages
        ]
        themes = [
            RunTheme(group.theme_id, rank, group.name, "", len(group.passages))
            for rank, group in enumerate(self.groups)
        ]
        return replace(read, themes=themes, passages=passages)


def seen_at(read: ReadRun, breadth: int | None) -> Seen:
    """The groups of a run at a breadth, about so many; None: as found and corrected."""
    theme_of = _leaves(read)
    found = breadths(theme_of, [(m.theme_id, m.joined_id) for m in read.merges])
    wanted = found.as_found if breadth is None else min(max(breadth, found.fewest), found.most)
    return Seen(
        wanted, found.as_found, found.fewest, found.most, _groups(read, theme_of, found, wanted)
    )


def _groups(
    read: ReadRun, theme_of: Mapping[ThemeId, ThemeId], found: Breadths[ThemeId], wanted: int
) -> tuple[Group, ...]:
    by_leaf = _by_leaf(read, theme_of)
    names = {t.theme_id: t.name for t in read.themes}
    n_leaves = {t: sum(of == t for of in theme_of.values()) for t in set(theme_of.values())}
    groups = [
        _group(leaves, theme_of, by_leaf, names, n_leaves) for leaves in at_breadth(found, wanted)
    ]
    return tuple(
        sorted(
            groups,
            key=lambda g: (-len({p.utterance.utterance_id for p in g.passages}), g.name),
        )
    )


def _group(
    leaves: Sequence[ThemeId],
    theme_of: Mapping[ThemeId, ThemeId],
    by_leaf: Mapping[ThemeId, Sequence[Placed]],
    names: Mapping[ThemeId, str],
    n_leaves: Mapping[ThemeId, int],
) -> Group:
    """A theme as it is, a part of one, or several together."""
    inside = tuple(dict.fromkeys(theme_of[leaf] for leaf in leaves))
    if len(inside) > 1:
        scale, parts = Scale.FAMILY, inside
    elif len(leaves) == n_leaves[inside[0]]:
        scale, parts = Scale.THEME, inside
    else:
        scale, parts = Scale.PART, tuple(leaves)
    more = f" and {len(parts) - 1} more" if len(parts) > 1 else ""
    passages = tuple(p for leaf in leaves for p in by_leaf[leaf])
    return Group(parts[0], names[parts[0]] + more, inside[0], parts, scale, passages)


def _leaves(read: ReadRun) -> dict[ThemeId, ThemeId]:
    """Each fine theme with its broad one, the largest broad first; one without fine is its own."""
    fine_of: dict[ThemeId, list[ThemeId]] = {}
    for theme in read.themes:
        if theme.parent_id:
            fine_of.setdefault(theme.parent_id, []).append(theme.theme_id)
    return {
        leaf: theme.theme_id
        for theme in read.themes
        if theme.parent_id is None
        for leaf in fine_of.get(theme.theme_id, [theme.theme_id])
    }


def _by_leaf(read: ReadRun, theme_of: Mapping[ThemeId, ThemeId]) -> dict[ThemeId, list[Placed]]:
    """Passages of each fine theme; what a person put into a theme goes with its largest one."""
    first: dict[ThemeId, ThemeId] = {}
    for leaf, theme_id in theme_of.items():
        first.setdefault(theme_id, leaf)
    found: dict[ThemeId, list[Placed]] = {leaf: [] for leaf in theme_of}
    for p in read.passages:
        if p.member.theme_id:
            found[p.member.fine_theme_id or first[p.member.theme_id]].append(p)
    return found
