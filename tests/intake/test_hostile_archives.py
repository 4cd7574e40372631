"""Office files that mean harm, read by the real reading process."""

import socket
import subprocess
import sys
import threading
import time
from functools import cache
from pathlib import Path

import pytest

from domain.errors import FileRefused
from intake import child
from intake.child import read_safely
from tests.intake import made_archives as made
from tests.intake import made_files

MB = 1024**2
ROOT = Path(__file__).parents[2]
A_TENTH_OF_A_GB = 100 * MB
NESTED = made_files.zipped_as({"inner.docx": made.DOCX})
WORD, SHEET = "word/document.xml", "xl/worksheets/sheet1.xml"


@pytest.fixture(autouse=True, scope="module")
def _end_the_child():
    yield
    child.stop_reading()


def refused(file_name: str, data: bytes) -> str:
    """The refusal's words; the next good file must be read at once by a living process."""
    began = time.perf_counter()
    with pytest.raises(FileRefused) as refusal:
        read_safely("read_transcript", file_name, data)
    assert time.perf_counter() - began < 5
    assert heard("good.txt", b"Ann: Hello") == ["Hello"]
    return str(refusal.value)


def heard_or_refused(file_name: str, data: bytes) -> str:
    """The words of a file, or those of its refusal."""
    try:
        return " ".join(heard(file_name, data))
    except FileRefused as refusal:
        return str(refusal)


def heard(file_name: str, data: bytes) -> list[str]:
    return [turn.text for turn in read_safely("read_transcript", file_name, data).turns]


BOMBS = {
    "flat, by its declared size": (
        lambda: made_files.zipped_as({f"word/{n}.xml": b"a" * MB for n in range(201)}),
        "more than 200 MB",
    ),
    "flat, by its ratio": (
        lambda: made_files.zipped_as({WORD: b"a" * 150 * MB}),
        "tighter than 100 to 1",
    ),
    "lying about its size": (lambda: made.lying(WORD, 150 * MB, 4000), "tighter|damaged|200 MB"),
    "overlapping, small": (lambda: made.overlapping(2, 90_000), "same part more than once"),
    "overlapping, 100 GB": (lambda: made.overlapping(1000, A_TENTH_OF_A_GB), "more than 200 MB"),
    "nested archive": (lambda: made_files.zipped_as({"word/a.zip": NESTED}), "another archive"),
    "nested Office file": (lambda: made_files.zipped_as({"a/b.docx": made.DOCX}), "archive"),
    "same name twice": (lambda: made.with_names("WORD/Document.xml"), "same part more than once"),
}
"""What makes the file, and words of its refusal; made when needed, since each takes a while."""


@cache
def bomb(case: str) -> bytes:
    return BOMBS[case][0]()


@pytest.mark.parametrize("case", BOMBS)
@pytest.mark.parametrize("file_name", ["talk.docx", "talk.xlsx"])
def test_a_bomb_is_refused_by_name_within_five_seconds(case, file_name):
    """U1: Zip bombs are refused on what they declare and on what they hold."""
    said = refused(file_name, bomb(case))

    assert said.startswith(f"{file_name}: ")
    assert any(word in said for word in BOMBS[case][1].split("|"))


def _doctype(entity: str, use: str = "&e;"):
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e {entity}>]>'.encode()
    return lambda xml: head + xml.partition(b"?>")[2].replace(b"one", b"one" + use.encode(), 1)


QUADRATIC = '"' + "ha" * 50_000 + '"'
XML = {
    "billion laughs": lambda xml: (
        made_files.BILLION_LAUGHS.encode() + xml.partition(b"?>")[2].replace(b"one", b"&j;", 1)
    ),
    "quadratic": _doctype(QUADRATIC, "&e;" * 2000),
    "external entity": _doctype('SYSTEM "file:///etc/hostname"'),
    "entity on the network": _doctype('SYSTEM "http://127.0.0.1:PORT/e"'),
    "external DTD": lambda xml: (
        b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://127.0.0.1:PORT/x.dtd">'
        + xml.partition(b"?>")[2]
    ),
    "in UTF-16": lambda xml: (
        _doctype('SYSTEM "file:///etc/hostname"')(xml).decode().encode("utf-16")
    ),
}


@pytest.mark.parametrize("case", XML)
@pytest.mark.parametrize(("file_name", "part"), [("t.docx", WORD), ("t.xlsx", SHEET)])
def test_a_part_with_entities_is_refused(case, file_name, part):
    """U2: Entities and outside document types are refused before any of them is resolved."""
    data = made_files.with_part(made.DOCX if part == WORD else made.XLSX, part, XML[case])

    assert "document type" in refused(file_name, data)


INCLUDE = (
    '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="file://{file}"/>'
)
TEMPLATE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{kind}" Target="http://127.0.0.1:{port}/{kind}" TargetMode="External"/>'
    "</Relationships>"
)
KINDS = ("attachedTemplate", "image", "oleObject", "hyperlink", "externalLink", "frame")


