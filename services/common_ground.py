"""The main view of a closed vote: what all agree on, where groups differ. Start at `main_view`."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.common_ground import Apart, Ground, find_ground, is_clear, stance_of
from analysis.score_spread import Spread, spreads
from analysis.small_cells import Phrase
from analysis.suppression import ROOM_K, Released
from domain.access import Act
from domain.ballots import Ballot
from domain.ids import BallotId, RecommendationId
from domain.people import StakeholderGroup
from domain.votes import Method, Wording
from services import whose
from services.access import require
from services.ballots import Progress, RecommendationResult, results_in
from services.runtime import runtime
from services.vote_parts import VotePart, part_of
from store import ballot_box
from store.engine import Connection

Scores = dict[RecommendationId, dict[StakeholderGroup, list[int]]]


@dataclass(frozen=True)
class GroupStand:
    """Where one group stands: ``stance`` is None where nothing of it may be told."""

    part: VotePart
    stance: Phrase | None
    is_clear: bool
    spread: Spread | None = None


@dataclass(frozen=True)
class Gap:
    """Two groups that differ, and the share (0-1) by which they do, with its plausible range.

    ``is_least`` where a phrase hides counts, so that the true difference is this or larger.
    """

    more: VotePart
    less: VotePart
    by: float
    low: float
    high: float
    is_least: bool


@dataclass(frozen=True)
class Stand:
    """One recommendation with what the groups together make of it."""

    result: RecommendationResult
    whole: GroupStand
    groups: tuple[GroupStand, ...]
    ground: Ground
    consensus: float
    n_clear: int
    gap: Gap | None


@dataclass(frozen=True)
class MainView:
    """Recommendations by what the groups make of them, each list the most telling first."""

    ballot: Ballot
    progress: Progress
    wording: Wording
    stands: tuple[Stand, ...]

    def of(self, *grounds: Ground) -> list[Stand]:
        """Those on which the groups stand so; the most agreed and the furthest apart first."""
        found = [stand for stand in self.stands if stand.ground in grounds]
        return sorted(found, key=lambda s: (-s.consensus, -(s.gap.low if s.gap else 0.0)))

    @property
    def can_compare(self) -> bool:
        """Whether at least two groups may be shown at any recommendation."""
        return any(len(stand.groups) > 1 for stand in self.stands)


def main_view(ballot_id: BallotId, k: int = ROOM_K) -> MainView:
    """What a leader sees first of a closed vote.

    Raises
    ------
    NotAllowedNow
        If the vote is not closed.
    """
    require(Act.READ, meeting_id=whose.ballot(ballot_id))
    with runtime().store.read() as tx:
        found = results_in(tx, ballot_id, k)
        scores = _scores(tx, found.ballot)
    stands = tuple(
        _stand(result, scores.get(result.item.recommendation_id)) for result in found.results
    )
    return MainView(found.ballot, found.progress, found.results[0].wording, stands)


def _stand(result: RecommendationResult, scores: dict[StakeholderGroup, list[int]] | None) -> Stand:
    vote, wording = result.vote, result.wording
    of_whole, of_groups = spreads(vote, scores) if scores else (None, (None,) * len(vote.groups))
    found = find_ground(vote, may_pass=bool(wording.middle))
    parts = zip(vote.groups, of_groups, strict=True)
    return Stand(
        result,
        _group(vote.whole, wording, of_whole),
        tuple(_group(part, wording, spread) for part, spread in parts),
        found.ground,
        found.consensus,
        found.n_clear,
        _gap(found.apart, wording) if found.apart else None,
    )


def _group(part: Released, wording: Wording, spread: Spread | None) -> GroupStand:
    return GroupStand(part_of(part, wording), stance_of(part), is_clear(part), spread)


def _gap(apart: Apart, wording: Wording) -> Gap:
    is_least = apart.more.counts is None or apart.less.counts is None
    more, less = part_of(apart.more, wording), part_of(apart.less, wording)
    by = apart.difference
    return Gap(more, less, by.share, by.low, by.high, is_least)


def _scores(tx: Connection, ballot: Ballot) -> Scores:
    """What people gave themselves, where a vote asked for scores."""
    found: Scores = {}
    if ballot.method is not Method.SCORES:
        return found
    rows: Sequence[ballot_box.BoxRow] = ballot_box.box_of(tx, ballot.ballot_id)
    for _, recommendation_id, given, group, is_proxy in rows:
        if not is_proxy:
            found.setdefault(recommendation_id, {}).setdefault(group, []).append(given)
    return found


__all__ = ["Ground", "GroupStand", "MainView", "Phrase", "Spread", "Stand", "main_view"]
