"""Comma, semicolon or tab separated text to a table. Start at `read_csv_table`."""

import csv
import io
from collections import Counter

from domain.errors import FileRefused
from intake.limits import MAX_FILE_BYTES, MAX_ROWS, check_count
from intake.result import Oddity, Table

_DELIMITERS = ",;\t|"


def read_csv_table(file_name: str, text: str, *, oddities: tuple[Oddity, ...] = ()) -> Table:
    """Headers and rows as written; wholly empty rows are skipped."""
    text = text.removeprefix("\ufeff")
    # The standard limit of 131,072 characters a cell is below one long monologue.
    csv.field_size_limit(MAX_FILE_BYTES)
    rows: list[tuple[str, ...]] = []
    places: list[str] = []
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
        for number, row in enumerate(reader, start=1):
            check_count(file_name, number, MAX_ROWS, "rows")
            if any(cell.strip() for cell in row):
                rows.append(tuple(row))
                places.append(f"row {number}")
    except csv.Error as error:
        raise FileRefused(
            file_name=file_name,
            found=f"The table cannot be read after row {len(rows)}.",
            todo="Open it in a spreadsheet program, save it again as CSV and bring it in.",
        ) from error
    if not rows:
        raise FileRefused(
            file_name=file_name,
            found="The table has no rows.",
            todo="Check that this is the right file.",
        )
    headers = tuple(cell.strip() for cell in rows[0])
    return Table(file_name, headers, tuple(rows[1:]), tuple(places[1:]), oddities)


def delimiter_of(text: str) -> str:
    """The mark that parts the first line into most cells, quoted text left aside."""
    counts: Counter[str] = Counter()
    is_quoted = False
    for char in text[:100_000]:
        if char == '"':
            is_quoted = not is_quoted
        elif not is_quoted and char == "\n" and counts:
            break
        elif not is_quoted and char in _DELIMITERS:
            counts[char] += 1
    return max(_DELIMITERS, key=lambda mark: counts[mark]) if counts else ","
