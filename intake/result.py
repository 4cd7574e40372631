"""What a file turned out to hold. Start at `TranscriptFile`."""

from dataclasses import dataclass

from domain.people import StakeholderGroup


@dataclass(frozen=True, slots=True)
class Cue:
    """One piece of speech as the file cut it, with its place in the file."""

    start_s: float | None
    end_s: float | None
    speaker: str | None
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker said in one go: cues joined with one space."""

    speaker: str | None
    text: str
    start_s: float | None
    end_s: float | None
    place: str
    n_cues: int


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something a person should know before the file is kept; `sentence` is for the screen."""

    kind: str
    place: str
    sentence: str


@dataclass(frozen=True, slots=True)
class SpeakerShare:
    """How much one label spoke; the time is None where the file tells no times."""

    label: str | None
    n_turns: int
    speaking_time_s: float | None
    n_words: int


@dataclass(frozen=True, slots=True)
class TranscriptFile:
    """A transcript as understood: `text_sha256` is equal for one talk in two formats."""

    file_name: str
    format: str
    encoding: str
    sha256: str
    text_sha256: str
    cues: tuple[Cue, ...]
    turns: tuple[Turn, ...]
    oddities: tuple[Oddity, ...]
    speakers: tuple[SpeakerShare, ...]


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person of a roster file."""

    name: str
    stakeholder_group: StakeholderGroup
    interests: str
    access_needs: str
    place: str


@dataclass(frozen=True, slots=True)
class RosterFile:
    """Everybody a roster file names."""

    file_name: str
    rows: tuple[RosterRow, ...]
    oddities: tuple[Oddity, ...]


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """One recommendation with its number in the list."""

    text: str
    place: str
    number: int


@dataclass(frozen=True, slots=True)
class RecommendationList:
    """The recommendations of a file, in its order."""

    file_name: str
    format: str
    sha256: str
    rows: tuple[RecommendationRow, ...]
    oddities: tuple[Oddity, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV or spreadsheet as text; row n of `rows` stands at `places[n]` in the file."""

    file_name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    places: tuple[str, ...] = ()
    oddities: tuple[Oddity, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Which header holds what; None where the file does not tell."""

    speaker: str | None = None
    text: str | None = None
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader hands to the front door: cues in file order, and what was odd."""

    cues: tuple[Cue, ...]
    oddities: tuple[Oddity, ...] = ()
