"""Earlier recommendations that say the same, and what became of them. Start at `echoes`."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.access import Act
from domain.ids import MeetingId, ProgrammeId, RecommendationId
from domain.initiatives import Initiative
from domain.meetings import Meeting
from domain.recommendations import Recommendation, RecommendationState
from services import echo_index
from services.access import may, require
from services.passages import embed_passing
from services.recommendation_reading import shown_of
from services.runtime import runtime
from store import initiatives, meetings
from store import recommendations as kept
from store.engine import Connection

N_ECHOES = 5
FEWEST_WORDS = 2

_BECAME = {
    RecommendationState.DRAFT: "a draft",
    RecommendationState.PROPOSED: "not decided yet",
    RecommendationState.CHOSEN: "chosen by the meeting",
    RecommendationState.NOT_CHOSEN: "not chosen",
}


@dataclass(frozen=True)
class Echo:
    """An earlier recommendation; `is_same` where it is sure enough to say so, else it is near.

    `became` tells what became of it, one thing a line.
    """

    recommendation: Recommendation
    meeting: Meeting
    strength: float
    is_same: bool
    became: tuple[str, ...]


@dataclass(frozen=True)
class Echoes:
    """What was found, the nearest first, among how many; `n_waiting` were not compared yet."""

    found: tuple[Echo, ...]
    n_compared: int
    n_waiting: int


def echoes(
    meeting_id: MeetingId,
    text: str,
    n_most: int = N_ECHOES,
    *,
    without: RecommendationId | None = None,
) -> Echoes:
    """Recommendations of the whole programme that say the same as a text that is being written.

    What is typed is compared and not kept. Drafts of other meetings, and meetings that whoever
    asks may not read, are left out.
    """
    require(Act.RUN_MEETING, meeting_id=meeting_id)
    wanted = text.strip()
    if len(wanted.split()) < FEWEST_WORDS:
        return Echoes((), 0, 0)
    with runtime().store.read() as tx:
        programme_id = meetings.meeting_by_id(tx, meeting_id).programme_id
    index = echo_index.index_of(programme_id)
    n_known = len(index.recommendation_ids)
    if not n_known:
        return Echoes((), 0, index.n_waiting)
    near = _near(index, wanted)
    with runtime().store.read() as tx:
        shown = _shown(tx, meeting_id, programme_id, [r for r in near if r != without])
        found = _strong(wanted, near, shown)[:n_most]
        told = _told(tx, programme_id, found)
    return Echoes(told, n_known, index.n_waiting)


def _near(index: echo_index.Index, wanted: str) -> dict[RecommendationId, float]:
    from analysis.echoes import candidates

    vector = embed_passing(wanted)
    places = candidates(vector, index.vectors)
    closeness = index.vectors[places] @ vector
    return {
        index.recommendation_ids[place]: float(one)
        for place, one in zip(places, closeness, strict=True)
    }


def _shown(
    tx: Connection,
    meeting_id: MeetingId,
    programme_id: ProgrammeId,
    near: list[RecommendationId],
) -> list[Recommendation]:
    """Those that may be shown here, in their wording of now."""
    found = kept.recommendations_by_ids(tx, near)
    readable = {
        one: may(Act.READ, meeting_id=one, programme_id=programme_id)
        for one in {r.meeting_id for r in found}
    }
    drafts = [r for r in found if r.state is RecommendationState.DRAFT]
    own: set[RecommendationId] = set()
    if any(r.meeting_id == meeting_id for r in drafts):
        own = {r.recommendation_id for r in shown_of(tx, meeting_id, with_merged=True)}
    return [
        r
        for r in found
        if readable[r.meeting_id]
        and (r.state is not RecommendationState.DRAFT or r.recommendation_id in own)
    ]


def _strong(
    wanted: str, near: dict[RecommendationId, float], shown: list[Recommendation]
) -> list[tuple[Recommendation, float]]:
    import numpy as np

    from analysis.echoes import NEAR_FROM, strengths

    closeness = np.array([near[r.recommendation_id] for r in shown])
    told = strengths(wanted, [r.text for r in shown], closeness)
    pairs = [(r, float(s)) for r, s in zip(shown, told, strict=True) if s >= NEAR_FROM]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0].recommendation_id))


def _told(
    tx: Connection, programme_id: ProgrammeId, found: list[tuple[Recommendation, float]]
) -> tuple[Echo, ...]:
    from analysis.echoes import SAME_FROM

    if not found:
        return ()
    known = initiatives.initiatives_of(tx, programme_id)
    held = {m.meeting_id: m for m in meetings.meetings_of(tx, programme_id)}
    return tuple(
        Echo(
            one,
            held[one.meeting_id],
            strength,
            strength >= SAME_FROM,
            tuple(_became(tx, one, known)),
        )
        for one, strength in found
    )


def _became(tx: Connection, one: Recommendation, known: list[Initiative]) -> Iterator[str]:
    because = f": {one.decided_because}" if one.decided_because else ""
    yield f"{_BECAME[one.state]}{because}"
    if one.merged_into is not None:
        into = kept.recommendation_by_id(tx, one.merged_into)
        yield f"joined with recommendation {into.number}"
    for initiative in known:
        if one.recommendation_id in initiative.answers:
            newest = initiative.events[-1] if initiative.events else None
            reason = f": {newest.reason.strip()}" if newest and newest.reason.strip() else ""
            yield f"answered by {initiative.title}, {initiative.stage.value}{reason}"
