"""What the self test found on this installation, and when."""

from sqlalchemy import BigInteger, Column, Float, Integer, PrimaryKeyConstraint, String, Table

from store.tables.base import WORD, Moment, key, metadata, to

self_test = Table(
    "self_test",
    metadata,
    key("self_test_id"),
    Column("tested_at", Moment, nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("model", String(120), nullable=False),
    Column("path_name", WORD, nullable=False),
    Column("version", WORD, nullable=False),
    Column("seconds", Float, nullable=False),
)
self_test_finding = Table(
    "self_test_finding",
    metadata,
    to("self_test.self_test_id", index=False),
    Column("measure", WORD, nullable=False),
    Column("value", Float, nullable=False),
    Column("bound", Float, nullable=False),
    Column("n", Integer, nullable=False),
    PrimaryKeyConstraint("self_test_id", "measure"),
)
