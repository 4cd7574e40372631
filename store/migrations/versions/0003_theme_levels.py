"""Themes on two levels: why a passage is set aside, what else it speaks of, how themes join."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("aside", sa.String(length=60), server_default="", nullable=False)
        )
    op.create_table(
        "theme_merge",
        sa.Column("run_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.String(length=32), nullable=False),
        sa.Column("joined_id", sa.String(length=32), nullable=False),
        sa.Column("times_linked", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["theme_run.run_id"],
            name=op.f("fk_theme_merge_run_id_theme_run"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("run_id", "number", name=op.f("pk_theme_merge")),
    )
    op.create_table(
        "also_speaks",
        sa.Column("run_id", sa.String(length=32), nullable=False),
        sa.Column("passage_id", sa.String(length=32), nullable=False),
        sa.Column("theme_id", sa.String(length=32), nullable=False),
        sa.Column("strength", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["passage_id"],
            ["passage.passage_id"],
            name=op.f("fk_also_speaks_passage_id_passage"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["theme_run.run_id"],
            name=op.f("fk_also_speaks_run_id_theme_run"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("run_id", "passage_id", "theme_id", name=op.f("pk_also_speaks")),
    )
    with op.batch_alter_table("also_speaks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_also_speaks_passage_id"), ["passage_id"], unique=False)


def downgrade() -> None:
    op.drop_table("also_speaks")
    op.drop_table("theme_merge")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_column("aside")
