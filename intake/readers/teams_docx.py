"""Transcripts as Word files: Teams, Word's own, or "Name: words". Start at `read_teams_docx`."""

from collections.abc import Iterator, Sequence

from intake.limits import MAX_CUES, check_count
from intake.readers.caption_blocks import is_counter, is_timing, read_blocks, unsure_times
from intake.readers.columns import cues_from_columns, guess_columns
from intake.readers.docx_text import Block, Paragraph, TableBlock, read_docx_blocks
from intake.readers.headed_lines import Line, is_headed, read_headed
from intake.readers.named_lines import read_named_lines
from intake.result import Cue, Reading, Table
from intake.speakers import one_line, split_name


def read_teams_docx(file_name: str, data: bytes) -> Reading:
    """The talk of a Word file, in whichever of its known shapes it is written.

    Today's Teams writes one paragraph "Name   0:12", line break, words; it used to write
    "0:0:3.480 --> 0:0:5.110", the name and the words on lines of their own, also in tables.
    """
    blocks = read_docx_blocks(file_name, data)
    if (table := _spoken_table(file_name, blocks)) is not None:
        return cues_from_columns(table, guess_columns(table))
    lines = list(_lines(blocks))
    check_count(file_name, len(lines), MAX_CUES, "lines")
    if any(is_timing(line.text) for line in lines):
        return _read_timed(file_name, lines)
    if is_headed(lines):
        return read_headed(file_name, lines)
    reading = read_named_lines(file_name, "\n\n".join(line.text for line in lines))
    places = {f"line {2 * at + 1}": line.place for at, line in enumerate(lines)}
    cues = tuple(
        Cue(c.start_s, c.end_s, c.speaker, c.text, places.get(c.place, c.place))
        for c in reading.cues
    )
    return Reading(cues, reading.oddities)


def _spoken_table(file_name: str, blocks: Sequence[Block]) -> Table | None:
    """The largest table, where its first row names a column of speakers and one of words."""
    tables = [block for block in blocks if isinstance(block, TableBlock) and len(block.rows) > 1]
    if not tables:
        return None
    largest = max(tables, key=lambda block: len(block.rows))
    headers = tuple(one_line(cell) for cell in largest.rows[0])
    places = tuple(f"{largest.place}, row {n}" for n in range(2, len(largest.rows) + 1))
    table = Table(file_name, headers, largest.rows[1:], places)
    columns = guess_columns(table)
    return table if columns.text and columns.speaker else None


def _lines(blocks: Sequence[Block]) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Paragraph):
            texts: list[tuple[str, str]] = [(block.text, block.place)]
        else:
            texts = [
                (cell, f"{block.place}, row {number}")
                for number, row in enumerate(block.rows, start=1)
                for cell in row
            ]
        for text, place in texts:
            is_first = True
            for line in text.split("\n"):
                if line.strip():
                    yield Line(line, place, is_first)
                    is_first = False


def _read_timed(file_name: str, lines: Sequence[Line]) -> Reading:
    """Time line, name line, words; or time line and "Name: words"."""
    blocks = read_blocks(
        file_name, [line.text for line in lines], is_aside=lambda _: False, is_identifier=is_counter
    )
    timed = [block for block in blocks if block.start_s is not None or block.unsure]
    cues: list[Cue] = []
    for block in timed:
        name, words = block.lines[:1], block.lines[1:]
        speaker: str | None = one_line("\n".join(name)) or None
        if not words and name:
            speaker, text = split_name(name[0])
            words = [text]
        place = lines[block.line - 1].place
        if text := one_line("\n".join(words)):
            cues.append(Cue(block.start_s, block.end_s, speaker, text, place))
    return Reading(tuple(cues), unsure_times(timed))
