"""Lists of recommendations from tables, Word lists and text. Start at `read_list`."""

import hashlib
import re
from collections.abc import Iterable, Sequence

from domain.errors import FileRefused
from intake.readers.columns import find_column
from intake.readers.docx_text import Block, Paragraph, TableBlock, read_docx_blocks
from intake.result import Oddity, RecommendationList, RecommendationRow, Table
from intake.sniff import Kind, Seen
from intake.speakers import one_line

_TEXT_HEADERS = (
    "recommendation", "recommendations", "text", "statement", "proposal", "description",
    "wording", "title", "what we recommend", "suggestion", "idea",
)  # fmt: skip
_NUMBER_HEADERS = ("number", "no", "nr", "num", "id", "rank", "recommendation number", "")
_MARK = re.compile(
    r"(\s*)(?:[-*+•‣◦▪–—·o]|\(?(\d{1,3}|[a-zA-Z])[.)]|#(\d{1,3})[.:)]?)[ \t\u00a0]+(?=\S)"
)
_MIN_SENTENCE_WORDS = 4

Found = tuple[str, str, int | None]
"""Text, place, and the number that the file itself gives."""


def read_list(
    file_name: str, data: bytes, seen: Seen, *, table: Table | None, column: str | None
) -> RecommendationList:
    """The recommendations in the file's order, numbered as the file does or from 1."""
    oddities: tuple[Oddity, ...] = table.oddities if table else seen.decoded.oddities
    if table is not None:
        found = _from_table(table, column)
    elif seen.kind is Kind.DOCX:
        found = _from_docx(file_name, read_docx_blocks(file_name, data))
    elif seen.kind is Kind.TEXT:
        found = _from_lines(seen.decoded.text)
    else:
        raise FileRefused(
            file_name=file_name,
            found=f"This is a transcript ({seen.kind}), not a list of recommendations.",
            todo="Bring in the recommendations as .csv, .xlsx, .docx or .txt.",
        )
    rows = _number(found)
    if not rows:
        raise FileRefused(
            file_name=file_name,
            found="No recommendation was found in it.",
            todo="Write each one as a point of a list, or as a row of a table.",
        )
    sha256 = hashlib.sha256(data).hexdigest()
    return RecommendationList(file_name, seen.kind.value, sha256, rows, oddities + _twice(rows))


def _from_table(table: Table, column: str | None) -> list[Found]:
    rows: Sequence[tuple[str, ...]] = table.rows
    places = table.places
    if column is not None and column not in table.headers:
        headers = ", ".join(f"“{header}”" for header in table.headers)
        raise FileRefused(
            file_name=table.file_name,
            found=f"It has no column “{column}”; it has {headers}.",
            todo="Choose the column that holds the recommendations.",
        )
    header = column or find_column(table.headers, _TEXT_HEADERS)
    if header is None and _is_headless(table):
        rows, places = (table.headers, *rows), ("row 1", *places)
        at, number_at = _longest_column(rows), None
    else:
        at = table.headers.index(header) if header else _longest_column(rows)
        number_at = _number_column(table, at)
    return [
        (one_line(row[at]), place, _number_in(row, number_at))
        for row, place in zip(rows, places, strict=True)
        if at < len(row) and row[at].strip()
    ]


def _is_headless(table: Table) -> bool:
    return any(len(header.split()) > 2 * _MIN_SENTENCE_WORDS for header in table.headers)


def _longest_column(rows: Sequence[tuple[str, ...]]) -> int:
    width = max((len(row) for row in rows), default=1)
    lengths = [sum(len(row[at]) for row in rows if at < len(row)) for at in range(width)]
    return lengths.index(max(lengths))


def _number_column(table: Table, text_at: int) -> int | None:
    header = find_column(table.headers, _NUMBER_HEADERS)
    at = table.headers.index(header) if header is not None else None
    return None if at == text_at else at


def _number_in(row: tuple[str, ...], at: int | None) -> int | None:
    if at is None or at >= len(row):
        return None
    digits = re.fullmatch(r"\D{0,3}(\d{1,4})\D{0,2}", row[at].strip())
    return int(digits.group(1)) if digits else None


