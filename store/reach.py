"""What belongs to somebody or to a turn, by id. Start at `Reach`."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import TypeVar

from sqlalchemy import Column, Connection, select

from domain.errors import NotFound
from domain.ids import AttendanceId, MeetingId, PersonId, StatementId, UtteranceId
from store.tables import (
    attendance,
    person,
    speaker_label,
    statement,
    text_revision,
    transcript,
    translation,
    utterance,
)

T = TypeVar("T")
CHUNK = 500
"""Fewer values a statement than any database allows."""


@dataclass(frozen=True)
class Reach:
    """Ids of everything that belongs to some people or turns."""

    meeting_ids: frozenset[MeetingId] = frozenset()
    person_ids: frozenset[PersonId] = frozenset()
    attendance_ids: frozenset[AttendanceId] = frozenset()
    speaker_label_ids: frozenset[str] = frozenset()
    utterance_ids: frozenset[UtteranceId] = frozenset()
    statement_ids: frozenset[StatementId] = frozenset()
    """What they wrote on their own page and nobody accepted yet."""

    def __or__(self, other: "Reach") -> "Reach":
        names = [field.name for field in fields(self)]
        return Reach(*(getattr(self, name) | getattr(other, name) for name in names))

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


def of_utterances(tx: Connection, utterance_ids: Collection[str]) -> Reach:
    """Those of these turns that are here."""
    rows = [
        row
        for some in chunks_of(utterance_ids)
        for row in tx.execute(
            select(utterance.c.utterance_id, utterance.c.meeting_id).where(
                utterance.c.utterance_id.in_(some)
            )
        )
    ]
    return Reach(
        meeting_ids=frozenset(MeetingId(row.meeting_id) for row in rows),
        utterance_ids=frozenset(UtteranceId(row.utterance_id) for row in rows),
    )


def of_labels(tx: Connection, label_ids: Collection[str]) -> Reach:
    """These names in sources, with every turn under them."""
    here = frozenset(
        found
        for some in chunks_of(label_ids)
        for found in tx.execute(
            select(speaker_label.c.speaker_label_id).where(
                speaker_label.c.speaker_label_id.in_(some)
            )
        ).scalars()
    )
    said = all_of(tx, utterance.c.utterance_id, utterance.c.speaker_label_id, here)
    return Reach(speaker_label_ids=here) | of_utterances(tx, said)


def of_attendance(tx: Connection, attendance_id: str) -> Reach:
    """Somebody at one meeting; the person too where this was the only one. Empty if unknown.

    A name in a source that was matched to nobody but is written as on the roster is theirs.
    """
    row = tx.execute(
        select(attendance.c.meeting_id, attendance.c.person_id, person.c.name)
        .join_from(attendance, person)
        .where(attendance.c.attendance_id == attendance_id)
    ).first()
    if row is None:
        return Reach()
    labels = tx.execute(
        select(speaker_label)
        .join_from(speaker_label, transcript)
        .where(transcript.c.meeting_id == row.meeting_id)
    ).all()
    theirs = [
        label.speaker_label_id
        for label in labels
        if label.attendance_id == attendance_id
        or (label.attendance_id is None and _is_same_name(label.label, row.name))
    ]
    of_them = Reach(
        meeting_ids=frozenset({MeetingId(row.meeting_id)}),
        attendance_ids=frozenset({AttendanceId(attendance_id)}),
        statement_ids=frozenset(
            StatementId(found)
            for found in all_of(
                tx, statement.c.statement_id, statement.c.attendance_id, [attendance_id]
            )
        ),
    )
    others = attendances_of(tx, row.person_id) - {attendance_id}
    if not others:
        of_them |= Reach(person_ids=frozenset({PersonId(row.person_id)}))
    return of_them | of_labels(tx, theirs)


def of_statements(tx: Connection, statement_ids: Collection[str]) -> Reach:
    """Those of these statements that are here."""
    query = select(statement.c.statement_id, attendance.c.meeting_id).join_from(
        statement, attendance
    )
    rows = [
        row
        for some in chunks_of(statement_ids)
        for row in tx.execute(query.where(statement.c.statement_id.in_(some)))
    ]
    return Reach(
        meeting_ids=frozenset(MeetingId(row.meeting_id) for row in rows),
        statement_ids=frozenset(StatementId(row.statement_id) for row in rows),
    )


def of_person(tx: Connection, person_id: str) -> Reach:
    """Somebody at every meeting of the programme. Empty if unknown."""
    query = select(person.c.person_id).where(person.c.person_id == person_id)
    if tx.execute(query).first() is None:
        return Reach()
    found = Reach(person_ids=frozenset({PersonId(person_id)}))
    for attendance_id in attendances_of(tx, person_id):
        found |= of_attendance(tx, attendance_id)
    return found


def words_of_people(tx: Connection, attendance_ids: Iterable[AttendanceId]) -> Reach:
    """What these people said and the names it stands under; not the people themselves."""
    found = Reach()
    for attendance_id in attendance_ids:
        whole = of_attendance(tx, attendance_id)
        found |= replace(whole, person_ids=frozenset(), attendance_ids=frozenset())
    return found


def attendances_of(tx: Connection, person_id: str) -> frozenset[AttendanceId]:
    """A person's places on rosters."""
    query = select(attendance.c.attendance_id).where(attendance.c.person_id == person_id)
    return frozenset(AttendanceId(found) for found in tx.execute(query).scalars())


