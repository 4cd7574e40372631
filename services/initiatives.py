"""Follow-through: initiatives from proposal to measured change. Start at `initiatives`."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.access import Act
from domain.errors import NotAllowedNow, NotFound
from domain.ids import InitiativeId, MeasureId, MeetingId, ProgrammeId, RecommendationId
from domain.initiatives import (
    Deliverable,
    Initiative,
    InitiativeKind,
    Measure,
    Milestone,
    Reading,
    Stage,
    StageEvent,
)
from domain.meetings import Meeting
from services import whose
from services.access import require
from services.runtime import runtime
from store import audit, meetings, recommendations
from store import initiatives as kept
from store.engine import Connection

NEEDS_REASON = "To close without implementing, say why: the people who asked will read it."
STAGE_IS_EARLIER = "The stage before is dated {day}; choose that day or later."
NEEDS_WORDS = "A {what} needs its words."
IS_DONE = "This milestone is marked as done already."
SOURCE = "reading (its source)"


@dataclass(frozen=True)
class Answered:
    """A recommendation that an initiative answers."""

    recommendation_id: RecommendationId
    meeting_id: MeetingId
    meeting_label: str
    asked_on: date
    number: int
    text: str


@dataclass(frozen=True)
class InitiativeView:
    """An initiative with what it answers; `stage_since` is its newest event's day, if known."""

    initiative: Initiative
    answers: tuple[Answered, ...]
    stage_since: date | None

    @property
    def asked_on(self) -> date | None:
        """The day of the first meeting that asked for it."""
        return min((a.asked_on for a in self.answers), default=None)

    @property
    def next_milestone(self) -> Milestone | None:
        """The first milestone that is not done."""
        return next((m for m in self.initiative.milestones if m.done_on is None), None)


def initiatives(programme_id: ProgrammeId) -> tuple[InitiativeView, ...]:
    """A programme's initiatives with what they answer."""
    require(Act.READ, programme_id=programme_id)
    with runtime().store.read() as tx:
        return views(tx, programme_id)


def views(tx: Connection, programme_id: ProgrammeId) -> tuple[InitiativeView, ...]:
    """The same, as one transaction sees it."""
    asked: dict[RecommendationId, Answered] = {}
    for meeting in meetings.meetings_of(tx, programme_id):
        for r in recommendations.recommendations_of(tx, meeting.meeting_id):
            asked[r.recommendation_id] = _answered(meeting, r.recommendation_id, r.number, r.text)
    return tuple(
        InitiativeView(
            i,
            tuple(sorted((asked[r] for r in i.answers if r in asked), key=_by_day)),
            i.events[-1].happened_on if i.events else None,
        )
        for i in kept.initiatives_of(tx, programme_id)
    )


def the_initiative(programme_id: ProgrammeId, initiative_id: InitiativeId) -> InitiativeView:
    """One initiative."""
    for view in initiatives(programme_id):
        if view.initiative.initiative_id == initiative_id:
            return view
    raise NotFound(kind="initiative", id=initiative_id)


def create(
    programme_id: ProgrammeId,
    *,
    title: str,
    kind: InitiativeKind,
    owner: str,
    summary: str,
    answers: Iterable[RecommendationId],
    proposed_on: date,
    link: str = "",
    actor: str = "facilitator",
) -> InitiativeId:
    """Turn chosen recommendations into an initiative; it starts as proposed."""
    require(Act.FOLLOW_UP, programme_id=programme_id)
    if not title.strip():
        raise NotAllowedNow(reason="An initiative needs a title.")
    new = Initiative(
        InitiativeId(""),
        programme_id,
        title.strip(),
        kind,
        summary.strip(),
        owner.strip(),
        check_link(link),
        "",
        False,
        tuple(answers),
        (StageEvent(Stage.PROPOSED, proposed_on),),
    )
    return store_initiatives([new], actor=actor)[0]


def store_initiatives(new: Sequence[Initiative], *, actor: str) -> list[InitiativeId]:
    """Store whole initiatives, all or none."""
    for programme_id in {initiative.programme_id for initiative in new}:
        require(Act.FOLLOW_UP, programme_id=programme_id)
    for initiative in new:
        check_events(initiative.events)
    with runtime().store.write() as tx:
        ids = [kept.add_initiative(tx, initiative) for initiative in new]
        for initiative_id in ids:
            audit.record(tx, actor, "initiative made", "initiative", initiative_id)
    return ids


def check_events(events: Sequence[StageEvent]) -> None:
    """Refuse a history that runs backwards or ends without its reason."""
    for n, event in enumerate(events):
        _check_event(event, events[n - 1] if n else None)


