"""What is written down for whoever runs the program: one line each, and nobody's words."""

import io
import logging
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from sqlalchemy import event

from domain.errors import FileRefused, ModelMissing, RoundtableError
from domain.talk import Zone
from intake import child
from services import live, passages, recommendations, transcripts, worker
from services.log_lines import guard_logs, one_line, without_words
from services.runtime import runtime
from store import jobs
from tests.services.conftest import AGREED, meeting_id, programme_id

__all__ = ["meeting_id", "programme_id"]

ROOT = Path(__file__).parents[2]
SECRET = "zebra-canary-word"
HOSTILE_NAMES = (
    "a\nERROR forged entry.vtt",
    "a\r\nINFO forged\r\n.vtt",
    "\x1b[31mred\x1b[0m\x1b]0;title\x07.vtt",
    "${jndi:ldap://127.0.0.1:9/a}.vtt",
    "a\u2028b\u0085c\x0bd.vtt",
    "\u202egnp.exe.vtt",
    "%s%n%x{0}.vtt",
    "a\x00b.vtt",
)


@pytest.fixture
def guarded():
    """The guard of the log, as the entrances put it up; gone after the test."""
    factory, hook = logging.getLogRecordFactory(), sys.excepthook
    import threading

    thread_hook = threading.excepthook
    guard_logs()
    yield
    logging.setLogRecordFactory(factory)
    sys.excepthook, threading.excepthook = hook, thread_hook


@pytest.fixture
def written(guarded):
    """Everything that any logger writes, as a terminal would get it."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield out
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_is_one_line_in_the_log(name, written):
    """O7: Line ends, colours and marks of other programs are spelled out, on one line."""
    logging.getLogger("a").warning("%s was refused", name)
    logging.getLogger("a").warning(f"{name} was refused")

    lines = written.getvalue().split("\n")
    assert len(lines) == 3
    assert all(line.startswith("WARNING a ") for line in lines[:2])
    assert written.getvalue().replace("\n", "").isprintable()


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_an_upload_with_a_hostile_name_forges_no_line(name, written):
    """O7: A file that cannot be read leaves no line of its own making in the log."""
    with pytest.raises(FileRefused):
        child.read_safely("read_transcript", name, b"\x00" * 400)
    child.stop_reading()

    assert "\n\n" not in written.getvalue()
    assert "forged" not in written.getvalue().replace("\\n", "")


def test_a_failure_is_written_down_without_its_message(written):
    """B-17: Kinds and places of a failure, never what it quotes."""
    try:
        try:
            int(SECRET)
        except ValueError as error:
            raise KeyError(SECRET) from error
    except KeyError as error:
        logging.getLogger("a").exception("failed: %s", error)

    told = written.getvalue()
    assert SECRET not in told
    assert "builtins.KeyError" in told
    assert "builtins.ValueError" in told
    assert "test_logs.py" in told


def test_the_last_words_of_a_process_hold_no_words():
    """B-17: An uncaught failure, also of a thread, prints its kind and place alone."""
    code = (
        "import threading\nfrom services.log_lines import guard_logs\nguard_logs()\n"
        f"threading.Thread(target=lambda: {{}}['{SECRET}']).start()\nint('{SECRET}')\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert ended.returncode == 1
    assert SECRET not in ended.stderr
    assert "builtins.ValueError" in ended.stderr
    assert "builtins.KeyError" in ended.stderr


def test_screens_tell_people_nothing_of_a_failure():
    """B-17: No traceback in the browser, and no other writer of failures beside ours."""
    told = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))

    assert told["client"]["showErrorDetails"] == "none"
    assert told["client"]["showErrorLinks"] is False
    assert told["logger"]["enableRich"] is False


TALK = "".join(
    f"Ann Lee: We said {SECRET} {n}.\nBo Diaz: And {SECRET} too {n}.\n" for n in range(40)
)


def _store(meeting_id) -> None:
    understood = transcripts.understand(meeting_id, f"{SECRET}.txt", TALK.encode())
    people = {m.label: m.attendance_id for m in understood.matches}
    transcripts.store_transcript(meeting_id, understood, people, AGREED, is_released=True)


def test_a_full_disk_in_mid_work_quotes_nobody(meeting_id, store, written):
    """B-17: Storing, scribing and writing on a full disk: 0 words in logs and failures."""
    with store.read() as tx:
        pages = tx.exec_driver_sql("PRAGMA page_count").scalar_one()
    store.close()

    @event.listens_for(store.engine, "connect")
    def fill(raw, _):
        raw.execute(f"PRAGMA max_page_count={pages}")

    failures = [
        _failure(lambda: _store(meeting_id)),
        _failure(lambda: live.scribe(meeting_id, SECRET * 3000, stakeholder_group=None)),
        _failure(lambda: recommendations.write(meeting_id, SECRET * 3000, author="a")),
    ]
    event.remove(store.engine, "connect", fill)
    store.close()

    for failure in failures:
        logging.getLogger("app").exception("a screen stopped", exc_info=failure)
    assert all(failures)
    assert not [failure for failure in failures if SECRET in str(failure)]
    assert SECRET not in written.getvalue()


def _failure(work) -> Exception | None:
    try:
        work()
    except Exception as error:
        return error
    return None


def test_a_reader_that_dies_in_mid_work_quotes_nobody(meeting_id, written):
    """B-17: A reading process that is killed, and one that is late."""
    transcripts.understand(meeting_id, "t.txt", b"Ann Lee: hello")
    child._children[0].kill()
    child._children[0].wait()
    transcripts.understand(meeting_id, f"{SECRET}.txt", TALK.encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(child, "WALL_S", 0.01)
        slow = b"speaker,text\n" + f"{SECRET},{SECRET}\n".encode() * 90_000
        refusal = _failure(lambda: transcripts.understand(meeting_id, "t.csv", slow))
    child.stop_reading()

    assert isinstance(refusal, FileRefused)
    assert SECRET not in written.getvalue()


def test_work_without_a_model_quotes_nobody(meeting_id, store, written, monkeypatch):
    """B-17: A job for which the model is missing fails in words of ours."""
    _store(meeting_id)
    del runtime().__dict__["_embedder"]
    monkeypatch.setattr(runtime(), "settings", _without_model())

    with pytest.raises(RoundtableError) as failure:
        passages.vectors_of_meeting(meeting_id, Zone.SHARED)
    with store.write() as tx:
        job_id = jobs.add_job(tx, "themes", meeting_id)
    worker.work_once()

    with store.read() as tx:
        job = jobs.job_by_id(tx, job_id)
    assert isinstance(failure.value, ModelMissing)
    assert job.state is jobs.JobState.FAILED
    assert SECRET not in f"{failure.value} {job.message} {written.getvalue()}"


def _without_model():
    from dataclasses import replace

    return replace(runtime().settings, embedding_model="/nowhere/at/all")


def test_marks_are_spelled_out_and_letters_stay():
    """O7: Letters of every script stay readable."""
    assert one_line("Zoë 田中 שלום\n") == "Zoë 田中 שלום\\n"
    assert without_words(None) == ""
    assert os.linesep not in one_line(os.linesep)
