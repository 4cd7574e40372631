import csv
import io

import pytest

from reports.csv_tables import guard, write_csv, zip_files


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1+2", "@SUM(1)", "\t=1", "\r=1", "\n=1", "\0=1", "＝1", "＋1", "－1", "＠x"],
)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(cell):
    assert guard(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["plain", "", "a=b", "1 + 1", 3, -3, 0.5, None])
def test_everything_else_stays_as_it_is(cell):
    assert guard(cell) == cell


def test_quotes_commas_and_line_breaks_come_back_as_written():
    words = 'She said "wait",\nand we waited.'

    data = write_csv(["text"], [[words]])

    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows == [["text"], [words]]


def test_a_note_stands_above_the_headers():
    data = write_csv(["a"], [[1]], note="Sample: invented.")

    assert data.decode("utf-8-sig").split("\r\n")[:2] == ["Sample: invented.", "a"]


def test_the_same_files_give_the_same_archive():
    files = {"b.csv": b"2", "a.csv": b"1"}

    assert zip_files(files) == zip_files(dict(reversed(files.items())))
