import io
import zipfile

import pytest

from domain.errors import FileRefused
from intake.front_door import read_recommendations, read_roster, read_table, read_transcript
from intake.result import ColumnMap
from tests.intake import made_files

DOCX = made_files.docx("Maria: one", "Tom: two")
XLSX = made_files.xlsx(("speaker", "text"), ("Maria", "one"))


def bomb(name, size=150 * 1024**2):
    return made_files.zipped_as({"[Content_Types].xml": b"<x/>", name: b"a" * size})


REFUSED = {
    "empty": (b"", "empty"),
    "one byte": (b"\xff", "single byte"),
    "only blanks": (b" \n\t\n", "nothing but blanks"),
    "60 MB": (lambda: b"a" * (60 * 1024**2), "60 MB; at most 50 MB"),
    "program as .vtt": (b"MZ\x90\x00\x03\x00\x00\x00" * 50, "Windows program"),
    "random bytes as .vtt": (bytes(range(256)) * 20, "not text"),
    "PDF as .docx": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
    "web page": (b"<!DOCTYPE html><html><body>Maria: hi</body></html>", "web page"),
    "video": (b"\x00\x00\x00\x20ftypisom" + b"\x00" * 50, "recording"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "before 2007"),
    "password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "password",
    ),
    "one endless line": (b"Maria: " + b"a" * 1_000_001, "One line has"),
    "zip bomb": (lambda: bomb("word/document.xml"), "tighter than 100 to 1"),
    "too much unpacked": (lambda: bomb("xl/workbook.xml", 201 * 1024**2), "more than 200 MB"),
    "many parts": (
        lambda: made_files.zipped_as({f"word/{n}": b"" for n in range(2001)}),
        "2,001 parts",
    ),
    "zip in zip": (made_files.zipped_as({"word/a.zip": b"PK"}), "another archive"),
    "plain zip": (made_files.zipped_as({"a.txt": b"hello"}), "archive"),
    "PowerPoint": (made_files.zipped_as({"ppt/presentation.xml": b"<x/>"}), "PowerPoint"),
    "binary Excel": (made_files.zipped_as({"xl/workbook.bin": b"x"}), ".xlsb"),
    "truncated docx": (DOCX[: len(DOCX) // 2], "damaged or was cut off"),
    "truncated xlsx": (XLSX[: len(XLSX) // 2], "damaged or was cut off"),
    "empty docx inside": (made_files.zipped_as({"word/document.xml": b""}), "damaged"),
    "zero turns": (b"WEBVTT\n\nNOTE nobody said a word\n", "No spoken words"),
    "other JSON": (b'{"a": [1, 2, 3]}', "no list of spoken segments"),
    "broken JSON": (b'{"segments": [{"text": "hello"}', "broken off"),
    "deep JSON": (b'{"a":' + b"[" * 100_000, "broken off"),
    "table without words": (b"speaker,start\nMaria,1\n", "No column is known"),
}


def file_of(case: str) -> bytes:
    """Its bytes; large ones are made for the test, not while tests are collected."""
    told = REFUSED[case][0]
    return told() if callable(told) else told


@pytest.mark.parametrize("case", REFUSED)
def test_a_hostile_file_is_refused_in_words_that_name_it(case):
    """U1, U4, U5, U9: What a file is decides its bytes; its refusal names it and what to do."""
    data, words = file_of(case), REFUSED[case][1]

    with pytest.raises(FileRefused) as refusal:
        read_transcript("talk.vtt" if case != "table without words" else "talk.csv", data)

    assert words in str(refusal.value)
    assert str(refusal.value).startswith("talk.")
    assert refusal.value.params["todo"]


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml"])
def test_billion_laughs_in_a_word_file_are_refused_or_inert(part):
    """U2: Entities never unfold."""
    data = made_files.with_part(
        DOCX, part, lambda xml: made_files.BILLION_LAUGHS.encode() + xml.partition(b"?>")[2]
    )

    assert_refused_or_equal(data, {"one", "two"})


def test_billion_laughs_in_a_cell_are_refused_or_inert():
    def laugh(xml):
        return (made_files.BILLION_LAUGHS.encode() + xml.partition(b"?>")[2]).replace(
            b"<t>one</t>", b"<t>&j;</t>"
        )

    data = made_files.with_part(XLSX, "xl/worksheets/sheet1.xml", laugh)

    with pytest.raises(FileRefused):
        read_transcript("talk.xlsx", data)


def test_an_external_entity_brings_no_file_into_the_words():
    """U2: No file of this computer comes into the words."""

    def entity(xml):
        head = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
        return head + xml.partition(b"?>")[2].replace(b"Maria: one", b"Maria: one&e;")

    data = made_files.with_part(DOCX, "word/document.xml", entity)

    assert_refused_or_equal(data, {"one", "two"})


def assert_refused_or_equal(data, texts):
    try:
        heard = read_transcript("talk.docx", data)
    except FileRefused:
        return
    assert {turn.text for turn in heard.turns} <= texts


def test_an_entry_that_lies_about_its_size_is_refused():
    """U1: A declared size is not believed."""
    data = bytearray(bomb("word/document.xml", 30 * 1024**2))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo("word/document.xml").file_size.to_bytes(4, "little")
    at = data.rindex(size)
    data[at : at + 4] = (1000).to_bytes(4, "little")

    with pytest.raises(FileRefused):
        read_transcript("talk.docx", bytes(data))


def test_entry_names_outside_the_archive_are_only_names():
    """U3: Names in an archive are never paths."""
    data = made_files.with_part(DOCX, "word/document.xml", lambda xml: xml)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts |= {"../../escape.txt": b"x", "/absolute": b"x", "CON": b"x"}

    heard = read_transcript("../../talk.docx", made_files.zipped_as(parts))

    assert [turn.text for turn in heard.turns] == ["one", "two"]


@pytest.mark.parametrize("name", ["=cmd()", "<script>", "@SUM(1)", "Анна", "李雷", "{0.__class__}"])
def test_a_strange_name_passes_as_it_is(name):
    """O6: A speaker's name is a name, whatever it looks like."""
    data = f"WEBVTT\n\n00:01.000 --> 00:02.000\n{name}: hello\n".encode()

    assert read_transcript("talk.vtt", data).turns[0].speaker == name


def test_every_row_without_the_mapped_column_is_listed_at_once():
    data = b"who,when,said\nMaria,1,hello\nTom\nMaria,2,yes\nTom,3\n"

    with pytest.raises(FileRefused) as refusal:
        read_transcript("talk.csv", data, columns=ColumnMap(speaker="who", text="said"))

    assert refusal.value.params["rows"] == ("row 3", "row 5")


def test_a_mapped_column_that_is_missing_is_named_with_those_there_are():
    with pytest.raises(FileRefused, match="no column “words”; it has “who”, “said”"):
        read_transcript("talk.csv", b"who,said\nMaria,hello\n", columns=ColumnMap(text="words"))


@pytest.mark.parametrize("reader", [read_roster, read_table, read_recommendations])
@pytest.mark.parametrize("case", [case for case in REFUSED if "zip" in case or "trunc" in case])
def test_other_readers_refuse_hostile_archives_too(reader, case):
    with pytest.raises(FileRefused):
        reader("file.xlsx", file_of(case))
