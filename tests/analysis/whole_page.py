"""Everything a reader is shown of one vote, and of one beside it. Start at `page_of`.

Two votes with the same page cannot be told apart by anybody, whatever they know of the program.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from analysis.common_ground import find_ground, is_clear, stance_of
from analysis.priority_orders import priority_orders, sureness
from analysis.ranking_release import release_ranking
from analysis.released_sets import choose
from analysis.score_spread import spreads
from analysis.suppression import PUBLIC_K, ROOM_K, ReleasedVote, in_words, release_all
from analysis.tallies import Tally
from domain.ids import RecommendationId
from domain.people import StakeholderGroup
from domain.votes import WORDINGS, Method
from services.comparing import change

Scores = Mapping[RecommendationId, Mapping[StakeholderGroup, Sequence[int]]]


@dataclass(frozen=True)
class Earlier:
    """What an earlier vote on the same recommendations released; nothing where there was none."""

    votes: tuple[ReleasedVote, ...] = ()


def page_of(
    tally: Tally, method: Method, earlier: Earlier = Earlier(), scores: Scores | None = None
) -> object:
    """Counts in the room and in files, what is said of them, orders, sets, medians, changes.

    Sums of other groups, such as without industry, are among the orders; numbers of who answered
    and of who still may are known to the attacker anyway.
    """
    room, files = (shown(tally, method, k) for k in (ROOM_K, PUBLIC_K))
    medians = (
        tuple(
            spreads(vote, scores.get(one, {}))
            for one, vote in zip(tally, room, strict=True)
            if one in scores
        )
        if scores
        else ()
    )
    return room, files, medians, _beside(room, method, earlier)


def shown(tally: Tally, method: Method, k: int) -> tuple[ReleasedVote, ...]:
    """What is released of every recommendation."""
    if method is Method.RANKING:
        return tuple(release_ranking(tally, k).values())
    return tuple(release_all(tally, k, may_pass=method is not Method.APPROVAL).values())


@cache
def _beside(votes: tuple[ReleasedVote, ...], method: Method, earlier: Earlier) -> object:
    may_pass, is_ranking = method is not Method.APPROVAL, method is Method.RANKING
    places = range(1, len(votes) + 1)
    parts = [part for vote in votes for part in (vote.whole, *vote.groups)]
    return (
        tuple(in_words(part, WORDINGS[method]) for part in parts),
        tuple((stance_of(part), is_clear(part)) for part in parts),
        tuple(find_ground(vote, may_pass=may_pass) for vote in votes),
        tuple(priority_orders(votes, n, may_pass=may_pass) for n in places),
        tuple(sureness(votes, n, may_pass=may_pass, is_ranking=is_ranking) for n in places),
        () if is_ranking else tuple(choose(votes, n, may_pass=may_pass) for n in places),
        tuple(change(*pair) for pair in zip(earlier.votes, votes, strict=False)),
    )
