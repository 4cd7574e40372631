"""Sentences that the machine took for a proposal and a person said are none."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "not_proposal",
        sa.Column("revision_id", sa.String(length=32), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("marked_by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["text_revision.revision_id"],
            name=op.f("fk_not_proposal_revision_id_text_revision"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("revision_id", "start", "end", name=op.f("pk_not_proposal")),
    )


def downgrade() -> None:
    op.drop_table("not_proposal")
