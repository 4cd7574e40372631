"""Recommendations and the words that support them. Start at `recommendations`."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.access import Act
from domain.errors import NotAllowedNow
from domain.ids import MeetingId, RecommendationId, ThemeId
from domain.recommendations import Direction, Evidence, Recommendation, RecommendationState
from intake.child import read_safely
from intake.result import RecommendationList
from services import whose
from services.access import require
from services.evidence import Suggestion, attach, confirm, detach, suggest_evidence
from services.passages import sha256_of
from services.recommendation_reading import (
    joined_with,
    shown_of,
    verified_evidence,
    waiting_evidence,
)
from services.runtime import runtime
from store import anchors, audit, copies, erasure, initiatives, meetings
from store import recommendations as kept

TAKEN_BACK = "(words that were taken back)"

# How quotes are found and attached is told in services/evidence.py.
__all__ = [
    "TAKEN_BACK",
    "RecommendationView",
    "Suggestion",
    "accept_draft",
    "attach",
    "choose",
    "confirm",
    "detach",
    "leave",
    "read_list",
    "recommendations",
    "remove_draft",
    "revise",
    "save_list",
    "suggest_evidence",
    "unchoose",
    "wordings",
    "write",
]


@dataclass(frozen=True)
class RecommendationView:
    """A recommendation with its verified evidence and what became of it.

    `n_broken` counts evidence that is not shown: its words are no longer exactly in the source,
    or were withdrawn. `n_lost_sources` counts evidence that is gone for good. Where it stands for
    others (`stands_for`), their evidence is listed with its own.
    """

    recommendation: Recommendation
    evidence: tuple[Evidence, ...]
    n_broken: int
    initiatives: tuple[str, ...]
    n_lost_sources: int = 0
    against: tuple[Evidence, ...] = ()
    stands_for: tuple[Recommendation, ...] = ()
    waiting: tuple[Evidence, ...] = ()
    """Quotes whose words were corrected: they count again once somebody confirms them."""


def recommendations(
    meeting_id: MeetingId, *, with_merged: bool = False
) -> tuple[RecommendationView, ...]:
    """A meeting's recommendations by number, without drafts whose words were taken back.

    Those that another one stands for are told with that one; alone too if asked for.
    """
    require(Act.READ, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        found = shown_of(tx, meeting_id, with_merged=True)
        evidence, broken = verified_evidence(tx, [r.recommendation_id for r in found])
        waiting = waiting_evidence(tx, [r.recommendation_id for r in found])
        lost = anchors.losses_of(tx, [r.recommendation_id for r in found])
        programme_id = meetings.meeting_by_id(tx, meeting_id).programme_id
        answering: dict[RecommendationId, list[str]] = {}
        for initiative in initiatives.initiatives_of(tx, programme_id):
            for recommendation_id in initiative.answers:
                answering.setdefault(recommendation_id, []).append(initiative.title)
    views = []
    for r in found:
        if r.merged_into is not None and not with_merged:
            continue
        joined = joined_with(r.recommendation_id, found)
        behind = [e for one in (r, *joined) for e in evidence.get(one.recommendation_id, ())]
        views.append(
            RecommendationView(
                r,
                tuple(e for e in behind if e.direction is Direction.SUPPORTS),
                sum(broken.get(one.recommendation_id, 0) for one in (r, *joined)),
                tuple(answering.get(r.recommendation_id, ())),
                sum(len(lost.get(one.recommendation_id, ())) for one in (r, *joined)),
                tuple(e for e in behind if e.direction is Direction.SPEAKS_AGAINST),
                joined,
                tuple(e for o in (r, *joined) for e in waiting.get(o.recommendation_id, ())),
            )
        )
    return tuple(views)


def write(
    meeting_id: MeetingId,
    text: str,
    *,
    author: str,
    theme_id: ThemeId | None = None,
    is_draft: bool = False,
) -> RecommendationId:
    """Add a recommendation at the end of the meeting's list."""
    require(Act.RUN_MEETING, meeting_id=meeting_id)
    wanted = _text(text)
    state = RecommendationState.DRAFT if is_draft else RecommendationState.PROPOSED
    with runtime().store.write() as tx:
        meetings.meeting_by_id(tx, meeting_id)
        recommendation_id = kept.add_recommendation(
            tx, meeting_id, wanted, state, author=author, theme_id=theme_id
        )
        audit.record(tx, author, "recommendation written", "recommendation", recommendation_id)
    return recommendation_id


def revise(recommendation_id: RecommendationId, text: str, *, author: str) -> None:
    """Word a recommendation anew; the earlier wordings stay readable."""
    require(Act.RUN_MEETING, meeting_id=whose.recommendation(recommendation_id))
    wanted = _text(text)
    with runtime().store.write() as tx:
        if kept.recommendation_by_id(tx, recommendation_id).text == wanted:
            return
        kept.revise(tx, recommendation_id, wanted, author=author)
        audit.record(tx, author, "recommendation reworded", "recommendation", recommendation_id)


