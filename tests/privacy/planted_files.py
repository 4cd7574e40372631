"""Files with a unique word in every corner that is not speech. Start at `planted`."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from tests.intake import made_files
from tests.intake.made_archives import with_parts

CORE = ("title", "subject", "author", "keywords", "comments", "category", "last_modified_by")
PEOPLE = ("Ann Lee", "Dr. Bo Diaz", "Cyrus Ode")
TALK = (
    "The mask leaks every single night and nobody showed us how to fit it.",
    "We teach the mask fitting in clinic, but nights at home are different.",
    "We should teach whoever is awake at night, not only whoever comes to clinic.",
    "Insurance denied the cough machine twice before anybody called them.",
    "Twice the cough machine was denied and the insurance letter said nothing.",
    "The insurance denial letters never say which form is missing from them.",
)


@dataclass
class Planter:
    """Gives out unique words and remembers where each was put."""

    where: dict[str, str]

    def word(self, place: str) -> str:
        """A word that stands nowhere else."""
        made = f"qz{len(self.where):04}kx"
        self.where[made] = place
        return made

    def words(self, place: str, n: int) -> Iterator[str]:
        return (self.word(f"{place} {k}") for k in range(n))


def lines(plant: Planter, kind: str) -> list[tuple[str, str]]:
    """Six lines of speech, different in each file; the labels carry a word beside the name."""
    labels = [f"{name} ({plant.word(f'{kind}: label of {name}')})" for name in PEOPLE]
    return [(labels[n % 3], f"{said} That is number {kind}.") for n, said in enumerate(TALK)]


def planted(plant: Planter) -> dict[str, bytes]:
    """File name → content; the names themselves carry a word too."""
    made = {
        "vtt": _vtt(plant),
        "srt": _srt(plant),
        "docx": _docx(plant),
        "xlsx": _xlsx(plant),
        "csv": _csv(plant),
        "json": _json(plant),
        "txt": _otter(plant),
    }
    return {f"{plant.word(f'{kind}: file name')}.{kind}": data for kind, data in made.items()}


def _vtt(plant: Planter) -> bytes:
    head = f"WEBVTT {plant.word('vtt: header')}\nKind: {plant.word('vtt: kind')}\nX-A: {plant.word('vtt: metadata')}\n"
    notes = "".join(f"\nNOTE {w}\n" for w in plant.words("vtt: NOTE", 12))
    notes += "".join(f"\nNOTE\n{w}\nand {w}\n" for w in plant.words("vtt: long NOTE", 6))
    styles = "".join(
        f"\nSTYLE\n::cue(.{w}) {{ color: red }}\n" for w in plant.words("vtt: STYLE", 6)
    )
    regions = "".join(f"\nREGION\nid:{w}\n" for w in plant.words("vtt: REGION", 4))
    cues = ""
    for n, (label, said) in enumerate(lines(plant, "vtt")):
        setting = f"region:{plant.word('vtt: setting')}"
        mark = f"<c.{plant.word('vtt: class')}>{said}</c>"
        cues += (
            f"\n{plant.word('vtt: cue id')}\n00:00:{n * 9:02}.000 --> 00:00:{n * 9 + 8:02}.000 {setting}\n"
            f"<v.{plant.word('vtt: voice class')} {label}>{mark}</v>\n"
        )
    return (head + notes + styles + regions + cues).encode()


def _srt(plant: Planter) -> bytes:
    return "\n".join(
        f"{n}\n00:01:{n * 9 - 9:02},000 --> 00:01:{n * 9 - 1:02},000\n"
        f'<font color="{plant.word("srt: colour")}">{label}: {said}</font>\n'
        for n, (label, said) in enumerate(lines(plant, "srt"), start=1)
    ).encode()


def _docx(plant: Planter) -> bytes:
    document = Document()
    for name in CORE:
        setattr(document.core_properties, name, plant.word(f"docx: {name}"))
    section = document.sections[0]
    section.header.paragraphs[0].text = plant.word("docx: header")
    section.footer.paragraphs[0].text = plant.word("docx: footer")
    for label, said in lines(plant, "docx"):
        paragraph = document.add_paragraph(f"{label}: {said}")
        _hide_in(paragraph, plant)
        document.add_comment(
            paragraph.runs, text=plant.word("docx: comment"),
            author=plant.word("docx: comment's author"), initials=plant.word("docx: initials"),
        )  # fmt: skip
    data = made_files.saved(document)
    custom = "".join(
        f'<property name="{w}"><vt:lpwstr xmlns:vt="v">{w}</vt:lpwstr></property>'
        for w in plant.words("docx: custom property", 8)
    )
    return with_parts(
        data,
        docProps__custom_dot_xml=f"<Properties>{custom}</Properties>".encode(),
        customXml__item1_dot_xml=f"<a>{plant.word('docx: custom XML')}</a>".encode(),
        word__footnotes_dot_xml=f"<w>{plant.word('docx: footnote')}</w>".encode(),
        word__people_dot_xml=f"<w>{plant.word('docx: people')}</w>".encode(),
        word__glossary__document_dot_xml=f"<w>{plant.word('docx: glossary')}</w>".encode(),
    )


def _hide_in(paragraph, plant: Planter) -> None:
    """A bookmark, words deleted with change tracking, and a place that is never printed."""
    bookmark = OxmlElement("w:bookmarkStart")
    bookmark.set(qn("w:id"), "1")
    bookmark.set(qn("w:name"), plant.word("docx: bookmark"))
    removed = OxmlElement("w:del")
    removed.set(qn("w:author"), plant.word("docx: who deleted"))
    run, text = OxmlElement("w:r"), OxmlElement("w:delText")
    text.text = plant.word("docx: deleted words")
    run.append(text)
    removed.append(run)
    instruction, field = OxmlElement("w:instrText"), OxmlElement("w:r")
    instruction.text = plant.word("docx: field")
    field.append(instruction)
    for element in (bookmark, removed, field):
        paragraph._p.append(element)


def _xlsx(plant: Planter) -> bytes:
    book = Workbook()
    for name in ("title", "subject", "creator", "keywords", "description", "category"):
        setattr(book.properties, name, plant.word(f"xlsx: {name}"))
    sheet = book.active
    sheet.append(["speaker", "text", plant.word("xlsx: header of another column")])
    for n, (label, said) in enumerate(lines(plant, "xlsx"), start=2):
        sheet.append([label, said, plant.word("xlsx: another column")])
        sheet.cell(n, 2).comment = Comment(
            plant.word("xlsx: note"), plant.word("xlsx: note's author")
        )
    sheet.oddHeader.center.text = plant.word("xlsx: page header")
    sheet.oddFooter.center.text = plant.word("xlsx: page footer")
    asked = DataValidation(type="list", formula1='"a,b"')
    asked.prompt, asked.error = plant.word("xlsx: prompt"), plant.word("xlsx: message")
    sheet.add_data_validation(asked)
    asked.add("Z1")
    for word in plant.words("xlsx: defined name", 6):
        book.defined_names[word] = DefinedName(word, attr_text=f'"{word}"')
    for state in ("hidden", "veryHidden", "visible"):
        other = book.create_sheet(plant.word(f"xlsx: name of a {state} sheet"))
        other.sheet_state = state
        for word in plant.words(f"xlsx: {state} sheet", 6):
            other.append([word])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _csv(plant: Planter) -> bytes:
    head = f"speaker,text,{plant.word('csv: header')},{plant.word('csv: header')}"
    rows = [
        f'"{label}","{said}",{plant.word("csv: another column")},{plant.word("csv: another column")}'
        for label, said in lines(plant, "csv")
    ]
    return "\n".join([head, *rows, ""]).encode()


def _json(plant: Planter) -> bytes:
    segments = [
        {
            "start": n * 9, "end": n * 9 + 8, "text": said, "speaker": label,
            plant.word("json: key"): plant.word("json: value"),
            "words": [{"note": plant.word("json: nested")}],
        }
        for n, (label, said) in enumerate(lines(plant, "json"))
    ]  # fmt: skip
    about = {plant.word("json: outer key"): plant.word("json: outer value") for _ in range(6)}
    return json.dumps({"segments": segments, "metadata": about, **about}).encode()


def _otter(plant: Planter) -> bytes:
    title = f"{plant.word('txt: title')}\n{plant.word('txt: date')}\n\n"
    said = "\n\n".join(
        f"{label}  0:{n:02}\n{said}" for n, (label, said) in enumerate(lines(plant, "txt"))
    )
    return f"{title}{said}\n".encode()
