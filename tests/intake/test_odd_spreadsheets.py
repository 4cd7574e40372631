"""Spreadsheets as other programs and other hands leave them."""

import datetime
import io
import time
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from domain.errors import FileRefused
from intake import child
from intake.child import read_safely
from intake.front_door import read_table, read_transcript
from tests.intake import made_files

SHEET = "xl/worksheets/sheet1.xml"
MB = 1024**2


def book(*rows: tuple[object, ...]) -> Workbook:
    made = Workbook()
    for row in (("speaker", "text", "start"), *rows):
        made.active.append(row)
    return made


CLAIMS = (
    '<dimension ref="A1"/>',
    '<dimension ref="A1:B2"/>',
    '<dimension ref="A1:XFD1048576"/>',
    "",
)


@pytest.mark.parametrize("claim", CLAIMS)
def test_every_row_is_read_whatever_the_sheet_claims(claim):
    """U8: All 500 rows are read, and their number stands beside the file."""
    data = made_files.saved(book(*(("Ann", f"line {n}", n) for n in range(500))))
    told = made_files.with_part(
        data, SHEET, lambda xml: xml.replace(b'<dimension ref="A1:C501"/>', claim.encode())
    )
    assert told != data

    heard = read_transcript("t.xlsx", told)

    assert [cue.text for cue in heard.cues] == [f"line {n}" for n in range(500)]


def test_hidden_rows_are_read_and_listed():
    """U8: A row that Excel does not show is read, and named."""
    hiding = book(("Ann", "one", 1), ("Bo", "two", 2), ("Cy", "three", 3))
    hiding.active.row_dimensions[3].hidden = True
    hiding.active.row_dimensions[4].hidden = True

    heard = read_transcript("t.xlsx", made_files.saved(hiding))

    assert [cue.text for cue in heard.cues] == ["one", "two", "three"]
    assert "2 rows are hidden in the file and read all the same: row 3, row 4." in told(heard)


def test_merged_cells_give_nobody_words_that_are_not_theirs():
    """U8: A cell drawn over several rows counts for its first, and that is said."""
    merged = book(("Ann", "one", 1), (None, "two", 2))
    merged.active.merge_cells("A2:A3")

    heard = read_transcript("t.xlsx", made_files.saved(merged))

    assert [(cue.speaker, cue.text) for cue in heard.cues] == [("Ann", "one"), (None, "two")]
    assert "Cells are merged (A2:A3)" in told(heard)


def told(heard) -> str:
    return " ".join(oddity.sentence for oddity in heard.oddities)


@pytest.mark.parametrize("epoch", [CALENDAR_WINDOWS_1900, CALENDAR_MAC_1904])
def test_days_and_times_are_the_same_by_either_calendar(epoch):
    """U8: Dates count from 1900 or from 1904, as the file says."""
    dated = Workbook()
    dated.epoch = epoch
    dated.active.append(("speaker", "text", "start"))
    dated.active.append(
        ("Ann", datetime.datetime(2024, 3, 1, 9, 30), datetime.timedelta(seconds=65))
    )
    dated.active.append(("Bo", datetime.date(1999, 12, 31), datetime.time(1, 2, 3)))

    table = read_table("t.xlsx", made_files.saved(dated))
    heard = read_transcript("t.xlsx", made_files.saved(dated))

    assert [row[1] for row in table.rows] == ["2024-03-01 09:30:00", "1999-12-31 00:00:00"]
    assert [cue.start_s for cue in heard.cues] == [65.0, 3723.0]


@pytest.fixture
def reading_process():
    yield
    child.stop_reading()


BOMB_CELLS = 20_000


def shared_string_bomb(n_chars: int) -> bytes:
    """One long text that very many cells share: small in the file, huge when drawn out."""
    data = made_files.xlsx(("speaker", "text"), ("Ann", "x"))
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c><c r="B{n}" t="s"><v>0</v></c></row>'
        for n in range(1, BOMB_CELLS)
    )
    # Not one letter over and over: that would be refused by its ratio already.
    words = "".join(chr(97 + (n * n) % 26) + str(n) for n in range(n_chars // 6))
    strings = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{words}</t></si></sst>'
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts[SHEET]
    start, end = sheet.index(b"<sheetData>"), sheet.index(b"</sheetData>")
    parts[SHEET] = sheet[:start] + b"<sheetData>" + rows.encode() + sheet[end:]
    parts["xl/sharedStrings.xml"] = strings.encode()
    types = parts["[Content_Types].xml"]
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    if b"sharedStrings" not in types:
        override = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kind + b'"/>'
        parts["[Content_Types].xml"] = types.replace(b"</Types>", override + b"</Types>")
    return made_files.zipped_as(parts)


def test_a_text_that_thousands_of_cells_share_is_refused(reading_process):
    """U8: Shared words that would fill the memory are refused, and the next file is read."""
    data = shared_string_bomb(300_000)
    assert len(data) < 5 * MB

    began = time.perf_counter()
    with pytest.raises(FileRefused, match=r"bomb\.xlsx: .*50,000,000 characters"):
        read_safely("read_transcript", "bomb.xlsx", data)

    assert time.perf_counter() - began < 5
    assert read_safely("read_transcript", "good.txt", b"Ann: Hello").turns[0].text == "Hello"