def set_stage(
    programme_id: ProgrammeId,
    initiative_id: InitiativeId,
    event: StageEvent,
    *,
    actor: str = "facilitator",
) -> None:
    """Append a stage event; the earlier ones stay as they are.

    Raises
    ------
    NotAllowedNow
        If an ending lacks its reason, or the day lies before the newest event.
    """
    require(Act.FOLLOW_UP, programme_id=programme_id)
    with runtime().store.write() as tx:
        known = {i.initiative_id: i for i in kept.initiatives_of(tx, programme_id)}
        if initiative_id not in known:
            raise NotFound(kind="initiative", id=initiative_id)
        set_stage_in(tx, known[initiative_id], event)
        audit.record(tx, actor, f"stage {event.stage}", "initiative", initiative_id)


def set_stage_in(tx: Connection, initiative: Initiative, event: StageEvent) -> None:
    """The same within a transaction, for whoever was let in on another way."""
    _check_event(event, initiative.events[-1] if initiative.events else None)
    kept.add_stage_event(tx, initiative.initiative_id, event)


def set_answers(
    initiative_id: InitiativeId,
    recommendation_ids: Iterable[RecommendationId],
    *,
    actor: str = "facilitator",
) -> None:
    """Say which recommendations an initiative answers."""
    require(Act.FOLLOW_UP, programme_id=whose.initiative(initiative_id))
    with runtime().store.write() as tx:
        kept.set_answers(tx, initiative_id, recommendation_ids)
        audit.record(tx, actor, "answers set", "initiative", initiative_id)


def add_milestone(initiative_id: InitiativeId, new: Milestone) -> None:
    """Add something due on the way."""
    require(Act.FOLLOW_UP, programme_id=whose.initiative(initiative_id))
    with runtime().store.write() as tx:
        kept.add_milestone(tx, initiative_id, replace(new, title=_needed(new.title, "milestone")))


def add_deliverable(initiative_id: InitiativeId, new: Deliverable) -> None:
    """Add something made, with the channel through which it reaches people."""
    require(Act.FOLLOW_UP, programme_id=whose.initiative(initiative_id))
    checked = replace(new, title=_needed(new.title, "deliverable"), link=check_link(new.link))
    with runtime().store.write() as tx:
        kept.add_deliverable(tx, initiative_id, checked)


def add_measure(initiative_id: InitiativeId, new: Measure) -> MeasureId:
    """Add what should change for people."""
    require(Act.FOLLOW_UP, programme_id=whose.initiative(initiative_id))
    with runtime().store.write() as tx:
        return kept.add_measure(tx, initiative_id, replace(new, name=_needed(new.name, "measure")))


def add_reading(measure_id: MeasureId, new: Reading) -> None:
    """Add a value on a day, with its source; one of the same day takes its place."""
    require(Act.FOLLOW_UP, programme_id=whose.measure(measure_id))
    with runtime().store.write() as tx:
        add_reading_in(tx, measure_id, new)


def add_reading_in(tx: Connection, measure_id: MeasureId, new: Reading) -> None:
    """The same within a transaction, for whoever was let in on another way."""
    if not math.isfinite(new.value):
        raise NotAllowedNow(reason="A reading needs a number.")
    checked = replace(new, source=_needed(new.source, SOURCE))
    kept.add_reading(tx, measure_id, checked)


def mark_done(initiative_id: InitiativeId, position: int, done_on: date) -> None:
    """Say that a milestone, counted from 1, is done.

    Raises
    ------
    NotAllowedNow
        If it is done already.
    NotFound
        If there is no such milestone.
    """
    require(Act.FOLLOW_UP, programme_id=whose.initiative(initiative_id))
    with runtime().store.write() as tx:
        mark_done_in(tx, initiative_id, position, done_on)


def mark_done_in(tx: Connection, initiative_id: InitiativeId, position: int, done_on: date) -> None:
    """The same within a transaction, for whoever was let in on another way."""
    if not kept.mark_milestone(tx, initiative_id, position, done_on):
        raise NotAllowedNow(reason=IS_DONE)


def check_link(link: str) -> str:
    """A link that a browser may safely open, or nothing.

    Raises
    ------
    NotAllowedNow
        If it is anything but http or https.
    """
    wanted = link.strip()
    if wanted and not wanted.lower().startswith(("https://", "http://")):
        raise NotAllowedNow(reason="A link starts with https:// or http://.")
    return wanted


def _check_event(event: StageEvent, previous: StageEvent | None) -> None:
    if event.stage is Stage.CLOSED_NOT_IMPLEMENTED and not event.reason.strip():
        raise NotAllowedNow(reason=NEEDS_REASON)
    if previous and _is_before(event.happened_on, previous.happened_on):
        raise NotAllowedNow(reason=STAGE_IS_EARLIER, day=previous.happened_on)


def _is_before(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day < other


def _needed(words: str, what: str) -> str:
    if not words.strip():
        raise NotAllowedNow(reason=NEEDS_WORDS, what=what)
    return words.strip()


def _answered(
    meeting: Meeting, recommendation_id: RecommendationId, number: int, text: str
) -> Answered:
    return Answered(
        recommendation_id, meeting.meeting_id, meeting.label, meeting.held_on, number, text
    )


def _by_day(answered: Answered) -> tuple[date, int]:
    return answered.asked_on, answered.number
