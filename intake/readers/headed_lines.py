"""Lines where "Name  00:12" stands above the words. Start at `read_headed`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from intake.limits import MAX_CUES, check_count
from intake.result import Cue, Oddity, Reading
from intake.speakers import looks_like_name, one_line, split_name
from intake.times import TIME, read_time

_HEADER = re.compile(
    r"\s*(?P<bold>\*\*)?(?P<name>[^\s*][^\n*]{0,59}?)(?P<end>\*\*)?(?P<gap>[ \t\u00a0]+)"
    r"[(\[]?(?P<time>" + TIME + r")[)\]]?\s*"
)
_TIME_FIRST = re.compile(
    r"\s*[(\[]?(?P<time>" + TIME + r")[)\]]?[ \t\u00a0]+(?P<name>\S[^\n:.?!]{0,59})"
)
_BOLD_NAME = re.compile(r"\*\*(?P<name>[^*\n]{1,60})\*\*:?\s+(?P<words>\S.*)")
_AROUND_THE_TALK = re.compile(
    r"transcribed by https?://(?:www\.)?otter\.ai/?|.{1,60} (?:started|stopped) transcription",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its place, and whether a blank line (or nothing) stands above it."""

    text: str
    place: str
    is_after_blank: bool


@dataclass(frozen=True, slots=True)
class _Header:
    name: str
    start_s: float | None
    words: str = ""


def numbered_lines(text: str) -> list[Line]:
    """The lines of a text file."""
    lines: list[Line] = []
    after_blank = True
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        if line.strip():
            lines.append(Line(line, f"line {number}", after_blank))
        after_blank = not line.strip()
    return lines


def is_headed(lines: Sequence[Line]) -> bool:
    """Whether names with times stand above the words, and not "Name: " before them.

    One such line is a title with a time ("Roundtable 14:00") unless it comes first and alone.
    """
    found = _n_headers(lines)
    if not found:
        return False
    labels = (split_name(line.text)[0] for line in lines)
    n_labels = sum(label is not None and looks_like_name(label) for label in labels)
    is_first = _n_headers(lines[:1]) == 1 and len(lines) > 1
    return found >= n_labels if found > 1 else is_first and n_labels == 0


def _n_headers(lines: Sequence[Line]) -> int:
    return sum(_header(line, frozenset()) is not None for line in lines)


def read_headed(file_name: str, lines: Sequence[Line]) -> Reading:
    """One cue for each header: its speaker, its time, and all words until the next one."""
    known = frozenset(h.name for line in lines if (h := _header(line, frozenset())) is not None)
    cues: list[Cue] = []
    before: list[Line] = []
    header: _Header | None = None
    words: list[str] = []
    place = ""
    for line in lines:
        if _AROUND_THE_TALK.fullmatch(line.text.strip()):
            continue
        found = _header(line, known)
        if found is not None:
            _keep(header, words, place, cues)
            check_count(file_name, len(cues), MAX_CUES, "turns")
            header, words, place = found, [found.words], line.place
        elif header is None:
            before.append(line)
        else:
            words.append(line.text)
    _keep(header, words, place, cues)
    return Reading(tuple(cues), _left_out(before))


def _header(line: Line, known: frozenset[str]) -> _Header | None:
    if len(line.text) > 200:
        return _bold_name(line, known)
    match = _HEADER.fullmatch(line.text) or _TIME_FIRST.fullmatch(line.text)
    if match is None:
        return _bold_name(line, known)
    name = match.group("name").strip(" \t\u00a0*")
    start_s = read_time(match.group("time"))
    is_marked = match.re is _HEADER and (match.group("bold") or len(match.group("gap")) > 1)
    is_name = looks_like_name(name) or (bool(is_marked) and name[-1:] not in ".?!,;:")
    if start_s is None or not is_name or not (is_marked or line.is_after_blank):
        return None
    return _Header(name, start_s)


def _bold_name(line: Line, known: frozenset[str]) -> _Header | None:
    """ "**Name** words": a header that lost its time; only for names seen above."""
    match = _BOLD_NAME.fullmatch(line.text.strip())
    if match is None or match.group("name").strip() not in known:
        return None
    return _Header(match.group("name").strip(), None, match.group("words"))


def _keep(header: _Header | None, words: Sequence[str], place: str, cues: list[Cue]) -> None:
    text = one_line("\n".join(words))
    if header is not None and text:
        cues.append(Cue(header.start_s, None, header.name, text, place))


def _left_out(before: Sequence[Line]) -> tuple[Oddity, ...]:
    if not before:
        return ()
    noun = "line" if len(before) == 1 else "lines"
    sentence = f"{len(before)} {noun} above the first speaker (a title or a date) left out."
    return (Oddity("left_out", before[0].place, sentence),)
