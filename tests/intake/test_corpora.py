"""Whole corpora of odd files, and mutations of good ones, through the real reading process."""

import os
import random
import time
from collections import Counter
from pathlib import Path

import psutil
import pytest

from domain.errors import FileRefused
from intake import child
from intake.child import read_safely
from intake.result import RecommendationList, RosterFile, Table, TranscriptFile
from tests.intake import made_files

IS_STRESS = bool(os.environ.get("STRESS"))
MB = 1024**2
CORPORA = {
    "office_files": 1,
    "vtt_conformance": 12,
    "subtitle_files": 2,
    "naughty_strings": 1,
    "speech_to_text_json": 2,
}
"""Folder → every how manieth file is tried each time; all of them under STRESS."""
READERS = ("read_transcript", "read_recommendations", "read_roster", "read_table")
N_MUTATIONS = 10_000 if IS_STRESS else 150
RESULTS = (TranscriptFile, RecommendationList, RosterFile, Table)


class Tried:
    """What became of each file, the longest that one took, and the most memory."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()
        self.longest_s = 0.0
        self.most_bytes = 0
        self.wrong: list[str] = []

    def read(self, reader: str, name: str, data: bytes) -> None:
        began = time.perf_counter()
        outcome = self._outcome(reader, name, data)
        self.longest_s = max(self.longest_s, time.perf_counter() - began)
        self.outcomes[outcome] += 1
        if child._children:
            self.most_bytes = max(self.most_bytes, peak_bytes(child._children[0].pid))

    def _outcome(self, reader: str, name: str, data: bytes) -> str:
        try:
            found = read_safely(reader, name, data)  # type: ignore[call-overload]
        except FileRefused as refusal:
            if not (refusal.params["found"] and refusal.params["todo"]):
                self.wrong.append(f"{name}: no words")
            if "took too long" in str(refusal) or "more than 512 MB" in str(refusal):
                self.wrong.append(f"{name} ({reader}): {refusal}")
            return "refused"
        if not isinstance(found, RESULTS):
            self.wrong.append(f"{name}: {type(found).__name__}")
        return "read"

    def must_be_well(self, caplog: pytest.LogCaptureFixture) -> None:
        """Nothing unforeseen happened, nothing took too long, no process died."""
        assert [record.message for record in caplog.records if record.name == "intake.child"] == []
        assert self.wrong == []
        assert self.longest_s < 20
        assert self.most_bytes < 512 * MB

    @property
    def told(self) -> str:
        n = self.outcomes
        return (
            f"{n.total():,} files tried: {n['read']:,} read, {n['refused']:,} refused, 0 uncaught, "
            f"longest {self.longest_s:.1f} s, at most {self.most_bytes // MB} MB"
        )


def peak_bytes(pid: int) -> int:
    """The most memory a process ever had."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return int(psutil.Process(pid).memory_info().rss)
    line = next((text for text in status.read_text().splitlines() if "VmHWM" in text), "VmHWM: 0")
    return int(line.split()[1]) * 1024


@pytest.fixture
def tried():
    child.stop_reading()
    yield Tried()
    child.stop_reading()


@pytest.mark.real
@pytest.mark.parametrize("folder", CORPORA)
def test_every_file_of_a_corpus_is_read_or_refused(
    folder, real_data, tried, record_property, caplog
):
    """U10: Office files of a fuzzer, captions of three conformance suites, naughty strings."""
    files = sorted(path for path in (real_data / folder).rglob("*") if path.is_file())
    assert files

    for path in files[:: 1 if IS_STRESS else CORPORA[folder]]:
        for reader in READERS if IS_STRESS else READERS[:2]:
            tried.read(reader, path.name, path.read_bytes())

    record_property("figure", f"{folder}: {tried.told}")
    tried.must_be_well(caplog)


GOOD = {
    "talk.vtt": b"WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.500\n<v Ann>Hello &amp; welcome</v>\n\n2\n00:00:03.000 --> 00:00:04.000\nBo: yes\n",
    "talk.srt": b"1\n00:00:01,000 --> 00:00:02,500\nAnn: Hello\n\n2\n00:00:03,000 --> 00:00:04,000\nBo: yes\n",
    "talk.sbv": b"0:00:01.000,0:00:02.500\nAnn: Hello\n\n0:00:03.000,0:00:04.000\nyes\n",
    "talk.txt": "Ann  0:01\nHello Zoë\n\nBo  0:03\nyes\n".encode(),
    "names.txt": "Ann: Hello\nBo: yes – “really”\n".encode("cp1252"),
    "wide.txt": "Ann: Hello\nBo: yes\n".encode("utf-16"),
    "talk.csv": b'speaker,text,start\nAnn,"Hello, all",0:01\nBo,"a ""b""",2.5\n',
    "talk.json": b'{"segments": [{"start": 0.5, "end": 2, "text": "Hello", "speaker": "Ann"}]}',
    "deepgram.json": b'{"results": {"channels": [{"alternatives": [{"words": [{"word": "hi", "start": 1, "end": 2, "speaker": 0}]}]}]}}',
    "talk.docx": made_files.docx("Ann: Hello", "Bo: yes", "Ann   0:03\nmore"),
    "table.docx": made_files.docx_table(("Time", "Speaker", "Text"), ("0:05", "Ann", "Hello")),
    "talk.xlsx": made_files.xlsx(
        ("speaker", "text", "start"), ("Ann", "Hello", 1.5), ("Bo", "=1+1", 2)
    ),
}
TOKENS = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"-->", b"<v ", b"</v>", b"&#x110000;", b'"', b"{", b"[" * 50,
    b"\r", b"\n\n", b"99:99:99.999", b"-1", b"1e999", b"NaN", b"]]>", b"<!--", b"\xed\xa0\x80",
    b"PK\x03\x04", b"PK\x01\x02", b"\xe2\x80\xae", b"0" * 400,
)  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, removed, doubled or put in, as broken disks and fuzzers do."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(out) + 1)
        match chance.randrange(6):
            case 0:
                out[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del out[at : at + chance.randint(1, 40)]
            case 2:
                out[at:at] = out[at : at + chance.randint(1, 60)]
            case 3:
                out[at:at] = chance.choice(TOKENS)
            case 4:
                out[at : at + 4] = chance.randbytes(4)
            case _:
                del out[at + chance.randint(0, 200) :]
    return bytes(out)


def inside(data: bytes, chance: random.Random) -> bytes:
    """The same within one part of an Office file, packed again so that it can be opened."""
    with_parts = {**_parts(data)}
    name = chance.choice([n for n in with_parts if n.endswith((".xml", ".rels"))])
    with_parts[name] = mutated(with_parts[name], chance)
    return made_files.zipped_as(with_parts)


def _parts(data: bytes) -> dict[str, bytes]:
    from tests.intake.made_archives import parts_of

    return parts_of(data)


def test_mutations_of_good_files_are_read_or_refused(tried, record_property, caplog):
    """U10: Thousands of small damages to a good file of every format."""
    chance = random.Random(20_240_611)
    names = sorted(GOOD)

    for n in range(N_MUTATIONS):
        name = names[n % len(names)]
        is_office = name.endswith(("docx", "xlsx"))
        change = inside if is_office and chance.random() < 0.7 else mutated
        data = change(GOOD[name], chance)
        tried.read(READERS[n % 4] if n % 3 == 0 else READERS[0], name, data)

    record_property("figure", f"mutations: {tried.told}")
    tried.must_be_well(caplog)
    assert tried.outcomes["read"] > N_MUTATIONS // 10
    assert tried.outcomes["refused"] > N_MUTATIONS // 10
