"""What every table is made of: the one `metadata`, kinds of column, keys. Start at `metadata`."""

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    MetaData,
    String,
    Text,
)
from sqlalchemy.types import TypeDecorator

UNREADABLE = re.compile("[\x00\ud800-\udfff]")


class Moment(TypeDecorator[datetime]):
    """A point in time, always UTC: SQLite forgets the zone, so it is put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value if value.tzinfo else value.replace(tzinfo=UTC)
        return moment.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text of people; what no database can hold becomes the sign for an unreadable character."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return UNREADABLE.sub("\ufffd", value) if value else value


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ID = String(32)
WORD = String(60)


def key(name: str) -> Column[str]:
    """The key of a table that is made of ids."""
    return Column(name, ID, primary_key=True)


def to(target: str, *, nullable: bool = False, index: bool = True) -> Column[str]:
    """An id of another table; the row goes with what it points at."""
    column = target.split(".")[1]
    return Column(
        column, ID, ForeignKey(target, ondelete="CASCADE"), nullable=nullable, index=index
    )


def text(name: str) -> Column[str]:
    """Words, empty where nothing is told."""
    return Column(name, Words, nullable=False, server_default="")
