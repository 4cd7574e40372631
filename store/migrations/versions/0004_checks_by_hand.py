"""Checks of themes by people who do not see the machine's answer."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "theme_check",
        sa.Column("check_id", sa.String(length=32), nullable=False),
        sa.Column("run_id", sa.String(length=32), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["theme_run.run_id"],
            name=op.f("fk_theme_check_run_id_theme_run"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("check_id", name=op.f("pk_theme_check")),
    )
    op.create_index(op.f("ix_theme_check_run_id"), "theme_check", ["run_id"])
    op.create_table(
        "theme_check_passage",
        sa.Column("check_id", sa.String(length=32), nullable=False),
        sa.Column("passage_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_id"],
            ["theme_check.check_id"],
            name=op.f("fk_theme_check_passage_check_id_theme_check"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["passage_id"],
            ["passage.passage_id"],
            name=op.f("fk_theme_check_passage_passage_id_passage"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("check_id", "passage_id", name=op.f("pk_theme_check_passage")),
    )
    op.create_index(
        op.f("ix_theme_check_passage_passage_id"), "theme_check_passage", ["passage_id"]
    )
    op.create_table(
        "passage_coding",
        sa.Column("check_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("passage_id", sa.String(length=32), nullable=False),
        sa.Column("coder", sa.Text(), server_default="", nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=True),
        sa.Column("answer", sa.String(length=60), nullable=False),
        sa.Column("theme_id", sa.String(length=32), nullable=True),
        sa.Column("coded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_id"],
            ["theme_check.check_id"],
            name=op.f("fk_passage_coding_check_id_theme_check"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["passage_id"],
            ["passage.passage_id"],
            name=op.f("fk_passage_coding_passage_id_passage"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("check_id", "number", name=op.f("pk_passage_coding")),
    )
    op.create_index(op.f("ix_passage_coding_passage_id"), "passage_coding", ["passage_id"])
