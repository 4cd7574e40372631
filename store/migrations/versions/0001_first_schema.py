"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_event",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), server_default="", nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject_kind", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.String(length=32), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_event")),
    )
    op.create_table(
        "declaration",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_declaration")),
    )
    op.create_table(
        "embedding",
        sa.Column("model", sa.String(length=120), nullable=False),
        sa.Column("path_name", sa.String(length=60), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("model", "path_name", "text_sha256", name=op.f("pk_embedding")),
    )
    op.create_table(
        "programme",
        sa.Column("programme_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("programme_id", name=op.f("pk_programme")),
    )
    op.create_table(
        "initiative",
        sa.Column("initiative_id", sa.String(length=32), nullable=False),
        sa.Column("programme_id", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("summary", sa.Text(), server_default="", nullable=False),
        sa.Column("owner", sa.Text(), server_default="", nullable=False),
        sa.Column("link", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("is_documented", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.programme_id"],
            name=op.f("fk_initiative_programme_id_programme"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("initiative_id", name=op.f("pk_initiative")),
    )
    with op.batch_alter_table("initiative", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_initiative_programme_id"), ["programme_id"], unique=False
        )

    op.create_table(
        "meeting",
        sa.Column("meeting_id", sa.String(length=32), nullable=False),
        sa.Column("programme_id", sa.String(length=32), nullable=False),
        sa.Column("season", sa.String(length=60), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("challenge", sa.Text(), nullable=False),
        sa.Column("pillar", sa.String(length=60), nullable=False),
        sa.Column("format", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.programme_id"],
            name=op.f("fk_meeting_programme_id_programme"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_meeting")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "person",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("programme_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.programme_id"],
            name=op.f("fk_person_programme_id_programme"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "theme",
        sa.Column("theme_id", sa.String(length=32), nullable=False),
        sa.Column("programme_id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.programme_id"],
            name=op.f("fk_theme_programme_id_programme"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("theme_id", name=op.f("pk_theme")),
    )
    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_theme_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("attendance_id", sa.String(length=32), nullable=False),
        sa.Column("meeting_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("stakeholder_group", sa.String(length=60), nullable=False),
        sa.Column("interests", sa.Text(), server_default="", nullable=False),
        sa.Column("access_needs", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.meeting_id"],
            name=op.f("fk_attendance_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.person_id"],
            name=op.f("fk_attendance_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("attendance_id", name=op.f("pk_attendance")),
        sa.UniqueConstraint(
            "meeting_id", "person_id", name=op.f("uq_attendance_meeting_id_person_id")
        ),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendance_person_id"), ["person_id"], unique=False)

    op.create_table(
        "ballot",
        sa.Column("ballot_id", sa.String(length=32), nullable=False),
        sa.Column("meeting_id", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("secrecy", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.meeting_id"],
            name=op.f("fk_ballot_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("ballot_id", name=op.f("pk_ballot")),
    )
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ballot_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "deliverable",
        sa.Column("deliverable_id", sa.String(length=32), nullable=False),
        sa.Column("initiative_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), server_default="", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("link", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiative.initiative_id"],
            name=op.f("fk_deliverable_initiative_id_initiative"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("deliverable_id", name=op.f("pk_deliverable")),
    )
    with op.batch_alter_table("deliverable", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_deliverable_initiative_id"), ["initiative_id"], unique=False
        )

    op.create_table(
        "job",
        sa.Column("job_id", sa.String(length=32), nullable=False),
        sa.Column("meeting_id", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("share_done", sa.Float(), nullable=False),
        sa.Column("message", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.meeting_id"],
            name=op.f("fk_job_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_job")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_job_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "measure",
        sa.Column("measure_id", sa.String(length=32), nullable=False),
        sa.Column("initiative_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("unit", sa.Text(), server_default="", nullable=False),
        sa.Column("is_higher_better", sa.Boolean(), nullable=False),
        sa.Column("baseline_value", sa.Float(), nullable=True),
        sa.Column("baseline_on", sa.Date(), nullable=True),
        sa.Column("baseline_source", sa.Text(), server_default="", nullable=False),
        sa.Column("baseline_note", sa.Text(), server_default="", nullable=False),
        sa.Column("target_value", sa.Float(), nullable=True),
        sa.Column("target_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiative.initiative_id"],
            name=op.f("fk_measure_initiative_id_initiative"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("measure_id", name=op.f("pk_measure")),
    )
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_measure_initiative_id"), ["initiative_id"], unique=False
        )

    op.create_table(
        "milestone",
        sa.Column("milestone_id", sa.String(length=32), nullable=False),
        sa.Column("initiative_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiative.initiative_id"],
            name=op.f("fk_milestone_initiative_id_initiative"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("milestone_id", name=op.f("pk_milestone")),
    )
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_milestone_initiative_id"), ["initiative_id"], unique=False
        )

    op.create_table(
        "recommendation",
        sa.Column("recommendation_id", sa.String(length=32), nullable=False),
        sa.Column("meeting_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("theme_id", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.meeting_id"],
            name=op.f("fk_recommendation_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"],
            ["theme.theme_id"],
            name=op.f("fk_recommendation_theme_id_theme"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("recommendation_id", name=op.f("pk_recommendation")),
        sa.UniqueConstraint(
            "meeting_id", "number", name=op.f("uq_recommendation_meeting_id_number")
        ),
    )
    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recommendation_meeting_id"), ["meeting_id"], unique=False
        )

    op.create_table(
        "stage_event",
        sa.Column("initiative_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=60), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiative.initiative_id"],
            name=op.f("fk_stage_event_initiative_id_initiative"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("initiative_id", "number", name=op.f("pk_stage_event")),
    )
    op.create_table(
        "theme_run",
        sa.Column("run_id", sa.String(length=32), nullable=False),
        sa.Column("meeting_id", sa.String(length=32), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("model", sa.String(length=120), nullable=False),
        sa.Column("path_name", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("n_passages", sa.Integer(), nullable=False),
        sa.Column("n_set_aside", sa.Integer(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.meeting_id"],
            name=op.f("fk_theme_run_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_theme_run")),
    )
    with op.batch_alter_table("theme_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_theme_run_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "transcript",
        sa.Column("transcript_id", sa.String(length=32), nullable=False),
        sa.Column("meeting_id", sa.String(length=32), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("format", sa.String(length=60), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.meeting_id"],
            name=op.f("fk_transcript_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("transcript_id", name=op.f("pk_transcript")),
    )
    with op.batch_alter_table("transcript", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transcript_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "ballot_item",
        sa.Column("ballot_id", sa.String(length=32), nullable=False),
        sa.Column("recommendation_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["ballot_id"],
            ["ballot.ballot_id"],
            name=op.f("fk_ballot_item_ballot_id_ballot"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.recommendation_id"],
            name=op.f("fk_ballot_item_recommendation_id_recommendation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("ballot_id", "recommendation_id", name=op.f("pk_ballot_item")),
    )
    with op.batch_alter_table("ballot_item", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ballot_item_recommendation_id"), ["recommendation_id"], unique=False
        )

    op.create_table(
        "box",
        sa.Column("ballot_id", sa.String(length=32), nullable=False),
        sa.Column("ballot_key", sa.String(length=64), nullable=False),
        sa.Column("recommendation_id", sa.String(length=32), nullable=False),
        sa.Column("answer", sa.Integer(), nullable=False),
        sa.Column("stakeholder_group", sa.String(length=60), nullable=False),
        sa.CheckConstraint("answer IN (-1, 0, 1)", name=op.f("ck_box_sign")),
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
    op.create_table(
        "consent_event",
        sa.Column("consent_event_id", sa.String(length=32), nullable=False),
        sa.Column("meeting_id", sa.String(length=32), nullable=False),
        sa.Column("attendance_id", sa.String(length=32), nullable=True),
        sa.Column("consent_use", sa.String(length=60), nullable=False),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.Column("written_where", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["attendance_id"],
            ["attendance.attendance_id"],
            name=op.f("fk_consent_event_attendance_id_attendance"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.meeting_id"],
            name=op.f("fk_consent_event_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("consent_event_id", name=op.f("pk_consent_event")),
    )
    with op.batch_alter_table("consent_event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consent_event_attendance_id"), ["attendance_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_consent_event_meeting_id"), ["meeting_id"], unique=False
        )

    op.create_table(
        "initiative_answer",
        sa.Column("initiative_id", sa.String(length=32), nullable=False),
        sa.Column("recommendation_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiative.initiative_id"],
            name=op.f("fk_initiative_answer_initiative_id_initiative"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.recommendation_id"],
            name=op.f("fk_initiative_answer_recommendation_id_recommendation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "initiative_id", "recommendation_id", name=op.f("pk_initiative_answer")
        ),
    )
    with op.batch_alter_table("initiative_answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_initiative_answer_recommendation_id"),
            ["recommendation_id"],
            unique=False,
        )

    op.create_table(
        "participant_link",
        sa.Column("attendance_id", sa.String(length=32), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["attendance_id"],
            ["attendance.attendance_id"],
            name=op.f("fk_participant_link_attendance_id_attendance"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("attendance_id", name=op.f("pk_participant_link")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_participant_link_link_hash")),
    )
    op.create_table(
        "reading",
        sa.Column("measure_id", sa.String(length=32), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["measure_id"],
            ["measure.measure_id"],
            name=op.f("fk_reading_measure_id_measure"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("measure_id", "read_on", name=op.f("pk_reading")),
    )
    op.create_table(
        "recommendation_revision",
        sa.Column("recommendation_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.recommendation_id"],
            name=op.f("fk_recommendation_revision_recommendation_id_recommendation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "recommendation_id", "number", name=op.f("pk_recommendation_revision")
        ),
    )
    op.create_table(
        "roll",
        sa.Column("ballot_id", sa.String(length=32), nullable=False),
        sa.Column("attendance_id", sa.String(length=32), nullable=False),
        sa.Column("has_answered", sa.Boolean(), nullable=False),
        sa.Column("answering_mode", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["attendance_id"],
            ["attendance.attendance_id"],
            name=op.f("fk_roll_attendance_id_attendance"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["ballot_id"],
            ["ballot.ballot_id"],
            name=op.f("fk_roll_ballot_id_ballot"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("ballot_id", "attendance_id", name=op.f("pk_roll")),
    )
    with op.batch_alter_table("roll", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roll_attendance_id"), ["attendance_id"], unique=False)

    op.create_table(
        "run_theme",
        sa.Column("run_id", sa.String(length=32), nullable=False),
        sa.Column("theme_id", sa.String(length=32), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key_words", sa.Text(), server_default="", nullable=False),
        sa.Column("n_passages", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["theme_run.run_id"],
            name=op.f("fk_run_theme_run_id_theme_run"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"],
            ["theme.theme_id"],
            name=op.f("fk_run_theme_theme_id_theme"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("run_id", "theme_id", name=op.f("pk_run_theme")),
    )
    with op.batch_alter_table("run_theme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_run_theme_run_id"), ["run_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_run_theme_theme_id"), ["theme_id"], unique=False)

    op.create_table(
        "speaker_label",
        sa.Column("speaker_label_id", sa.String(length=32), nullable=False),
        sa.Column("transcript_id", sa.String(length=32), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("attendance_id", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["attendance_id"],
            ["attendance.attendance_id"],
            name=op.f("fk_speaker_label_attendance_id_attendance"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["transcript.transcript_id"],
            name=op.f("fk_speaker_label_transcript_id_transcript"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("speaker_label_id", name=op.f("pk_speaker_label")),
        sa.UniqueConstraint(
            "transcript_id", "label", name=op.f("uq_speaker_label_transcript_id_label")
        ),
    )
    with op.batch_alter_table("speaker_label", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_speaker_label_attendance_id"), ["attendance_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_speaker_label_transcript_id"), ["transcript_id"], unique=False
        )

    op.create_table(
        "utterance",
        sa.Column("utterance_id", sa.String(length=32), nullable=False),
        sa.Column("meeting_id", sa.String(length=32), nullable=False),
        sa.Column("transcript_id", sa.String(length=32), nullable=False),
        sa.Column("speaker_label_id", sa.String(length=32), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("manner", sa.String(length=60), nullable=False),
        sa.Column("stakeholder_group", sa.String(length=60), nullable=True),
        sa.Column("start_s", sa.Float(), nullable=True),
        sa.Column("end_s", sa.Float(), nullable=True),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("is_proposal", sa.Boolean(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.meeting_id"],
            name=op.f("fk_utterance_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["speaker_label_id"],
            ["speaker_label.speaker_label_id"],
            name=op.f("fk_utterance_speaker_label_id_speaker_label"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["transcript.transcript_id"],
            name=op.f("fk_utterance_transcript_id_transcript"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("utterance_id", name=op.f("pk_utterance")),
    )
    with op.batch_alter_table("utterance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_utterance_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_utterance_speaker_label_id"), ["speaker_label_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_utterance_transcript_id"), ["transcript_id"], unique=False
        )

    op.create_table(
        "text_revision",
        sa.Column("revision_id", sa.String(length=32), nullable=False),
        sa.Column("utterance_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["utterance_id"],
            ["utterance.utterance_id"],
            name=op.f("fk_text_revision_utterance_id_utterance"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("revision_id", name=op.f("pk_text_revision")),
        sa.UniqueConstraint(
            "utterance_id", "number", name=op.f("uq_text_revision_utterance_id_number")
        ),
    )
    with op.batch_alter_table("text_revision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_text_revision_utterance_id"), ["utterance_id"], unique=False
        )

    op.create_table(
        "evidence",
        sa.Column("evidence_id", sa.String(length=32), nullable=False),
        sa.Column("recommendation_id", sa.String(length=32), nullable=False),
        sa.Column("revision_id", sa.String(length=32), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), server_default="", nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.recommendation_id"],
            name=op.f("fk_evidence_recommendation_id_recommendation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["text_revision.revision_id"],
            name=op.f("fk_evidence_revision_id_text_revision"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("evidence_id", name=op.f("pk_evidence")),
        sa.UniqueConstraint(
            "recommendation_id",
            "revision_id",
            "start",
            "end",
            name=op.f("uq_evidence_recommendation_id_revision_id_start_end"),
        ),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_evidence_recommendation_id"), ["recommendation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_evidence_revision_id"), ["revision_id"], unique=False)

    op.create_table(
        "passage",
        sa.Column("passage_id", sa.String(length=32), nullable=False),
        sa.Column("revision_id", sa.String(length=32), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["text_revision.revision_id"],
            name=op.f("fk_passage_revision_id_text_revision"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("passage_id", name=op.f("pk_passage")),
        sa.UniqueConstraint("revision_id", "start", name=op.f("uq_passage_revision_id_start")),
    )
    with op.batch_alter_table("passage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passage_revision_id"), ["revision_id"], unique=False)

    op.create_table(
        "membership",
        sa.Column("run_id", sa.String(length=32), nullable=False),
        sa.Column("passage_id", sa.String(length=32), nullable=False),
        sa.Column("theme_id", sa.String(length=32), nullable=True),
        sa.Column("fine_theme_id", sa.String(length=32), nullable=True),
        sa.Column("strength", sa.Float(), nullable=False),
        sa.Column("typical", sa.Integer(), nullable=False),
        sa.Column("x", sa.Float(), nullable=False),
        sa.Column("y", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["passage_id"],
            ["passage.passage_id"],
            name=op.f("fk_membership_passage_id_passage"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["theme_run.run_id"],
            name=op.f("fk_membership_run_id_theme_run"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("run_id", "passage_id", name=op.f("pk_membership")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_passage_id"), ["passage_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_passage_id"))

    op.drop_table("membership")
    with op.batch_alter_table("passage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passage_revision_id"))

    op.drop_table("passage")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_revision_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_recommendation_id"))

    op.drop_table("evidence")
    with op.batch_alter_table("text_revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_text_revision_utterance_id"))

    op.drop_table("text_revision")
    with op.batch_alter_table("utterance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_utterance_transcript_id"))
        batch_op.drop_index(batch_op.f("ix_utterance_speaker_label_id"))
        batch_op.drop_index(batch_op.f("ix_utterance_meeting_id"))

    op.drop_table("utterance")
    with op.batch_alter_table("speaker_label", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_speaker_label_transcript_id"))
        batch_op.drop_index(batch_op.f("ix_speaker_label_attendance_id"))

    op.drop_table("speaker_label")
    with op.batch_alter_table("run_theme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_run_theme_theme_id"))
        batch_op.drop_index(batch_op.f("ix_run_theme_run_id"))

    op.drop_table("run_theme")
    with op.batch_alter_table("roll", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_roll_attendance_id"))

    op.drop_table("roll")
    op.drop_table("recommendation_revision")
    op.drop_table("reading")
    op.drop_table("participant_link")
    with op.batch_alter_table("initiative_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_initiative_answer_recommendation_id"))

    op.drop_table("initiative_answer")
    with op.batch_alter_table("consent_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consent_event_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_consent_event_attendance_id"))

    op.drop_table("consent_event")
    op.drop_table("box")
    with op.batch_alter_table("ballot_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ballot_item_recommendation_id"))

    op.drop_table("ballot_item")
    with op.batch_alter_table("transcript", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transcript_meeting_id"))

    op.drop_table("transcript")
    with op.batch_alter_table("theme_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theme_run_meeting_id"))

    op.drop_table("theme_run")
    op.drop_table("stage_event")
    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recommendation_meeting_id"))

    op.drop_table("recommendation")
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_milestone_initiative_id"))

    op.drop_table("milestone")
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measure_initiative_id"))

    op.drop_table("measure")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_job_meeting_id"))

    op.drop_table("job")
    with op.batch_alter_table("deliverable", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deliverable_initiative_id"))

    op.drop_table("deliverable")
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ballot_meeting_id"))

    op.drop_table("ballot")
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendance_person_id"))
        batch_op.drop_index(batch_op.f("ix_attendance_meeting_id"))

    op.drop_table("attendance")
    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theme_programme_id"))

    op.drop_table("theme")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_programme_id"))

    op.drop_table("person")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_programme_id"))

    op.drop_table("meeting")
    with op.batch_alter_table("initiative", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_initiative_programme_id"))

    op.drop_table("initiative")
    op.drop_table("programme")
    op.drop_table("embedding")
    op.drop_table("declaration")
    op.drop_table("audit_event")
