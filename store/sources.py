"""Where words came from: transcripts and typed pages in the store. Start at `transcripts_of`."""

from sqlalchemy import Connection, insert, select

from domain.ids import MeetingId, TranscriptId, new_id
from domain.talk import Transcript
from store.tables import transcript


def add_transcript(tx: Connection, new: Transcript) -> TranscriptId:
    """Store where words came from."""
    transcript_id = TranscriptId(new.transcript_id or new_id())
    tx.execute(
        insert(transcript).values(
            transcript_id=transcript_id,
            meeting_id=new.meeting_id,
            file_name=new.file_name,
            format=new.format,
            sha256=new.sha256,
            text_sha256=new.text_sha256,
            imported_at=new.imported_at,
        )
    )
    return transcript_id


def transcripts_of(tx: Connection, meeting_id: MeetingId) -> list[Transcript]:
    """Sources of a meeting in the order in which they came in."""
    query = (
        select(transcript)
        .where(transcript.c.meeting_id == meeting_id)
        .order_by(transcript.c.imported_at, transcript.c.transcript_id)
    )
    return [
        Transcript(
            TranscriptId(r.transcript_id),
            MeetingId(r.meeting_id),
            r.file_name,
            r.format,
            r.sha256,
            r.text_sha256,
            r.imported_at,
        )
        for r in tx.execute(query)
    ]
