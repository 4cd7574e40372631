"""Recommendations and the words behind them."""

from sqlalchemy import Column, ForeignKey, Integer, PrimaryKeyConstraint, Table, UniqueConstraint

from store.tables.base import ID, WORD, Moment, key, metadata, text, to

recommendation = Table(
    "recommendation",
    metadata,
    key("recommendation_id"),
    to("meeting.meeting_id"),
    Column("number", Integer, nullable=False),
    Column("state", WORD, nullable=False),
    Column("theme_id", ID, ForeignKey("theme.theme_id", ondelete="SET NULL")),
    text("decided_because"),
    UniqueConstraint("meeting_id", "number"),
)
recommendation_revision = Table(
    "recommendation_revision",
    metadata,
    to("recommendation.recommendation_id", index=False),
    Column("number", Integer, nullable=False),
    text("text"),
    Column("created_at", Moment, nullable=False),
    text("author"),
    PrimaryKeyConstraint("recommendation_id", "number"),
)
evidence = Table(
    "evidence",
    metadata,
    key("evidence_id"),
    to("recommendation.recommendation_id"),
    to("text_revision.revision_id"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    text("quote"),
    Column("direction", WORD, nullable=False, server_default="supports"),
    Column("added_at", Moment, nullable=False),
    UniqueConstraint("recommendation_id", "revision_id", "start", "end"),
)
# One row a recommendation that another one stands for; its words, quotes and votes stay its own.
recommendation_merge = Table(
    "recommendation_merge",
    metadata,
    to("recommendation.recommendation_id", index=False),
    Column(
        "into_id",
        ID,
        ForeignKey("recommendation.recommendation_id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("merged_at", Moment, nullable=False),
    text("merged_by"),
    PrimaryKeyConstraint("recommendation_id"),
)
# Two that somebody said do not ask for the same; the smaller id first, so that a pair is one row.
not_same = Table(
    "not_same",
    metadata,
    to("recommendation.recommendation_id", index=False),
    Column(
        "other_id",
        ID,
        ForeignKey("recommendation.recommendation_id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("marked_at", Moment, nullable=False),
    text("marked_by"),
    PrimaryKeyConstraint("recommendation_id", "other_id"),
)
lost_source = Table(
    "lost_source",
    metadata,
    key("lost_source_id"),
    to("recommendation.recommendation_id"),
    Column("lost_at", Moment, nullable=False),
    Column("reason", WORD, nullable=False),
)