def person_of(tx: Connection, attendance_id: AttendanceId) -> PersonId:
    """Who it is that was at a meeting."""
    query = select(attendance.c.person_id).where(attendance.c.attendance_id == attendance_id)
    found = tx.execute(query).scalar_one_or_none()
    if found is None:
        raise NotFound(kind="person at a meeting", id=attendance_id)
    return PersonId(found)


def speaker_of(tx: Connection, utterance_id: UtteranceId) -> AttendanceId | None:
    """Whose turn it is; None where nobody on the roster is known to have said it."""
    query = (
        select(speaker_label.c.attendance_id)
        .join_from(utterance, speaker_label)
        .where(utterance.c.utterance_id == utterance_id)
    )
    found = tx.execute(query).scalar_one_or_none()
    return AttendanceId(found) if found else None


def texts_of(tx: Connection, reach: Reach) -> list[str]:
    """Every wording that these turns ever had, translated too, and what was not accepted."""
    said = all_of(tx, text_revision.c.text, text_revision.c.utterance_id, reach.utterance_ids)
    said += all_of(tx, translation.c.text, translation.c.utterance_id, reach.utterance_ids)
    written = all_of(tx, statement.c.text, statement.c.statement_id, reach.statement_ids)
    return said + [text for text in written if text]


def names_of(tx: Connection, reach: Reach) -> list[str]:
    """Names on rosters and in sources by which these people are known."""
    people = all_of(tx, attendance.c.person_id, attendance.c.attendance_id, reach.attendance_ids)
    names = all_of(tx, person.c.name, person.c.person_id, {*people, *reach.person_ids})
    labels = all_of(
        tx, speaker_label.c.label, speaker_label.c.speaker_label_id, reach.speaker_label_ids
    )
    return sorted({name for name in (*names, *labels) if name})


def _is_same_name(one: str, other: str) -> bool:
    return bool(one.split()) and one.casefold().split() == other.casefold().split()


def all_of(
    tx: Connection, wanted: Column[str], column: Column[str], values: Collection[str]
) -> list[str]:
    """One column of every row whose other column holds one of many values."""
    return [
        found
        for some in chunks_of(values)
        for found in tx.execute(select(wanted).where(column.in_(some))).scalars()
    ]


def chunks_of(values: Iterable[T]) -> Iterable[Sequence[T]]:
    """Many values, some at a time."""
    listed = list(values)
    return (listed[i : i + CHUNK] for i in range(0, len(listed), CHUNK))