def inert_files(secret: Path, port: int) -> dict[str, bytes]:
    """Files that ask for something from outside without any entity."""
    include = INCLUDE.format(file=secret).encode()
    found = {
        "XInclude.docx": made_files.with_part(
            made.DOCX, WORD, lambda xml: xml.replace(b"one</w:t>", b"one" + include + b"</w:t>")
        ),
        "XInclude.xlsx": made_files.with_part(
            made.XLSX, SHEET, lambda xml: xml.replace(b"<t>one</t>", b"<t>one</t>" + include)
        ),
        "OLE.docx": made.with_parts(
            made.DOCX, word__embeddings__oleObject1_dot_bin=b"\xd0\xcf" * 99
        ),
        "OLE.xlsx": made.with_parts(made.XLSX, xl__embeddings__oleObject1_dot_bin=b"\xd0\xcf" * 99),
        "macros.xlsm": made.macro_type(
            made.with_parts(made.XLSX, xl__vbaProject_dot_bin=b"\xd0\xcf" * 99),
            b"spreadsheetml.sheet.main+xml",
            b"sheet.macroEnabled.main+xml",
        ),
        "macros.docm": made.macro_type(
            made.with_parts(made.DOCX, word__vbaProject_dot_bin=b"\xd0\xcf" * 99),
            b"wordprocessingml.document.main+xml",
            b"document.macroEnabled.main+xml",
        ),
    }
    for kind in KINDS:
        rels = TEMPLATE.format(kind=kind, port=port).encode()
        found[f"{kind}.docx"] = made.with_parts(
            made.DOCX, word___rels__settings_dot_xml_dot_rels=rels
        )
        found[f"{kind}.xlsx"] = made.with_parts(
            made.XLSX, xl__worksheets___rels__sheet1_dot_xml_dot_rels=rels
        )
    return found


@pytest.fixture
def listener():
    """A port that counts who comes."""
    came: list[object] = []
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(0.1)
        is_over = threading.Event()

        def _listen() -> None:
            while not is_over.is_set():
                try:
                    came.append(server.accept()[1])
                except TimeoutError:
                    continue

        thread = threading.Thread(target=_listen)
        thread.start()
        yield server.getsockname()[1], came
        is_over.set()
        thread.join()


def test_whatever_a_file_asks_for_from_outside_never_comes(listener, tmp_path, record_property):
    """U2: Includes, templates, pictures, objects and macros stay dead; nothing is asked for."""
    port, came = listener
    secret = tmp_path / "secret.txt"
    secret.write_text(made.CANARY, encoding="utf-8")

    files = inert_files(secret, port)
    told = {name: heard_or_refused(name, data) for name, data in files.items()}

    words = {name: told[name] for name in files if told[name] not in ("one two", "one")}
    record_property(
        "figure",
        f"{len(files)} files that ask for more: {len(files) - len(words)} read, "
        f"{len(words)} refused, {len(came)} requests",
    )
    assert came == []
    assert [name for name, said in words.items() if not said.startswith(f"{name}: ")] == []
    assert made.CANARY not in str(told)


def test_macros_are_named_when_a_word_file_carries_them(tmp_path):
    """U2: A .docm is refused in words that say why."""
    assert "macros" in refused("m.docx", inert_files(tmp_path, 1)["macros.docm"])


CLOSED_OFF = """
import ctypes, socket, sys
from intake import child_main
child_main._import_readers()
child_main.close_off()
def tried(what):
    try:
        return what()
    except OSError:
        return "refused"
libc = ctypes.CDLL(None, use_errno=True)
print(tried(lambda: socket.create_connection(("127.0.0.1", 1))))
print(tried(lambda: open("/etc/hostname")))
print(tried(lambda: socket.getaddrinfo("example.org", 80)))
print(libc.socket(2, 1, 0), libc.open(b"/etc/hostname", 0))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such limit")
def test_the_reading_process_can_open_no_file_and_no_connection():
    """U2: The system itself refuses the reader every file and socket, also from C."""
    told = subprocess.run(
        [sys.executable, "-c", CLOSED_OFF], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert told.stdout.split() == ["refused", "refused", "refused", "-1", "-1"], told.stderr


NAMES = (
    "../../escape.txt",
    "/tmp/absolute-escape.txt",
    "..\\..\\escape.txt",
    "C:\\escape.txt",
    "word/a\x00b.xml",
    "CON",
    "word/AUX.xml",
    "n" * 300,
    "word/\u202efdp.xml",
    "word/dot.",
    "word/media/🦠.png",
)


def test_hostile_names_of_parts_are_never_paths(tmp_path):
    """U3: Whatever parts are called, and where a link points, nothing is written or followed."""
    secret = tmp_path / "secret.txt"
    secret.write_text(made.CANARY, encoding="utf-8")
    folders = (ROOT, ROOT.parent, Path("/tmp"), Path("/"), tmp_path)
    data = made.with_names(*NAMES, symlink=str(secret))

    assert heard("../../talk.docx", data) == ["one", "two"]
    stray = ("escape.txt", "absolute-escape.txt", "CON", "word", "C:\\escape.txt")
    assert [folder / name for folder in folders for name in stray if (folder / name).exists()] == []


BROKEN = {
    "corrupt stream": (made.corrupt_stream(made.DOCX, WORD), "damaged"),
    "corrupt sheet": (made.corrupt_stream(made.XLSX, SHEET), "damaged"),
    "truncated": (made.DOCX[: len(made.DOCX) // 2], "damaged or was cut off"),
    "only folders": (made_files.zipped_as({"word/": b"", "xl/": b""}), "damaged"),
    "no parts": (b"PK\x05\x06" + b"\x00" * 18, "archive or an office format"),
    "half a signature": (b"PK\x03\x04", "damaged or was cut off"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_office_file_is_refused_in_its_own_words(case):
    """U9: Cut off, empty, or with a damaged stream inside: each is named."""
    data, words = BROKEN[case]

    assert words in refused("talk.docx", data)
