"""The one door for files. Start at `read_transcript`.

Screens and services call these through `intake.child.read_safely`, in a process of their own.
"""

from domain.errors import FileRefused
from intake.readers.columns import cues_from_columns, guess_columns
from intake.readers.csv_table import read_csv_table
from intake.readers.json_segments import read_json
from intake.readers.named_lines import read_named_lines
from intake.readers.otter import read_otter
from intake.readers.sbv import read_sbv
from intake.readers.srt import read_srt
from intake.readers.teams_docx import read_teams_docx
from intake.readers.vtt import read_vtt
from intake.readers.xlsx_table import read_xlsx_table
from intake.recommendations import read_list
from intake.result import (
    ColumnMap,
    Reading,
    RecommendationList,
    RosterFile,
    Table,
    TranscriptFile,
)
from intake.roster import roster_from_table
from intake.sniff import Kind, Seen, look_at
from intake.turns import assemble

PASTED = "pasted text"

_TEXT_READERS = {
    Kind.VTT: read_vtt,
    Kind.SRT: read_srt,
    Kind.SBV: read_sbv,
    Kind.OTTER: read_otter,
    Kind.TEXT: read_named_lines,
}


def read_transcript(
    file_name: str,
    data: bytes,
    *,
    columns: ColumnMap | None = None,
    encoding: str | None = None,
) -> TranscriptFile:
    """What was said, by whom and when, with everything odd about the file.

    `columns` maps a table's columns (guessed without it); `encoding` answers a refusal that
    asks which one the file was saved with.
    """
    seen = look_at(file_name, data, encoding=encoding)
    file_format, reading = _read(file_name, data, seen, columns)
    return assemble(file_name, data, reading, file_format=file_format, decoded=seen.decoded)


def read_pasted_captions(text: str) -> TranscriptFile:
    """Captions or lines that somebody pasted: VTT, SRT, "Name: words" or plain lines."""
    # Halves of characters, which some programs put on the clipboard, are counted and told.
    data = text.encode("utf-8", errors="surrogatepass").decode("utf-8", errors="replace").encode()
    return read_transcript(PASTED, data, encoding="utf-8")


def read_recommendations(
    file_name: str, data: bytes, *, column: str | None = None
) -> RecommendationList:
    """A list of recommendations from .csv, .xlsx, .docx, .txt or .md."""
    seen = look_at(file_name, data)
    table = _table(file_name, data, seen) if seen.kind in (Kind.CSV, Kind.XLSX) else None
    return read_list(file_name, data, seen, table=table, column=column)


def read_roster(file_name: str, data: bytes) -> RosterFile:
    """The people of a meeting from .csv or .xlsx."""
    return roster_from_table(read_table(file_name, data))


def read_table(file_name: str, data: bytes) -> Table:
    """A .csv or .xlsx as it stands, so that its columns can be mapped on screen."""
    seen = look_at(file_name, data)
    if seen.kind not in (Kind.CSV, Kind.XLSX, Kind.TEXT):
        raise FileRefused(
            file_name=file_name,
            found=f"A table is needed here; this is a file of the kind “{seen.kind}”.",
            todo="Bring in a .csv or .xlsx file.",
        )
    return _table(file_name, data, seen)


def _table(file_name: str, data: bytes, seen: Seen) -> Table:
    if seen.kind is Kind.XLSX:
        return read_xlsx_table(file_name, data)
    return read_csv_table(file_name, seen.decoded.text, oddities=seen.decoded.oddities)


def _read(
    file_name: str, data: bytes, seen: Seen, columns: ColumnMap | None
) -> tuple[str, Reading]:
    if seen.kind in (Kind.CSV, Kind.XLSX):
        text = seen.decoded.text
        table = (
            read_csv_table(file_name, text)
            if seen.kind is Kind.CSV
            else read_xlsx_table(file_name, data)
        )
        return seen.kind.value, cues_from_columns(table, columns or guess_columns(table))
    if seen.kind is Kind.DOCX:
        return "docx", read_teams_docx(file_name, data)
    if seen.kind is Kind.JSON:
        return read_json(file_name, seen.decoded.text)
    return seen.kind.value, _TEXT_READERS[seen.kind](file_name, seen.decoded.text)
