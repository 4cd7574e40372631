"""Taking away what belongs to somebody. Start at `remove_words`, then `forget_people`.

Rows of a turn go with it by themselves (revisions, passages, places in themes, suggested hides,
wishes, evidence). What this file does is take the rest: names, labels, vectors, copies of a name.
"""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from sqlalchemy import Column, Connection, delete, func, insert, select, update

from domain.ids import (
    AttendanceId,
    BallotId,
    MeetingId,
    PersonId,
    RecommendationId,
    UtteranceId,
    new_id,
)
from domain.people import StakeholderGroup
from store.guided import forget_seats
from store.reach import Reach, all_of, attendances_of, chunks_of, person_of
from store.tables import (
    attendance,
    ballot,
    consent_event,
    embedding,
    evidence,
    family_contact,
    job,
    lost_source,
    participant_link,
    passage,
    person,
    proxy_consent,
    roll,
    shown,
    speaker_label,
    statement,
    text_revision,
    transcript,
    utterance,
)


def sources_lost(
    tx: Connection, utterance_ids: Collection[UtteranceId]
) -> list[tuple[RecommendationId, UtteranceId]]:
    """Which recommendations stand on which of these turns."""
    found = {
        (RecommendationId(row.recommendation_id), UtteranceId(row.utterance_id))
        for some in chunks_of(utterance_ids)
        for row in tx.execute(
            select(evidence.c.recommendation_id, text_revision.c.utterance_id)
            .join_from(evidence, text_revision)
            .where(text_revision.c.utterance_id.in_(some))
        )
    }
    return sorted(found)


def count_quotes(tx: Connection, utterance_ids: Collection[UtteranceId]) -> int:
    """Quotes that were taken from these turns."""
    revisions = all_of(tx, text_revision.c.revision_id, text_revision.c.utterance_id, utterance_ids)
    return len(all_of(tx, evidence.c.evidence_id, evidence.c.revision_id, revisions))


def note_lost_sources(
    tx: Connection, lost: Iterable[tuple[RecommendationId, UtteranceId]], reason: str
) -> None:
    """Keep for each recommendation that a source is gone; not whose nor what."""
    now = datetime.now(UTC)
    rows = [
        {
            "lost_source_id": new_id(),
            "recommendation_id": recommendation_id,
            "lost_at": now,
            "reason": reason,
        }
        for recommendation_id, _ in lost
    ]
    if rows:
        tx.execute(insert(lost_source), rows)


def remove_words(tx: Connection, reach: Reach) -> None:
    """Take turns away with all that hangs on them, and the names they stood under."""
    _delete(tx, utterance.c.utterance_id, reach.utterance_ids)
    _delete(tx, statement.c.statement_id, reach.statement_ids)
    _delete(tx, speaker_label.c.speaker_label_id, reach.speaker_label_ids)


def passage_hashes(tx: Connection, utterance_ids: Collection[UtteranceId]) -> set[str]:
    """Keys of the vectors of what these turns say."""
    revisions = all_of(tx, text_revision.c.revision_id, text_revision.c.utterance_id, utterance_ids)
    return set(all_of(tx, passage.c.text_sha256, passage.c.revision_id, revisions))


def remove_vectors(tx: Connection, text_sha256s: Collection[str]) -> None:
    """Take vectors away, except of words that somebody else said too, word for word."""
    still_said = set(all_of(tx, passage.c.text_sha256, passage.c.text_sha256, text_sha256s))
    _delete(tx, embedding.c.text_sha256, set(text_sha256s) - still_said)


def empty_file_names(tx: Connection, transcript_ids: Collection[str]) -> None:
    """Rename sources whose file name tells who spoke."""
    for transcript_id in transcript_ids:
        was = tx.execute(
            select(transcript.c.file_name).where(transcript.c.transcript_id == transcript_id)
        ).scalar_one()
        ending = was.rpartition(".")[2] if "." in was else ""
        new = f"withdrawn.{ending}" if ending.isalnum() and len(ending) < 6 else "withdrawn"
        tx.execute(
            update(transcript)
            .where(transcript.c.transcript_id == transcript_id)
            .values(file_name=new)
        )


