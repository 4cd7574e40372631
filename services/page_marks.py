"""The mark in every form that we serve: for whom, for what, when. Start at `make_mark`.

Whoever sends it back shows by its seal that the page was ours. Of a press that was counted the
store keeps a hash until the vote closes, so that the same press sent again is known for what it is.
"""

import hashlib
import hmac
import time
from dataclasses import dataclass

from domain.ballots import BallotItem
from domain.errors import PageNotOurs
from domain.ids import BallotId
from services.keys import derive
from services.runtime import runtime


@dataclass(frozen=True)
class Mark:
    """A mark that was found to be ours."""

    age_ms: int
    seen: str

    @property
    def is_too_soon(self) -> bool:
        """Whether a gaze that still rests where it just pressed may have pressed again."""
        # A clock that was set back makes a page look younger than none: it is let through.
        return 0 <= self.age_ms < runtime().settings.dwell_guard_ms


def make_mark(secret: str, purpose: str, seen: str = "") -> str:
    """Mark a form of this person for one purpose, with what the page says now."""
    told = f"{_now_us():x}.{seen}"
    return f"{told}.{_seal(secret, purpose, told)}"


def read_mark(secret: str, purpose: str, mark: str) -> Mark:
    """What a mark tells.

    Raises
    ------
    PageNotOurs
        If it was not made for this person and purpose.
    """
    told, _, seal = mark.rpartition(".")
    if not hmac.compare_digest(seal.encode(), _seal(secret, purpose, told).encode()):
        raise PageNotOurs
    served_us, _, seen = told.partition(".")
    return Mark((_now_us() - int(served_us, 16)) // 1_000, seen)


def press_hash(mark: str, given: object) -> str:
    """What is kept of a press that was counted: the page's mark with what was pressed on it."""
    return hashlib.sha256(f"{mark}|{given}".encode()).hexdigest()


def purpose_of(action: str, ballot_id: BallotId, item: BallotItem | None = None) -> str:
    """What a form of a vote is for: one recommendation, or the whole ballot."""
    return f"{action}|{ballot_id}|{item.recommendation_id if item else ''}"


def _now_us() -> int:
    """Fine enough that no two pages have one mark: a vote takes several presses a millisecond."""
    return time.time_ns() // 1_000


def _seal(secret: str, purpose: str, told: str) -> str:
    return derive(secret, f"mark|{purpose}|{told}").hex()[:32]
