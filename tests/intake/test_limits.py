"""Files beyond any meeting, and how quickly a real one is read."""

import time

import pytest

from domain.errors import FileRefused
from intake import child
from intake.child import read_safely
from intake.front_door import read_transcript

WORDS = "and then the letter came back because one line on the form had been left empty"
HOURS_S = 3 * 3600


@pytest.fixture(autouse=True, scope="module")
def _end_the_child():
    yield
    child.stop_reading()


def clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.000"


def captions(n: int, *, name=lambda n: f"Person {n % 12}") -> bytes:
    lines = [f"{n + 1}\n{clock(n)} --> {clock(n + 1)}\n{name(n)}: hello there\n" for n in range(n)]
    return ("WEBVTT\n\n" + "\n".join(lines)).encode()


def voices(n: int) -> bytes:
    """Very many speakers inside one single caption."""
    said = "".join(f"<v P{n}>x\n" for n in range(n))
    return f"WEBVTT\n\n00:01.000 --> 00:02.000\n{said}".encode()


TOO_LARGE = {
    "500 MB": (lambda: bytes(500 * 1024**2), "500 MB; at most 50 MB"),
    "a line of 100 MB": (lambda: b"a" * 100 * 1024**2, "100 MB; at most 50 MB"),
    "a line of 40 MB": (lambda: b"Ann: " + b"a" * 40 * 1024**2, "at most 1,000,000"),
    "a million captions": (lambda: captions(1_000_000)[: 48 * 1024**2], "more than 600,000 lines"),
    "more captions than allowed": (lambda: captions(100_001), "more than 100,000 captions"),
    "50,000 speakers": (
        lambda: captions(50_000, name=lambda n: f"P{n}"),
        "more than 1,000 different speakers",
    ),
    "a million speakers": (
        lambda: "\n".join(f"P{n}: x" for n in range(1_000_000)).encode(),
        "more than 600,000 lines",
    ),
    "half a million voices in one caption": (lambda: voices(500_000), "more than 100,000 pieces"),
    "a million lines": (lambda: b"Ann: hello\n" * 1_000_000, "more than 600,000 lines"),
    "300,000 rows": (lambda: b"speaker,text\n" + b"Ann,hi\n" * 300_000, "200,000 rows"),
    "a million segments": (
        lambda: b"[" + b'{"text":"x"},' * 999_999 + b'{"text":"x"}]',
        "more than 100,000",
    ),
}


@pytest.mark.parametrize("case", TOO_LARGE)
def test_a_file_beyond_any_meeting_is_refused_with_the_limit_told(case, record_property):
    """U5: Too many bytes, captions, speakers, or too long a line: the limit is in the words."""
    make, words = TOO_LARGE[case]
    data = make()

    began = time.perf_counter()
    with pytest.raises(FileRefused) as refusal:
        read_safely("read_transcript", "talk.vtt", data)
    took_s = time.perf_counter() - began

    record_property("figure", f"{case}: refused in {took_s:.1f} s")
    assert str(refusal.value).startswith("talk.vtt: ")
    assert words in str(refusal.value)
    assert took_s < 5
    assert read_safely("read_transcript", "good.txt", b"Ann: Hello").turns[0].text == "Hello"


def test_three_hours_of_talk_are_read_in_two_seconds(record_property):
    """U5: A meeting of three hours, 200 kB and more, is read in at most 2 s, its process new."""
    child.stop_reading()
    blocks = [
        f"{n}\n{clock(at)} --> {clock(at + 6)}\nPerson {n % 20}: {WORDS}\n"
        for n, at in enumerate(range(0, HOURS_S, 6), start=1)
    ]
    data = ("WEBVTT\n\n" + "\n".join(blocks)).encode()

    began = time.perf_counter()
    heard = read_safely("read_transcript", "talk.vtt", data)
    took_s = time.perf_counter() - began

    record_property("figure", f"3 hours, {len(data) // 1000} kB: {took_s:.2f} s")
    assert len(heard.cues) == 1800
    assert len(data) > 200_000
    assert took_s <= 2


def test_exactly_as_much_as_is_allowed_is_read():
    """U5: The limits refuse nothing below them."""
    heard = read_transcript("talk.vtt", captions(20_000, name=lambda n: f"P{n % 1000}"))

    assert len(heard.speakers) == 1000
