"""Ways to join stakeholder groups until each holds enough people. Start at `by_role`."""

from collections.abc import Iterable, Mapping, Sequence

from domain.people import Family, StakeholderGroup

OTHER_GROUPS = "other groups"

Groups = tuple[StakeholderGroup, ...]
Way = tuple[Groups, ...]
"""Groups that exclude each other and are everybody together."""


def by_role(sizes: Mapping[StakeholderGroup, int], k: int) -> Way:
    """Join only what must be joined for k people each, inside a family as far as that goes.

    It depends on how many people answered and never on what, and it covers everybody, so what
    remains beside a group is nobody or at least k people. A single part means: no breakdown.

    >>> by_role({StakeholderGroup.CLINICIAN: 6, StakeholderGroup.INDUSTRY: 7}, 5)
    ((<StakeholderGroup.CLINICIAN: 'clinician'>,), (<StakeholderGroup.INDUSTRY: 'industry'>,))
    """
    roles = [(group,) for group in sizes]
    return _join_small(_join_in_families(roles, sizes, k), sizes, k)


def by_family(sizes: Mapping[StakeholderGroup, int], k: int) -> Way:
    """The four families, those of fewer than k people joined."""
    families: dict[Family, Groups] = {}
    for group in sizes:
        families[group.family] = (*families.get(group.family, ()), group)
    return _join_small(list(families.values()), sizes, k)


def label_of(groups: Groups, present: Iterable[StakeholderGroup]) -> str:
    """What joined groups are called among those present."""
    if len(groups) == 1:
        return groups[0].value
    families = {group.family for group in groups}
    if len(families) > 1:
        return OTHER_GROUPS
    (family,) = families
    if set(groups) == {group for group in present if group.family is family}:
        return family.value
    return " and ".join(group.value for group in groups)


def _join_in_families(
    roles: Sequence[Groups], sizes: Mapping[StakeholderGroup, int], k: int
) -> list[Groups]:
    joined: list[Groups] = []
    for family in Family:
        parts = [groups for groups in roles if groups[0].family is family]
        while len(parts) > 1 and min(_size(part, sizes) for part in parts) < k:
            smallest = min(range(len(parts)), key=lambda i: _size(parts[i], sizes))
            # Neighbours are alike: a few past caregivers join the current ones.
            first = min(smallest, len(parts) - 2)
            parts[first : first + 2] = [parts[first] + parts[first + 1]]
        joined += parts
    return joined


def _join_small(parts: Sequence[Groups], sizes: Mapping[StakeholderGroup, int], k: int) -> Way:
    small = [part for part in parts if _size(part, sizes) < k]
    rest = [part for part in parts if _size(part, sizes) >= k]
    others = _in_order(group for part in small for group in part)
    while others and rest and _size(others, sizes) < k:
        # Lived experience is joined with other families last: its voice would be lost in them.
        nearest = min(rest, key=lambda part: (_is_lived(part), _size(part, sizes)))
        rest.remove(nearest)
        others = _in_order(others + nearest)
    return (*rest, others) if others else tuple(rest)


def _is_lived(groups: Groups) -> bool:
    return any(group.family is Family.LIVED_EXPERIENCE for group in groups)


def _in_order(groups: Iterable[StakeholderGroup]) -> Groups:
    order = list(StakeholderGroup)
    return tuple(sorted(groups, key=order.index))


def _size(groups: Groups, sizes: Mapping[StakeholderGroup, int]) -> int:
    return sum(sizes[group] for group in groups)
