"""Who of the staff signs in, and with which roles."""

from sqlalchemy import Boolean, Column, Integer, String, Table, Text

from store.tables.base import WORD, Moment, key, metadata, text, to

account = Table(
    "account",
    metadata,
    key("account_id"),
    Column("name", Text, nullable=False),
    Column("sign_in_name", String(120), nullable=False, unique=True),
    text("password_hash"),
    Column("created_at", Moment, nullable=False),
    Column("is_disabled", Boolean, nullable=False, server_default="0"),
    Column("n_failed", Integer, nullable=False, server_default="0"),
    Column("locked_until", Moment),
    Column("set_up_hash", String(64), unique=True),
    Column("set_up_until", Moment),
)
role_grant = Table(
    "role_grant",
    metadata,
    key("grant_id"),
    to("account.account_id"),
    Column("role", WORD, nullable=False),
    to("programme.programme_id", nullable=True),
    to("meeting.meeting_id", nullable=True),
    Column("granted_at", Moment, nullable=False),
    text("granted_by"),
)
staff_session = Table(
    "staff_session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    to("account.account_id"),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
)
