"""Theme runs as the store keeps them. Start at `ThemeRun`."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.ids import MeetingId, PassageId, RevisionId, RunId, ThemeId
from domain.talk import Zone


@dataclass(frozen=True)
class Passage:
    """A stretch of a text revision that fits the model; the digest is of the day it was cut."""

    passage_id: PassageId
    revision_id: RevisionId
    start: int
    end: int
    text: str
    text_sha256: str


@dataclass(frozen=True)
class RunTheme:
    """A theme as one run found it; rank 0 is the largest."""

    theme_id: ThemeId
    rank: int
    name: str
    key_words: str
    n_passages: int
    parent_id: ThemeId | None = None


class AsideReason(StrEnum):
    """Why a passage stands in no theme; it is listed, never dropped."""

    MEETING_TALK = "about the meeting itself"
    OTHER_LANGUAGE = "in another language"
    NO_COMPANY = "too little like anything else"
    BY_HAND = "set aside by hand"


class ChangeKind(StrEnum):
    """What became of a theme."""

    APPEARED = "appeared"
    PARTED = "came out of another"
    GROWN = "grown"
    SHRUNK = "shrunk"
    JOINED = "joined another"
    GONE = "gone"


@dataclass(frozen=True)
class AlsoSpeaks:
    """A further fine theme that a passage speaks of; strength 0-1, beside that of its own."""

    theme_id: ThemeId
    strength: float


@dataclass(frozen=True)
class FineMerge:
    """Two fine themes that belong together before any later two do; both go by the first.

    `times_linked` says how many times more linked they are than chance would have it.
    """

    theme_id: ThemeId
    joined_id: ThemeId
    times_linked: float


@dataclass(frozen=True)
class Membership:
    """A passage in a theme. Strength 0-1; x, y is its place on the map; typical 0 is the most."""

    passage_id: PassageId
    theme_id: ThemeId | None
    fine_theme_id: ThemeId | None
    strength: float
    typical: int
    x: float
    y: float
    aside: AsideReason | None = None
    also: tuple[AlsoSpeaks, ...] = ()
    read_sha256: str = ""
    """Digest of the translation that it was read by; empty where its own words were."""


@dataclass(frozen=True)
class ThemeRun:
    """One published analysis of a meeting in one zone."""

    run_id: RunId
    meeting_id: MeetingId
    zone: Zone
    model: str
    path_name: str
    created_at: datetime
    n_passages: int
    n_set_aside: int
