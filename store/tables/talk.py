"""What was said: sources, turns, their texts, and what keeps them from others."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from store.tables.base import ID, WORD, Moment, key, metadata, text, to

transcript = Table(
    "transcript",
    metadata,
    key("transcript_id"),
    to("meeting.meeting_id"),
    Column("file_name", Text, nullable=False),
    Column("format", WORD, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("imported_at", Moment, nullable=False),
)
speaker_label = Table(
    "speaker_label",
    metadata,
    key("speaker_label_id"),
    to("transcript.transcript_id"),
    Column("label", Text, nullable=False),
    to("attendance.attendance_id", nullable=True),
    UniqueConstraint("transcript_id", "label"),
)
utterance = Table(
    "utterance",
    metadata,
    key("utterance_id"),
    to("meeting.meeting_id"),
    to("transcript.transcript_id"),
    to("speaker_label.speaker_label_id", nullable=True),
    Column("position", Integer, nullable=False),
    Column("manner", WORD, nullable=False),
    Column("stakeholder_group", WORD),
    Column("start_s", Float),
    Column("end_s", Float),
    text("place"),
    Column("is_proposal", Boolean, nullable=False, server_default="0"),
)
text_revision = Table(
    "text_revision",
    metadata,
    key("revision_id"),
    to("utterance.utterance_id"),
    Column("number", Integer, nullable=False),
    Column("kind", WORD, nullable=False),
    text("text"),
    Column("created_at", Moment, nullable=False),
    text("author"),
    UniqueConstraint("utterance_id", "number"),
)
held_back = Table(
    "held_back",
    metadata,
    Column(
        "utterance_id",
        ID,
        ForeignKey("utterance.utterance_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("held_at", Moment, nullable=False),
    text("held_by"),
    text("reason"),
)
suggested_hide = Table(
    "suggested_hide",
    metadata,
    to("text_revision.revision_id", index=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("kind", WORD, nullable=False),
    text("why"),
    Column("sureness", Float, nullable=False),
    PrimaryKeyConstraint("revision_id", "start", "end"),
)
hide_search = Table(
    "hide_search",
    metadata,
    Column(
        "revision_id",
        ID,
        ForeignKey("text_revision.revision_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("searched_with", Text, nullable=False),
)
utterance_wish = Table(
    "utterance_wish",
    metadata,
    to("utterance.utterance_id", index=False),
    Column("wish", WORD, nullable=False),
    Column("made_by", WORD, nullable=False),
    Column("made_at", Moment, nullable=False),
    PrimaryKeyConstraint("utterance_id", "wish"),
)
translation = Table(
    "translation",
    metadata,
    key("translation_id"),
    to("utterance.utterance_id"),
    Column("original_sha256", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    text("text"),
    Column("written_at", Moment, nullable=False),
    text("written_by"),
    Column("reviewed_at", Moment),
    text("reviewed_by"),
    Column("reviewed_sha256", String(64), nullable=False, server_default=""),
    Column("ended_at", Moment),
    text("ended_by"),
    UniqueConstraint("utterance_id", "original_sha256", "number"),
)
not_proposal = Table(
    "not_proposal",
    metadata,
    to("text_revision.revision_id", index=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("marked_at", Moment, nullable=False),
    text("marked_by"),
    PrimaryKeyConstraint("revision_id", "start", "end"),
)
