"""Every table, its keys and named constraints (docs/data.md tells each column). See `metadata`."""

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

UNREADABLE = re.compile("[\x00\ud800-\udfff]")


class Moment(TypeDecorator[datetime]):
    """A point in time, always UTC: SQLite forgets the zone, so it is put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value if value.tzinfo else value.replace(tzinfo=UTC)
        return moment.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text of people; what no database can hold becomes the sign for an unreadable character."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return UNREADABLE.sub("\ufffd", value) if value else value


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ID = String(32)
WORD = String(60)


def _key(name: str) -> Column[str]:
    return Column(name, ID, primary_key=True)


def _to(target: str, *, nullable: bool = False, index: bool = True) -> Column[str]:
    column = target.split(".")[1]
    return Column(
        column, ID, ForeignKey(target, ondelete="CASCADE"), nullable=nullable, index=index
    )


def _text(name: str) -> Column[str]:
    return Column(name, Words, nullable=False, server_default="")


declaration = Table("declaration", metadata, Column("name", WORD, primary_key=True), _text("value"))
programme = Table(
    "programme",
    metadata,
    _key("programme_id"),
    Column("name", Text, nullable=False),
    Column("is_sample", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("ended_on", Date),
)
meeting = Table(
    "meeting",
    metadata,
    _key("meeting_id"),
    _to("programme.programme_id"),
    Column("season", WORD, nullable=False),
    Column("held_on", Date, nullable=False),
    Column("challenge", Text, nullable=False),
    Column("pillar", WORD, nullable=False),
    Column("format", WORD, nullable=False),
    Column("created_at", Moment, nullable=False),
)
person = Table(
    "person",
    metadata,
    _key("person_id"),
    _to("programme.programme_id"),
    Column("name", Text, nullable=False),
)
attendance = Table(
    "attendance",
    metadata,
    _key("attendance_id"),
    _to("meeting.meeting_id"),
    _to("person.person_id"),
    Column("stakeholder_group", WORD, nullable=False),
    _text("interests"),
    _text("access_needs"),
    UniqueConstraint("meeting_id", "person_id"),
)
participant_link = Table(
    "participant_link",
    metadata,
    Column(
        "attendance_id",
        ID,
        ForeignKey("attendance.attendance_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("generation", Integer, nullable=False),
    Column("link_hash", String(64), nullable=False, unique=True),
)
consent_event = Table(
    "consent_event",
    metadata,
    _key("consent_event_id"),
    _to("meeting.meeting_id"),
    _to("attendance.attendance_id", nullable=True),
    _to("transcript.transcript_id", nullable=True),
    Column("consent_use", WORD, nullable=False),
    Column("is_given", Boolean, nullable=False),
    _text("written_where"),
    Column("recorded_at", Moment, nullable=False),
    _text("recorded_by"),
)
transcript = Table(
    "transcript",
    metadata,
    _key("transcript_id"),
    _to("meeting.meeting_id"),
    Column("file_name", Text, nullable=False),
    Column("format", WORD, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("imported_at", Moment, nullable=False),
)
speaker_label = Table(
    "speaker_label",
    metadata,
    _key("speaker_label_id"),
    _to("transcript.transcript_id"),
    Column("label", Text, nullable=False),
    _to("attendance.attendance_id", nullable=True),
    UniqueConstraint("transcript_id", "label"),
)
utterance = Table(
    "utterance",
    metadata,
    _key("utterance_id"),
    _to("meeting.meeting_id"),
    _to("transcript.transcript_id"),
    _to("speaker_label.speaker_label_id", nullable=True),
    Column("position", Integer, nullable=False),
    Column("manner", WORD, nullable=False),
    Column("stakeholder_group", WORD),
    Column("start_s", Float),
    Column("end_s", Float),
    _text("place"),
    Column("is_proposal", Boolean, nullable=False, server_default="0"),
)
text_revision = Table(
    "text_revision",
    metadata,
    _key("revision_id"),
    _to("utterance.utterance_id"),
    Column("number", Integer, nullable=False),
    Column("kind", WORD, nullable=False),
    _text("text"),
    Column("created_at", Moment, nullable=False),
    _text("author"),
    UniqueConstraint("utterance_id", "number"),
)
passage = Table(
    "passage",
    metadata,
    _key("passage_id"),
    _to("text_revision.revision_id"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text_sha256", String(64), nullable=False),
    UniqueConstraint("revision_id", "start"),
)
embedding = Table(
    "embedding",
    metadata,
    Column("model", String(120), nullable=False),
    Column("path_name", WORD, nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("vector", LargeBinary, nullable=False),
    PrimaryKeyConstraint("model", "path_name", "text_sha256"),
)
theme = Table(
    "theme",
    metadata,
    _key("theme_id"),
    _to("programme.programme_id"),
    Column("created_at", Moment, nullable=False),
)
theme_run = Table(
    "theme_run",
    metadata,
    _key("run_id"),
    _to("meeting.meeting_id"),
    Column("zone", WORD, nullable=False),
    Column("model", String(120), nullable=False),
    Column("path_name", WORD, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("n_passages", Integer, nullable=False),
    Column("n_set_aside", Integer, nullable=False),
    Column("is_current", Boolean, nullable=False),
)
run_theme = Table(
    "run_theme",
    metadata,
    _to("theme_run.run_id"),
    _to("theme.theme_id"),
    Column("rank", Integer, nullable=False),
    Column("name", Text, nullable=False),
    _text("key_words"),
    Column("n_passages", Integer, nullable=False),
    Column("parent_id", ID),
    PrimaryKeyConstraint("run_id", "theme_id"),
)
membership = Table(
    "membership",
    metadata,
    _to("theme_run.run_id", index=False),
    _to("passage.passage_id"),
    Column("theme_id", ID),
    Column("fine_theme_id", ID),
    Column("strength", Float, nullable=False),
    Column("typical", Integer, nullable=False),
    Column("x", Float, nullable=False),
    Column("y", Float, nullable=False),
    PrimaryKeyConstraint("run_id", "passage_id"),
)
recommendation = Table(
    "recommendation",
    metadata,
    _key("recommendation_id"),
    _to("meeting.meeting_id"),
    Column("number", Integer, nullable=False),
    Column("state", WORD, nullable=False),
    Column("theme_id", ID, ForeignKey("theme.theme_id", ondelete="SET NULL")),
    UniqueConstraint("meeting_id", "number"),
)
recommendation_revision = Table(
    "recommendation_revision",
    metadata,
    _to("recommendation.recommendation_id", index=False),
    Column("number", Integer, nullable=False),
    _text("text"),
    Column("created_at", Moment, nullable=False),
    _text("author"),
    PrimaryKeyConstraint("recommendation_id", "number"),
)
evidence = Table(
    "evidence",
    metadata,
    _key("evidence_id"),
    _to("recommendation.recommendation_id"),
    _to("text_revision.revision_id"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    _text("quote"),
    Column("added_at", Moment, nullable=False),
    UniqueConstraint("recommendation_id", "revision_id", "start", "end"),
)
ballot = Table(
    "ballot",
    metadata,
    _key("ballot_id"),
    _to("meeting.meeting_id"),
    _text("title"),
    Column("secrecy", WORD, nullable=False),
    Column("state", WORD, nullable=False),
    Column("opened_at", Moment),
    Column("closed_at", Moment),
)
ballot_item = Table(
    "ballot_item",
    metadata,
    _to("ballot.ballot_id", index=False),
    _to("recommendation.recommendation_id"),
    Column("position", Integer, nullable=False),
    _text("text"),
    PrimaryKeyConstraint("ballot_id", "recommendation_id"),
)
roll = Table(
    "roll",
    metadata,
    _to("ballot.ballot_id", index=False),
    _to("attendance.attendance_id"),
    Column("has_answered", Boolean, nullable=False),
    Column("answering_mode", WORD, nullable=False),
    PrimaryKeyConstraint("ballot_id", "attendance_id"),
)
# The box names no person and keeps no time, and lies in the order of its random keys:
# a hidden rowid would keep the order in which people answered.
box = Table(
    "box",
    metadata,
    _to("ballot.ballot_id", index=False),
    Column("ballot_key", String(64), nullable=False),
    Column("recommendation_id", ID, nullable=False),
    Column("answer", Integer, nullable=False),
    Column("stakeholder_group", WORD, nullable=False),
    PrimaryKeyConstraint("ballot_id", "ballot_key", "recommendation_id"),
    CheckConstraint("answer IN (-1, 0, 1)", name="sign"),
    sqlite_with_rowid=False,
)
initiative = Table(
    "initiative",
    metadata,
    _key("initiative_id"),
    _to("programme.programme_id"),
    Column("title", Text, nullable=False),
    Column("kind", WORD, nullable=False),
    _text("summary"),
    _text("owner"),
    _text("link"),
    _text("source"),
    Column("is_documented", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
)
initiative_answer = Table(
    "initiative_answer",
    metadata,
    _to("initiative.initiative_id", index=False),
    _to("recommendation.recommendation_id"),
    PrimaryKeyConstraint("initiative_id", "recommendation_id"),
)
stage_event = Table(
    "stage_event",
    metadata,
    _to("initiative.initiative_id", index=False),
    Column("number", Integer, nullable=False),
    Column("stage", WORD, nullable=False),
    Column("happened_on", Date),
    _text("note"),
    _text("reason"),
    Column("recorded_at", Moment, nullable=False),
    PrimaryKeyConstraint("initiative_id", "number"),
)
milestone = Table(
    "milestone",
    metadata,
    _key("milestone_id"),
    _to("initiative.initiative_id"),
    Column("position", Integer, nullable=False),
    _text("title"),
    Column("due_on", Date),
    Column("done_on", Date),
)
deliverable = Table(
    "deliverable",
    metadata,
    _key("deliverable_id"),
    _to("initiative.initiative_id"),
    Column("position", Integer, nullable=False),
    _text("channel"),
    _text("title"),
    Column("delivered_on", Date),
    _text("link"),
)
measure = Table(
    "measure",
    metadata,
    _key("measure_id"),
    _to("initiative.initiative_id"),
    Column("position", Integer, nullable=False),
    _text("name"),
    _text("unit"),
    Column("is_higher_better", Boolean, nullable=False),
    Column("baseline_value", Float),
    Column("baseline_on", Date),
    _text("baseline_source"),
    _text("baseline_note"),
    Column("target_value", Float),
    Column("target_on", Date),
)
reading = Table(
    "reading",
    metadata,
    _to("measure.measure_id", index=False),
    Column("read_on", Date, nullable=False),
    Column("value", Float, nullable=False),
    _text("source"),
    _text("note"),
    PrimaryKeyConstraint("measure_id", "read_on"),
)
job = Table(
    "job",
    metadata,
    _key("job_id"),
    _to("meeting.meeting_id", nullable=True),
    Column("kind", WORD, nullable=False),
    Column("state", WORD, nullable=False),
    Column("share_done", Float, nullable=False),
    _text("message"),
    Column("created_at", Moment, nullable=False),
    Column("finished_at", Moment),
)
audit_event = Table(
    "audit_event",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("happened_at", Moment, nullable=False),
    _text("actor"),
    Column("action", WORD, nullable=False),
    Column("subject_kind", WORD, nullable=False),
    Column("subject_id", ID, nullable=False),
    _text("reason"),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
account = Table(
    "account",
    metadata,
    _key("account_id"),
    Column("name", Text, nullable=False),
    Column("sign_in_name", String(120), nullable=False, unique=True),
    _text("password_hash"),
    Column("created_at", Moment, nullable=False),
    Column("is_disabled", Boolean, nullable=False, server_default="0"),
    Column("n_failed", Integer, nullable=False, server_default="0"),
    Column("locked_until", Moment),
    Column("set_up_hash", String(64), unique=True),
    Column("set_up_until", Moment),
)
role_grant = Table(
    "role_grant",
    metadata,
    _key("grant_id"),
    _to("account.account_id"),
    Column("role", WORD, nullable=False),
    _to("programme.programme_id", nullable=True),
    _to("meeting.meeting_id", nullable=True),
    Column("granted_at", Moment, nullable=False),
    _text("granted_by"),
)
staff_session = Table(
    "staff_session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    _to("account.account_id"),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
)
held_back = Table(
    "held_back",
    metadata,
    Column(
        "utterance_id",
        ID,
        ForeignKey("utterance.utterance_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("held_at", Moment, nullable=False),
    _text("held_by"),
    _text("reason"),
)
suggested_hide = Table(
    "suggested_hide",
    metadata,
    _to("text_revision.revision_id", index=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("kind", WORD, nullable=False),
    _text("why"),
    Column("sureness", Float, nullable=False),
    PrimaryKeyConstraint("revision_id", "start", "end"),
)
hide_search = Table(
    "hide_search",
    metadata,
    Column(
        "revision_id",
        ID,
        ForeignKey("text_revision.revision_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("searched_with", Text, nullable=False),
)
utterance_wish = Table(
    "utterance_wish",
    metadata,
    _to("utterance.utterance_id", index=False),
    Column("wish", WORD, nullable=False),
    Column("made_by", WORD, nullable=False),
    Column("made_at", Moment, nullable=False),
    PrimaryKeyConstraint("utterance_id", "wish"),
)
family_contact = Table(
    "family_contact",
    metadata,
    _key("family_contact_id"),
    _to("person.person_id"),
    _to("attendance.attendance_id"),
    Column("name", Text, nullable=False),
    _text("wish"),
    Column("link_hash", String(64), nullable=False, unique=True),
    Column("recorded_at", Moment, nullable=False),
    _text("recorded_by"),
)
owner_link = Table(
    "owner_link",
    metadata,
    _key("owner_link_id"),
    _to("initiative.initiative_id"),
    Column("name", Text, nullable=False),
    Column("link_hash", String(64), nullable=False, unique=True),
    Column("made_at", Moment, nullable=False),
    _text("made_by"),
)
lost_source = Table(
    "lost_source",
    metadata,
    _key("lost_source_id"),
    _to("recommendation.recommendation_id"),
    Column("lost_at", Moment, nullable=False),
    Column("reason", WORD, nullable=False),
)
shown = Table(
    "shown",
    metadata,
    Column(
        "meeting_id", ID, ForeignKey("meeting.meeting_id", ondelete="CASCADE"), primary_key=True
    ),
    Column("kind", WORD, nullable=False),
    Column("subject_id", ID, nullable=False),
    Column("shown_at", Moment, nullable=False),
    _text("shown_by"),
)
tombstone = Table(
    "tombstone",
    metadata,
    Column("subject_kind", WORD, nullable=False),
    Column("subject_id", ID, nullable=False),
    Column("erased_at", Moment, nullable=False),
    PrimaryKeyConstraint("subject_kind", "subject_id"),
)
