"""Bring in what was said: understand a file first, store it when told so. Start at `understand`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType

from domain.access import Act
from domain.errors import NotAllowedNow
from domain.ids import AttendanceId, MeetingId, TranscriptId
from domain.people import StakeholderGroup
from domain.talk import ConsentUse, Transcript, Utterance, Zone
from intake.child import read_safely
from intake.result import ColumnMap, Table, TranscriptFile
from services.access import require
from services.meetings import add_speakers
from services.runtime import runtime
from services.speaker_names import SpeakerMatch, match
from store import audit, meetings, sources, talk
from store import consent as consent_store
from store.engine import Connection
from store.talk import NewUtterance

NOBODY: Mapping[str, StakeholderGroup] = MappingProxyType({})


@dataclass(frozen=True)
class Understanding:
    """What a file would bring; nothing of it is stored yet."""

    source: TranscriptFile
    matches: tuple[SpeakerMatch, ...]
    notice: str | None

    @property
    def n_matched(self) -> int:
        return sum(match.attendance_id is not None for match in self.matches)


class OnForm(StrEnum):
    """What a form says of one person where it differs from the others."""

    AS_OTHERS = "as the others"
    GROUPED_ONLY = "grouped, never quoted"
    NOT_RECORDED = "did not agree to be recorded"


NO_EXCEPTIONS: Mapping[str, OnForm] = MappingProxyType({})


@dataclass(frozen=True)
class ConsentGiven:
    """What people agreed to outside this program, and where that is written.

    `exceptions` are names in the file whose form says less than those of the others.
    """

    uses: frozenset[ConsentUse]
    written_where: str
    exceptions: Mapping[str, OnForm] = field(default_factory=dict)


@dataclass(frozen=True)
class Stored:
    """What became of the turns of a file; those left out were said by people who said no."""

    n_utterances: int
    n_left_out: int = 0


def read_columns(file_name: str, data: bytes) -> Table:
    """The table in a CSV or spreadsheet, for choosing its columns on screen."""
    table: Table = read_safely("read_table", file_name, data)
    return table


def understand(
    meeting_id: MeetingId, file_name: str, data: bytes, columns: ColumnMap | None = None
) -> Understanding:
    """Read a transcript and match its speakers to the roster; nothing is stored."""
    require(Act.RUN_MEETING, meeting_id=meeting_id)
    source: TranscriptFile = read_safely("read_transcript", file_name, data, columns=columns)
    return compare_with_meeting(meeting_id, source)


def compare_with_meeting(meeting_id: MeetingId, source: TranscriptFile) -> Understanding:
    """Match the speakers of a transcript to the roster and notice what is already here."""
    require(Act.RUN_MEETING, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        meetings.meeting_by_id(tx, meeting_id)
        roster = meetings.roster_of(tx, meeting_id)
        known = sources.transcripts_of(tx, meeting_id)
    labels = [share.label for share in source.speakers if share.label]
    return Understanding(
        source, tuple(match(label, roster) for label in labels), _already_here(source, known)
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
) -> Stored:
    """Store a transcript, who spoke and what was agreed to, in one transaction.

    What was agreed to holds for this source alone. The turns of people who did not agree to be
    recorded are not stored. ``to_add`` are labels of people who come onto the roster with it,
    each with their group.

    Raises
    ------
    NotAllowedNow
        If the same file or the same words are already in this meeting, nobody agreed to be
        recorded, or nobody says where it is written what they agreed to.
    """
    require(Act.RUN_MEETING, meeting_id=meeting_id)
    if is_released:
        require(Act.RELEASE, meeting_id=meeting_id)
    check_consent(consent)
    source = understood.source
    with runtime().store.write() as tx:
        notice = _already_here(source, sources.transcripts_of(tx, meeting_id))
        if notice:
            raise NotAllowedNow(reason=notice)
        speakers = {**people, **add_speakers(tx, meeting_id, to_add)}
        unrecorded = unrecorded_labels(tx, meeting_id, speakers, consent.exceptions)
        turns = [turn for turn in source.turns if (turn.speaker or "") not in unrecorded]
        kept = _add_source(tx, meeting_id, source, author=author)
        new = [
            NewUtterance(t.speaker, t.text, t.start_s, t.end_s, t.place, is_released=is_released)
            for t in turns
        ]
        utterance_ids = talk.add_utterances(tx, kept, new, speakers, author=author)
        record_consent(tx, kept, consent, speakers, author=author)
    return Stored(len(utterance_ids), len(source.turns) - len(turns))


def unrecorded_labels(
    tx: Connection,
    meeting_id: MeetingId,
    people: Mapping[str, AttendanceId | None],
    exceptions: Mapping[str, OnForm] = NO_EXCEPTIONS,
) -> frozenset[str]:
    """Names in a source whose words may not be kept: the form says so, or the person did."""
    agreed = consent_store.read_agreements(tx, meeting_id)
    on_form = {name for name, told in exceptions.items() if told is OnForm.NOT_RECORDED}
    said_no = {who for name in on_form if (who := people.get(name)) is not None} | {
        who
        for who in people.values()
        if who is not None and agreed.own_word(who, None, ConsentUse.RECORDED) is False
    }
    return frozenset(on_form | {name for name, who in people.items() if who in said_no})


def utterances(meeting_id: MeetingId, zone: Zone = Zone.SHARED) -> list[Utterance]:
    """What was said, in order."""
    require(Act.READ if zone is Zone.SHARED else Act.READ_RAW, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        return talk.utterances_of(tx, meeting_id, zone)


def new_source(meeting_id: MeetingId, name: str, source_format: str) -> Transcript:
    """A source that is no file: typed, pasted or written on a page."""
    return Transcript(TranscriptId(""), meeting_id, name, source_format, "", "", datetime.now(UTC))


def check_consent(consent: ConsentGiven) -> None:
    """Refuse what nobody agreed to, and what is written nowhere.

    Raises
    ------
    NotAllowedNow
        If nobody agreed to be recorded, or nobody says where it is written what they agreed to.
    """
    if ConsentUse.RECORDED not in consent.uses:
        raise NotAllowedNow(
            reason="Nothing was stored: first say that people agreed to be recorded."
        )
    if len(consent.uses) > 1 and not consent.written_where.strip():
        raise NotAllowedNow(
            reason="Nothing was stored: say where it is written what people agreed to, such as "
            "“consent forms, folder of the fall meeting” or “announced at minute 2”."
        )


def record_consent(
    tx: Connection,
    source: Transcript,
    consent: ConsentGiven,
    people: Mapping[str, AttendanceId | None],
    *,
    author: str,
) -> None:
    """Write down what holds for a source, then for whom it holds less."""
    told = {use: use in consent.uses for use in ConsentUse}
    less = {
        OnForm.GROUPED_ONLY: dict.fromkeys((ConsentUse.QUOTED, ConsentUse.QUOTED_BY_NAME), False),
        OnForm.NOT_RECORDED: dict.fromkeys(ConsentUse, False),
    }
    of_people = [
        (less[on_form], who)
        for name, on_form in consent.exceptions.items()
        if on_form in less and (who := people.get(name)) is not None
    ]
    for given, who in ((told, None), *of_people):
        consent_store.add_consent(
            tx,
            source.meeting_id,
            given,
            written_where=consent.written_where.strip(),
            recorded_by=author,
            attendance_id=who,
            transcript_id=source.transcript_id,
        )


def _add_source(
    tx: Connection, meeting_id: MeetingId, source: TranscriptFile, *, author: str
) -> Transcript:
    new = replace(
        new_source(meeting_id, source.file_name, source.format),
        sha256=source.sha256,
        text_sha256=source.text_sha256,
    )
    kept = replace(new, transcript_id=sources.add_transcript(tx, new))
    audit.record(tx, author, "transcript imported", "transcript", kept.transcript_id)
    return kept


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
