import os
import threading
import time

import pytest

from domain.errors import FileRefused
from intake import child, child_main
from intake.child import read_safely
from intake.child_protocol import receive, send
from intake.front_door import read_transcript
from tests.intake import made_files

TALK = b"WEBVTT\n\n00:01.000 --> 00:02.000\nAnn: Hello\n"


@pytest.fixture(autouse=True, scope="module")
def _end_the_child():
    yield
    child.stop_reading()


def test_the_child_gives_the_same_result_as_the_front_door():
    assert read_safely("read_transcript", "t.vtt", TALK) == read_transcript("t.vtt", TALK)


@pytest.mark.parametrize(
    ("reader", "data"),
    [
        ("read_recommendations", b"- Build ramps\n"),
        ("read_roster", b"name,group\nAnn,clinician\n"),
        ("read_table", made_files.xlsx(("name", "text"), ("Ann", "Hello"))),
        ("read_pasted_captions", "Zoë: Hello".encode()),
    ],
)
def test_every_result_comes_back_from_the_child(reader, data):
    assert type(read_safely(reader, "file", data)).__name__ in (
        "RecommendationList",
        "RosterFile",
        "Table",
        "TranscriptFile",
    )


def test_a_refusal_comes_back_with_its_parts():
    with pytest.raises(FileRefused) as refusal:
        read_safely("read_transcript", "t.csv", b"a,b\n1,2\n")

    assert refusal.value.params["file_name"] == "t.csv"


def test_the_child_is_kept_for_the_next_file():
    read_safely("read_transcript", "t.vtt", TALK)
    before = child._children[0].pid

    read_safely("read_transcript", "t.vtt", TALK)

    assert child._children[0].pid == before


def test_a_child_that_died_is_replaced():
    read_safely("read_transcript", "t.vtt", TALK)
    child._children[0].kill()
    child._children[0].wait()

    assert _try_once() == "Hello"


def _try_once():
    try:
        return read_safely("read_transcript", "t.vtt", TALK).turns[0].text
    except FileRefused:
        return "refused"


def test_a_file_that_takes_too_long_is_refused_and_the_next_one_read(monkeypatch):
    read_safely("read_transcript", "t.vtt", TALK)
    monkeypatch.setattr(child, "WALL_S", 0.05)
    slow = b"speaker,text\n" + b"Ann,hello there\n" * 90_000

    with pytest.raises(FileRefused, match="too long or too much memory"):
        read_safely("read_transcript", "t.csv", slow)
    monkeypatch.undo()

    assert _try_once() == "Hello"


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="needs Linux memory limits")
def test_a_file_that_needs_too_much_memory_is_refused_and_the_next_one_read():
    hungry = b"[" + b"[1]," * 10_000_000 + b"[1]]"

    with pytest.raises(FileRefused, match="memory"):
        read_safely("read_transcript", "t.json", hungry)

    assert _try_once() == "Hello"


def test_threads_share_the_child():
    heard = []
    threads = [threading.Thread(target=lambda: heard.append(_try_once())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert heard == ["Hello"] * 8


def test_a_child_that_was_made_ready_reads_the_first_file():
    child.stop_reading()

    child.get_ready()

    before = child._children[0].pid
    read_safely("read_transcript", "t.vtt", TALK)
    assert child._children[0].pid == before


def test_a_warm_child_is_quick():
    read_safely("read_transcript", "t.vtt", TALK)

    start = time.perf_counter()
    read_safely("read_transcript", "t.vtt", TALK)

    assert time.perf_counter() - start < 0.5


def test_an_empty_file_is_refused_without_a_child():
    with pytest.raises(FileRefused, match="empty"):
        read_safely("read_transcript", "t.vtt", b"")


def test_an_unknown_kind_of_answer_is_not_built():
    read_end, write_end = os.pipe()
    with os.fdopen(read_end, "rb") as answers, os.fdopen(write_end, "wb") as questions:
        send(questions, os.getcwd)

        with pytest.raises(Exception, match="is no result"):
            receive(answers)


@pytest.mark.parametrize("event", ["socket.connect", "subprocess.Popen", "os.system"])
def test_a_reader_may_not_go_outside(event):
    with pytest.raises(PermissionError):
        child_main._refuse_outside(event, ())
