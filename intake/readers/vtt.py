"""WebVTT as Zoom, Teams and others write it. Start at `read_vtt`."""

import html
import re
from collections.abc import Iterator

from intake.limits import MAX_CUES, check_count
from intake.readers.caption_blocks import Block, is_timing, read_blocks, unsure_times
from intake.result import Cue, Reading
from intake.speakers import name_speakers, one_line

_VOICE = re.compile(r"<v(?:\.[^\s>]*)?(?:[ \t\n]+([^>]*))?>|(</v>)")
_TAG = re.compile(r"</?(?:c|i|b|u|ruby|rt|lang)(?:[. \t\n][^<>]*)?>|<\d[\d:.]*>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_ASIDES = ("NOTE", "STYLE", "REGION")


def read_vtt(file_name: str, text: str) -> Reading:
    """Every caption with its speaker, from `<v Name>` or from "Name: " before the words.

    The readers of webvtt-py and pysubs2 drop captions whose times are not to the standard;
    here the words stay and the time is called unsure.
    """
    lines = text.removeprefix("\ufeff").split("\n")
    blocks = read_blocks(
        file_name,
        lines,
        first=_after_header(lines),
        is_aside=_is_aside,
        is_identifier=lambda _: True,
    )
    cues: list[Cue] = []
    for cue in (cue for block in blocks for cue in _cues(block)):
        cues.append(cue)
        check_count(file_name, len(cues), MAX_CUES, "pieces of speech")
    if not any(cue.speaker for cue in cues):
        reading = name_speakers(cues)
        return Reading(reading.cues, unsure_times(blocks) + reading.oddities)
    flat = (Cue(c.start_s, c.end_s, c.speaker, one_line(c.text), c.place) for c in cues)
    return Reading(tuple(cue for cue in flat if cue.text), unsure_times(blocks))


def _after_header(lines: list[str]) -> int:
    at = 0
    while at < len(lines) and not lines[at].strip():
        at += 1
    if at == len(lines) or not lines[at].strip().upper().startswith("WEBVTT"):
        return at
    at += not is_timing(lines[at])
    while at < len(lines) and lines[at] != "" and not is_timing(lines[at]):
        at += 1
    return at


def _is_aside(line: str) -> bool:
    words = line.split(maxsplit=1)
    return bool(words) and words[0] in _ASIDES and (words[0] == "NOTE" or len(words) == 1)


def _cues(block: Block) -> Iterator[Cue]:
    """One cue for each voice in a caption: two people may share one."""
    return (cue for cue in _voices(block) if cue.text.strip())


def _voices(block: Block) -> Iterator[Cue]:
    text = "\n".join(block.lines)
    speaker: str | None = None
    at = 0
    for match in _VOICE.finditer(text):
        yield _cue(block, speaker, text[at : match.start()])
        name = _ENTITY.sub(_unescape, match.group(1) or "").strip()
        speaker = None if match.group(2) else one_line(name) or None
        at = match.end()
    yield _cue(block, speaker, text[at:])


def _cue(block: Block, speaker: str | None, marked: str) -> Cue:
    text = _ENTITY.sub(_unescape, _TAG.sub("", marked))
    return Cue(block.start_s, block.end_s, speaker, text, block.place)


def _unescape(match: re.Match[str]) -> str:
    return html.unescape(match.group())
