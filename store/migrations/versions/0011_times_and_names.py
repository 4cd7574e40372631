"""When votes open and close, more time for one person, and the show of hands."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# A later rebuild of the table (batch_alter_table) drops its triggers: make them again there.
_SQLITE = (
    """CREATE TRIGGER ballot_secrecy_is_fixed BEFORE UPDATE OF secrecy ON ballot
    WHEN NEW.secrecy <> OLD.secrecy
    BEGIN SELECT RAISE(ABORT, 'whether a vote is named is chosen when it is made'); END""",
    """CREATE TRIGGER named_ballot_is_named BEFORE INSERT ON named_ballot
    WHEN (SELECT secrecy FROM ballot WHERE ballot_id = NEW.ballot_id) <> 'named'
    BEGIN SELECT RAISE(ABORT, 'only a show of hands keeps who answered what'); END""",
    """CREATE TRIGGER named_ballot_stays BEFORE UPDATE OF ballot_id ON named_ballot
    BEGIN SELECT RAISE(ABORT, 'only a show of hands keeps who answered what'); END""",
)
_POSTGRESQL = (
    """CREATE FUNCTION ballot_secrecy_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.secrecy <> OLD.secrecy
        THEN RAISE EXCEPTION 'whether a vote is named is chosen when it is made'; END IF;
        RETURN NEW;
    END $$""",
    """CREATE TRIGGER ballot_secrecy_is_fixed BEFORE UPDATE ON ballot
    FOR EACH ROW EXECUTE FUNCTION ballot_secrecy_is_fixed()""",
    """CREATE FUNCTION named_ballot_is_named() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF (SELECT secrecy FROM ballot WHERE ballot_id = NEW.ballot_id) <> 'named'
        THEN RAISE EXCEPTION 'only a show of hands keeps who answered what'; END IF;
        RETURN NEW;
    END $$""",
    """CREATE TRIGGER named_ballot_is_named BEFORE INSERT OR UPDATE ON named_ballot
    FOR EACH ROW EXECUTE FUNCTION named_ballot_is_named()""",
)


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    zone = sa.Column("time_zone", sa.String(length=60), nullable=False, server_default="UTC")
    op.add_column("programme", zone)
    for name in ("opens_at", "closes_at", "ended_at"):
        op.add_column("ballot", sa.Column(name, moment, nullable=True))
    op.add_column("ballot", sa.Column("quorum_n", sa.Integer(), nullable=True))
    op.add_column("ballot", sa.Column("quorum_share", sa.Float(), nullable=True))
    source = sa.Column("imported_from", sa.Text(), nullable=False, server_default="")
    op.add_column("ballot", source)
    op.add_column("roll", sa.Column("extended_until", moment, nullable=True))
    op.create_table(
        "named_ballot",
        sa.Column("ballot_id", sa.String(length=32), nullable=False),
        sa.Column("attendance_id", sa.String(length=32), nullable=False),
        sa.Column("ballot_key", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["ballot_id"],
            ["ballot.ballot_id"],
            name=op.f("fk_named_ballot_ballot_id_ballot"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["attendance_id"],
            ["attendance.attendance_id"],
            name=op.f("fk_named_ballot_attendance_id_attendance"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("ballot_id", "attendance_id", name=op.f("pk_named_ballot")),
    )
    op.create_index(op.f("ix_named_ballot_attendance_id"), "named_ballot", ["attendance_id"])
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE if is_sqlite else _POSTGRESQL:
        op.execute(statement)
