"""Votes: what is asked, who may answer and has, and what was answered."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
)

from store.tables.base import ID, WORD, Moment, key, metadata, text, to

ballot = Table(
    "ballot",
    metadata,
    key("ballot_id"),
    to("meeting.meeting_id"),
    text("title"),
    Column("secrecy", WORD, nullable=False),
    Column("state", WORD, nullable=False),
    Column("opened_at", Moment),
    Column("closed_at", Moment),
)
ballot_item = Table(
    "ballot_item",
    metadata,
    to("ballot.ballot_id", index=False),
    to("recommendation.recommendation_id"),
    Column("position", Integer, nullable=False),
    text("text"),
    PrimaryKeyConstraint("ballot_id", "recommendation_id"),
)
roll = Table(
    "roll",
    metadata,
    to("ballot.ballot_id", index=False),
    to("attendance.attendance_id"),
    Column("has_answered", Boolean, nullable=False),
    Column("answering_mode", WORD, nullable=False),
    PrimaryKeyConstraint("ballot_id", "attendance_id"),
)
# The box names no person and keeps no time, and lies in the order of its random keys:
# a hidden rowid would keep the order in which people answered.
box = Table(
    "box",
    metadata,
    to("ballot.ballot_id", index=False),
    Column("ballot_key", String(64), nullable=False),
    Column("recommendation_id", ID, nullable=False),
    Column("answer", Integer, nullable=False),
    Column("stakeholder_group", WORD, nullable=False),
    PrimaryKeyConstraint("ballot_id", "ballot_key", "recommendation_id"),
    CheckConstraint("answer IN (-1, 0, 1)", name="sign"),
    sqlite_with_rowid=False,
)
