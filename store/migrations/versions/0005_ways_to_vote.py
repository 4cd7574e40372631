"""Ways to vote, presses that were counted, answering for somebody."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("ballot") as batch:
        batch.add_column(
            sa.Column("method", sa.String(length=60), server_default="agreement", nullable=False)
        )
    op.create_table(
        "spent_press",
        sa.Column("ballot_id", sa.String(length=32), nullable=False),
        sa.Column("press_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["ballot_id"],
            ["ballot.ballot_id"],
            name=op.f("fk_spent_press_ballot_id_ballot"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("ballot_id", "press_hash", name=op.f("pk_spent_press")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "proxy_consent",
        sa.Column("attendance_id", sa.String(length=32), nullable=False),
        sa.Column("proxy_name", sa.Text(), nullable=False),
        sa.Column("how_given", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["attendance_id"],
            ["attendance.attendance_id"],
            name=op.f("fk_proxy_consent_attendance_id_attendance"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("attendance_id", name=op.f("pk_proxy_consent")),
    )
    _remake_box()


def _remake_box() -> None:
    """Written out, since a table that is altered in place would get a hidden rowid in SQLite."""
    op.execute("CREATE TEMPORARY TABLE kept_box AS SELECT * FROM box")
    op.drop_table("box")
    op.create_table(
        "box",
        sa.Column("ballot_id", sa.String(length=32), nullable=False),
        sa.Column("ballot_key", sa.String(length=64), nullable=False),
        sa.Column("recommendation_id", sa.String(length=32), nullable=False),
        sa.Column("answer", sa.Integer(), nullable=False),
        sa.Column("stakeholder_group", sa.String(length=60), nullable=False),
        sa.Column("is_proxy", sa.Boolean(), server_default="0", nullable=False),
        sa.CheckConstraint("answer >= -1", name=op.f("ck_box_sign")),
        sa.ForeignKeyConstraint(
            ["ballot_id"],
            ["ballot.ballot_id"],
            name=op.f("fk_box_ballot_id_ballot"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "ballot_id", "ballot_key", "recommendation_id", name=op.f("pk_box")
        ),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO box (ballot_id, ballot_key, recommendation_id, answer, stakeholder_group) "
        "SELECT ballot_id, ballot_key, recommendation_id, answer, stakeholder_group "
        "FROM kept_box ORDER BY ballot_key"
    )
    op.execute("DROP TABLE kept_box")


def downgrade() -> None:
    raise NotImplementedError("Restore the copy that was made before.")
