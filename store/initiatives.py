"""Initiatives, their events, milestones, deliverables and measures in the store.

Start at `initiatives_of`.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from domain.errors import NotFound
from domain.ids import InitiativeId, MeasureId, ProgrammeId, RecommendationId, new_id
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
from store.tables import (
    deliverable,
    initiative,
    initiative_answer,
    measure,
    milestone,
    reading,
    stage_event,
)


def add_initiative(tx: Connection, new: Initiative) -> InitiativeId:
    """Store an initiative with everything it carries; its ids may be given empty."""
    initiative_id = InitiativeId(new.initiative_id or new_id())
    tx.execute(
        insert(initiative).values(
            initiative_id=initiative_id,
            programme_id=new.programme_id,
            title=new.title,
            kind=new.kind,
            summary=new.summary,
            owner=new.owner,
            link=new.link,
            source=new.source,
            is_documented=new.is_documented,
            created_at=datetime.now(UTC),
        )
    )
    set_answers(tx, initiative_id, new.answers)
    for event in new.events:
        add_stage_event(tx, initiative_id, event)
    for step in new.milestones:
        add_milestone(tx, initiative_id, step)
    for made in new.deliverables:
        add_deliverable(tx, initiative_id, made)
    for told in new.measures:
        add_measure(tx, initiative_id, told)
    return initiative_id


def set_answers(
    tx: Connection, initiative_id: InitiativeId, recommendation_ids: Iterable[RecommendationId]
) -> None:
    """Say which recommendations an initiative answers."""
    tx.execute(delete(initiative_answer).where(initiative_answer.c.initiative_id == initiative_id))
    rows = [
        {"initiative_id": initiative_id, "recommendation_id": r}
        for r in dict.fromkeys(recommendation_ids)
    ]
    if rows:
        tx.execute(insert(initiative_answer), rows)


def add_stage_event(tx: Connection, initiative_id: InitiativeId, event: StageEvent) -> None:
    """Append a stage event; none is ever changed."""
    number = _next(tx, stage_event, "number", initiative_id)
    tx.execute(
        insert(stage_event).values(
            initiative_id=initiative_id,
            number=number,
            stage=event.stage,
            happened_on=event.happened_on,
            note=event.note,
            reason=event.reason,
            recorded_at=datetime.now(UTC),
        )
    )


def add_milestone(tx: Connection, initiative_id: InitiativeId, new: Milestone) -> None:
    """Append a milestone."""
    position = _next(tx, milestone, "position", initiative_id)
    tx.execute(
        insert(milestone).values(
            milestone_id=new_id(), initiative_id=initiative_id, position=position, **vars(new)
        )
    )


def mark_milestone(
    tx: Connection, initiative_id: InitiativeId, position: int, done_on: date
) -> bool:
    """Note that a milestone, counted from 1, was done; False when it was noted before.

    Raises
    ------
    NotFound
        If the initiative has no such milestone.
    """
    query = (
        select(milestone.c.milestone_id)
        .where(milestone.c.initiative_id == initiative_id)
        .order_by(milestone.c.position)
    )
    ids = tx.execute(query).scalars().all()
    if not 1 <= position <= len(ids):
        raise NotFound(kind="milestone", id=position)
    done = tx.execute(
        update(milestone)
        .where(milestone.c.milestone_id == ids[position - 1], milestone.c.done_on.is_(None))
        .values(done_on=done_on)
    )
    return bool(done.rowcount)


def add_deliverable(tx: Connection, initiative_id: InitiativeId, new: Deliverable) -> None:
    """Append a deliverable."""
    position = _next(tx, deliverable, "position", initiative_id)
    tx.execute(
        insert(deliverable).values(
            deliverable_id=new_id(), initiative_id=initiative_id, position=position, **vars(new)
        )
    )


def add_measure(tx: Connection, initiative_id: InitiativeId, new: Measure) -> MeasureId:
    """Append a measure with its readings."""
    measure_id = MeasureId(new.measure_id or new_id())
    told = {k: v for k, v in vars(new).items() if k not in ("measure_id", "readings")}
    position = _next(tx, measure, "position", initiative_id)
    tx.execute(
        insert(measure).values(
            measure_id=measure_id, initiative_id=initiative_id, position=position, **told
        )
    )
    for value in new.readings:
        add_reading(tx, measure_id, value)
    return measure_id


def add_reading(tx: Connection, measure_id: MeasureId, new: Reading) -> None:
    """Store a reading; one of the same day takes its place."""
    same_day = (reading.c.measure_id == measure_id) & (reading.c.read_on == new.read_on)
    tx.execute(delete(reading).where(same_day))
    tx.execute(insert(reading).values(measure_id=measure_id, **vars(new)))


def initiatives_of(tx: Connection, programme_id: ProgrammeId) -> list[Initiative]:
    """A programme's initiatives with all they carry, in the order in which they came in."""
    query = (
        select(initiative)
        .where(initiative.c.programme_id == programme_id)
        .order_by(initiative.c.created_at, initiative.c.initiative_id)
    )
    rows = tx.execute(query).all()
    ids = [row.initiative_id for row in rows]
    events = _grouped(tx, stage_event, ids, "number")
    milestones = _grouped(tx, milestone, ids, "position")
    deliverables = _grouped(tx, deliverable, ids, "position")
    answers = _grouped(tx, initiative_answer, ids, "recommendation_id")
    measures = _measures(tx, ids)
    return [
        Initiative(
            InitiativeId(r.initiative_id),
            ProgrammeId(r.programme_id),
            r.title,
            InitiativeKind(r.kind),
            r.summary,
            r.owner,
            r.link,
            r.source,
            r.is_documented,
            tuple(RecommendationId(a.recommendation_id) for a in answers[r.initiative_id]),
            tuple(
                StageEvent(Stage(e.stage), e.happened_on, e.note, e.reason)
                for e in events[r.initiative_id]
            ),
            tuple(Milestone(m.title, m.due_on, m.done_on) for m in milestones[r.initiative_id]),
            tuple(
                Deliverable(d.channel, d.title, d.delivered_on, d.link)
                for d in deliverables[r.initiative_id]
            ),
            tuple(measures[r.initiative_id]),
        )
        for r in rows
    ]


