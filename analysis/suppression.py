"""The one function that decides what of a vote may be shown. Start at `release`.

Every chart, table, text and export shows what `release` returns and nothing else. Groups of
fewer than k people are joined, families first. Within a group a cell of 1 to k-1, or everybody
alike, turns the counts into one phrase: with n known, rounded shares give every small cell away.
The whole is counted only where nobody can work a small cell out of all that is shown together,
which `sums_to_tell` proves by going through every way to fill the cells.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.grouping import Groups, Way, by_family, by_role, label_of
from analysis.small_cells import (
    Phrase,
    is_small,
    is_telling,
    phrase_of,
    phrase_without_pass,
    sums_to_tell,
)
from analysis.tallies import Counts, Tally, total
from domain.ids import RecommendationId
from domain.people import StakeholderGroup
from domain.votes import WORDINGS, Method, Wording

ROOM_K = 5
"""For people who were in the room, and staff."""
PUBLIC_K = 11
"""For everyone else and for exports: as the US Medicare agency (CMS), no cell of 1 to 10."""

EVERYONE = "everyone"

ByGroup = Mapping[StakeholderGroup, Counts]


@dataclass(frozen=True)
class Released:
    """What may be shown of one group: its n, then the most telling of counts, n_agree, a phrase.

    Where none of the three is given, only n may be shown.
    """

    label: str
    groups: Groups
    n: int
    counts: Counts | None = None
    n_agree: int | None = None
    phrase: Phrase | None = None


@dataclass(frozen=True)
class ReleasedVote:
    """What may be shown of one recommendation; no groups means that only the whole is shown."""

    k: int
    whole: Released
    groups: tuple[Released, ...] = ()


def release_all(
    tally: Tally, k: int = ROOM_K, *, may_pass: bool = True
) -> dict[RecommendationId, ReleasedVote]:
    """Decide for a whole ballot, with the same groups at each recommendation that allows it.

    Parameters
    ----------
    tally
        Counts by recommendation and group.
    k, may_pass
        As for `release`.
    """
    most = {
        group: max(by_group.get(group, Counts()).n for by_group in tally.values())
        for group in StakeholderGroup
        if any(group in by_group for by_group in tally.values())
    }
    way = by_role(most, ROOM_K)
    return {r: release(by_group, k, way=way, may_pass=may_pass) for r, by_group in tally.items()}


def release(
    by_group: ByGroup,
    k: int = ROOM_K,
    *,
    room_k: int = ROOM_K,
    way: Way | None = None,
    may_pass: bool = True,
) -> ReleasedVote:
    """Decide what may be shown of the answers to one recommendation.

    What is released at a larger k is worked out from what was released in the room and so
    tells nobody more than the room was told, whoever reads both.

    Parameters
    ----------
    by_group
        Counts of each group that answered; the groups exclude each other.
    k
        Fewest people behind any number that is shown; at least ``room_k``.
    room_k
        The smallest k at which this vote is ever released.
    way
        How to join the groups, chosen without a look at the answers; found if not given.
    may_pass
        Whether there is an answer between. Where there is none, how many agree tells how many
        disagree, and of a single group it is never told without the counts.

    Raises
    ------
    ValueError
        If k is smaller than ``room_k``, or that is smaller than 3, where a phrase tells all.
    """
    if not 3 <= room_k <= k:
        raise ValueError(f"k is {k} and in the room {room_k}; needed are 3 <= room k <= k")
    present = {g: by_group[g] for g in StakeholderGroup if g in by_group and by_group[g].n}
    room = _for_the_room(present, room_k, way, may_pass=may_pass)
    return room if k == room_k else _for_more(room, k, may_pass=may_pass)


def in_words(part: Released, wording: Wording = WORDINGS[Method.AGREEMENT]) -> str:
    """The one sentence for what may be shown of a part, in the words of the ballot's method.

    >>> in_words(Released("everyone", (), 24, n_agree=15))
    '15 of 24 agree'
    """
    if part.counts:
        c = part.counts
        middle = f", {c.n_pass} {wording.middle}" if wording.middle else ""
        return f"{c.n_agree} of {c.n} {wording.high}, {c.n_disagree} {wording.low}{middle}"
    if part.n_agree is not None:
        return f"{part.n_agree} of {part.n} {wording.high}"
    if part.phrase:
        return f"{phrase_in_words(part.phrase, wording)} ({part.n} answered)"
    return f"{part.n} answered; counts would tell what single people said"


def phrase_in_words(phrase: Phrase, wording: Wording) -> str:
    """A phrase in the words of the ballot's method."""
    standing = {Phrase.AGREE: wording.high, Phrase.DISAGREE: wording.low}
    return f"two thirds or more {standing[phrase]}" if phrase in standing else phrase.value


