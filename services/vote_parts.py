"""A released vote, part by part, as screens draw it. Start at `parts_of`."""

from dataclasses import dataclass

from analysis.suppression import Released, ReleasedVote, in_words
from analysis.tallies import wilson_interval
from domain.people import Family
from domain.votes import Wording


@dataclass(frozen=True)
class VotePart:
    """What may be shown of one group; shares are 0-1 and None where they may not be shown.

    `family` is None where the group joins several families.
    """

    label: str
    family: Family | None
    n: int
    share_agree: float | None
    low: float | None
    high: float | None
    told: str


def whole_of(vote: ReleasedVote, wording: Wording) -> VotePart:
    """What may be shown of everybody together."""
    return part_of(vote.whole, wording)


def parts_of(vote: ReleasedVote, wording: Wording) -> tuple[VotePart, ...]:
    """What may be shown of each group; none where only the whole may be shown."""
    return tuple(part_of(part, wording) for part in vote.groups)


def part_of(part: Released, wording: Wording) -> VotePart:
    """What may be shown of one group."""
    families = {group.family for group in part.groups}
    family = families.pop() if len(families) == 1 else None
    n_agree = part.counts.n_agree if part.counts else part.n_agree
    if n_agree is None:
        return VotePart(part.label, family, part.n, None, None, None, in_words(part, wording))
    interval = wilson_interval(n_agree, part.n)
    return VotePart(
        part.label,
        family,
        part.n,
        interval.share,
        interval.low,
        interval.high,
        in_words(part, wording),
    )
