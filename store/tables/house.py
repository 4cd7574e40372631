"""What the program keeps of itself: declarations, work, who did what, what was erased."""

from sqlalchemy import Column, Float, ForeignKey, Integer, PrimaryKeyConstraint, String, Table

from store.tables.base import ID, WORD, Moment, key, metadata, text, to

declaration = Table("declaration", metadata, Column("name", WORD, primary_key=True), text("value"))
job = Table(
    "job",
    metadata,
    key("job_id"),
    to("meeting.meeting_id", nullable=True),
    Column("kind", WORD, nullable=False),
    Column("state", WORD, nullable=False),
    Column("share_done", Float, nullable=False),
    text("message"),
    Column("created_at", Moment, nullable=False),
    Column("finished_at", Moment),
)
audit_event = Table(
    "audit_event",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("happened_at", Moment, nullable=False),
    text("actor"),
    Column("action", WORD, nullable=False),
    Column("subject_kind", WORD, nullable=False),
    Column("subject_id", ID, nullable=False),
    text("reason"),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
shown = Table(
    "shown",
    metadata,
    Column(
        "meeting_id", ID, ForeignKey("meeting.meeting_id", ondelete="CASCADE"), primary_key=True
    ),
    Column("kind", WORD, nullable=False),
    Column("subject_id", ID, nullable=False),
    Column("shown_at", Moment, nullable=False),
    text("shown_by"),
)
tombstone = Table(
    "tombstone",
    metadata,
    Column("subject_kind", WORD, nullable=False),
    Column("subject_id", ID, nullable=False),
    Column("erased_at", Moment, nullable=False),
    PrimaryKeyConstraint("subject_kind", "subject_id"),
)
