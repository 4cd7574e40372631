"""Votes: what is asked, who may answer and has, and what was answered."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
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
    Column("method", WORD, nullable=False, server_default="agreement"),
    Column("opens_at", Moment),
    Column("closes_at", Moment),
    Column("ended_at", Moment),
    Column("quorum_n", Integer),
    Column("quorum_share", Float),
    text("imported_from"),
    Column("asks", WORD),
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
    Column("extended_until", Moment),
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
    Column("is_proxy", Boolean, nullable=False, server_default="0"),
    CheckConstraint("answer >= -1", name="sign"),
    sqlite_with_rowid=False,
)
# Whose answers are whose in a show of hands, and only there: triggers refuse a row for a
# confidential ballot, and any change of what a ballot is.
named_ballot = Table(
    "named_ballot",
    metadata,
    to("ballot.ballot_id", index=False),
    to("attendance.attendance_id"),
    Column("ballot_key", String(64), nullable=False),
    PrimaryKeyConstraint("ballot_id", "attendance_id"),
)
# A press that was counted, so that the same one sent again is known. It names nobody, and like
# the box it keeps no time and no order.
spent_press = Table(
    "spent_press",
    metadata,
    to("ballot.ballot_id", index=False),
    Column("press_hash", String(64), nullable=False),
    PrimaryKeyConstraint("ballot_id", "press_hash"),
    sqlite_with_rowid=False,
)
proxy_consent = Table(
    "proxy_consent",
    metadata,
    Column(
        "attendance_id",
        ID,
        ForeignKey("attendance.attendance_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("proxy_name", Text, nullable=False),
    text("how_given"),
    Column("recorded_at", Moment, nullable=False),
    text("recorded_by"),
)
