"""What a file is by its bytes, never by its name alone. Start at `look_at`."""

import re
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import FileRefused
from intake.encoding import DecodedText, decode
from intake.limits import check_archive, check_lines, check_size
from intake.readers.columns import find_column
from intake.readers.csv_table import delimiter_of
from intake.readers.json_segments import load_json
from intake.readers.otter import is_otter
from intake.readers.sbv import TIMING as SBV_TIMING
from intake.times import TIME


class Kind(StrEnum):
    """The formats that can be read."""

    VTT = "vtt"
    SRT = "srt"
    SBV = "sbv"
    JSON = "json"
    CSV = "csv"
    OTTER = "otter"
    TEXT = "text"
    DOCX = "docx"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Seen:
    """The kind of a file, and its text where it is a text file."""

    kind: Kind
    decoded: DecodedText


_OFFICE = DecodedText("", "office document", ())
_AS_TRANSCRIPT = "Bring in the transcript as .vtt, .srt, .txt, .docx, .csv, .xlsx or .json."
_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"%PDF-", "This is a PDF."),
    (b"{\\rtf", "This is an RTF document."),
    (b"MZ", "This is a Windows program."),
    (b"\x7fELF", "This is a program."),
    (b"\xca\xfe\xba\xbe", "This is a program."),
    (b"\xcf\xfa\xed\xfe", "This is a program."),
    (b"\x89PNG", "This is a picture."),
    (b"\xff\xd8\xff", "This is a picture."),
    (b"GIF8", "This is a picture."),
    (b"ID3", "This is a sound recording, not its transcript."),
    (b"\xff\xfb", "This is a sound recording, not its transcript."),
    (b"OggS", "This is a sound recording, not its transcript."),
    (b"fLaC", "This is a sound recording, not its transcript."),
    (b"RIFF", "This is a recording or a picture, not a transcript."),
    (b"\x1aE\xdf\xa3", "This is a video recording, not its transcript."),
    (b"\x1f\x8b", "This is a compressed archive."),
    (b"7z\xbc\xaf", "This is a compressed archive."),
    (b"Rar!", "This is a compressed archive."),
    (b"BZh", "This is a compressed archive."),
    (b"\xfd7zXZ", "This is a compressed archive."),
    (b"SQLite format 3", "This is a database."),
)
_HTML = re.compile(r"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html|head|body)\b", re.I | re.S)
_XML = re.compile(r"\s*<\?xml\b")
_CAPTION_TIMING = re.compile(rf"^[ \t]*{TIME}[ \t]*-->[ \t]*{TIME}", re.M)
_SRT_TIMING = re.compile(r"\d:\d\d,\d{1,3}[ \t]*-->")
_WORDS = ("text", "utterance", "transcript", "recommendation", "statement", "words", "quote")
_BESIDE = ("speaker", "name", "start", "time", "timestamp", "number", "no", "id", "end")


def look_at(file_name: str, data: bytes, *, encoding: str | None = None) -> Seen:
    """Tell the kind of a file; refuse what holds no transcript or list, each in its own words."""
    check_size(file_name, data)
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return Seen(_office_kind(file_name, data), _OFFICE)
    _refuse_known_others(file_name, data)
    decoded = decode(file_name, data, encoding=encoding)
    if not decoded.text.strip():
        raise FileRefused(
            file_name=file_name,
            found="The file holds nothing but blanks.",
            todo="Export it again and check that it shows words in a text editor.",
        )
    return Seen(_text_kind(file_name, decoded.text), decoded)


def _office_kind(file_name: str, data: bytes) -> Kind:
    names = {name.lower().replace("\\", "/").lstrip("/") for name in check_archive(file_name, data)}
    folders = {name.split("/")[0] for name in names}
    if "word" in folders:
        return Kind.DOCX
    if "xl" in folders and "xl/workbook.bin" not in names:
        return Kind.XLSX
    found = "This is an archive or an office format that cannot be read here."
    if "xl" in folders:
        found = "This is a binary Excel workbook (.xlsb)."
    if "ppt" in folders:
        found = "This is a PowerPoint presentation."
    if "content.xml" in names:
        found = "This is an OpenDocument file."
    todo = "Save it as .docx or .xlsx and bring in the new file."
    raise FileRefused(file_name=file_name, found=found, todo=todo)


def _refuse_known_others(file_name: str, data: bytes) -> None:
    for signature, found in _SIGNATURES:
        if not data.startswith(signature):
            continue
        if found == "ole":
            raise _refuse_ole(file_name, data)
        # "MZ" and "BZh" can also begin a sentence: programs and archives hold zero bytes.
        if len(signature) > 3 or b"\x00" in data[:4000]:
            raise FileRefused(file_name=file_name, found=found, todo=_AS_TRANSCRIPT)
    if b"ftyp" in data[4:12]:
        found = "This is a video or sound recording, not its transcript."
        raise FileRefused(file_name=file_name, found=found, todo=_AS_TRANSCRIPT)
    if b"%PDF-" in data[:1024]:
        raise FileRefused(file_name=file_name, found="This is a PDF.", todo=_AS_TRANSCRIPT)


def _refuse_ole(file_name: str, data: bytes) -> FileRefused:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return FileRefused(
            file_name=file_name,
            found="The file is protected with a password.",
            todo="Save it without a password and bring in the new file.",
        )
    return FileRefused(
        file_name=file_name,
        found="This is an Office file in the format used before 2007, or a protected one.",
        todo="Save it as .docx or .xlsx, without a password, and bring in the new file.",
    )


def _text_kind(file_name: str, text: str) -> Kind:
    _refuse_markup(file_name, text)
    start = text.lstrip("\ufeff \t\n")
    if start.startswith("WEBVTT"):
        check_lines(file_name, text)
        return Kind.VTT
    if start.startswith(("{", "[")) and _is_json(file_name, start):
        return Kind.JSON
    # JSON alone is often written on one line, however long the talk was.
    check_lines(file_name, text)
    if kind := _caption_kind(text):
        return kind
    if is_otter(text):
        return Kind.OTTER
    return Kind.CSV if _is_csv(file_name, text) else Kind.TEXT


def _refuse_markup(file_name: str, text: str) -> None:
    found = ""
    if _HTML.match(text):
        found = "This is a web page."
    elif _XML.match(text):
        found = "This is an XML file."
    if found:
        raise FileRefused(file_name=file_name, found=found, todo=_AS_TRANSCRIPT)


def _is_json(file_name: str, start: str) -> bool:
    if file_name.lower().endswith(".json") or re.match(r'\{\s*"', start):
        return True
    return load_json(start) is not None


def _caption_kind(text: str) -> Kind | None:
    if _CAPTION_TIMING.search(text):
        return Kind.SRT if _SRT_TIMING.search(text) else Kind.VTT
    return Kind.SBV if any(SBV_TIMING.fullmatch(line) for line in text.split("\n")) else None


def _is_csv(file_name: str, text: str) -> bool:
    if file_name.lower().endswith((".csv", ".tsv")):
        return True
    mark = delimiter_of(text)
    headers = [cell.strip(' "') for cell in text.split("\n", 1)[0].split(mark)]
    is_short = all(len(header) <= 40 for header in headers)
    known = find_column(headers, _WORDS), find_column(headers, _BESIDE)
    return len(headers) > 1 and is_short and None not in known
