"""YouTube's .sbv captions. Start at `read_sbv`."""

import re

from intake.limits import MAX_CUES, check_count
from intake.result import Cue, Oddity, Reading
from intake.speakers import name_speakers
from intake.times import read_time

TIMING = re.compile(r"\s*(\d{1,2}:\d\d:\d\d\.[^\s,]{1,9}),(\d{1,2}:\d\d:\d\d\.[^\s,]{1,9})\s*")


def read_sbv(file_name: str, text: str) -> Reading:
    """Every caption below its "start,end" line; words without one are kept untimed."""
    cues: list[Cue] = []
    unsure: list[str] = []
    start_s: float | None = None
    end_s: float | None = None
    place, words = "line 1", list[str]()
    for number, line in enumerate([*text.removeprefix("\ufeff").split("\n"), ""], start=1):
        timing = TIMING.fullmatch(line)
        if (timing or not line.strip()) and any(word.strip() for word in words):
            cues.append(Cue(start_s, end_s, None, "\n".join(words), place))
            check_count(file_name, len(cues), MAX_CUES, "captions")
            start_s = end_s = None
        if timing:
            start_s, end_s = read_time(timing.group(1)), read_time(timing.group(2))
            place = f"cue {len(cues) + 1}, line {number}"
            if start_s is None or end_s is None or end_s < start_s:
                unsure.append(place)
                end_s = None
        elif line.strip():
            place = place if words or start_s is not None else f"cue {len(cues) + 1}, line {number}"
        words = [] if timing or not line.strip() else [*words, line]
    reading = name_speakers(cues)
    return Reading(reading.cues, _unsure(unsure) + reading.oddities)


def _unsure(places: list[str]) -> tuple[Oddity, ...]:
    if not places:
        return ()
    sentence = f"{len(places):,} times cannot be read or run backwards; the words are kept."
    return (Oddity("unsure_times", places[0], sentence),)
