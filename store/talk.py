"""Utterances, their revisions and consent in the store. Start at `utterances_of`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    delete,
    func,
    insert,
    select,
    update,
)

from domain.errors import NotFound
from domain.ids import AttendanceId, MeetingId, RevisionId, TranscriptId, UtteranceId, new_id
from domain.people import StakeholderGroup
from domain.talk import Manner, RevisionKind, Transcript, Utterance, Zone
from store import consent
from store.tables import (
    attendance,
    person,
    speaker_label,
    text_revision,
    utterance,
)

CHUNK = 500
"""Fewer values a statement than any database allows."""


@dataclass(frozen=True)
class NewUtterance:
    """A turn on its way in."""

    speaker: str | None
    text: str
    start_s: float | None
    end_s: float | None
    place: str
    manner: Manner = Manner.SPOKEN
    stakeholder_group: StakeholderGroup | None = None
    is_proposal: bool = False


def add_speaker_labels(
    tx: Connection, transcript_id: TranscriptId, people: Mapping[str, AttendanceId | None]
) -> dict[str, str]:
    """Store each label of the source with the person it stands for; the ids by label."""
    known = dict(
        tx.execute(
            select(speaker_label.c.label, speaker_label.c.speaker_label_id).where(
                speaker_label.c.transcript_id == transcript_id
            )
        ).all()
    )
    new = {label: new_id() for label in people if label not in known}
    if new:
        tx.execute(
            insert(speaker_label),
            [
                {
                    "speaker_label_id": label_id,
                    "transcript_id": transcript_id,
                    "label": label,
                    "attendance_id": people[label],
                }
                for label, label_id in new.items()
            ],
        )
    return known | new


def add_utterances(
    tx: Connection,
    source: Transcript,
    turns: Iterable[NewUtterance],
    people: Mapping[str, AttendanceId | None],
    *,
    author: str,
) -> list[UtteranceId]:
    """Store turns with their first revision, as heard, after what the meeting already holds.

    ``people`` tells whom a speaker's label stands for; a label without a person is kept as it is.
    """
    turns = list(turns)
    speakers = {turn.speaker: people.get(turn.speaker) for turn in turns if turn.speaker}
    labels = add_speaker_labels(tx, source.transcript_id, speakers)
    first = _next_position(tx, source.meeting_id)
    now = datetime.now(UTC)
    utterances, revisions = [], []
    for position, turn in enumerate(turns, start=first):
        utterance_id = new_id()
        utterances.append(
            {
                "utterance_id": utterance_id,
                "meeting_id": source.meeting_id,
                "transcript_id": source.transcript_id,
                "speaker_label_id": labels.get(turn.speaker) if turn.speaker else None,
                "position": position,
                "manner": turn.manner,
                "stakeholder_group": turn.stakeholder_group,
                "start_s": turn.start_s,
                "end_s": turn.end_s,
                "place": turn.place,
                "is_proposal": turn.is_proposal,
            }
        )
        revisions.append(_revision(utterance_id, 1, RevisionKind.AS_HEARD, turn.text, author, now))
    if utterances:
        tx.execute(insert(utterance), utterances)
        tx.execute(insert(text_revision), revisions)
    return [UtteranceId(str(u["utterance_id"])) for u in utterances]


def add_revision(
    tx: Connection, utterance_id: UtteranceId, kind: RevisionKind, text: str, *, author: str
) -> RevisionId:
    """Append a revision; earlier ones stay, and evidence keeps pointing into them."""
    newest = tx.execute(
        select(func.max(text_revision.c.number)).where(text_revision.c.utterance_id == utterance_id)
    ).scalar_one()
    row = _revision(utterance_id, (newest or 0) + 1, kind, text, author, datetime.now(UTC))
    tx.execute(insert(text_revision).values(**row))
    return RevisionId(str(row["revision_id"]))


def release_all(tx: Connection, utterance_ids: Iterable[UtteranceId], *, author: str) -> int:
    """Append to each utterance a released revision with its newest words."""
    wanted = list(utterance_ids)
    now, rows = datetime.now(UTC), []
    for at in range(0, len(wanted), CHUNK):
        chunk = utterance.c.utterance_id.in_(wanted[at : at + CHUNK])
        rows += [
            _revision(
                row.utterance_id, row.number + 1, RevisionKind.RELEASED, row.text, author, now
            )
            for row in tx.execute(_newest(Zone.RESTRICTED, chunk))
            if row.kind != RevisionKind.RELEASED
        ]
    if rows:
        tx.execute(insert(text_revision), rows)
    return len(rows)


def utterances_of(tx: Connection, meeting_id: MeetingId, zone: Zone) -> list[Utterance]:
    """What was said at a meeting, in order.

    In the shared zone only what was released, of people who agreed that their words are grouped
    and quoted.
    """
    query = _newest(zone, utterance.c.meeting_id == meeting_id)
    found = [_utterance(row) for row in tx.execute(query.order_by(utterance.c.position))]
    if zone is Zone.RESTRICTED:
        return found
    agreed = consent.read_agreements(tx, meeting_id)
    return [said for said in found if agreed.may_share(said.attendance_id)]


def shared_revision(tx: Connection, revision_id: RevisionId) -> Utterance:
    """The utterance with exactly this revision's words, if they may be shown to others.

    Raises
    ------
    NotFound
        If there is no such revision, it was never released, or its speaker did not agree.
    """
    query = _joined().where(
        text_revision.c.revision_id == revision_id,
        text_revision.c.kind == RevisionKind.RELEASED,
    )
    row = tx.execute(query).first()
    if row is not None:
        said = _utterance(row)
        if consent.read_agreements(tx, said.meeting_id).may_share(said.attendance_id):
            return said
    raise NotFound(kind="released text", id=revision_id)


def mark_proposal(tx: Connection, utterance_id: UtteranceId, *, is_proposal: bool) -> None:
    """Remember that a line proposes something."""
    tx.execute(
        update(utterance)
        .where(utterance.c.utterance_id == utterance_id)
        .values(is_proposal=is_proposal)
    )


def _next_position(tx: Connection, meeting_id: MeetingId) -> int:
    newest = tx.execute(
        select(func.max(utterance.c.position)).where(utterance.c.meeting_id == meeting_id)
    ).scalar_one()
    return 0 if newest is None else int(newest) + 1


def _revision(
    utterance_id: str, number: int, kind: RevisionKind, text: str, author: str, now: datetime
) -> dict[str, object]:
    return {
        "revision_id": new_id(),
        "utterance_id": utterance_id,
        "number": number,
        "kind": kind,
        "text": text,
        "created_at": now,
        "author": author,
    }


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


def _newest(zone: Zone, which: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    """The newest text of each of these utterances; others are not even looked at."""
    newest = (
        select(text_revision.c.utterance_id, func.max(text_revision.c.number).label("number"))
        .join_from(text_revision, utterance)
        .where(which)
        .group_by(text_revision.c.utterance_id)
    )
    if zone is Zone.SHARED:
        newest = newest.where(text_revision.c.kind == RevisionKind.RELEASED)
    chosen = newest.subquery()
    return _joined().join(
        chosen,
        and_(
            chosen.c.utterance_id == text_revision.c.utterance_id,
            chosen.c.number == text_revision.c.number,
        ),
    )


def _utterance(row: Row[tuple[object, ...]]) -> Utterance:
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


def meeting_of_utterance(tx: Connection, utterance_id: UtteranceId) -> MeetingId:
    """Which meeting a turn belongs to."""
    query = select(utterance.c.meeting_id).where(utterance.c.utterance_id == utterance_id)
    found = tx.execute(query).scalar_one_or_none()
    if found is None:
        raise NotFound(kind="utterance", id=utterance_id)
    return MeetingId(found)


def remove_scribed(tx: Connection, utterance_id: UtteranceId) -> bool:
    """Take a typed line away with its revisions; False for anything else."""
    removed = tx.execute(
        delete(utterance).where(
            utterance.c.utterance_id == utterance_id, utterance.c.manner == Manner.SCRIBED
        )
    )
    return bool(removed.rowcount)
