"""What speaks against a recommendation, and which one stands for another."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "recommendation_merge",
        sa.Column("recommendation_id", sa.String(length=32), nullable=False),
        sa.Column("into_id", sa.String(length=32), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["into_id"],
            ["recommendation.recommendation_id"],
            name=op.f("fk_recommendation_merge_into_id_recommendation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.recommendation_id"],
            name=op.f("fk_recommendation_merge_recommendation_id_recommendation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("recommendation_id", name=op.f("pk_recommendation_merge")),
    )
    with op.batch_alter_table("recommendation_merge", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recommendation_merge_into_id"), ["into_id"], unique=False
        )

    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("decided_because", sa.Text(), server_default="", nullable=False)
        )

    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("direction", sa.String(length=60), server_default="supports", nullable=False)
        )


def downgrade() -> None:
    raise NotImplementedError("Restore the copy that was made before.")
