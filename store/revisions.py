"""Which text of a turn is read: the SQL of revisions. Start at `newest_texts`."""

from sqlalchemy import ColumnElement, Row, Select, and_, func, select

from domain.ids import AttendanceId, MeetingId, RevisionId, TranscriptId, UtteranceId
from domain.people import StakeholderGroup
from domain.talk import Manner, RevisionKind, Utterance, Zone
from store.tables import attendance, person, speaker_label, text_revision, utterance

_SETTLES = (RevisionKind.RELEASED, RevisionKind.WITHHELD)


def _joined() -> Select[tuple[object, ...]]:
    return (
        select(
            utterance,
            text_revision.c.revision_id,
            text_revision.c.number,
            text_revision.c.kind,
            text_revision.c.text,
            speaker_label.c.label,
            speaker_label.c.attendance_id,
            attendance.c.stakeholder_group.label("group_on_roster"),
            person.c.name,
        )
        .join_from(utterance, text_revision)
        .outerjoin(speaker_label, speaker_label.c.speaker_label_id == utterance.c.speaker_label_id)
        .outerjoin(attendance, attendance.c.attendance_id == speaker_label.c.attendance_id)
        .outerjoin(person, person.c.person_id == attendance.c.person_id)
    )


def last_revisions(which: ColumnElement[bool]) -> Select[tuple[str, int, str]]:
    """The very last revision of each of these utterances, whatever it is."""
    newest = (
        select(text_revision.c.utterance_id, func.max(text_revision.c.number).label("number"))
        .join_from(text_revision, utterance)
        .where(which)
        .group_by(text_revision.c.utterance_id)
        .subquery()
    )
    return select(text_revision.c.utterance_id, text_revision.c.number, text_revision.c.kind).join(
        newest,
        and_(
            newest.c.utterance_id == text_revision.c.utterance_id,
            newest.c.number == text_revision.c.number,
        ),
    )


def newest_texts(zone: Zone, which: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    """The newest text of each of these utterances; others are not even looked at.

    In the shared zone the newest release, unless it was withheld since. A withheld revision holds
    no words: in the restricted zone it is passed over.
    """
    newest = (
        select(text_revision.c.utterance_id, func.max(text_revision.c.number).label("number"))
        .join_from(text_revision, utterance)
        .where(which)
        .group_by(text_revision.c.utterance_id)
    )
    if zone is Zone.SHARED:
        newest = newest.where(text_revision.c.kind.in_(_SETTLES))
    else:
        newest = newest.where(text_revision.c.kind != RevisionKind.WITHHELD)
    chosen = newest.subquery()
    found = _joined().join(
        chosen,
        and_(
            chosen.c.utterance_id == text_revision.c.utterance_id,
            chosen.c.number == text_revision.c.number,
        ),
    )
    return found.where(text_revision.c.kind != RevisionKind.WITHHELD)


def as_utterance(row: Row[tuple[object, ...]]) -> Utterance:
    """A row of `newest_texts` in the words of the domain."""
    group = row.group_on_roster or row.stakeholder_group
    return Utterance(
        UtteranceId(row.utterance_id),
        MeetingId(row.meeting_id),
        TranscriptId(row.transcript_id),
        RevisionId(row.revision_id),
        row.position,
        Manner(row.manner),
        row.name or row.label or "",
        AttendanceId(row.attendance_id) if row.attendance_id else None,
        StakeholderGroup(group) if group else None,
        row.start_s,
        row.end_s,
        row.place,
        row.text,
        row.is_proposal,
    )
