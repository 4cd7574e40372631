"""A document that opens anywhere and asks for nothing: one HTML file. Start at `write_html`.

The same words can be read on a screen, by a screen reader and on paper (the browser prints it, or
keeps it as PDF). Nothing in it is loaded from anywhere, and nothing in it runs. What a document
says was decided by whoever made it: this floor knows no store and no rule about who may see what.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Run:
    """A stretch of a quote, with the tag of its language; empty for English."""

    text: str
    language: str = ""


@dataclass(frozen=True)
class Quoted:
    """Words as somebody said them, who that was as far as it may be told, and a translation."""

    runs: tuple[Run, ...]
    by: str
    translation: str = ""


@dataclass(frozen=True)
class Table:
    """Rows under a head; every row is as long as the head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Count:
    """A number with what it is a number of; `of` is None where it is the first."""

    name: str
    value: int
    of: int | None = None

    @property
    def share(self) -> float:
        """0-1, for a bar beside it."""
        return min(1.0, self.value / self.of) if self.of else 1.0


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it, in this order."""

    title: str
    lead: str = ""
    counts: tuple[Count, ...] = ()
    lines: tuple[str, ...] = ()
    quotes: tuple[Quoted, ...] = ()
    table: Table | None = None
    parts: tuple["Section", ...] = field(default=())


@dataclass(frozen=True)
class Document:
    """Everything on the page; `note` stands above it all, as the sample's watermark does."""

    title: str
    eyebrow: str
    lead: str
    sections: tuple[Section, ...]
    made_on: date
    note: str = ""


def write_html(document: Document) -> bytes:
    """The document as one file of UTF-8 HTML; the same document gives the same bytes."""
    text = (
        _environment()
        .get_template("document.html")
        .render(
            document=document,
            style=(FOLDER / "document.css").read_text(encoding="utf-8"),
            made_on=f"{document.made_on.day} {document.made_on:%B %Y}",
            anchors=_anchors(document.sections),
        )
    )
    return text.encode("utf-8")


def _anchors(sections: Sequence[Section]) -> list[tuple[str, Section]]:
    return [(f"part-{n}", section) for n, section in enumerate(sections, start=1)]


def _environment() -> Environment:
    """Everything that is put into the page is escaped, and nothing may be missing."""
    return Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