def _from_docx(file_name: str, blocks: Sequence[Block]) -> list[Found]:
    for block in blocks:
        if isinstance(block, TableBlock) and (found := _from_word_table(file_name, block)):
            return found
    paragraphs = [b for b in blocks if isinstance(b, Paragraph) and b.text.strip()]
    if any(p.level is not None for p in paragraphs):
        return _from_word_list(paragraphs)
    body = [(one_line(p.text), p.place) for p in paragraphs if not p.is_heading]
    if any(_MARK.match(text) for text, _ in body):
        return _from_marked(body)
    if sentences := [(t, p, None) for t, p in body if len(t.split()) >= _MIN_SENTENCE_WORDS]:
        return [(text, place, number) for text, place, number in sentences]
    tables = (block for block in blocks if isinstance(block, TableBlock))
    return [found for block in tables for found in _any_word_table(block)]


def _from_word_table(file_name: str, block: TableBlock) -> list[Found]:
    """A table whose first row names a column of recommendations."""
    if len(block.rows) < 2:
        return []
    headers = tuple(one_line(cell) for cell in block.rows[0])
    if find_column(headers, _TEXT_HEADERS) is None:
        return []
    places = tuple(f"{block.place}, row {n}" for n in range(2, len(block.rows) + 1))
    return _from_table(Table(file_name, headers, block.rows[1:], places), None)


def _any_word_table(block: TableBlock) -> list[Found]:
    at = _longest_column(block.rows)
    return [
        (one_line(row[at]), f"{block.place}, row {number}", None)
        for number, row in enumerate(block.rows, start=1)
        if at < len(row) and len(row[at].split()) >= _MIN_SENTENCE_WORDS
    ]


def _from_word_list(paragraphs: Iterable[Paragraph]) -> list[Found]:
    """First-level points; points below one belong to it."""
    found: list[Found] = []
    for paragraph in paragraphs:
        if paragraph.level is None:
            continue
        text = one_line(paragraph.text)
        if paragraph.level == 0 or not found:
            found.append((text, paragraph.place, None))
        else:
            above, place, number = found[-1]
            found[-1] = (f"{above} {text}", place, number)
    return found


def _from_lines(text: str) -> list[Found]:
    lines = [
        (line, f"line {number}")
        for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1)
        if line.strip() and not re.match(r"#+ ", line)
    ]
    if any(_MARK.match(line) for line, _ in lines):
        return _from_marked(lines)
    return [(one_line(line), place, None) for line, place in lines]


def _from_marked(lines: Iterable[tuple[str, str]]) -> list[Found]:
    """Points marked "1." or "-"; other lines go on with the point above, text before is a title."""
    found: list[Found] = []
    for line, place in lines:
        mark = _MARK.match(line)
        if mark is not None and (not found or len(mark.group(1).expandtabs(4)) < 2):
            digits = mark.group(2) or mark.group(3) or ""
            number = int(digits) if digits.isdecimal() else None
            found.append((one_line(line[mark.end() :]), place, number))
        elif found:
            above, first, number = found[-1]
            found[-1] = (f"{above} {one_line(line[mark.end() :] if mark else line)}", first, number)
    return found


def _number(found: Sequence[Found]) -> tuple[RecommendationRow, ...]:
    """The file's own numbers where every row has one and none comes twice; else 1, 2, 3."""
    kept = [(text, place, number) for text, place, number in found if text]
    own = [number for _, _, number in kept]
    if None in own or len(set(own)) < len(own):
        own = list(range(1, len(kept) + 1))
    return tuple(
        RecommendationRow(text, place, number or at)
        for at, ((text, place, _), number) in enumerate(zip(kept, own, strict=True), start=1)
    )


def _twice(rows: Sequence[RecommendationRow]) -> tuple[Oddity, ...]:
    seen: dict[str, int] = {}
    oddities: list[Oddity] = []
    for row in rows:
        key = " ".join(row.text.casefold().split())
        if key in seen:
            sentence = f"Number {row.number} says the same as number {seen[key]}."
            oddities.append(Oddity("twice", row.place, sentence))
        seen.setdefault(key, row.number)
    return tuple(oddities)
