"""Passages drawn for a check of the themes, and what people said of them."""

from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    PrimaryKeyConstraint,
    Table,
)

from store.tables.base import ID, WORD, Moment, key, metadata, text, to

theme_check = Table(
    "theme_check",
    metadata,
    key("check_id"),
    to("theme_run.run_id"),
    Column("seed", BigInteger, nullable=False),
    Column("drawn_at", Moment, nullable=False),
    text("drawn_by"),
)
theme_check_passage = Table(
    "theme_check_passage",
    metadata,
    to("theme_check.check_id", index=False),
    to("passage.passage_id"),
    Column("position", Integer, nullable=False),
    PrimaryKeyConstraint("check_id", "passage_id"),
)
passage_coding = Table(
    "passage_coding",
    metadata,
    to("theme_check.check_id", index=False),
    Column("number", Integer, nullable=False),
    to("passage.passage_id"),
    text("coder"),
    Column("account_id", ID),
    Column("answer", WORD, nullable=False),
    Column("theme_id", ID),
    Column("coded_at", Moment, nullable=False),
    PrimaryKeyConstraint("check_id", "number"),
)
