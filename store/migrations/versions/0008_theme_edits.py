"""Corrections of themes by hand: an ordered log."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def _to(column: str, target: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [target],
        name=op.f(f"fk_{table}_{column}_{target.split('.')[0]}"),
        ondelete="CASCADE",
    )


def upgrade() -> None:
    op.create_table(
        "theme_edit",
        sa.Column("edit_id", sa.String(length=32), nullable=False),
        sa.Column("programme_id", sa.String(length=32), nullable=False),
        sa.Column("meeting_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("is_programme_wide", sa.Boolean(), nullable=False),
        sa.Column("theme_id", sa.String(length=32), nullable=True),
        sa.Column("target_id", sa.String(length=32), nullable=True),
        sa.Column("undoes_id", sa.String(length=32), nullable=True),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.Text(), server_default="", nullable=False),
        _to("programme_id", "programme.programme_id", "theme_edit"),
        _to("meeting_id", "meeting.meeting_id", "theme_edit"),
        _to("theme_id", "theme.theme_id", "theme_edit"),
        _to("target_id", "theme.theme_id", "theme_edit"),
        _to("undoes_id", "theme_edit.edit_id", "theme_edit"),
        sa.PrimaryKeyConstraint("edit_id", name=op.f("pk_theme_edit")),
        sa.UniqueConstraint(
            "programme_id", "number", name=op.f("uq_theme_edit_programme_id_number")
        ),
    )
    with op.batch_alter_table("theme_edit", schema=None) as batch_op:
        for column in ("programme_id", "meeting_id", "theme_id", "target_id"):
            batch_op.create_index(batch_op.f(f"ix_theme_edit_{column}"), [column], unique=False)
    op.create_table(
        "theme_edit_fine",
        sa.Column("edit_id", sa.String(length=32), nullable=False),
        sa.Column("theme_id", sa.String(length=32), nullable=False),
        _to("edit_id", "theme_edit.edit_id", "theme_edit_fine"),
        sa.PrimaryKeyConstraint("edit_id", "theme_id", name=op.f("pk_theme_edit_fine")),
    )
    op.create_table(
        "theme_edit_passage",
        sa.Column("edit_id", sa.String(length=32), nullable=False),
        sa.Column("utterance_id", sa.String(length=32), nullable=False),
        sa.Column("revision_id", sa.String(length=32), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("n_in_turn", sa.Integer(), nullable=False),
        _to("edit_id", "theme_edit.edit_id", "theme_edit_passage"),
        _to("utterance_id", "utterance.utterance_id", "theme_edit_passage"),
        sa.PrimaryKeyConstraint(
            "edit_id", "utterance_id", "start", name=op.f("pk_theme_edit_passage")
        ),
    )
    with op.batch_alter_table("theme_edit_passage", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_theme_edit_passage_utterance_id"), ["utterance_id"], unique=False
        )


def downgrade() -> None:
    for table in ("theme_edit_passage", "theme_edit_fine", "theme_edit"):
        op.drop_table(table)