def _measures(tx: Connection, ids: list[str]) -> defaultdict[str, list[Measure]]:
    rows = _grouped(tx, measure, ids, "position")
    measure_ids = [row.measure_id for group in rows.values() for row in group]
    readings: defaultdict[str, list[Reading]] = defaultdict(list)
    query = select(reading).where(reading.c.measure_id.in_(measure_ids)).order_by(reading.c.read_on)
    for r in tx.execute(query):
        readings[r.measure_id].append(Reading(r.value, r.read_on, r.source, r.note))
    found: defaultdict[str, list[Measure]] = defaultdict(list)
    for initiative_id, group in rows.items():
        for m in group:
            found[initiative_id].append(
                Measure(
                    MeasureId(m.measure_id),
                    m.name,
                    m.unit,
                    m.is_higher_better,
                    m.baseline_value,
                    m.baseline_on,
                    m.baseline_source,
                    m.target_value,
                    m.target_on,
                    tuple(readings[m.measure_id]),
                    m.baseline_note,
                )
            )
    return found


def _grouped(
    tx: Connection, table: Table, ids: list[str], order: str
) -> defaultdict[str, list[Any]]:
    found: defaultdict[str, list[Any]] = defaultdict(list)
    query = select(table).where(table.c.initiative_id.in_(ids)).order_by(table.c[order])
    for row in tx.execute(query):
        found[row.initiative_id].append(row)
    return found


def _next(tx: Connection, table: Table, column: str, initiative_id: InitiativeId) -> int:
    query = select(func.max(table.c[column])).where(table.c.initiative_id == initiative_id)
    newest = tx.execute(query).scalar_one()
    return 1 if newest is None else int(newest) + 1
