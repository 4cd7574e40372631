"""Utterances, their revisions and consent in the store. Start at `utterances_of`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import Connection, Select, and_, delete, func, insert, select, update

from domain.errors import NotFound
from domain.ids import AttendanceId, MeetingId, RevisionId, TranscriptId, UtteranceId, new_id
from domain.people import StakeholderGroup
from domain.talk import ConsentUse, Manner, RevisionKind, Transcript, Utterance, Zone
from store import consent, wishes
from store.revisions import as_utterance, last_revisions, newest_texts
from store.tables import speaker_label, text_revision, utterance

T = TypeVar("T")
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
    is_released: bool = False


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
    """Store turns as heard, and released as well if they are, after what the meeting holds.

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
        kinds = (RevisionKind.AS_HEARD, *((RevisionKind.RELEASED,) if turn.is_released else ()))
        revisions += [
            _revision(utterance_id, number, kind, turn.text, author, now)
            for number, kind in enumerate(kinds, start=1)
        ]
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
    """Append to each utterance a released revision with its newest words.

    What is released already stays as it was released; what was withheld is released again.
    """
    now, rows = datetime.now(UTC), []
    for ids in _chunks(list(utterance_ids)):
        chunk = utterance.c.utterance_id.in_(ids)
        last = {r.utterance_id: r for r in tx.execute(last_revisions(chunk))}
        rows += [
            _revision(
                row.utterance_id,
                last[row.utterance_id].number + 1,
                RevisionKind.RELEASED,
                row.text,
                author,
                now,
            )
            for row in tx.execute(newest_texts(Zone.RESTRICTED, chunk))
            if last[row.utterance_id].kind != RevisionKind.RELEASED
        ]
    if rows:
        tx.execute(insert(text_revision), rows)
    return len(rows)


def utterances_of(
    tx: Connection,
    meeting_id: MeetingId,
    zone: Zone,
    *,
    use: ConsentUse = ConsentUse.QUOTED,
    only: UtteranceId | None = None,
) -> list[Utterance]:
    """What was said at a meeting, in order; or in one turn of it.

    In the shared zone only what was released and not withheld since, that nobody withdrew, of
    people who agreed to `use`. Whoever did not agree to be recorded is in neither zone.
    """
    which = utterance.c.meeting_id == meeting_id
    query = newest_texts(zone, and_(which, utterance.c.utterance_id == only) if only else which)
    found = [as_utterance(row) for row in tx.execute(query.order_by(utterance.c.position)).all()]
    agreed = consent.read_agreements(tx, meeting_id)
    if zone is Zone.RESTRICTED:
        return [said for said in found if agreed.allows(said, ConsentUse.RECORDED)]
    withdrawn = wishes.withdrawn_at(tx, meeting_id)
    return [
        said for said in found if agreed.allows(said, use) and said.utterance_id not in withdrawn
    ]


def quotable(tx: Connection, said: Iterable[Utterance]) -> frozenset[RevisionId]:
    """Which of these shared words may be shown as they stand, and not only be counted."""
    agreed: dict[MeetingId, consent.Agreements] = {}
    found = set()
    for one in said:
        if one.meeting_id not in agreed:
            agreed[one.meeting_id] = consent.read_agreements(tx, one.meeting_id)
        if agreed[one.meeting_id].allows(one, ConsentUse.QUOTED):
            found.add(one.revision_id)
    return frozenset(found)


def shared_revisions(
    tx: Connection, revision_ids: Iterable[RevisionId]
) -> dict[RevisionId, Utterance]:
    """The utterances with exactly these revisions' words, as far as they may be quoted to others.

    A revision that was never released, is not the newest released one any more, was withheld or
    withdrawn since, or whose speaker did not agree to be quoted, is left out.
    """
    wanted = dict.fromkeys(revision_ids)
    queries = []
    for chunk in _chunks(list(wanted)):
        turns = select(text_revision.c.utterance_id).where(text_revision.c.revision_id.in_(chunk))
        queries.append(newest_texts(Zone.SHARED, utterance.c.utterance_id.in_(turns)))
    said = _shared(tx, *queries)
    return {one.revision_id: one for one in said if one.revision_id in wanted}


def shared_turns(tx: Connection, utterance_ids: Iterable[UtteranceId]) -> list[Utterance]:
    """These turns as they may be quoted to others; those that may not are left out."""
    return _shared(
        tx,
        *(
            newest_texts(Zone.SHARED, utterance.c.utterance_id.in_(chunk))
            for chunk in _chunks(list(dict.fromkeys(utterance_ids)))
        ),
    )


def shared_beside(
    tx: Connection, meeting_id: MeetingId, positions: Iterable[int]
) -> dict[int, Utterance]:
    """Turns of a meeting by their place in it, as far as they may be quoted to others."""
    wanted = utterance.c.position.in_(list(positions))
    query = newest_texts(Zone.SHARED, and_(utterance.c.meeting_id == meeting_id, wanted))
    return {said.position: said for said in _shared(tx, query)}


def shared_revision(tx: Connection, revision_id: RevisionId) -> Utterance:
    """The utterance with exactly this revision's words, if they may be quoted to others.

    Raises
    ------
    NotFound
        If there is no such revision, or `shared_revisions` leaves it out.
    """
    said = shared_revisions(tx, [revision_id]).get(revision_id)
    if said is None:
        raise NotFound(kind="released text", id=revision_id)
    return said


def mark_proposal(tx: Connection, utterance_id: UtteranceId, *, is_proposal: bool) -> None:
    """Remember that a line proposes something."""
    tx.execute(
        update(utterance)
        .where(utterance.c.utterance_id == utterance_id)
        .values(is_proposal=is_proposal)
    )


def _shared(tx: Connection, *queries: Select[tuple[object, ...]]) -> list[Utterance]:
    found = [as_utterance(row) for query in queries for row in tx.execute(query).all()]
    allowed = quotable(tx, found)
    meetings = {said.meeting_id for said in found}
    withdrawn = {u for meeting_id in meetings for u in wishes.withdrawn_at(tx, meeting_id)}
    return [
        said for said in found if said.revision_id in allowed and said.utterance_id not in withdrawn
    ]


def _chunks(values: Sequence[T]) -> Iterable[Sequence[T]]:
    return (values[i : i + CHUNK] for i in range(0, len(values), CHUNK))


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
