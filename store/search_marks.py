"""Marks by which a search notices that what it read changed. Start at `marks_of`."""

from sqlalchemy import Connection, Select, func, select

from domain.ids import MeetingId, ProgrammeId
from store.tables import (
    attendance,
    consent_event,
    embedding,
    meeting,
    passage,
    speaker_label,
    text_revision,
    transcript,
    translation,
    utterance,
    utterance_wish,
)

Mark = tuple[object, ...]


def marks_of(tx: Connection, programme_id: ProgrammeId) -> dict[MeetingId, Mark]:
    """For each meeting a mark that is another one after its words or who may read them changed."""
    queries = (
        select(
            utterance.c.meeting_id,
            func.count(),
            func.max(text_revision.c.created_at),
            func.max(text_revision.c.revision_id),
        )
        .join_from(text_revision, utterance)
        .group_by(utterance.c.meeting_id),
        select(utterance.c.meeting_id, func.count())
        .join_from(passage, text_revision)
        .join(utterance)
        .group_by(utterance.c.meeting_id),
        select(utterance.c.meeting_id, func.count(), func.max(utterance_wish.c.made_at))
        .join_from(utterance_wish, utterance)
        .group_by(utterance.c.meeting_id),
        select(
            utterance.c.meeting_id,
            func.count(),
            func.max(translation.c.written_at),
            func.count(translation.c.reviewed_at),
            func.max(translation.c.reviewed_at),
            func.count(translation.c.ended_at),
            func.max(translation.c.ended_at),
        )
        .join_from(translation, utterance)
        .group_by(utterance.c.meeting_id),
        select(
            consent_event.c.meeting_id, func.count(), func.max(consent_event.c.recorded_at)
        ).group_by(consent_event.c.meeting_id),
        select(transcript.c.meeting_id, func.count(speaker_label.c.attendance_id))
        .join_from(speaker_label, transcript)
        .group_by(transcript.c.meeting_id),
    )
    held = select(meeting.c.meeting_id).where(meeting.c.programme_id == programme_id)
    marks: dict[MeetingId, list[object]] = {MeetingId(m): [] for m in tx.execute(held).scalars()}
    for query in queries:
        _add(tx, query, marks)
    groups = (
        select(attendance.c.meeting_id, attendance.c.attendance_id, attendance.c.stakeholder_group)
        .where(attendance.c.meeting_id.in_(held))
        .order_by(attendance.c.attendance_id)
    )
    for meeting_id, *who in tx.execute(groups):
        marks[MeetingId(meeting_id)].append(tuple(who))
    return {meeting_id: tuple(mark) for meeting_id, mark in marks.items()}


def n_vectors(tx: Connection) -> int:
    """How many vectors are kept: where some were missing they may have come."""
    return tx.execute(select(func.count()).select_from(embedding)).scalar_one()


def _add(
    tx: Connection, query: Select[tuple[object, ...]], marks: dict[MeetingId, list[object]]
) -> None:
    found: dict[MeetingId, object] = {
        MeetingId(str(row[0])): tuple(row[1:]) for row in tx.execute(query)
    }
    for meeting_id, mark in marks.items():
        mark.append(found.get(meeting_id))
