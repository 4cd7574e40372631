"""Initiatives, and what was promised and measured of them."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

from store.tables.base import WORD, Moment, key, metadata, text, to

initiative = Table(
    "initiative",
    metadata,
    key("initiative_id"),
    to("programme.programme_id"),
    Column("title", Text, nullable=False),
    Column("kind", WORD, nullable=False),
    text("summary"),
    text("owner"),
    text("link"),
    text("source"),
    Column("is_documented", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
)
initiative_answer = Table(
    "initiative_answer",
    metadata,
    to("initiative.initiative_id", index=False),
    to("recommendation.recommendation_id"),
    PrimaryKeyConstraint("initiative_id", "recommendation_id"),
)
stage_event = Table(
    "stage_event",
    metadata,
    to("initiative.initiative_id", index=False),
    Column("number", Integer, nullable=False),
    Column("stage", WORD, nullable=False),
    Column("happened_on", Date),
    text("note"),
    text("reason"),
    Column("recorded_at", Moment, nullable=False),
    PrimaryKeyConstraint("initiative_id", "number"),
)
milestone = Table(
    "milestone",
    metadata,
    key("milestone_id"),
    to("initiative.initiative_id"),
    Column("position", Integer, nullable=False),
    text("title"),
    Column("due_on", Date),
    Column("done_on", Date),
)
deliverable = Table(
    "deliverable",
    metadata,
    key("deliverable_id"),
    to("initiative.initiative_id"),
    Column("position", Integer, nullable=False),
    text("channel"),
    text("title"),
    Column("delivered_on", Date),
    text("link"),
)
measure = Table(
    "measure",
    metadata,
    key("measure_id"),
    to("initiative.initiative_id"),
    Column("position", Integer, nullable=False),
    text("name"),
    text("unit"),
    Column("is_higher_better", Boolean, nullable=False),
    Column("baseline_value", Float),
    Column("baseline_on", Date),
    text("baseline_source"),
    text("baseline_note"),
    Column("target_value", Float),
    Column("target_on", Date),
)
reading = Table(
    "reading",
    metadata,
    to("measure.measure_id", index=False),
    Column("read_on", Date, nullable=False),
    Column("value", Float, nullable=False),
    text("source"),
    text("note"),
    PrimaryKeyConstraint("measure_id", "read_on"),
)
owner_link = Table(
    "owner_link",
    metadata,
    key("owner_link_id"),
    to("initiative.initiative_id"),
    Column("name", Text, nullable=False),
    Column("link_hash", String(64), nullable=False, unique=True),
    Column("made_at", Moment, nullable=False),
    text("made_by"),
)
