"""Tables whose columns hold a talk. Start at `guess_columns` and `cues_from_columns`."""

from collections.abc import Sequence

from domain.errors import FileRefused
from intake.limits import MAX_CUES, check_count
from intake.result import ColumnMap, Cue, Oddity, Reading, Table
from intake.speakers import one_line
from intake.times import read_time_or_seconds

_KNOWN = {
    "speaker": ("speaker", "speaker name", "name", "participant", "who", "person", "speaker label"),
    "text": (
        "text", "utterance", "transcript", "words", "said", "content", "caption", "sentence",
        "quote", "statement", "contribution", "body", "what was said",
    ),
    "start": ("start", "start time", "begin", "from", "time", "timestamp", "start s", "in"),
    "end": ("end", "end time", "to", "until", "stop", "end s", "out"),
}  # fmt: skip
_SHOWN_ROWS = 20


def plain_header(header: str) -> str:
    """A header without case, marks and units, to compare it."""
    kept = "".join(char if char.isalnum() else " " for char in header.casefold())
    return " ".join(kept.split())


def find_column(headers: Sequence[str], names: Sequence[str]) -> str | None:
    """The header that is one of the names, or begins with one; the first name wins."""
    plain = [plain_header(header) for header in headers]
    for name in names:
        if name in plain:
            return headers[plain.index(name)]
    for name in names:
        for header, written in zip(headers, plain, strict=True):
            if len(name) > 3 and written.startswith(name + " "):
                return header
    return None


def guess_columns(table: Table) -> ColumnMap:
    """The most likely meaning of the columns; None where no header tells."""
    found = {what: find_column(table.headers, names) for what, names in _KNOWN.items()}
    return ColumnMap(found["speaker"], found["text"], found["start"], found["end"])


def cues_from_columns(table: Table, columns: ColumnMap) -> Reading:
    """One cue a row; rows too short for a mapped column are refused, all of them at once."""
    _check_columns(table, columns)
    check_count(table.file_name, len(table.rows), MAX_CUES, "rows")
    cues: list[Cue] = []
    silent: list[str] = []
    unsure: list[str] = []
    for number, row in enumerate(table.rows):
        place = table.places[number] if table.places else f"row {number + 2}"
        cue = _cue(table, columns, row, place)
        if not cue.text:
            silent.append(place)
            continue
        if _has_bad_time(table, columns, row):
            unsure.append(place)
        cues.append(cue)
    oddities = table.oddities
    oddities += _oddity("left_out", silent, "have no words and were left out")
    oddities += _oddity("unsure_times", unsure, "have times that cannot be read; words are kept")
    return Reading(tuple(cues), oddities)


def _cue(table: Table, columns: ColumnMap, row: Sequence[str], place: str) -> Cue:
    text = one_line(_cell(table, row, columns.text))
    speaker = one_line(_cell(table, row, columns.speaker)) or None
    start_s = read_time_or_seconds(_cell(table, row, columns.start))
    end_s = read_time_or_seconds(_cell(table, row, columns.end))
    if start_s is not None and end_s is not None and end_s < start_s:
        end_s = None
    return Cue(start_s, end_s, speaker, text, place)


def _cell(table: Table, row: Sequence[str], header: str | None) -> str:
    if header is None:
        return ""
    at = table.headers.index(header)
    return row[at] if at < len(row) else ""


def _has_bad_time(table: Table, columns: ColumnMap, row: Sequence[str]) -> bool:
    written = [_cell(table, row, header).strip() for header in (columns.start, columns.end)]
    seconds = [read_time_or_seconds(time) for time in written]
    if any(time and second is None for time, second in zip(written, seconds, strict=True)):
        return True
    start_s, end_s = seconds
    return start_s is not None and end_s is not None and end_s < start_s


def _check_columns(table: Table, columns: ColumnMap) -> None:
    if columns.text is None:
        raise FileRefused(
            file_name=table.file_name,
            found=f"No column is known to hold the words; it has {_list(table.headers)}.",
            todo="Choose which column holds the words and which the speakers.",
        )
    mapped = (columns.speaker, columns.text, columns.start, columns.end)
    missing = [header for header in mapped if header is not None and header not in table.headers]
    if missing:
        raise FileRefused(
            file_name=table.file_name,
            found=f"It has no column {_list(missing)}; it has {_list(table.headers)}.",
            todo="Choose the columns again.",
        )
    needed = max(table.headers.index(header) for header in mapped if header is not None)
    short = [
        table.places[number] if table.places else f"row {number + 2}"
        for number, row in enumerate(table.rows)
        if len(row) <= needed
    ]
    if short:
        raise FileRefused(
            file_name=table.file_name,
            found=f"{len(short):,} of {len(table.rows):,} rows end before the column "
            f"“{table.headers[needed]}”: {_list_places(short)}.",
            todo="Complete these rows and bring the file in again.",
            rows=tuple(short),
        )


def _list(headers: Sequence[str]) -> str:
    return ", ".join(f"“{header}”" for header in headers) or "no columns"


def _list_places(places: Sequence[str]) -> str:
    shown = ", ".join(places[:_SHOWN_ROWS])
    return f"{shown} and {len(places) - _SHOWN_ROWS:,} more" if len(places) > _SHOWN_ROWS else shown


def _oddity(kind: str, places: Sequence[str], what: str) -> tuple[Oddity, ...]:
    if not places:
        return ()
    sentence = f"{len(places):,} rows {what}: {_list_places(places)}."
    return (Oddity(kind, places[0], sentence),)
