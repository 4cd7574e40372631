"""Blocks of captions as .vtt and .srt share them; no text is dropped. Start at `read_blocks`."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from intake.limits import MAX_CUES, check_count
from intake.result import Oddity
from intake.times import TIME, read_time

_ARROW = re.compile(r"-{2,}>")
_LOOKS_LIKE_TIMING = re.compile(r"\d[^\s<>]{0,14}[ \t]*-{2,}>|-{2,}>[ \t]*\d{1,4}[:.]\d")
_TIME_AHEAD = re.compile(r"[\s\x00\ufffd]*(" + TIME + ")")
_BROKEN_TIME = re.compile(r"\w[\w.:]*(?:\s|$)")
_COUNTER = re.compile(r"\d{1,7}")
_TEAMS_ID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F-]{4,27}(?:/\d+-\d+|-\d+)?")


@dataclass(slots=True)
class Block:
    """One caption as it stands in the file; `unsure` says that its times could not be read."""

    number: int
    line: int
    start_s: float | None = None
    end_s: float | None = None
    unsure: bool = False
    lines: list[str] = field(default_factory=list)

    @property
    def place(self) -> str:
        return f"cue {self.number}, line {self.line}"


def read_blocks(
    file_name: str,
    lines: list[str],
    *,
    first: int = 0,
    is_aside: Callable[[str], bool],
    is_identifier: Callable[[str], bool],
) -> list[Block]:
    """Captions from line `first` on; text without a readable time keeps its place.

    `is_aside` tells the first line of a block that holds no speech (notes, styles);
    `is_identifier` whether the line right above a time line names the caption, or is speech.
    """
    blocks: list[Block] = []
    at = first
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        end = at
        while end < len(lines) and lines[end] != "":
            end += 1
        _read_group(
            lines, at, end, blocks, is_aside=is_aside(lines[at]), is_identifier=is_identifier
        )
        check_count(file_name, len(blocks), MAX_CUES, "captions")
        at = end
    return blocks


def _read_group(
    lines: list[str],
    at: int,
    end: int,
    blocks: list[Block],
    *,
    is_aside: bool,
    is_identifier: Callable[[str], bool],
) -> None:
    waiting: list[str] = []
    current: Block | None = None
    for number in range(at, end):
        line = lines[number]
        timing = is_timing(line)
        if not timing:
            (waiting if current is None else current.lines).append(line)
            continue
        if current is not None:
            _drop_identifier(current.lines)
        elif waiting:
            if is_identifier(waiting[-1]):
                waiting.pop()
            if not is_aside:
                _keep_untimed(waiting, at, blocks)
        current = _timed(line, number + 1, blocks)
    if current is None and not is_aside:
        _keep_untimed(waiting, at, blocks)


def is_counter(line: str) -> bool:
    """Whether a line is the number of a caption, as .srt demands it."""
    return _COUNTER.fullmatch(line.strip()) is not None


def is_timing(line: str) -> bool:
    """Whether a line gives times, well written or not; "a --> b" in speech is none."""
    return "-->" in line and _LOOKS_LIKE_TIMING.search(line) is not None


def _drop_identifier(lines: list[str]) -> None:
    """Before a timing without a blank line above it stands its identifier, not speech."""
    if lines and (_COUNTER.fullmatch(lines[-1].strip()) or "-->" in lines[-1]):
        lines.pop()


def _keep_untimed(waiting: list[str], at: int, blocks: list[Block]) -> None:
    text = waiting
    while text and (_COUNTER.fullmatch(text[0].strip()) or _TEAMS_ID.fullmatch(text[0].strip())):
        text = text[1:]
    if any(line.strip() for line in text):
        blocks.append(Block(len(blocks) + 1, at + 1, lines=list(text)))


def _timed(line: str, number: int, blocks: list[Block]) -> Block:
    before, after = _ARROW.split(line, maxsplit=1)
    start_s, end_s = read_time(before.strip(" \t\f\x00\ufffd")), None
    ahead = _TIME_AHEAD.match(after)
    # Settings may stick to the time ("00:01.000line:40%"); a letter within the time may not.
    if ahead is not None and not _BROKEN_TIME.match(after[ahead.end() :]):
        end_s = read_time(ahead.group(1))
    is_backwards = start_s is not None and end_s is not None and end_s < start_s
    unsure = start_s is None or end_s is None or is_backwards
    block = Block(len(blocks) + 1, number, start_s, None if is_backwards else end_s, unsure)
    blocks.append(block)
    return block


def unsure_times(blocks: list[Block]) -> tuple[Oddity, ...]:
    """One oddity for all captions whose times could not be read."""
    unsure = [block for block in blocks if block.unsure]
    if not unsure:
        return ()
    noun = "caption has" if len(unsure) == 1 else "captions have"
    return (
        Oddity(
            "unsure_times",
            unsure[0].place,
            f"{len(unsure):,} {noun} times that cannot be read or that run backwards; "
            "the words are kept.",
        ),
    )
