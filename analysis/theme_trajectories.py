"""What became of a theme from meeting to meeting. Start at `course_of`."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.intervals import difference_interval
from analysis.theme_speakers import Amount, Told


class Course(StrEnum):
    """What a theme did, in the words of the list."""

    GREW = "grew"
    SHRANK = "shrank"
    RETURNED = "returned"
    NEW = "new"
    STAYED = "stayed"
    GONE = "not heard since"


@dataclass(frozen=True)
class Stop:
    """A meeting whose themes were found; `told` is None where this was no theme of it."""

    told: Told | None


def course_of(stops: Sequence[Stop]) -> Course:
    """What a theme did, up to the newest meeting.

    It grew or shrank only where the share of people who speak of it changed by more than chance
    explains (Newcombe 1998, at 95 %), whatever number stands behind a phrase. Else it stayed:
    that says no more than that these numbers are too few to tell a change.

    Parameters
    ----------
    stops
        Meetings whose themes were found, the oldest first; a theme of at least one of them.

    Raises
    ------
    ValueError
        If it was a theme of none.
    """
    at = [number for number, stop in enumerate(stops) if stop.told is not None]
    if not at:
        raise ValueError("no meeting has this theme")
    newest = len(stops) - 1
    if at[-1] != newest:
        return Course.GONE
    if len(at) == 1:
        return Course.NEW
    if at[-2] != newest - 1:
        return Course.RETURNED
    return _change(stops[at[-2]].told, stops[newest].told)


def _change(earlier: Told | None, later: Told | None) -> Course:
    before, after = _ends(earlier), _ends(later)
    if before is None or after is None:
        return Course.STAYED
    if difference_interval(after[0], before[1]).low > 0:
        return Course.GREW
    if difference_interval(after[1], before[0]).high < 0:
        return Course.SHRANK
    return Course.STAYED


def _ends(told: Told | None) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The fewest and the most of how many, as far as it was told."""
    if told is None or told.amount is None:
        return None
    if told.n_speaking is not None:
        return (told.n_speaking, told.n), (told.n_speaking, told.n)
    bound = -(-2 * told.n // 3)
    if told.amount is Amount.MOST:
        return (bound, told.n), (told.n, told.n)
    return (1, told.n), (bound - 1, told.n)
