"""Panels of experts: which votes are their ratings."""

from sqlalchemy import Column, Integer, PrimaryKeyConstraint, Table

from store.tables.base import WORD, Moment, key, metadata, to

panel = Table(
    "panel",
    metadata,
    key("panel_id"),
    to("meeting.meeting_id"),
    Column("started_at", Moment, nullable=False),
)
panel_ballot = Table(
    "panel_ballot",
    metadata,
    to("panel.panel_id", index=False),
    Column("round", Integer, nullable=False),
    Column("asks", WORD, nullable=False),
    to("ballot.ballot_id"),
    PrimaryKeyConstraint("panel_id", "round", "asks"),
)
