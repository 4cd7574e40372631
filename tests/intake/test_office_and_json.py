import json

import pytest
from openpyxl import Workbook

from domain.errors import FileRefused
from intake.front_door import read_table, read_transcript
from intake.readers.columns import guess_columns
from intake.result import ColumnMap
from tests.intake import made_files


def said(transcript):
    return [(turn.speaker, turn.text, turn.start_s, turn.end_s) for turn in transcript.turns]


def heard(name, data):
    return read_transcript(name, data)


def test_todays_teams_word_file_is_read():
    data = made_files.docx(
        "Spring meeting-20260415_140000-Meeting Transcript",
        "April 15, 2026, 2:00PM",
        "Michelle Ortiz started transcription",
        "\nMichelle Ortiz   0:03\nWelcome, everybody.\nShall we start?",
        "\nDr. Paul Fennimore   1:02:19\nYes.",
        "Michelle Ortiz stopped transcription",
    )

    assert said(heard("teams.docx", data)) == [
        ("Michelle Ortiz", "Welcome, everybody. Shall we start?", 3.0, None),
        ("Dr. Paul Fennimore", "Yes.", 3739.0, None),
    ]


OLD_TEAMS = [
    ("0:0:3.480 --> 0:0:5.110", "Kate Sorensen", "Good morning."),
    ("0:0:6.0 --> 0:0:7.5", "Luis Ortega", "Hello."),
]


@pytest.mark.parametrize(
    "data",
    [
        made_files.docx(*(line for row in OLD_TEAMS for line in row)),
        made_files.docx(*("\n".join(row) for row in OLD_TEAMS)),
        made_files.docx_table(*OLD_TEAMS),
        made_files.docx_table(*(("\n".join(row),) for row in OLD_TEAMS)),
    ],
    ids=["lines", "paragraphs", "table", "one column"],
)
def test_older_teams_word_files_are_read(data):
    assert said(heard("teams.docx", data)) == [
        ("Kate Sorensen", "Good morning.", 3.48, 5.11),
        ("Luis Ortega", "Hello.", 6.0, 7.5),
    ]


def test_names_before_colons_in_a_word_file_are_speakers():
    talk = heard("talk.docx", made_files.docx("Ann: One.", "Bo: Two.", "and three.", "Ann: Four."))

    assert [(turn.speaker, turn.text) for turn in talk.turns] == [
        ("Ann", "One."),
        ("Bo", "Two. and three."),
        ("Ann", "Four."),
    ]
    assert [turn.place for turn in talk.turns] == ["paragraph 1", "paragraph 2", "paragraph 4"]


def test_a_table_with_a_head_in_a_word_file_is_read_by_its_columns():
    data = made_files.docx_table(("Time", "Speaker", "Text"), ("0:05", "Ann", "Hello"))

    assert said(heard("talk.docx", data)) == [("Ann", "Hello", 5.0, None)]


def test_words_inserted_with_change_tracking_are_kept():
    def tracked(xml):
        return xml.replace(
            b"</w:p>", b'<w:ins w:id="1"><w:r><w:t> and more</w:t></w:r></w:ins></w:p>', 1
        )

    data = made_files.with_part(made_files.docx("Ann: One"), "word/document.xml", tracked)

    assert heard("talk.docx", data).turns[0].text == "One and more"


