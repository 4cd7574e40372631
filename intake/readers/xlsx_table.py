"""Spreadsheets to a table of text. Start at `read_xlsx_table`."""

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from domain.errors import FileRefused
from intake.limits import (
    MAX_CELLS_IN_ROW,
    MAX_ROWS,
    MAX_TABLE_CHARS,
    check_archive,
    check_count,
)
from intake.result import Oddity, Table
from intake.times import show_time

_ROW = re.compile(rb"<(?:\w+:)?row\b[^<>]*>")
_HIDDEN = re.compile(rb"\shidden=[\"'](?:1|true)[\"']")
_ROW_NUMBER = re.compile(rb"\sr=[\"'](\d{1,7})[\"']")
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^<>]*ref=[\"']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})[\"']"
)
_N_NAMED = 10
_NO_RESULT = re.compile(rb"<f(?:[^<>]*/>|[^<>]*>[^<]*</f>)(?:<v ?/>|<v></v>)?</c>")

Rows = list[tuple[int, tuple[str, ...]]]


def read_xlsx_table(file_name: str, data: bytes) -> Table:
    """Every row of the first sheet that is shown and holds anything; other sheets are named."""
    check_archive(file_name, data)
    try:
        with warnings.catch_warnings():
            # openpyxl warns about styles and extensions that do not matter to words.
            warnings.simplefilter("ignore")
            table = _read(file_name, data)
    except FileRefused:
        raise
    # openpyxl raised seven unrelated kinds of error on damaged files.
    except Exception as error:
        raise FileRefused(
            file_name=file_name,
            found="The spreadsheet is damaged or not a spreadsheet inside.",
            todo="Open it in Excel, save it again as .xlsx and bring in the new file.",
        ) from error
    if table is None:
        raise FileRefused(
            file_name=file_name,
            found="No sheet that is shown holds any words.",
            todo="Check that this is the right file and that its sheet is not hidden.",
        )
    return table


def _read(file_name: str, data: bytes) -> Table | None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    chosen: tuple[Any, Rows] | None = None
    others: list[str] = []
    for sheet in book.worksheets:
        rows: Rows = []
        if sheet.sheet_state == "visible" and chosen is None:
            rows = list(_rows(file_name, sheet))
        if rows:
            chosen = (sheet, rows)
        else:
            others.append(f"“{sheet.title}”" + (" (hidden)" * (sheet.sheet_state != "visible")))
    if chosen is None:
        return None
    sheet, rows = chosen
    oddities = (
        _other_sheets(sheet.title, others)
        + _looks(_sheet_xml(data, sheet))
        + _formulas(_formulas_without_value(data))
    )
    places = tuple(f"row {number}" for number, _ in rows[1:])
    headers = tuple(cell.strip() for cell in rows[0][1])
    width = len(headers)
    # A spreadsheet stores no empty cells at the end of a row: they are empty, not missing.
    padded = tuple(row + ("",) * (width - len(row)) for _, row in rows[1:])
    return Table(file_name, headers, padded, places, oddities)


def _rows(file_name: str, sheet: Any) -> Iterator[tuple[int, tuple[str, ...]]]:
    # The file's own claim of its size can be wrong; trusting it loses rows without a word.
    sheet.reset_dimensions()
    n_chars = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        check_count(file_name, number, MAX_ROWS, "rows")
        cells = [_text(value) for value in row[:MAX_CELLS_IN_ROW]]
        n_chars += sum(map(len, cells))
        # One text that thousands of cells share is small in the file and fills the memory here.
        check_count(file_name, n_chars, MAX_TABLE_CHARS, "characters in its cells")
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            yield number, tuple(cells)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.timedelta):
        return show_time(value.total_seconds())
    if isinstance(value, datetime.time):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


def _sheet_xml(data: bytes, sheet: Any) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(sheet._worksheet_path)


def _looks(xml: bytes) -> tuple[Oddity, ...]:
    """Rows that are hidden on screen, and cells that are drawn as one: read, and told."""
    hidden = [
        f"row {found[1].decode()}" if (found := _ROW_NUMBER.search(row)) else "a row"
        for row in _ROW.findall(xml)
        if _HIDDEN.search(row)
    ]
    merged = [cells.decode() for cells in _MERGED.findall(xml)]
    told = []
    if hidden:
        noun = "row is" if len(hidden) == 1 else "rows are"
        sentence = f"{len(hidden):,} {noun} hidden in the file and read all the same: "
        told.append(Oddity("hidden_rows", hidden[0], f"{sentence}{_named(hidden)}."))
    if merged:
        sentence = (
            f"Cells are merged ({_named(merged)}): their words count for the first cell only, "
            "and the others read as empty."
        )
        told.append(Oddity("merged", merged[0], sentence))
    return tuple(told)


def _named(places: list[str]) -> str:
    more = f" and {len(places) - _N_NAMED:,} more" if len(places) > _N_NAMED else ""
    return f"{', '.join(places[:_N_NAMED])}{more}"


def _formulas_without_value(data: bytes) -> int:
    """Formulas that no program has calculated yet read as empty: count them."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        return sum(len(_NO_RESULT.findall(archive.read(name))) for name in sheets)


def _formulas(n_missing: int) -> tuple[Oddity, ...]:
    if not n_missing:
        return ()
    sentence = (
        f"{n_missing:,} cells of the workbook hold formulas without a result and read as empty: "
        "open the file in Excel and save it once."
    )
    return (Oddity("formulas", "whole file", sentence),)


def _other_sheets(title: str, others: list[str]) -> tuple[Oddity, ...]:
    if not others:
        return ()
    sentence = f"Only the sheet “{title}” was read; not read: {', '.join(others)}."
    return (Oddity("left_out", "whole file", sentence),)
