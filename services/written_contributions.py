"""What people wrote for a meeting, prepared or typed in for them. Start at `add_written`."""

from collections.abc import Sequence
from dataclasses import replace

from domain.access import Act
from domain.errors import NotAllowedNow
from domain.ids import AttendanceId, MeetingId
from domain.talk import Manner
from intake.child import read_safely
from intake.result import ColumnMap, TranscriptFile
from services.access import may, require
from services.runtime import runtime
from services.transcripts import (
    ConsentGiven,
    check_consent,
    compare_with_meeting,
    new_source,
    record_consent,
    unrecorded_labels,
)
from store import audit, meetings, sources, talk
from store.talk import NewUtterance


def add_written(
    meeting_id: MeetingId,
    written: Sequence[tuple[AttendanceId, str]],
    *,
    author: str,
    consent: ConsentGiven | None = None,
) -> int:
    """Store prepared or typed contributions; they weigh the same as speech.

    Without ``consent`` what is recorded for the people or the meeting holds. They are released
    at once where whoever adds them may release words.

    Raises
    ------
    NotAllowedNow
        If somebody among them asked that none of their words are kept.
    """
    require(Act.RUN_MEETING, meeting_id=meeting_id)
    if consent:
        check_consent(consent)
    may_release = may(Act.RELEASE, meeting_id=meeting_id)
    with runtime().store.write() as tx:
        name_of = {a.attendance_id: a.name for a in meetings.roster_of(tx, meeting_id)}
        people = {name_of[who]: who for who, _ in written}
        said_no = unrecorded_labels(tx, meeting_id, people)
        if said_no:
            raise NotAllowedNow(
                reason=f"Nothing was stored: {', '.join(sorted(said_no))} asked that no words of "
                "theirs are kept."
            )
        new = new_source(meeting_id, "written contributions", "written")
        kept = replace(new, transcript_id=sources.add_transcript(tx, new))
        turns = [
            NewUtterance(
                name_of[who],
                text,
                None,
                None,
                f"contribution {n}",
                manner=Manner.WRITTEN,
                is_released=may_release,
            )
            for n, (who, text) in enumerate(written, start=1)
        ]
        utterance_ids = talk.add_utterances(tx, kept, turns, people, author=author)
        if consent:
            record_consent(tx, kept, consent, people, author=author)
        audit.record(tx, author, "written contributions added", "meeting", meeting_id)
    return len(utterance_ids)


def import_written(
    meeting_id: MeetingId,
    file_name: str,
    data: bytes,
    *,
    author: str = "facilitator",
    consent: ConsentGiven | None = None,
) -> int:
    """Store a list of contributions with the columns name and text.

    Raises
    ------
    NotAllowedNow
        With every row whose name is not on the roster.
    """
    require(Act.RUN_MEETING, meeting_id=meeting_id)
    columns = ColumnMap(speaker="name", text="text")
    source: TranscriptFile = read_safely("read_transcript", file_name, data, columns=columns)
    understood = compare_with_meeting(meeting_id, source)
    people = {m.label: m.attendance_id for m in understood.matches}
    strangers = sorted(label for label, who in people.items() if who is None)
    if strangers:
        raise NotAllowedNow(
            reason=f"{file_name}: not on the roster: {', '.join(strangers)}. Add them first."
        )
    written = [
        (who, cue.text)
        for cue in source.cues
        if cue.speaker and (who := people[cue.speaker]) is not None
    ]
    return add_written(meeting_id, written, author=author, consent=consent)