def clear_notes(tx: Connection, meeting_ids: Collection[MeetingId]) -> None:
    """Empty what work told about these meetings, and take off the wall what is on it."""
    for some in chunks_of(meeting_ids):
        tx.execute(update(job).where(job.c.meeting_id.in_(some)).values(message=""))
        tx.execute(delete(shown).where(shown.c.meeting_id.in_(some)))


def sources_of(tx: Connection, meeting_ids: Collection[MeetingId]) -> dict[str, tuple[str, int]]:
    """File name and number of turns of every file that these meetings were read from."""
    found: dict[str, tuple[str, int]] = {}
    for some in chunks_of(meeting_ids):
        query = (
            select(
                transcript.c.transcript_id,
                transcript.c.file_name,
                func.count(utterance.c.utterance_id).label("n_turns"),
            )
            .outerjoin_from(transcript, utterance)
            .where(transcript.c.meeting_id.in_(some), transcript.c.sha256 != "")
            .group_by(transcript.c.transcript_id, transcript.c.file_name)
        )
        found |= {r.transcript_id: (r.file_name, int(r.n_turns)) for r in tx.execute(query)}
    return found


def forget_people(tx: Connection, reach: Reach) -> None:
    """Take people off the roster; one who is counted in a vote stays there without a name."""
    on_rolls = all_of(tx, roll.c.attendance_id, roll.c.attendance_id, reach.attendance_ids)
    counted = {AttendanceId(found) for found in on_rolls}
    forget_seats(tx, reach.attendance_ids)
    for some in chunks_of(reach.attendance_ids):
        for table in (participant_link, consent_event, family_contact, proxy_consent, statement):
            tx.execute(delete(table).where(table.c.attendance_id.in_(some)))
    _delete(tx, attendance.c.attendance_id, set(reach.attendance_ids) - counted)
    for attendance_id in sorted(counted):
        _leave_a_blank(tx, attendance_id, reach.person_ids)
    for person_id in reach.person_ids:
        tx.execute(delete(family_contact).where(family_contact.c.person_id == person_id))
        if not attendances_of(tx, person_id):
            _delete(tx, person.c.person_id, {person_id})


def open_votes(tx: Connection, attendance_id: AttendanceId) -> list[BallotId]:
    """Ballots that have not closed with this person on the roll."""
    query = (
        select(roll.c.ballot_id)
        .join_from(roll, ballot)
        .where(roll.c.attendance_id == attendance_id, ballot.c.closed_at.is_(None))
    )
    return [BallotId(found) for found in tx.execute(query).scalars()]


def take_off_roll(tx: Connection, ballot_id: str, attendance_id: AttendanceId) -> None:
    """Somebody may not vote any more."""
    tx.execute(
        delete(roll).where(roll.c.ballot_id == ballot_id, roll.c.attendance_id == attendance_id)
    )


def _leave_a_blank(
    tx: Connection, attendance_id: AttendanceId, person_ids: Collection[PersonId]
) -> None:
    """Keep only that somebody was on the roll of a vote that closed."""
    person_id = person_of(tx, attendance_id)
    if person_id in person_ids:
        tx.execute(update(person).where(person.c.person_id == person_id).values(name=""))
    else:  # at other meetings they stay who they are
        programme_id = tx.execute(
            select(person.c.programme_id).where(person.c.person_id == person_id)
        ).scalar_one()
        person_id = PersonId(new_id())
        tx.execute(insert(person).values(person_id=person_id, programme_id=programme_id, name=""))
    tx.execute(
        update(attendance)
        .where(attendance.c.attendance_id == attendance_id)
        .values(
            person_id=person_id,
            stakeholder_group=StakeholderGroup.OTHER,
            interests="",
            access_needs="",
        )
    )
    tx.execute(
        update(roll)
        .where(roll.c.attendance_id == attendance_id)
        .values(answering_mode="myself", extended_until=None)
    )


def _delete(tx: Connection, column: Column[str], values: Collection[str]) -> None:
    for some in chunks_of(values):
        tx.execute(delete(column.table).where(column.in_(some)))
