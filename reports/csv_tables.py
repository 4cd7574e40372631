"""CSV that a spreadsheet shows as it is and never runs. Start at `write_csv`."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence

STARTS_A_FORMULA = re.compile("'*(?:[\t\r\n\0]|[\\s\0\u200b\u2060\ufeff]*[=+\\-@＝＋－＠])")
"""OWASP ASVS 5.0 V1.2.10, with the full-width signs that spreadsheets read alike, and behind
blanks, which some of them drop.

Text that has an apostrophe of its own there gets one more, so that taking off one gives the
words back.
"""

Cell = str | int | float | None


def guard(cell: Cell) -> Cell:
    """Put an apostrophe before text that a spreadsheet would take for a formula.

    >>> guard("=1+1")
    "'=1+1"
    >>> guard(-1)
    -1
    """
    if isinstance(cell, str) and STARTS_A_FORMULA.match(cell):
        return f"'{cell}"
    return cell


def write_csv(headers: Sequence[str], rows: Iterable[Sequence[Cell]], *, note: str = "") -> bytes:
    """RFC 4180 with a byte order mark, so that every spreadsheet reads the letters right.

    A ``note`` stands in a first line of its own, such as the watermark of the sample.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    if note:
        writer.writerow([guard(note)])
    writer.writerow([guard(header) for header in headers])
    for row in rows:
        writer.writerow([guard(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def zip_files(files: Mapping[str, bytes]) -> bytes:
    """The same files give the same bytes: the clock stays out."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)
    return out.getvalue()
