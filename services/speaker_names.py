"""Whom a name in a file stands for. Start at `match`."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from domain.ids import AttendanceId
from domain.meetings import Attendance

TITLES = re.compile(r"\b(dr|prof|rev|mr|mrs|ms|md|phd|rn)\b\.?", re.IGNORECASE)
CLOSE_ENOUGH = 0.86


@dataclass(frozen=True)
class SpeakerMatch:
    """A label of the file and whom it seems to be; `how` is for the screen."""

    label: str
    attendance_id: AttendanceId | None
    how: str


def match(label: str, roster: Sequence[Attendance]) -> SpeakerMatch:
    """The person on the roster whose name it is, part of it, or nearly it."""
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
