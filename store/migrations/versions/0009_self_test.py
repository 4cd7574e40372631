"""What the self test found."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "self_test",
        sa.Column("self_test_id", sa.String(length=32), nullable=False),
        sa.Column("tested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("model", sa.String(length=120), nullable=False),
        sa.Column("path_name", sa.String(length=60), nullable=False),
        sa.Column("version", sa.String(length=60), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("self_test_id", name=op.f("pk_self_test")),
    )
    op.create_table(
        "self_test_finding",
        sa.Column("self_test_id", sa.String(length=32), nullable=False),
        sa.Column("measure", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("bound", sa.Float(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["self_test_id"],
            ["self_test.self_test_id"],
            name=op.f("fk_self_test_finding_self_test_id_self_test"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("self_test_id", "measure", name=op.f("pk_self_test_finding")),
    )
