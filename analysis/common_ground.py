"""What every group agrees on, and where groups really differ. Start at `find_ground`.

Both are worked out of a released vote and of nothing else, so whoever reads them learns no more
than the release tells. Where a group is told in a phrase, every count that the phrase allows must
give the same finding.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import exp, log

from analysis.intervals import difference_interval
from analysis.small_cells import Phrase, phrase_of
from analysis.suppression import Released, ReleasedVote
from analysis.tallies import Interval, wilson_interval

CONFIDENCE = 0.95


class Ground(StrEnum):
    """What a recommendation is to the groups together, in the order in which it is told."""

    AGREED = "everyone agrees"
    TURNED_DOWN = "everyone is against"
    DIFFERS = "groups really differ"
    LEANS_APART = "groups lean apart"
    OPEN = "neither"
    UNKNOWN = "groups cannot be compared"


@dataclass(frozen=True)
class Apart:
    """Two groups, and by how much the share that agrees is larger in the first (-1 to 1)."""

    more: Released
    less: Released
    difference: Interval


@dataclass(frozen=True)
class Finding:
    """What the groups make of one recommendation.

    ``consensus`` (0-1) orders what is agreed; ``n_clear`` groups are surely on the side that all
    share; ``apart`` are the two groups that differ most, where they really do or lean apart.
    """

    ground: Ground
    consensus: float = 0.0
    n_clear: int = 0
    apart: Apart | None = None


def find_ground(vote: ReleasedVote, *, may_pass: bool = True) -> Finding:
    """Tell common ground and real disagreement of one released recommendation.

    *Everyone agrees* where two thirds or more agree in every group that is shown, the rule by
    which a group is put in a phrase. Computed for declared groups, not for discovered ones: with
    20 to 60 people there are too few for clusters to be more than chance.

    *Groups really differ* where the difference between two of them lies beyond its interval
    (Newcombe 1998, method 10), at 95 % for all pairs together (Bonferroni: each pair at 1 - 0.05 /
    n_pairs). *They lean apart* where two thirds or more agree in one and are against in another,
    and the numbers are too small for that.

    Parameters
    ----------
    vote
        One recommendation, as `analysis.suppression` released it.
    may_pass
        Whether there is an answer between, as it was released.
    """
    parts = vote.groups
    if len(parts) < 2:
        return Finding(Ground.UNKNOWN)
    stances = [stance_of(part) for part in parts]
    for side, ground in ((Phrase.AGREE, Ground.AGREED), (Phrase.DISAGREE, Ground.TURNED_DOWN)):
        if all(stance is side for stance in stances):
            n_clear = sum(is_clear(part) for part in parts)
            return Finding(ground, group_consensus(parts, side), n_clear)
    apart = _most_apart(parts, may_pass=may_pass)
    if apart is not None and apart.difference.low > 0:
        return Finding(Ground.DIFFERS, apart=apart)
    if {Phrase.AGREE, Phrase.DISAGREE} <= set(stances):
        return Finding(Ground.LEANS_APART, apart=apart)
    return Finding(Ground.UNKNOWN if None in stances else Ground.OPEN)


def stance_of(part: Released) -> Phrase | None:
    """The phrase that is true of a group, counted or not; None where nothing is told of it.

    >>> from analysis.tallies import Counts
    >>> stance_of(Released("clinician", (), 15, Counts(10, 0, 5))).value
    'two thirds or more agree'
    """
    return phrase_of(part.counts) if part.counts else part.phrase


def is_clear(part: Released) -> bool:
    """Whether the plausible range of a group stays on one side of a half, whatever its counts."""
    side = stance_of(part)
    if side not in (Phrase.AGREE, Phrase.DISAGREE):
        return False
    return wilson_interval(_least(part, side), part.n, confidence=CONFIDENCE).low > 0.5


def agree_range(part: Released, *, may_pass: bool = True) -> tuple[int, int]:
    """The fewest and the most who may agree behind what is shown of a group, at any k.

    Where all choose or leave, exactly two thirds may be called divided
    (`analysis.small_cells.phrase_without_pass`).

    >>> agree_range(Released("clinician", (), 7, phrase=Phrase.AGREE))
    (5, 7)
    >>> agree_range(Released("clinician", (), 6, phrase=Phrase.DIVIDED), may_pass=False)
    (2, 4)
    """
    if part.counts:
        return part.counts.n_agree, part.counts.n_agree
    if part.n_agree is not None:
        return part.n_agree, part.n_agree
    two_thirds, at_most = _two_thirds(part.n), 2 * part.n // 3
    return {
        Phrase.AGREE: (two_thirds, part.n),
        Phrase.DISAGREE: (0, part.n - two_thirds),
        Phrase.DIVIDED: (0, two_thirds - 1) if may_pass else (part.n - at_most, at_most),
        None: (0, part.n),
    }[part.phrase]


def group_consensus(parts: Sequence[Released], side: Phrase = Phrase.AGREE) -> float:
    """How far all groups are on one side: the geometric mean of their smoothed shares (0-1).

    The product over groups of (n_agree + 1) / (n + 2) is Polis' group-informed consensus (Small et
    al. 2021, Recerca 26:2; `conversation.clj`). A product falls with the number of groups, so votes
    with three groups and with five could not be compared; the geometric mean, as the Agora fork of
    Polis takes it, can. Here groups are those that people declared. A phrase counts with the
    fewest people that it allows.
    """
    logs = [log((_least(part, side) + 1) / (part.n + 2)) for part in parts]
    return exp(sum(logs) / len(logs))


def _least(part: Released, side: Phrase) -> int:
    """The fewest on a side behind what is shown of a group that is on it."""
    if part.counts:
        return part.counts.n_agree if side is Phrase.AGREE else part.counts.n_disagree
    return _two_thirds(part.n)


def _two_thirds(n: int) -> int:
    return -(-2 * n // 3)


def _most_apart(parts: Sequence[Released], *, may_pass: bool) -> Apart | None:
    """The pair whose difference surely is the largest, with its interval where it is smallest."""
    pairs = list(combinations(parts, 2))
    confidence = 1 - (1 - CONFIDENCE) / len(pairs)
    range_of = {part: agree_range(part, may_pass=may_pass) for part in parts}

    def apart(more: Released, less: Released) -> Apart:
        fewest, most = range_of[more][0], range_of[less][1]
        between = (fewest, more.n), (most, less.n)
        return Apart(more, less, difference_interval(*between, confidence=confidence))

    found = [apart(*pair) for one, other in pairs for pair in ((one, other), (other, one))]
    return max(found, key=lambda apart: apart.difference.low, default=None)
