"""What was said, its revisions, and when a quote is true. Start at `verify_quote`."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.errors import QuoteNotInSource
from domain.ids import AttendanceId, MeetingId, RevisionId, TranscriptId, UtteranceId
from domain.people import StakeholderGroup


class Zone(StrEnum):
    """Restricted holds what was heard; shared holds only what a named person released."""

    RESTRICTED = "restricted"
    SHARED = "shared"


class RevisionKind(StrEnum):
    """A text is never overwritten: each change is a further revision."""

    AS_HEARD = "as heard"
    CORRECTED = "corrected"
    RELEASED = "released"
    WITHHELD = "withheld"
    """Taken back from others: it holds no words and hides every release before it."""


class Manner(StrEnum):
    """How words reached the meeting; all weigh the same."""

    SPOKEN = "spoken"
    WRITTEN = "written"
    SCRIBED = "scribed"


class ConsentUse(StrEnum):
    """What a person can agree to, each on its own."""

    RECORDED = "be recorded and transcribed"
    GROUPED = "words grouped into shared themes"
    QUOTED = "quoted without name"
    QUOTED_BY_NAME = "quoted with name"
    KEPT = "kept after the programme"


class Wish(StrEnum):
    """What somebody asks for about a turn of theirs."""

    WITHDRAWN = "withdrawn"
    """Nobody is shown it any more, and it counts in no theme."""
    PRIVATE = "private"
    """It is not on pages that people who came together may share."""


class WishMadeBy(StrEnum):
    """Who asked for it."""

    PERSON = "person"
    FAMILY = "family"
    FACILITATOR = "facilitator"


@dataclass(frozen=True)
class Transcript:
    """One source of words, as a file that came in or a page that was typed on."""

    transcript_id: TranscriptId
    meeting_id: MeetingId
    file_name: str
    format: str
    sha256: str
    text_sha256: str
    imported_at: datetime


@dataclass(frozen=True)
class Utterance:
    """One turn of one speaker with its newest text that the reader may see."""

    utterance_id: UtteranceId
    meeting_id: MeetingId
    transcript_id: TranscriptId
    revision_id: RevisionId
    position: int
    manner: Manner
    speaker: str
    attendance_id: AttendanceId | None
    stakeholder_group: StakeholderGroup | None
    start_s: float | None
    end_s: float | None
    place: str
    text: str
    is_proposal: bool = False


@dataclass(frozen=True)
class Quote:
    """Words that were checked, character for character, against their source.

    Only `verify_quote` makes one, so whatever draws a `Quote` draws true words;
    `tests/zones/test_quote_truth.py` alters what is stored and finds it on no surface.
    """

    revision_id: RevisionId
    start: int
    end: int
    text: str
    translation: str = field(default="", compare=False)
    """A reviewed translation of exactly these words, to stand beside them: nobody said it."""

    @property
    def read_by(self) -> str:
        """The words that it is grouped, named and found by; what is quoted is always `text`."""
        return self.translation or self.text


def verify_quote(revision_id: RevisionId, source: str, start: int, end: int, quote: str) -> Quote:
    """Return the quote if it is exactly ``source[start:end]``.

    Raises
    ------
    QuoteNotInSource
        If the offsets lie outside the source, are empty, or hold other words.
    """
    if not 0 <= start < end <= len(source) or source[start:end] != quote:
        raise QuoteNotInSource(quote=quote[:200])
    return Quote(revision_id, start, end, quote)


def verify_passage(
    revision_id: RevisionId, source: str, start: int, end: int, text_sha256: str
) -> Quote:
    """Return a stretch that is kept by its place and digest, if its words are still the same.

    Raises
    ------
    QuoteNotInSource
        As `verify_quote`; also if the source or the place was altered since it was cut.
    """
    words = words_at(source, start, end, text_sha256)
    if not words:
        raise QuoteNotInSource(quote=source[max(0, start) : max(0, end)][:200])
    return verify_quote(revision_id, source, start, end, words)


def words_at(source: str, start: int, end: int, text_sha256: str) -> str:
    """The words at a place, if they still are those of the digest; else none."""
    if not 0 <= start < end <= len(source):
        return ""
    words = source[start:end]
    return words if digest_of(words) == text_sha256 else ""


def digest_of(text: str) -> str:
    """SHA-256 by which words are known again; a lone surrogate is a letter as any other."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def locate_quote(revision_id: RevisionId, source: str, quote: str) -> Quote:
    """Find where the quote stands in the source; refused when it stands nowhere."""
    start = source.find(quote) if quote else -1
    return verify_quote(revision_id, source, start, start + len(quote), quote)
