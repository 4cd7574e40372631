"""What participants write on their own pages."""

from sqlalchemy import Column, Table

from store.tables.base import WORD, Moment, key, metadata, text, to

statement = Table(
    "statement",
    metadata,
    key("statement_id"),
    to("attendance.attendance_id"),
    text("text"),
    Column("language", WORD, nullable=False),
    Column("state", WORD, nullable=False),
    text("reason"),
    Column("changed_at", Moment, nullable=False),
    text("settled_by"),
    to("utterance.utterance_id", nullable=True),
)