def _for_the_room(by_group: ByGroup, k: int, way: Way | None, *, may_pass: bool) -> ReleasedVote:
    everyone, present = total(by_group.values()), tuple(by_group)
    if everyone.n < k:
        return ReleasedVote(k, Released(EVERYONE, present, everyone.n))
    sizes = {group: counts.n for group, counts in by_group.items()}
    way = _fitting(way, sizes, k) or by_role(sizes, k)
    parts = [total(by_group[g] for g in groups) for groups in way]
    worded = [counts for counts in parts if is_telling(counts, k)]
    if len(way) == 1 or not worded:
        whole = _show_whole(present, everyone, k, may_pass=may_pass)
    elif _may_tell_agreement(worded, k, may_pass=may_pass):
        whole = Released(EVERYONE, present, everyone.n, n_agree=everyone.n_agree)
    else:
        # One phrase for all groups is true of the whole as well; another would tell more.
        phrases = {_phrase(counts, k, may_pass=may_pass) for counts in parts}
        phrase = phrases.pop() if len(phrases) == 1 else None
        whole = Released(EVERYONE, present, everyone.n, phrase=phrase)
    if len(way) == 1:
        return ReleasedVote(k, whole)
    shown = zip(way, parts, strict=True)
    groups = (_show(label_of(g, by_group), g, c, k, may_pass=may_pass) for g, c in shown)
    return ReleasedVote(k, whole, tuple(groups))


def _fitting(way: Way | None, sizes: Mapping[StakeholderGroup, int], k: int) -> Way | None:
    """The given way without groups that did not answer, if it still holds k people each."""
    present = tuple(tuple(g for g in groups if g in sizes) for groups in way or ())
    is_whole = {g for groups in present for g in groups} == set(sizes)
    are_large = all(sum(sizes[g] for g in groups) >= k for groups in present)
    return present if present and is_whole and are_large else None


def _for_more(room: ReleasedVote, k: int, *, may_pass: bool) -> ReleasedVote:
    """Only whole sums of what the room can count, and one phrase where it cannot."""
    whole = room.whole
    if whole.n < k:
        return ReleasedVote(k, Released(EVERYONE, whole.groups, whole.n))
    if whole.counts is None:
        return ReleasedVote(k, _less_of(whole, k))
    head = _show_whole(whole.groups, whole.counts, k, may_pass=may_pass)
    for join in (by_role, by_family):
        shown = tuple(
            _sum_of(groups, room, k, may_pass=may_pass) for groups in _joined_again(room, k, join)
        )
        if head.counts and len(shown) > 1 and all(part.counts for part in shown):
            return ReleasedVote(k, head, shown)
    return ReleasedVote(k, head)


def _less_of(whole: Released, k: int) -> Released:
    """What a larger k leaves of a whole whose counts the room was not shown."""
    if whole.n_agree is None or not is_small(whole.n_agree, whole.n, k):
        return whole
    phrase = Phrase.AGREE if 3 * whole.n_agree >= 2 * whole.n else None
    return Released(EVERYONE, whole.groups, whole.n, phrase=phrase)


def _joined_again(
    room: ReleasedVote, k: int, join: Callable[[Mapping[StakeholderGroup, int], int], Way]
) -> Iterator[Groups]:
    """Join the room's groups, each as a whole, until each holds k people."""
    members = {part.groups[0]: part.groups for part in room.groups}
    for firsts in join({part.groups[0]: part.n for part in room.groups}, k):
        yield tuple(group for first in firsts for group in members[first])


def _sum_of(groups: Groups, room: ReleasedVote, k: int, *, may_pass: bool) -> Released:
    parts = [part for part in room.groups if part.groups[0] in groups]
    label = parts[0].label if len(parts) == 1 else label_of(groups, room.whole.groups)
    counted = [part.counts for part in parts if part.counts]
    if len(counted) < len(parts):
        return Released(label, groups, sum(part.n for part in parts))
    return _show(label, groups, total(counted), k, may_pass=may_pass)


def _show(label: str, groups: Groups, counts: Counts, k: int, *, may_pass: bool) -> Released:
    if is_telling(counts, k):
        return Released(label, groups, counts.n, phrase=_phrase(counts, k, may_pass=may_pass))
    return Released(label, groups, counts.n, counts, counts.n_agree)


def _show_whole(groups: Groups, counts: Counts, k: int, *, may_pass: bool) -> Released:
    """Passes are often few: the number who agree may be told where the others stay together.

    Not that nobody agrees: then "two thirds or more disagree" of five would say that one does.
    """
    is_few = not counts.n_agree or is_small(counts.n_agree, counts.n, k)
    if may_pass and is_telling(counts, k) and not is_few:
        return Released(EVERYONE, groups, counts.n, n_agree=counts.n_agree)
    return _show(EVERYONE, groups, counts, k, may_pass=may_pass)


def _phrase(counts: Counts, k: int, *, may_pass: bool) -> Phrase:
    return phrase_of(counts) if may_pass else phrase_without_pass(counts, k)


def _may_tell_agreement(worded: Sequence[Counts], k: int, *, may_pass: bool) -> bool:
    """Whether nobody can work a small cell out of these phrases and how many agree in all."""
    seen = tuple((counts.n, _phrase(counts, k, may_pass=may_pass)) for counts in worded)
    told = sums_to_tell(seen, k, may_pass=may_pass)
    return sum(counts.n_agree for counts in worded) in told