def wordings(recommendation_id: RecommendationId) -> list[tuple[int, str, str]]:
    """Every wording as (number, text, who), the oldest first.

    An earlier wording that repeats a line which was taken back since is not told.
    """
    require(Act.READ, meeting_id=whose.recommendation(recommendation_id))
    with runtime().store.read() as tx:
        now = kept.recommendation_by_id(tx, recommendation_id)
        found = kept.wordings_of(tx, recommendation_id)
        gone = copies.taken_back(tx, now.meeting_id, {text for _, text, *_ in found} - {now.text})
    return [(n, TAKEN_BACK if text in gone else text, who) for n, text, _, who in found]


def accept_draft(recommendation_id: RecommendationId, *, author: str = "facilitator") -> None:
    """Make a draft a proposed recommendation."""
    _move(
        [recommendation_id],
        (RecommendationState.DRAFT,),
        RecommendationState.PROPOSED,
        author=author,
    )


def remove_draft(recommendation_id: RecommendationId) -> None:
    """Take a draft away; anything else stays."""
    require(Act.RUN_MEETING, meeting_id=whose.recommendation(recommendation_id))
    with runtime().store.write() as tx:
        texts = [text for _, text, *_ in kept.wordings_of(tx, recommendation_id)]
        if kept.remove_draft(tx, recommendation_id):
            # Its vector would outlive its words.
            erasure.remove_vectors(tx, {sha256_of(text) for text in texts})


def choose(recommendation_ids: Iterable[RecommendationId], *, author: str = "facilitator") -> None:
    """Mark recommendations as chosen by the meeting."""
    _move(list(recommendation_ids), _BEFORE_CHOICE, RecommendationState.CHOSEN, author=author)


def leave(
    recommendation_ids: Iterable[RecommendationId],
    *,
    author: str = "facilitator",
    because: str = "",
) -> None:
    """Mark recommendations as not chosen, and keep why if it is told."""
    not_chosen = RecommendationState.NOT_CHOSEN
    _move(list(recommendation_ids), _BEFORE_CHOICE, not_chosen, author=author, because=because)


def unchoose(recommendation_id: RecommendationId, *, author: str = "facilitator") -> None:
    """Undo a choice."""
    settled = (RecommendationState.CHOSEN, RecommendationState.NOT_CHOSEN)
    _move([recommendation_id], settled, RecommendationState.PROPOSED, author=author)


def read_list(file_name: str, data: bytes, column: str | None = None) -> RecommendationList:
    """Understand a list of recommendations; nothing is stored."""
    read: RecommendationList = read_safely("read_recommendations", file_name, data, column=column)
    return read


def save_list(meeting_id: MeetingId, found: RecommendationList, *, author: str) -> int:
    """Add a whole list; sentences that the meeting already has are not doubled. n added."""
    require(Act.RUN_MEETING, meeting_id=meeting_id)
    with runtime().store.write() as tx:
        meetings.meeting_by_id(tx, meeting_id)
        known = {r.text for r in kept.recommendations_of(tx, meeting_id)}
        new = [row.text for row in found.rows if row.text not in known]
        for text in new:
            kept.add_recommendation(
                tx, meeting_id, _text(text), RecommendationState.PROPOSED, author=author
            )
        audit.record(tx, author, "recommendations imported", "meeting", meeting_id)
    return len(new)


_BEFORE_CHOICE = (
    RecommendationState.DRAFT,
    RecommendationState.PROPOSED,
    RecommendationState.CHOSEN,
    RecommendationState.NOT_CHOSEN,
)


def _move(
    ids: list[RecommendationId],
    allowed: tuple[RecommendationState, ...],
    state: RecommendationState,
    *,
    author: str,
    because: str = "",
) -> None:
    for meeting_id in {whose.recommendation(recommendation_id) for recommendation_id in ids}:
        require(Act.RUN_MEETING, meeting_id=meeting_id)
    with runtime().store.write() as tx:
        for recommendation_id in ids:
            found = kept.recommendation_by_id(tx, recommendation_id)
            if found.merged_into is not None:
                raise NotAllowedNow(
                    reason=f"Recommendation {found.number} is joined with another one: "
                    "decide about that one."
                )
            if found.state not in allowed:
                raise NotAllowedNow(
                    reason=f"Recommendation {found.number} is {found.state}: not possible now."
                )
            kept.set_state(tx, recommendation_id, state, because.strip())
            audit.record(tx, author, f"recommendation {state}", "recommendation", recommendation_id)


def _text(text: str) -> str:
    wanted = text.strip()
    if not wanted:
        raise NotAllowedNow(reason="A recommendation needs its words.")
    return wanted
