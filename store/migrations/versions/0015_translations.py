"""Reviewed translations of words in other languages, and which passages were read by one."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "translation",
        sa.Column("translation_id", sa.String(length=32), nullable=False),
        sa.Column("utterance_id", sa.String(length=32), nullable=False),
        sa.Column("original_sha256", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.Text(), server_default="", nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by", sa.Text(), server_default="", nullable=False),
        sa.Column("reviewed_sha256", sa.String(length=64), server_default="", nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["utterance_id"],
            ["utterance.utterance_id"],
            name=op.f("fk_translation_utterance_id_utterance"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("translation_id", name=op.f("pk_translation")),
        sa.UniqueConstraint(
            "utterance_id",
            "original_sha256",
            "number",
            name=op.f("uq_translation_utterance_id_original_sha256_number"),
        ),
    )
    op.create_index(op.f("ix_translation_utterance_id"), "translation", ["utterance_id"])
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("read_sha256", sa.String(length=64), server_default="", nullable=False)
        )


def downgrade() -> None:
    raise NotImplementedError("Restore the copy that was made before.")
