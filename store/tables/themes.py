"""Passages, their vectors, the themes found in them, and corrections by hand."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from store.tables.base import ID, WORD, Moment, key, metadata, text, to

passage = Table(
    "passage",
    metadata,
    key("passage_id"),
    to("text_revision.revision_id"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text_sha256", String(64), nullable=False),
    UniqueConstraint("revision_id", "start"),
)
embedding = Table(
    "embedding",
    metadata,
    Column("model", String(120), nullable=False),
    Column("path_name", WORD, nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("vector", LargeBinary, nullable=False),
    PrimaryKeyConstraint("model", "path_name", "text_sha256"),
)
theme = Table(
    "theme",
    metadata,
    key("theme_id"),
    to("programme.programme_id"),
    Column("created_at", Moment, nullable=False),
)
theme_run = Table(
    "theme_run",
    metadata,
    key("run_id"),
    to("meeting.meeting_id"),
    Column("zone", WORD, nullable=False),
    Column("model", String(120), nullable=False),
    Column("path_name", WORD, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("n_passages", Integer, nullable=False),
    Column("n_set_aside", Integer, nullable=False),
    Column("is_current", Boolean, nullable=False),
)
run_theme = Table(
    "run_theme",
    metadata,
    to("theme_run.run_id"),
    to("theme.theme_id"),
    Column("rank", Integer, nullable=False),
    Column("name", Text, nullable=False),
    text("key_words"),
    Column("n_passages", Integer, nullable=False),
    Column("parent_id", ID),
    PrimaryKeyConstraint("run_id", "theme_id"),
)
membership = Table(
    "membership",
    metadata,
    to("theme_run.run_id", index=False),
    to("passage.passage_id"),
    Column("theme_id", ID),
    Column("fine_theme_id", ID),
    Column("strength", Float, nullable=False),
    Column("typical", Integer, nullable=False),
    Column("x", Float, nullable=False),
    Column("y", Float, nullable=False),
    Column("aside", WORD, nullable=False, server_default=""),
    Column("read_sha256", String(64), nullable=False, server_default=""),
    PrimaryKeyConstraint("run_id", "passage_id"),
)
also_speaks = Table(
    "also_speaks",
    metadata,
    to("theme_run.run_id", index=False),
    to("passage.passage_id"),
    Column("theme_id", ID, nullable=False),
    Column("strength", Float, nullable=False),
    PrimaryKeyConstraint("run_id", "passage_id", "theme_id"),
)
theme_merge = Table(
    "theme_merge",
    metadata,
    to("theme_run.run_id", index=False),
    Column("number", Integer, nullable=False),
    # No keys of `theme`: when an erasure retires one of merged themes, the others stay merged.
    Column("theme_id", ID, nullable=False),
    Column("joined_id", ID, nullable=False),
    Column("times_linked", Float, nullable=False),
    PrimaryKeyConstraint("run_id", "number"),
)
theme_edit = Table(
    "theme_edit",
    metadata,
    key("edit_id"),
    to("programme.programme_id"),
    to("meeting.meeting_id"),
    Column("number", Integer, nullable=False),
    Column("kind", WORD, nullable=False),
    Column("is_programme_wide", Boolean, nullable=False),
    to("theme.theme_id", nullable=True),
    Column("target_id", ID, ForeignKey("theme.theme_id", ondelete="CASCADE"), index=True),
    Column("undoes_id", ID, ForeignKey("theme_edit.edit_id", ondelete="CASCADE")),
    text("text"),
    Column("made_at", Moment, nullable=False),
    text("author"),
    UniqueConstraint("programme_id", "number"),
)
theme_edit_fine = Table(
    "theme_edit_fine",
    metadata,
    to("theme_edit.edit_id", index=False),
    # No key of `theme`: an entry holds for the passages too, also when the theme is retired.
    Column("theme_id", ID, nullable=False),
    PrimaryKeyConstraint("edit_id", "theme_id"),
)
theme_edit_passage = Table(
    "theme_edit_passage",
    metadata,
    to("theme_edit.edit_id", index=False),
    to("utterance.utterance_id"),
    Column("revision_id", ID, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("n_in_turn", Integer, nullable=False),
    PrimaryKeyConstraint("edit_id", "utterance_id", "start"),
)
