"""Guided sessions: what is ranked, who sits in which small group, and each group's order."""

from sqlalchemy import Column, Integer, PrimaryKeyConstraint, Table

from store.tables.base import WORD, Moment, key, metadata, to

guided_session = Table(
    "guided_session",
    metadata,
    key("guided_session_id"),
    to("meeting.meeting_id"),
    Column("step", WORD, nullable=False),
    Column("started_at", Moment, nullable=False),
    to("ballot.ballot_id", nullable=True),
)
guided_option = Table(
    "guided_option",
    metadata,
    to("guided_session.guided_session_id", index=False),
    to("recommendation.recommendation_id"),
    Column("position", Integer, nullable=False),
    PrimaryKeyConstraint("guided_session_id", "recommendation_id"),
)
guided_round = Table(
    "guided_round",
    metadata,
    to("guided_session.guided_session_id", index=False),
    Column("round", WORD, nullable=False),
    Column("seed", Integer, nullable=False),
    Column("n_groups", Integer, nullable=False),
    PrimaryKeyConstraint("guided_session_id", "round"),
)
guided_seat = Table(
    "guided_seat",
    metadata,
    to("guided_session.guided_session_id", index=False),
    Column("round", WORD, nullable=False),
    to("attendance.attendance_id"),
    Column("group_number", Integer, nullable=False),
    PrimaryKeyConstraint("guided_session_id", "round", "attendance_id"),
)
guided_order = Table(
    "guided_order",
    metadata,
    to("guided_session.guided_session_id", index=False),
    Column("round", WORD, nullable=False),
    Column("group_number", Integer, nullable=False),
    to("recommendation.recommendation_id"),
    Column("place", Integer, nullable=False),
    PrimaryKeyConstraint("guided_session_id", "round", "group_number", "recommendation_id"),
)
