"""Two recommendations that the machine took for the same and a person said are not."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "not_same",
        sa.Column("recommendation_id", sa.String(length=32), nullable=False),
        sa.Column("other_id", sa.String(length=32), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("marked_by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.recommendation_id"],
            name=op.f("fk_not_same_recommendation_id_recommendation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["recommendation.recommendation_id"],
            name=op.f("fk_not_same_other_id_recommendation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("recommendation_id", "other_id", name=op.f("pk_not_same")),
    )
    with op.batch_alter_table("not_same", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_not_same_other_id"), ["other_id"], unique=False)


def downgrade() -> None:
    op.drop_table("not_same")
