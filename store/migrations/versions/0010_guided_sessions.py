"""Guided sessions: what is ranked, small groups and their orders."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def _to(table: str, target: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{target}.{column}"],
        name=op.f(f"fk_{table}_{column}_{target}"),
        ondelete="CASCADE",
    )


def _id(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=32), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "guided_session",
        _id("guided_session_id"),
        _id("meeting_id"),
        sa.Column("step", sa.String(length=60), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        _id("ballot_id", nullable=True),
        _to("guided_session", "meeting", "meeting_id"),
        _to("guided_session", "ballot", "ballot_id"),
        sa.PrimaryKeyConstraint("guided_session_id", name=op.f("pk_guided_session")),
    )
    op.create_index(op.f("ix_guided_session_meeting_id"), "guided_session", ["meeting_id"])
    op.create_index(op.f("ix_guided_session_ballot_id"), "guided_session", ["ballot_id"])
    op.create_table(
        "guided_option",
        _id("guided_session_id"),
        _id("recommendation_id"),
        sa.Column("position", sa.Integer(), nullable=False),
        _to("guided_option", "guided_session", "guided_session_id"),
        _to("guided_option", "recommendation", "recommendation_id"),
        sa.PrimaryKeyConstraint(
            "guided_session_id", "recommendation_id", name=op.f("pk_guided_option")
        ),
    )
    op.create_index(
        op.f("ix_guided_option_recommendation_id"), "guided_option", ["recommendation_id"]
    )
    op.create_table(
        "guided_round",
        _id("guided_session_id"),
        sa.Column("round", sa.String(length=60), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("n_groups", sa.Integer(), nullable=False),
        _to("guided_round", "guided_session", "guided_session_id"),
        sa.PrimaryKeyConstraint("guided_session_id", "round", name=op.f("pk_guided_round")),
    )
    _create_seats_and_orders()


def _create_seats_and_orders() -> None:
    op.create_table(
        "guided_seat",
        _id("guided_session_id"),
        sa.Column("round", sa.String(length=60), nullable=False),
        _id("attendance_id"),
        sa.Column("group_number", sa.Integer(), nullable=False),
        _to("guided_seat", "guided_session", "guided_session_id"),
        _to("guided_seat", "attendance", "attendance_id"),
        sa.PrimaryKeyConstraint(
            "guided_session_id", "round", "attendance_id", name=op.f("pk_guided_seat")
        ),
    )
    op.create_index(op.f("ix_guided_seat_attendance_id"), "guided_seat", ["attendance_id"])
    op.create_table(
        "guided_order",
        _id("guided_session_id"),
        sa.Column("round", sa.String(length=60), nullable=False),
        sa.Column("group_number", sa.Integer(), nullable=False),
        _id("recommendation_id"),
        sa.Column("place", sa.Integer(), nullable=False),
        _to("guided_order", "guided_session", "guided_session_id"),
        _to("guided_order", "recommendation", "recommendation_id"),
        sa.PrimaryKeyConstraint(
            "guided_session_id",
            "round",
            "group_number",
            "recommendation_id",
            name=op.f("pk_guided_order"),
        ),
    )
    op.create_index(
        op.f("ix_guided_order_recommendation_id"), "guided_order", ["recommendation_id"]
    )
