"""How large a file may be, checked before and while it is unpacked. Start at `check_archive`."""

import io
import re
import zipfile
import zlib
from itertools import pairwise

from domain.errors import FileRefused

MAX_FILE_BYTES = 50 * 1024**2
MAX_UNPACKED_BYTES = 200 * 1024**2
MAX_ENTRIES = 2_000
MAX_RATIO = 100
RATIO_FREE_BYTES = 1024**2
"""Entries up to this size may be packed tighter: a blank sheet is mostly repetition."""
MAX_LINE_CHARS = 1_000_000
MAX_LINES = 600_000
MAX_CUES = 100_000
MAX_SPEAKERS = 1_000
MAX_ROWS = 200_000
MAX_CELLS_IN_ROW = 1_000
MAX_TABLE_CHARS = 50_000_000

_SPLIT_IT = "Split it into smaller files and bring them in one by one."
_SAVE_AGAIN = "Open it in the program that made it, save it again and bring in the new file."
_ARCHIVE_ENDINGS = (".zip", ".7z", ".rar", ".gz")
_LOCAL_HEADER_BYTES = 30
_DOCUMENT_TYPE = re.compile(
    b"|".join(
        re.escape(mark.encode(encoding))
        for mark in ("<!DOCTYPE", "<!ENTITY")
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
    )
)


def check_size(file_name: str, data: bytes) -> None:
    """Refuse an empty or oversized file."""
    if len(data) < 2:
        raise FileRefused(
            file_name=file_name,
            found="The file holds a single byte." if data else "The file is empty.",
            todo="Export it again and check that it has a size before you bring it in.",
        )
    if len(data) > MAX_FILE_BYTES:
        raise FileRefused(
            file_name=file_name,
            found=f"The file has {len(data) / 1024**2:.0f} MB; at most 50 MB can be read.",
            todo=_SPLIT_IT,
        )


def check_lines(file_name: str, text: str) -> None:
    """Refuse more lines than a meeting has, and lines longer than anybody's speech."""
    lines = text.split("\n")
    check_count(file_name, len(lines), MAX_LINES, "lines")
    longest = max(map(len, lines))
    if longest > MAX_LINE_CHARS:
        raise FileRefused(
            file_name=file_name,
            found=f"One line has {longest:,} characters; at most {MAX_LINE_CHARS:,} can be read.",
            todo="Check that this is the transcript and not another file.",
        )


def check_count(file_name: str, found: int, limit: int, what: str) -> None:
    """Refuse more rows or captions than a meeting can have."""
    if found > limit:
        raise FileRefused(
            file_name=file_name,
            found=f"The file has more than {limit:,} {what}.",
            todo=_SPLIT_IT,
        )


def check_archive(file_name: str, data: bytes) -> tuple[str, ...]:
    """Refuse a zip that would unpack to too much; return the names of its entries.

    The declared sizes are checked first, and that every entry has bytes of its own; then each
    is unpacked in small pieces and counted, because a declared size is the file's own claim.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_declared(file_name, entries)
            _check_places(file_name, entries)
            _check_actual(file_name, archive, entries)
    except FileRefused:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
        raise _damaged(file_name, data) from error
    except (NotImplementedError, ValueError, UnicodeError, OverflowError) as error:
        raise _damaged(file_name, data) from error
    return tuple(entry.filename for entry in entries)


def _check_declared(file_name: str, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise _too_large(file_name, f"holds {len(entries):,} parts; at most {MAX_ENTRIES:,}")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise _too_large(file_name, "would unpack to more than 200 MB; at most that much")
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise FileRefused(
                file_name=file_name,
                found="The file is protected with a password.",
                todo="Save it without a password and bring in the new file.",
            )
        if entry.file_size > RATIO_FREE_BYTES:
            _check_ratio(file_name, entry.file_size, entry.compress_size)
        if entry.filename.lower().endswith(_ARCHIVE_ENDINGS):
            raise _too_large(file_name, "holds another archive; none")


def _check_places(file_name: str, entries: list[zipfile.ZipInfo]) -> None:
    """Refuse entries of one name, or that share packed bytes: no office program writes them."""
    names = {entry.filename.casefold() for entry in entries}
    in_order = sorted(entries, key=lambda entry: entry.header_offset)
    is_overlapping = any(
        entry.header_offset + _LOCAL_HEADER_BYTES + entry.compress_size > after.header_offset
        for entry, after in pairwise(in_order)
    )
    if len(names) < len(entries) or is_overlapping:
        raise FileRefused(
            file_name=file_name,
            found="The file holds the same part more than once, as damaged and hostile files do.",
            todo=_SAVE_AGAIN,
        )


def _check_actual(file_name: str, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    total = 0
    for entry in entries:
        size = 0
        with archive.open(entry) as part:
            while piece := part.read(1024**2):
                _check_inert(file_name, piece)
                size += len(piece)
                if total + size > MAX_UNPACKED_BYTES:
                    raise _too_large(file_name, "unpacks to more than 200 MB; at most that much")
        if size > RATIO_FREE_BYTES:
            _check_ratio(file_name, size, entry.compress_size)
        total += size


def _check_inert(file_name: str, piece: bytes) -> None:
    """Refuse parts that declare entities: they repeat or fetch what the file does not hold."""
    if _DOCUMENT_TYPE.search(piece):
        raise FileRefused(
            file_name=file_name,
            found="The file asks for text from elsewhere (a document type): Office files never do.",
            todo=_SAVE_AGAIN,
        )


def _check_ratio(file_name: str, size: int, packed: int) -> None:
    if size > MAX_RATIO * max(packed, 1):
        raise _too_large(file_name, f"is packed tighter than {MAX_RATIO} to 1; at most that")


def _too_large(file_name: str, what: str) -> FileRefused:
    return FileRefused(
        file_name=file_name,
        found=f"The file {what} can be read.",
        todo="Save it again without pictures and attachments and bring in the new file.",
    )


def _damaged(file_name: str, data: bytes) -> FileRefused:
    return FileRefused(
        file_name=file_name,
        found=f"The file ({len(data):,} bytes) is damaged or was cut off.",
        todo=_SAVE_AGAIN,
    )
