"""What a vote of this roster can ever release, before anybody answered. See `preview`.

It asks the rule that decides in the end (`analysis.grouping`), which looks at how many people
there are in each group and never at an answer.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from analysis.grouping import Way, by_role, label_of
from analysis.suppression import PUBLIC_K, ROOM_K
from domain.access import Act
from domain.ids import MeetingId
from domain.people import StakeholderGroup
from services.access import require
from services.ballot_making import who_may_vote
from services.runtime import runtime
from store import meetings


@dataclass(frozen=True)
class Reach:
    """The groups that can be shown at a k, with their people; none: only everybody together."""

    k: int
    groups: tuple[tuple[str, int], ...]
    is_enough: bool


@dataclass(frozen=True)
class ReleasePreview:
    """What can be shown if everybody answers, and which groups can never be shown alone."""

    n_people: int
    room: Reach
    public: Reach
    never_alone: tuple[tuple[str, int], ...]


def preview(meeting_id: MeetingId) -> ReleasePreview:
    """For everybody who could vote now; when fewer answer, more groups are joined."""
    require(Act.RUN_VOTE, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        may = set(who_may_vote(tx, meeting_id))
        roster = meetings.roster_of(tx, meeting_id)
    counted = Counter(a.stakeholder_group for a in roster if a.attendance_id in may)
    sizes = {group: counted[group] for group in StakeholderGroup if counted[group]}
    way = by_role(sizes, ROOM_K) if sizes else ()
    # In public what the room was shown is joined further, each of its groups as a whole.
    firsts = by_role({g[0]: sum(sizes[one] for one in g) for g in way}, PUBLIC_K) if way else ()
    members = {groups[0]: groups for groups in way}
    public = tuple(tuple(one for first in part for one in members[first]) for part in firsts)
    never = tuple((g.value, n) for g, n in sizes.items() if (g,) not in way)
    return ReleasePreview(
        sum(sizes.values()), _reach(ROOM_K, way, sizes), _reach(PUBLIC_K, public, sizes), never
    )


def _reach(k: int, way: Way, sizes: Mapping[StakeholderGroup, int]) -> Reach:
    n = sum(sizes.values())
    if n < k or len(way) < 2:
        return Reach(k, (), n >= k)
    shown = tuple((label_of(g, sizes), sum(sizes[one] for one in g)) for g in way)
    return Reach(k, shown, is_enough=True)
