"""Statements that participants write on their own pages."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "statement",
        sa.Column("statement_id", sa.String(length=32), nullable=False),
        sa.Column("attendance_id", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by", sa.Text(), server_default="", nullable=False),
        sa.Column("utterance_id", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["attendance_id"],
            ["attendance.attendance_id"],
            name=op.f("fk_statement_attendance_id_attendance"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["utterance_id"],
            ["utterance.utterance_id"],
            name=op.f("fk_statement_utterance_id_utterance"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("statement_id", name=op.f("pk_statement")),
    )
    op.create_index(op.f("ix_statement_attendance_id"), "statement", ["attendance_id"])
    op.create_index(op.f("ix_statement_utterance_id"), "statement", ["utterance_id"])