JSONS = {
    "whisper": ({"segments": [{"start": 0.5, "end": 2, "text": " Hello."}]}, (None, "Hello.", 0.5, 2.0)),
    "whisperx": (
        {"segments": [{"start": 0.5, "end": 2, "text": "Hello.", "speaker": "SPEAKER_01"}]},
        ("SPEAKER_01", "Hello.", 0.5, 2.0),
    ),
    "podcast": (
        {"segments": [{"startTime": 1, "endTime": 2, "body": "Hi", "speaker": "Ann"}]},
        ("Ann", "Hi", 1.0, 2.0),
    ),
    "assemblyai": (
        {"utterances": [{"start": 500, "end": 2000, "text": "Hi", "speaker": "A"}]},
        ("A", "Hi", 0.5, 2.0),
    ),
    "assemblyai words": (
        {"utterances": None, "words": [{"start": 500, "end": 2000, "text": "Hi", "speaker": "A"}]},
        ("A", "Hi", 0.5, 2.0),
    ),
    "deepgram": (
        {"results": {"utterances": [{"start": 1, "end": 2, "transcript": "Hi", "speaker": 0}]}},
        ("Speaker 0", "Hi", 1.0, 2.0),
    ),
    "a bare list": ([{"start": 1, "end": 2, "text": "Hi", "speaker": "Ann"}], ("Ann", "Hi", 1.0, 2.0)),
    "strange times": (
        {"segments": [{"start": True, "end": 1e999, "text": "Hi", "speaker": ["x"]}, 3, None]},
        (None, "Hi", None, None),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", JSONS)
def test_json_of_speech_engines_is_read(case):
    value, expected = JSONS[case]

    assert said(heard("talk.json", json.dumps(value).encode())) == [expected]


def test_csv_columns_are_guessed():
    table = read_table("t.csv", b"Time;Speaker Name;What was said\n0:01;Ann;Hello\n")

    assert guess_columns(table) == ColumnMap("Speaker Name", "What was said", "Time", None)


def test_csv_is_read_with_mapped_columns():
    data = b'who,said,from\nAnn,"Hello, all",0:01\nBo,"a ""b""\nc",2.5\n'
    columns = ColumnMap(speaker="who", text="said", start="from")

    talk = read_transcript("talk.csv", data, columns=columns)

    assert said(talk) == [("Ann", "Hello, all", 1.0, None), ("Bo", 'a "b" c', 2.5, None)]


def test_rows_without_words_or_with_bad_times_are_told():
    talk = heard("talk.csv", b"speaker,text,start\nAnn,,1\nBo,Hi,later\n")

    assert {"left_out", "unsure_times"} <= {oddity.kind for oddity in talk.oddities}
    assert said(talk) == [("Bo", "Hi", None, None)]


def test_a_long_cell_is_read():
    text = "word " * 40_000

    assert heard("t.csv", f"speaker,text\nAnn,{text}\n".encode()).turns[0].text == text.strip()


def test_a_spreadsheet_with_a_wrong_dimension_is_read_whole():
    """U8: The file's own claim of its size is not believed."""
    data = made_files.xlsx(("speaker", "text"), *(("Ann", f"line {n}") for n in range(50)))
    wrong = made_files.with_part(
        data, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'ref="A1:B51"', b'ref="A1"')
    )

    table = read_table("t.xlsx", wrong)

    assert wrong != data
    assert len(table.rows) == 50


def test_hidden_and_further_sheets_are_named_and_not_read():
    """U8: Hidden and further sheets are listed."""
    book = Workbook()
    book.active.title = "First"
    book.active.append(["speaker", "text"])
    book.active.append(["Ann", "Hello"])
    book.create_sheet("Secret").sheet_state = "hidden"
    book["Secret"].append(["Bo", "psst"])

    table = read_table("t.xlsx", made_files.saved(book))

    assert table.rows == (("Ann", "Hello"),)
    assert "“Secret” (hidden)" in table.oddities[0].sentence


def test_formulas_without_a_result_are_counted():
    """U8: Formulas that nobody calculated are told."""
    table = read_table("t.xlsx", made_files.xlsx(("speaker", "text"), ("Ann", '="a"&"b"')))

    assert table.oddities[0].sentence.startswith("1 cells of the workbook hold formulas")


def test_empty_cells_at_the_end_of_a_spreadsheet_row_are_empty_not_missing():
    data = made_files.xlsx(("text", "speaker"), ("Hello", None))

    assert said(heard("t.xlsx", data)) == [(None, "Hello", None, None)]


def test_a_word_file_is_no_table():
    with pytest.raises(FileRefused, match="table is needed"):
        read_table("t.docx", made_files.docx("Ann: One"))
