"""What is kept no longer than needed. Start at `Due`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, delete, func, select

from domain.ids import AttendanceId, MeetingId, RevisionId, StatementId, UtteranceId
from domain.talk import ConsentUse, RevisionKind, Zone
from store import consent
from store.jobs import KEPT
from store.reach import all_of, chunks_of
from store.revisions import as_utterance, newest_texts
from store.tables import (
    attendance,
    evidence,
    job,
    meeting,
    passage,
    programme,
    staff_session,
    statement,
    text_revision,
    utterance,
)

RAW = (RevisionKind.AS_HEARD, RevisionKind.CORRECTED)


@dataclass(frozen=True)
class Due:
    """Ids of what has been kept long enough."""

    raw_texts: tuple[RevisionId, ...]
    turns: tuple[UtteranceId, ...]
    statements: tuple[StatementId, ...]
    sessions: tuple[str, ...]
    jobs: tuple[str, ...]


def due(tx: Connection, now: datetime, released_before: datetime) -> Due:
    """What is to go now."""
    turns = _turns_of_ended_programmes(tx, now.date())
    raw = [r for r, u in _raw_texts(tx, released_before) if u not in set(turns)]
    sessions = select(staff_session.c.token_hash).where(staff_session.c.expires_at < now)
    jobs = select(job.c.job_id).where(job.c.finished_at < now - KEPT)
    return Due(
        tuple(raw),
        tuple(turns),
        tuple(_statements_of_ended_programmes(tx, now.date())),
        tuple(tx.execute(sessions).scalars()),
        tuple(tx.execute(jobs).scalars()),
    )


def meetings_of_revisions(tx: Connection, revision_ids: Collection[RevisionId]) -> set[MeetingId]:
    """The meetings that these texts are of."""
    turns = turns_of_revisions(tx, revision_ids)
    return {
        MeetingId(found)
        for found in all_of(tx, utterance.c.meeting_id, utterance.c.utterance_id, turns)
    }


def turns_of_revisions(tx: Connection, revision_ids: Collection[RevisionId]) -> set[str]:
    """The turns whose texts these are."""
    return set(all_of(tx, text_revision.c.utterance_id, text_revision.c.revision_id, revision_ids))


def texts_of(tx: Connection, revision_ids: Collection[RevisionId]) -> list[str]:
    """The words of these revisions."""
    return all_of(tx, text_revision.c.text, text_revision.c.revision_id, revision_ids)


def passage_hashes(tx: Connection, revision_ids: Collection[RevisionId]) -> set[str]:
    """Keys of the vectors of these revisions."""
    return set(all_of(tx, passage.c.text_sha256, passage.c.revision_id, revision_ids))


def texts_left(tx: Connection, meeting_ids: Collection[MeetingId]) -> set[str]:
    """Every wording that the turns of these meetings still have."""
    return {
        found
        for some in chunks_of(meeting_ids)
        for found in tx.execute(
            select(text_revision.c.text)
            .join_from(text_revision, utterance)
            .where(utterance.c.meeting_id.in_(some))
        ).scalars()
    }


def remove(tx: Connection, gone: Due) -> None:
    """Take away everything but the turns, which are erased like any others."""
    columns = {
        text_revision.c.revision_id: gone.raw_texts,
        staff_session.c.token_hash: gone.sessions,
        job.c.job_id: gone.jobs,
    }
    for column, ids in columns.items():
        for some in chunks_of(ids):
            tx.execute(delete(column.table).where(column.in_(some)))


def _raw_texts(tx: Connection, released_before: datetime) -> list[tuple[RevisionId, UtteranceId]]:
    """Texts as heard or corrected that a release took the place of before that moment.

    One that evidence points into stays: its offsets are kept for good.
    """
    t = text_revision.c
    released = (
        select(t.utterance_id, func.max(t.number).label("number"))
        .where(t.kind == RevisionKind.RELEASED, t.created_at < released_before)
        .group_by(t.utterance_id)
        .subquery()
    )
    same_text = evidence.c.revision_id == t.revision_id
    query = (
        select(t.revision_id, t.utterance_id)
        .join(released, released.c.utterance_id == t.utterance_id)
        .where(t.kind.in_(RAW), t.number < released.c.number)
        .where(~select(evidence.c.evidence_id).where(same_text).exists())
    )
    return [(RevisionId(r), UtteranceId(u)) for r, u in tx.execute(query)]


def _turns_of_ended_programmes(tx: Connection, today: date) -> list[UtteranceId]:
    """Turns of people who did not agree that their words are kept after the programme."""
    found = []
    for meeting_id in _ended(tx, today):
        agreed = consent.read_agreements(tx, meeting_id)
        rows = tx.execute(newest_texts(Zone.RESTRICTED, utterance.c.meeting_id == meeting_id))
        said = [as_utterance(row) for row in rows]
        found += [u.utterance_id for u in said if not agreed.allows(u, ConsentUse.KEPT)]
    return found


def _statements_of_ended_programmes(tx: Connection, today: date) -> list[StatementId]:
    """The same of what they wrote on their own pages; what was accepted goes with its turn."""
    written = select(statement.c.statement_id, statement.c.attendance_id).join_from(
        statement, attendance
    )
    found = []
    for meeting_id in _ended(tx, today):
        agreed = consent.read_agreements(tx, meeting_id)
        for row in tx.execute(written.where(attendance.c.meeting_id == meeting_id)):
            if not agreed.of_person(AttendanceId(row.attendance_id), None, ConsentUse.KEPT):
                found.append(StatementId(row.statement_id))
    return found


def _ended(tx: Connection, today: date) -> list[MeetingId]:
    query = (
        select(meeting.c.meeting_id)
        .join_from(meeting, programme)
        .where(programme.c.ended_on < today)
    )
    return [MeetingId(found) for found in tx.execute(query).scalars()]
