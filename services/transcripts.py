"""Bring in what was said: understand a file first, store it when told so. Start at `understand`."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from types import MappingProxyType

from domain.errors import NotAllowedNow
from domain.ids import AttendanceId, MeetingId, TranscriptId, UtteranceId
from domain.meetings import Attendance
from domain.people import StakeholderGroup
from domain.talk import ConsentUse, Manner, Transcript, Utterance, Zone
from intake.child import read_safely
from intake.result import ColumnMap, Table, TranscriptFile
from services.meetings import add_speakers
from services.runtime import runtime
from store import audit, meetings, sources, talk
from store import consent as consent_store
from store.engine import Connection
from store.talk import NewUtterance

TITLES = re.compile(r"\b(dr|prof|rev|mr|mrs|ms|md|phd|rn)\b\.?", re.IGNORECASE)
CLOSE_ENOUGH = 0.86
NOBODY: Mapping[str, StakeholderGroup] = MappingProxyType({})


@dataclass(frozen=True)
class SpeakerMatch:
    """A label of the file and whom it seems to be; `how` is for the screen."""

    label: str
    attendance_id: AttendanceId | None
    how: str


@dataclass(frozen=True)
class Understanding:
    """What a file would bring; nothing of it is stored yet."""

    source: TranscriptFile
    matches: tuple[SpeakerMatch, ...]
    notice: str | None

    @property
    def n_matched(self) -> int:
        return sum(match.attendance_id is not None for match in self.matches)


@dataclass(frozen=True)
class ConsentGiven:
    """What people agreed to outside this program, and where that is written."""

    uses: frozenset[ConsentUse]
    written_where: str


def read_columns(file_name: str, data: bytes) -> Table:
    """The table in a CSV or spreadsheet, for choosing its columns on screen."""
    table: Table = read_safely("read_table", file_name, data)
    return table


def understand(
    meeting_id: MeetingId, file_name: str, data: bytes, columns: ColumnMap | None = None
) -> Understanding:
    """Read a transcript and match its speakers to the roster; nothing is stored."""
    source: TranscriptFile = read_safely("read_transcript", file_name, data, columns=columns)
    return compare_with_meeting(meeting_id, source)


def compare_with_meeting(meeting_id: MeetingId, source: TranscriptFile) -> Understanding:
    """Match the speakers of a transcript to the roster and notice what is already here."""
    with runtime().store.read() as tx:
        meetings.meeting_by_id(tx, meeting_id)
        roster = meetings.roster_of(tx, meeting_id)
        known = sources.transcripts_of(tx, meeting_id)
    labels = [share.label for share in source.speakers if share.label]
    return Understanding(
        source, tuple(_match(label, roster) for label in labels), _already_here(source, known)
    )


def store_transcript(
    meeting_id: MeetingId,
    understood: Understanding,
    people: Mapping[str, AttendanceId | None],
    consent: ConsentGiven,
    *,
    is_released: bool,
    to_add: Mapping[str, StakeholderGroup] = NOBODY,
    author: str = "facilitator",
) -> int:
    """Store a transcript, who spoke and what was agreed to, in one transaction; n utterances.

    ``to_add`` are labels of people who come onto the roster with it, each with their group.

    Raises
    ------
    NotAllowedNow
        If the same file or the same words are already in this meeting, or nobody agreed
        to be recorded.
    """
    if ConsentUse.RECORDED not in consent.uses:
        raise NotAllowedNow(
            reason="Nothing was stored: first say that people agreed to be recorded."
        )
    source = understood.source
    with runtime().store.write() as tx:
        notice = _already_here(source, sources.transcripts_of(tx, meeting_id))
        if notice:
            raise NotAllowedNow(reason=notice)
        speakers = {**people, **add_speakers(tx, meeting_id, to_add)}
        utterance_ids = _add_source(tx, meeting_id, source, speakers, author=author)
        consent_store.add_consent(
            tx,
            meeting_id,
            {use: use in consent.uses for use in ConsentUse},
            written_where=consent.written_where,
            recorded_by=author,
        )
        if is_released:
            talk.release_all(tx, utterance_ids, author=author)
    return len(utterance_ids)


def add_written(
    meeting_id: MeetingId, written: Sequence[tuple[AttendanceId, str]], *, author: str
) -> int:
    """Store prepared or typed contributions; they weigh the same as speech."""
    with runtime().store.write() as tx:
        name_of = {a.attendance_id: a.name for a in meetings.roster_of(tx, meeting_id)}
        new = new_source(meeting_id, "written contributions", "written")
        kept = replace(new, transcript_id=sources.add_transcript(tx, new))
        turns = [
            NewUtterance(name_of[who], text, None, None, f"contribution {n}", manner=Manner.WRITTEN)
            for n, (who, text) in enumerate(written, start=1)
        ]
        people = {name_of[who]: who for who, _ in written}
        utterance_ids = talk.add_utterances(tx, kept, turns, people, author=author)
        talk.release_all(tx, utterance_ids, author=author)
        audit.record(tx, author, "written contributions added", "meeting", meeting_id)
    return len(utterance_ids)


def import_written(
    meeting_id: MeetingId, file_name: str, data: bytes, *, author: str = "facilitator"
) -> int:
    """Store a list of contributions with the columns name and text.

    Raises
    ------
    NotAllowedNow
        With every row whose name is not on the roster.
    """
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
    return add_written(meeting_id, written, author=author)


def utterances(meeting_id: MeetingId, zone: Zone = Zone.SHARED) -> list[Utterance]:
    """What was said, in order."""
    with runtime().store.read() as tx:
        return talk.utterances_of(tx, meeting_id, zone)


def new_source(meeting_id: MeetingId, name: str, source_format: str) -> Transcript:
    """A source that is no file: typed, pasted or written on a page."""
    return Transcript(TranscriptId(""), meeting_id, name, source_format, "", "", datetime.now(UTC))


def _add_source(
    tx: Connection,
    meeting_id: MeetingId,
    source: TranscriptFile,
    people: Mapping[str, AttendanceId | None],
    *,
    author: str,
) -> list[UtteranceId]:
    new = replace(
        new_source(meeting_id, source.file_name, source.format),
        sha256=source.sha256,
        text_sha256=source.text_sha256,
    )
    kept = replace(new, transcript_id=sources.add_transcript(tx, new))
    turns = [NewUtterance(t.speaker, t.text, t.start_s, t.end_s, t.place) for t in source.turns]
    audit.record(tx, author, "transcript imported", "transcript", kept.transcript_id)
    return talk.add_utterances(tx, kept, turns, people, author=author)


def _already_here(source: TranscriptFile, known: Sequence[Transcript]) -> str | None:
    for transcript in known:
        if transcript.sha256 == source.sha256:
            return (
                f"{source.file_name}: this very file is already in this meeting "
                f"(as {transcript.file_name}). Nothing was stored again."
            )
        if transcript.text_sha256 and transcript.text_sha256 == source.text_sha256:
            return (
                f"{source.file_name}: the same words are already in this meeting, "
                f"from {transcript.file_name}. Nothing was stored again."
            )
    return None


def _match(label: str, roster: Sequence[Attendance]) -> SpeakerMatch:
    wanted = _plain(label)
    by_name = {_plain(a.name): a.attendance_id for a in roster}
    if wanted in by_name:
        return SpeakerMatch(label, by_name[wanted], "same name")
    shorter = {name: who for name, who in by_name.items() if _is_short_for(wanted, name)}
    if len(shorter) == 1:
        return SpeakerMatch(label, next(iter(shorter.values())), "part of the name")
    near = get_close_matches(wanted, by_name, n=1, cutoff=CLOSE_ENOUGH)
    if near:
        return SpeakerMatch(label, by_name[near[0]], "nearly the same name")
    return SpeakerMatch(label, None, "not on the roster")


def _plain(name: str) -> str:
    bare = re.sub(r"\(.*?\)|\[.*?\]|\|.*", " ", name)
    bare = TITLES.sub(" ", bare)
    letters = unicodedata.normalize("NFKD", bare.casefold())
    return " ".join(re.findall(r"\w+", letters.encode("ascii", "ignore").decode() or letters))


def _is_short_for(label: str, name: str) -> bool:
    """Whether "kate s", "nwosu" or "maria" may stand for a whole name."""
    parts, whole = label.split(), name.split()
    if not parts or len(parts) > len(whole):
        return False
    if len(parts) == 1:
        return parts[0] in whole
    return parts[0] == whole[0] and whole[-1].startswith(parts[-1])
