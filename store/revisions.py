"""Which text of a turn is read: the SQL of revisions. Start at `newest_texts`."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from domain.ids import AttendanceId, MeetingId, RevisionId, TranscriptId, UtteranceId
from domain.people import StakeholderGroup
from domain.talk import Manner, RevisionKind, Utterance, Zone
from store.tables import attendance, person, speaker_label, text_revision, utterance

_SETTLES = (RevisionKind.RELEASED, RevisionKind.WITHHELD)


def _joined() -> Select[tuple[object, ...]]:
    """The columns of an `Utterance` in its order, and what its speaker and group are told by."""
    said = utterance.c
    return (
        select(
            said.utterance_id,
            said.meeting_id,
            said.transcript_id,
            text_revision.c.revision_id,
            said.position,
            said.manner,
            person.c.name,
            speaker_label.c.label,
            speaker_label.c.attendance_id,
            attendance.c.stakeholder_group.label("group_on_roster"),
            said.stakeholder_group,
            said.start_s,
            said.end_s,
            said.place,
            text_revision.c.text,
            said.is_proposal,
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
    return only_newest(_joined(), zone, which)


def only_newest(
    found: Select[tuple[Any, ...]], zone: Zone, which: ColumnElement[bool]
) -> Select[tuple[Any, ...]]:
    """A query of revisions, less those that are not the newest text of these utterances."""
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
    is_chosen = and_(
        chosen.c.utterance_id == text_revision.c.utterance_id,
        chosen.c.number == text_revision.c.number,
    )
    return found.join(chosen, is_chosen).where(text_revision.c.kind != RevisionKind.WITHHELD)


def as_utterance(row: Sequence[Any]) -> Utterance:
    """A row of `newest_texts` in the words of the domain."""
    # Taken apart at once: a meeting has thousands of rows, and each look at a name is a search.
    said_id, meeting_id, source_id, revision_id, position, manner = row[:6]
    name, label, attendance_id, on_roster, group_then = row[6:11]
    start_s, end_s, place, text, is_proposal = row[11:]
    group = on_roster or group_then
    return Utterance(
        UtteranceId(said_id),
        MeetingId(meeting_id),
        TranscriptId(source_id),
        RevisionId(revision_id),
        position,
        Manner(manner),
        name or label or "",
        AttendanceId(attendance_id) if attendance_id else None,
        StakeholderGroup(group) if group else None,
        start_s,
        end_s,
        place,
        text,
        is_proposal,
    )
