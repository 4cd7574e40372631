"""Between what was heard and what others see: where a turn stands and why it is read first.

Start at `ReviewState`.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from domain.ids import RevisionId, UtteranceId


class ReviewState(StrEnum):
    """Where a turn stands on its way to others."""

    WAITING = "waiting"
    RELEASED = "released"
    HELD_BACK = "held back"
    """A reviewer keeps it from others, with a reason."""
    TAKEN_BACK = "taken back"
    """It was released once and is not any more; it waits to be read again."""


class Why(IntEnum):
    """Why a turn is read before others; the lower, the sooner."""

    PROPOSES = 1
    SUPPORTS = 2
    TYPICAL = 3
    LONGEST = 4
    UNSURE = 5
    ASKS = 6
    TAKEN_BACK = 7
    REST = 8


TO_READ_FIRST = frozenset(Why) - {Why.REST}


@dataclass(frozen=True)
class HeldBack:
    """Who keeps a turn from others, since when and why."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class TurnTexts:
    """The texts of a turn that matter to its review, without their words.

    `source` is the newest as heard or corrected; the newest release where those are gone for
    good. `release` is the newest one, whether it still stands or was taken back.
    """

    utterance_id: UtteranceId
    source: RevisionId
    newest_number: int
    release: RevisionId | None
    released_at: datetime | None
    released_by: str
    is_withheld: bool
