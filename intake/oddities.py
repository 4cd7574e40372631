"""What a person should know about a transcript before keeping it. Start at `look_for_oddities`."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from intake.result import Cue, Oddity
from intake.times import show_time

_UNKNOWN = re.compile(
    r"unknown(?: speaker)?|speaker \d+|speaker_\d+|unbekannt|[a-z]"
    r"|[0-9a-f-]{32,36}@[0-9a-f-]{32,36}",
    re.IGNORECASE,
)
_SHOWN = 5


def look_for_oddities(cues: Sequence[Cue]) -> tuple[Oddity, ...]:
    """One sentence for each kind of oddity, with how often and where first."""
    looks = (_missing_names, _unknown_names, _missing_times, _missing_ends, _overlaps, _backwards)
    return tuple(oddity for look in looks if (oddity := look(cues)) is not None)


def _missing_names(cues: Sequence[Cue]) -> Oddity | None:
    missing = [cue for cue in cues if cue.speaker is None]
    if not missing:
        return None
    if len(missing) == len(cues):
        sentence = "The file names nobody. All words are kept; say who spoke before using them."
        return Oddity("no_names", "whole file", sentence)
    sentence = f"{len(missing):,} of {len(cues):,} pieces carry no speaker's name."
    return Oddity("unknown_speaker", missing[0].place, sentence)


def _unknown_names(cues: Sequence[Cue]) -> Oddity | None:
    unknown = {c.speaker: c.place for c in reversed(cues) if c.speaker and _is_unknown(c.speaker)}
    if not unknown:
        return None
    labels = list(reversed(unknown))
    shown = ", ".join(f"“{label}”" for label in labels[:_SHOWN])
    more = f" and {len(labels) - _SHOWN} more" if len(labels) > _SHOWN else ""
    sentence = f"These labels stand for people without a name: {shown}{more}."
    return Oddity("unknown_speaker", unknown[labels[0]], sentence)


def _is_unknown(label: str) -> bool:
    return _UNKNOWN.fullmatch(label.strip()) is not None


def _missing_times(cues: Sequence[Cue]) -> Oddity | None:
    missing = [cue for cue in cues if cue.start_s is None]
    if not missing:
        return None
    if len(missing) == len(cues):
        sentence = "The file tells no times, so speaking time cannot be shown."
        return Oddity("missing_times", "whole file", sentence)
    sentence = f"{len(missing):,} of {len(cues):,} pieces have no time; their words are kept."
    return Oddity("missing_times", missing[0].place, sentence)


def _missing_ends(cues: Sequence[Cue]) -> Oddity | None:
    open_cues = [cue for cue in cues if cue.start_s is not None and cue.end_s is None]
    if not open_cues:
        return None
    sentence = (
        f"{len(open_cues):,} of {len(cues):,} pieces say when they begin but not when they end; "
        "speaking time counts until the next one begins."
    )
    return Oddity("estimated_ends", open_cues[0].place, sentence)


def _overlaps(cues: Sequence[Cue]) -> Oddity | None:
    found = _pairs(
        cues, lambda before, cue: _started_inside(before, cue) and before.speaker != cue.speaker
    )
    if not found:
        return None
    times = "time" if len(found) == 1 else "times"
    first = show_time(found[0].start_s or 0.0)
    sentence = f"People speak at the same time {len(found):,} {times}, first at {first}."
    return Oddity("overlaps", found[0].place, sentence)


def _started_inside(before: Cue, cue: Cue) -> bool:
    if before.end_s is None or before.start_s is None or cue.start_s is None:
        return False
    return before.start_s < cue.start_s < before.end_s


def _backwards(cues: Sequence[Cue]) -> Oddity | None:
    found = _pairs(
        cues,
        lambda before, cue: (
            cue.start_s is not None and before.start_s is not None and cue.start_s < before.start_s
        ),
    )
    if not found:
        return None
    times = "once" if len(found) == 1 else f"{len(found):,} times"
    first = show_time(found[0].start_s or 0.0)
    sentence = f"The clock goes backwards {times}, first to {first}; the file's order is kept."
    return Oddity("backwards", found[0].place, sentence)


def _pairs(cues: Sequence[Cue], is_odd: Callable[[Cue, Cue], bool]) -> list[Cue]:
    return [cue for before, cue in pairwise(cues) if is_odd(before, cue)]
