"""Plain text, with "Name: words" or without names. Start at `read_named_lines`."""

import re

from intake.limits import MAX_CUES, check_count
from intake.readers.headed_lines import Line, numbered_lines
from intake.result import Cue, Reading
from intake.speakers import name_speakers, one_line
from intake.times import TIME, read_time_or_seconds

_CLOCK = r"(?:" + TIME + r"|\d{1,6}\.\d{1,20})"
_TIME_AHEAD = re.compile(
    r"\s*(?:\[\s*(" + _CLOCK + r")\s*(?:(?:-|–|-->)\s*(" + _CLOCK + r")\s*)?\]"
    r"|\((" + TIME + r")\)|(" + TIME + r")(?=[\s]))[ \t]*(?:[-–][ \t]+)?"
)


def read_named_lines(file_name: str, text: str) -> Reading:
    """One cue a line; a time ahead of the words counts where most lines have one."""
    lines = numbered_lines(text)
    check_count(file_name, len(lines), MAX_CUES, "lines")
    is_timed = 2 * sum(_TIME_AHEAD.match(line.text) is not None for line in lines) > len(lines)
    reading = name_speakers([_cue(line, is_timed=is_timed) for line in lines])
    if is_timed or any(cue.speaker for cue in reading.cues):
        return reading
    return Reading(tuple(_paragraphs(lines)), reading.oddities)


def _cue(line: Line, *, is_timed: bool) -> Cue:
    match = _TIME_AHEAD.match(line.text) if is_timed else None
    if match is None:
        return Cue(None, None, None, line.text, line.place)
    start = match.group(1) or match.group(3) or match.group(4)
    end_s = read_time_or_seconds(match.group(2)) if match.group(2) else None
    words = line.text[match.end() :]
    return Cue(read_time_or_seconds(start), end_s, None, words, line.place)


def _paragraphs(lines: list[Line]) -> list[Cue]:
    """Without names, lines that no blank line parts are one paragraph."""
    cues: list[Cue] = []
    words: list[str] = []
    for at, line in enumerate(lines):
        words.append(line.text)
        if at + 1 == len(lines) or lines[at + 1].is_after_blank:
            place = lines[at + 1 - len(words)].place
            if joined := one_line("\n".join(words)):
                cues.append(Cue(None, None, None, joined, place))
            words = []
    return cues
