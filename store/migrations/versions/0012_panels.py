"""Panels of experts, and what a vote asks them."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ballot", sa.Column("asks", sa.String(length=60), nullable=True))
    op.create_table(
        "panel",
        sa.Column("panel_id", sa.String(length=32), nullable=False),
        sa.Column("meeting_id", sa.String(length=32), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.meeting_id"],
            name=op.f("fk_panel_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("panel_id", name=op.f("pk_panel")),
    )
    op.create_index(op.f("ix_panel_meeting_id"), "panel", ["meeting_id"])
    op.create_table(
        "panel_ballot",
        sa.Column("panel_id", sa.String(length=32), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("asks", sa.String(length=60), nullable=False),
        sa.Column("ballot_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["panel_id"],
            ["panel.panel_id"],
            name=op.f("fk_panel_ballot_panel_id_panel"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["ballot_id"],
            ["ballot.ballot_id"],
            name=op.f("fk_panel_ballot_ballot_id_ballot"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("panel_id", "round", "asks", name=op.f("pk_panel_ballot")),
    )
    op.create_index(op.f("ix_panel_ballot_ballot_id"), "panel_ballot", ["ballot_id"])
