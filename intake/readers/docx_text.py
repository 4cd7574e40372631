"""Word files to paragraphs and tables, in reading order. Start at `read_docx_blocks`."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from domain.errors import FileRefused
from intake.limits import check_archive

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAX_DEPTH = 50


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `level` is None outside lists, 0 for a list's first level."""

    text: str
    place: str
    level: int | None = None
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table, cell by cell."""

    rows: tuple[tuple[str, ...], ...]
    place: str


Block = Paragraph | TableBlock


def read_docx_blocks(file_name: str, data: bytes) -> tuple[Block, ...]:
    """Everything that is written in the body of a .docx file.

    Text that was inserted with change tracking counts and deleted text does not, as on paper;
    `Paragraph.text` of python-docx would leave the inserted words out.
    """
    if any(name.lower().endswith("vbaproject.bin") for name in check_archive(file_name, data)):
        raise FileRefused(
            file_name=file_name,
            found="This is a Word file with macros, which are programs.",
            todo="Save it as .docx without macros and bring in the new file.",
        )
    try:
        from docx import Document

        document = Document(io.BytesIO(data))
        styles = {s.style_id: s.name or "" for s in document.styles}
        return tuple(_blocks(document.element.body, styles))
    # python-docx and lxml raised seven unrelated kinds of error on damaged files.
    except Exception as error:
        raise FileRefused(
            file_name=file_name,
            found="The Word file is damaged or not a Word file inside.",
            todo="Open it in Word, save it again as .docx and bring in the new file.",
        ) from error


def _blocks(body: Any, styles: dict[str, str]) -> Iterator[Block]:
    n_paragraphs = n_tables = 0
    for element in _block_elements(body, 0):
        if element.tag == f"{_W}p":
            n_paragraphs += 1
            yield _paragraph(element, f"paragraph {n_paragraphs}", styles)
        else:
            n_tables += 1
            rows = tuple(_cells(row) for row in _children(element, "tr"))
            yield TableBlock(rows, f"table {n_tables}")


def _block_elements(parent: Any, depth: int) -> Iterator[Any]:
    """Paragraphs and tables, also those inside content controls and tracked moves."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif isinstance(child.tag, str) and depth < _MAX_DEPTH and child.tag != f"{_W}del":
            yield from _block_elements(child, depth + 1)


def _children(parent: Any, name: str) -> Iterator[Any]:
    """Direct children of a kind, looking through content controls."""
    for child in parent:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _children(child, name)


def _cells(row: Any) -> tuple[str, ...]:
    return tuple(_cell(cell) for cell in _children(row, "tc"))


def _cell(cell: Any) -> str:
    lines = (_text(paragraph) for paragraph in cell.iter(f"{_W}p"))
    return "\n".join(line for line in lines if line.strip())


def _paragraph(element: Any, place: str, styles: dict[str, str]) -> Paragraph:
    style = element.find(f"{_W}pPr/{_W}pStyle")
    style_name = styles.get(style.get(f"{_W}val", ""), "").lower() if style is not None else ""
    numbering = element.find(f"{_W}pPr/{_W}numPr")
    level: int | None = 0 if style_name.startswith("list") else None
    if numbering is not None:
        written = numbering.find(f"{_W}ilvl")
        value = written.get(f"{_W}val", "0") if written is not None else "0"
        level = int(value) if value.isdecimal() else 0
    is_heading = style_name.startswith(("heading", "title", "subtitle"))
    return Paragraph(_text(element), place, None if is_heading else level, is_heading)


def _text(paragraph: Any) -> str:
    parts: list[str] = []
    for node in _runs(paragraph, 0):
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
        elif node.tag == f"{_W}tab":
            parts.append("\t")
        elif node.tag == f"{_W}noBreakHyphen":
            parts.append("-")
    return "".join(parts).replace("\r", "\n")


def _runs(parent: Any, depth: int) -> Iterator[Any]:
    """Text nodes of a paragraph; text boxes inside it hold paragraphs of their own."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr"):
            continue
        yield child
        if depth < _MAX_DEPTH:
            yield from _runs(child, depth + 1)
