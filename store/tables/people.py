"""Programmes, meetings, the people at them, and what they agreed to."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from store.tables.base import ID, WORD, Moment, key, metadata, text, to

programme = Table(
    "programme",
    metadata,
    key("programme_id"),
    Column("name", Text, nullable=False),
    Column("is_sample", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("ended_on", Date),
    Column("time_zone", WORD, nullable=False, server_default="UTC"),
)
meeting = Table(
    "meeting",
    metadata,
    key("meeting_id"),
    to("programme.programme_id"),
    Column("season", WORD, nullable=False),
    Column("held_on", Date, nullable=False),
    Column("challenge", Text, nullable=False),
    Column("pillar", WORD, nullable=False),
    Column("format", WORD, nullable=False),
    Column("created_at", Moment, nullable=False),
)
person = Table(
    "person",
    metadata,
    key("person_id"),
    to("programme.programme_id"),
    Column("name", Text, nullable=False),
)
attendance = Table(
    "attendance",
    metadata,
    key("attendance_id"),
    to("meeting.meeting_id"),
    to("person.person_id"),
    Column("stakeholder_group", WORD, nullable=False),
    text("interests"),
    text("access_needs"),
    UniqueConstraint("meeting_id", "person_id"),
)
participant_link = Table(
    "participant_link",
    metadata,
    Column(
        "attendance_id",
        ID,
        ForeignKey("attendance.attendance_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("generation", Integer, nullable=False),
    Column("link_hash", String(64), nullable=False, unique=True),
)
consent_event = Table(
    "consent_event",
    metadata,
    key("consent_event_id"),
    to("meeting.meeting_id"),
    to("attendance.attendance_id", nullable=True),
    to("transcript.transcript_id", nullable=True),
    Column("consent_use", WORD, nullable=False),
    Column("is_given", Boolean, nullable=False),
    text("written_where"),
    Column("recorded_at", Moment, nullable=False),
    text("recorded_by"),
)
family_contact = Table(
    "family_contact",
    metadata,
    key("family_contact_id"),
    to("person.person_id"),
    to("attendance.attendance_id"),
    Column("name", Text, nullable=False),
    text("wish"),
    Column("link_hash", String(64), nullable=False, unique=True),
    Column("recorded_at", Moment, nullable=False),
    text("recorded_by"),
)
