"""Ways to join stakeholder groups until each holds enough people. Start at `by_role`."""

from collections.abc import Iterable, Mapping, Sequence

from domain.people import Family, StakeholderGroup

OTHER_GROUPS = "other groups"

Groups = tuple[StakeholderGroup, ...]


def by_role(sizes: Mapping[StakeholderGroup, int], k: int) -> tuple[Groups, ...]:
    """Join only what must be joined for k people each, inside a family as far as that goes.

    It depends on how many people answered and never on what, and it covers everybody, so what
    remains beside a group is nobody or at least k people. A single part means: no breakdown.

    >>> by_role({StakeholderGroup.CLINICIAN: 6, StakeholderGroup.INDUSTRY: 7}, 5)
    ((<StakeholderGroup.CLINICIAN: 'clinician'>,), (<StakeholderGroup.INDUSTRY: 'industry'>,))
    """
    roles = [(group,) for group in sizes]
    return _join_small(_join_in_families(roles, sizes, k), sizes, k)


def by_family(sizes: Mapping[StakeholderGroup, int], k: int) -> tuple[Groups, ...]:
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
            parts = _join_two_smallest(parts, sizes)
        joined += parts
    return joined


def _join_small(
    parts: Sequence[Groups], sizes: Mapping[StakeholderGroup, int], k: int
) -> tuple[Groups, ...]:
    small = [part for part in parts if _size(part, sizes) < k]
    rest = [part for part in parts if _size(part, sizes) >= k]
    if small:
        rest.append(_in_order(g for part in small for g in part))
    while len(rest) > 1 and min(_size(part, sizes) for part in rest) < k:
        rest = _join_two_smallest(rest, sizes)
    return tuple(rest)


def _join_two_smallest(
    parts: Sequence[Groups], sizes: Mapping[StakeholderGroup, int]
) -> list[Groups]:
    first, second = sorted(parts, key=lambda part: _size(part, sizes))[:2]
    both = _in_order(first + second)
    # The joined group stands where the first of the two stood, so the order stays known.
    place = min(parts.index(first), parts.index(second))
    rest = [part for part in parts if part not in (first, second)]
    return [*rest[:place], both, *rest[place:]]


def _in_order(groups: Iterable[StakeholderGroup]) -> Groups:
    order = list(StakeholderGroup)
    return tuple(sorted(groups, key=order.index))


def _size(groups: Groups, sizes: Mapping[StakeholderGroup, int]) -> int:
    return sum(sizes[group] for group in groups)
