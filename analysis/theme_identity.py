"""A theme stays itself from run to run, whatever its number. Start at `match_themes`."""

from collections.abc import Hashable, Mapping, Sequence, Set
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)
Passage = TypeVar("Passage", bound=Hashable)

SHARE_TO_STAY = 0.5


def match_themes(
    before: Mapping[Name, Set[Passage]], after: Sequence[Set[Passage]]
) -> list[Name | None]:
    """Say which earlier theme each new one continues.

    Parameters
    ----------
    before
        Passages of each theme of the earlier run.
    after
        Passages of each theme of the new run.

    Returns
    -------
    For each new theme the earlier one with which it shares at least half of the smaller one's
    passages, the largest overlap first, each earlier theme at most once; None for a new theme.
    """
    overlaps = sorted(
        (
            (-len(passages & old), position, str(name), name)
            for position, passages in enumerate(after)
            for name, old in before.items()
            if passages
            and old
            and len(passages & old) >= SHARE_TO_STAY * min(len(passages), len(old))
        ),
        key=lambda row: row[:3],
    )
    matched: list[Name | None] = [None] * len(after)
    used: set[Name] = set()
    for _, position, _, name in overlaps:
        if matched[position] is None and name not in used:
            matched[position] = name
            used.add(name)
    return matched
