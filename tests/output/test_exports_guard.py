"""Exports that a spreadsheet shows as words and never runs."""

import csv
import io
import re
import zipfile
from datetime import date

import pytest
from openpyxl import load_workbook

from domain.meetings import MeetingFormat, Pillar, Season
from domain.people import StakeholderGroup
from domain.talk import ConsentUse, locate_quote
from intake.front_door import read_transcript
from reports.csv_tables import STARTS_A_FORMULA, guard, write_csv
from services import exports, meetings, programmes, recommendations, transcripts
from services.theme_finding import find_themes_of_meeting
from services.transcripts import ConsentGiven, Understanding
from tests.output.hostile_words import OURS, all_strings, can_be_said

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
SEPARATORS = (",", ";", "\t", "|", '"', "'", "\n", "\r\n", " ", "\u00a0", "\ufeff", "\u200b")


def back(cell: str) -> str:
    """Take the guard off: one apostrophe before what would be a formula."""
    is_guarded = cell.startswith("'") and STARTS_A_FORMULA.match(cell[1:])
    return cell[1:] if is_guarded else cell


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("sign", SIGNS)
def test_no_cell_begins_with_what_a_spreadsheet_runs(sign: str):
    """O3: Every sign that begins a formula, full-width ones too, gets an apostrophe before it."""
    assert guard(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝"])
@pytest.mark.parametrize("ahead", [" ", "\u00a0", "\ufeff", "\u200b", " \u2060", "\x0b"])
def test_blanks_ahead_of_a_formula_do_not_hide_it(sign: str, ahead: str):
    """O3: Spreadsheets drop blanks at the start; the guard looks behind them."""
    assert str(guard(f"{ahead}{sign}1+1")).startswith("'")


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("sign", SIGNS)
def test_a_formula_after_a_separator_stays_inside_its_cell(sign: str, separator: str):
    """O3: No separator, quote or line end in somebody's words begins a cell of its own."""
    words = f"x{separator}{sign}1+1"

    rows = read(write_csv(["a", "b"], [[words, "end"]]))

    assert [back(cell) for cell in rows[1]] == [words, "end"]
    assert len(rows) == 2


def test_every_string_comes_back_and_none_is_a_formula(record_property):
    """O3: RFC 4180 there and back, for every naughty string, alone and after a separator."""
    strings = [s + tail for s in all_strings() for tail in ("", ',=1+1,"', "\n=1")]
    strings = [s.encode("utf-8", "replace").decode() for s in strings]

    rows = read(write_csv(["words"], [[s] for s in strings]))[1:]

    cells = [row[0] if row else "" for row in rows]
    assert [back(cell) for cell in cells] == strings
    assert [cell for cell in cells if STARTS_A_FORMULA.match(cell) and cell[0] != "'"] == []
    record_property("figure", f"{len(strings)} cells there and back, 0 formulas")


@pytest.mark.parametrize("number", [3, -3, 0.5, -0.25, 10**12])
def test_our_own_numbers_stay_numbers(number: float):
    """O3: A number of ours is written as a number, also below zero."""
    assert read(write_csv(["n"], [[number]]))[1] == [str(number)]


def test_a_spreadsheet_program_reads_no_formula():
    """O3: openpyxl, as Excel would, finds text in every cell of an export."""
    from openpyxl import Workbook

    rows = read(write_csv(["words"], [[s] for s in OURS]))
    book = Workbook()
    for row in rows:
        book.active.append([re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", c) for c in row])
    out = io.BytesIO()
    book.save(out)

    opened = load_workbook(io.BytesIO(out.getvalue())).active

    assert {cell.data_type for row in opened.iter_rows() for cell in row} == {"s"}


def test_a_whole_meeting_of_hostile_words_leaves_as_words(app_runtime):
    """O1, O3: Statements, themes, recommendations and evidence of the export, as they were."""
    said = [s.strip() for s in OURS if can_be_said(s)]
    meeting_id = _meeting(said)
    written = [recommendations.write(meeting_id, text, author="a") for text in said]
    for utterance in transcripts.utterances(meeting_id):
        quote = locate_quote(utterance.revision_id, utterance.text, utterance.text)
        recommendations.attach(written[0], quote, author="a")
    find_themes_of_meeting(meeting_id)

    name, data = exports.export_meeting(meeting_id)

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {f: read(archive.read(f)) for f in archive.namelist()}
    stored = sorted(u.text for u in transcripts.utterances(meeting_id))
    assert sorted(_column(files["utterances.csv"], "text")) == stored
    assert sorted(_column(files["evidence.csv"], "quote")) == stored
    assert _column(files["recommendations.csv"], "text") == said
    assert re.fullmatch(r"[\w-]+\.zip", name)
    cells = [cell for rows in files.values() for row in rows for cell in row]
    guarded = [cell for cell in cells if STARTS_A_FORMULA.match(cell)]
    assert [c for c in guarded if c[0] != "'" and not re.fullmatch(r"-?[\d.]+", c)] == []


def _column(rows: list[list[str]], name: str) -> list[str]:
    at = rows[0].index(name)
    return [back(row[at]) for row in rows[1:]]


def _meeting(said: list[str]):
    programme_id = programmes.start_ours()
    meeting_id = meetings.create_meeting(
        programme_id,
        season=Season.FALL,
        held_on=date(2024, 10, 3),
        challenge="=1+1",
        pillar=Pillar.CARE,
        format=MeetingFormat.ONLINE,
    )
    people = {
        f"P{n}": meetings.add_person(meeting_id, f"P{n}", StakeholderGroup.CLINICIAN)
        for n in range(len(said))
    }
    out = io.StringIO()
    csv.writer(out).writerows([["speaker", "text"], *([f"P{n}", t] for n, t in enumerate(said))])
    source = read_transcript("t.csv", out.getvalue().encode())
    transcripts.store_transcript(
        meeting_id,
        Understanding(source, (), None),
        people,
        ConsentGiven(frozenset(ConsentUse), "forms"),
        is_released=True,
    )
    return meeting_id
