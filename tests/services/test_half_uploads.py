"""An upload that is cut off, and one that comes twice."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import event

from domain.talk import Zone
from services import meetings, themes, transcripts
from services.theme_finding import find_themes_of_meeting
from tests.intake import made_files
from tests.services.conftest import AGREED, TALK

ROOT = Path(__file__).parents[2]
N_KILLS = 40 if os.environ.get("STRESS") else 4
N_STATEMENTS = 30
"""About as many statements as storing this transcript takes."""
TABLES = ("transcript", "utterance", "text_revision", "consent_event", "speaker_label")

STORED_AND_KILLED = """
import os, signal, sys
from sqlalchemy import event
from domain.talk import ConsentUse
from services import transcripts
from services.access import COMMAND_LINE, acting_as
from services.runtime import runtime
from services.transcripts import ConsentGiven

meeting_id, last = sys.argv[1], int(sys.argv[2])
data = sys.stdin.buffer.read()
with acting_as(COMMAND_LINE):
    understood = transcripts.understand(meeting_id, "talk.txt", data)
    people = {m.label: m.attendance_id for m in understood.matches}
    n = 0

    @event.listens_for(runtime().store.engine, "after_cursor_execute")
    def _count(*_):
        global n
        n += 1
        if n == last:
            os.kill(os.getpid(), signal.SIGKILL)

    given = ConsentGiven(frozenset(ConsentUse), "forms")
    transcripts.store_transcript(meeting_id, understood, people, given, is_released=True)
print("stored")
"""


def rows(folder: Path) -> dict[str, int]:
    with sqlite3.connect(folder / "roundtable.db") as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {t: raw.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in TABLES}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_process_that_is_killed_while_storing_leaves_no_half_transcript(
    meeting_id, tmp_path, record_property
):
    """U12: Killed at any statement, all of a transcript is stored or nothing of it."""
    none = rows(tmp_path)
    environment = {**os.environ, "ROUNDTABLE_FOLDER": str(tmp_path)}
    n_killed = 0

    for n in range(N_KILLS):
        place = 2 + n * N_STATEMENTS // N_KILLS
        command = [sys.executable, "-c", STORED_AND_KILLED, meeting_id, str(place)]
        ended = subprocess.run(
            command, cwd=ROOT, env=environment, input=TALK, capture_output=True, check=False
        )
        if ended.stdout.strip() == b"stored":
            break
        assert ended.returncode == -signal.SIGKILL, ended.stderr[-500:]
        n_killed += 1
        assert rows(tmp_path) == none

    record_property("figure", f"killed {n_killed} times while storing, 0 half transcripts")
    assert n_killed >= N_KILLS // 2
    if transcripts.utterances(meeting_id, Zone.RESTRICTED) == []:
        bring_in(meeting_id, "talk.txt", TALK)
        assert len(transcripts.utterances(meeting_id, Zone.RESTRICTED)) == 7


def bring_in(meeting_id, name, data):
    understood = transcripts.understand(meeting_id, name, data)
    people = {m.label: m.attendance_id for m in understood.matches}
    return transcripts.store_transcript(meeting_id, understood, people, AGREED, is_released=True)


def test_a_full_disk_while_storing_leaves_no_half_transcript(meeting_id, store, tmp_path):
    """U12: When the disk is full nothing is stored; with room again the same file is."""
    none = rows(tmp_path)
    with store.read() as tx:
        pages = tx.exec_driver_sql("PRAGMA page_count").scalar_one()
    long = b"".join(b"Ann Lee: " + b"many words " * 80 + b"%d.\n" % n for n in range(300))
    store.close()

    @event.listens_for(store.engine, "connect")
    def fill(raw, _):
        raw.execute(f"PRAGMA max_page_count={pages + 4}")

    with pytest.raises(Exception, match=r"full|not ready|No space|room"):
        bring_in(meeting_id, "talk.txt", long)
    event.remove(store.engine, "connect", fill)
    store.close()

    assert rows(tmp_path) == none
    bring_in(meeting_id, "talk.txt", long)
    assert transcripts.utterances(meeting_id, Zone.RESTRICTED)


def test_reading_a_file_writes_nothing_to_the_disk(meeting_id, tmp_path, monkeypatch):
    """U12: A file is read in memory; there is nothing to clear away after a crash."""
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(drafts))
    before = sorted(path.name for path in tmp_path.iterdir())

    for name, data in (("t.docx", DOCX), ("t.xlsx", XLSX), ("t.txt", TALK)):
        transcripts.understand(meeting_id, name, data)

    assert list(drafts.iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == before


LINES = [line.split(": ", 1) for line in TALK.decode().strip().split("\n")]
DOCX = made_files.docx(*TALK.decode().strip().split("\n"))
XLSX = made_files.xlsx(("speaker", "text"), *LINES)


@pytest.mark.parametrize(("name", "data"), [("t.docx", DOCX), ("t.xlsx", XLSX), ("copy.txt", TALK)])
def test_the_same_talk_in_any_format_is_noticed_and_not_doubled(told_meeting, name, data):
    """U11: The same file, or the same words in another format, changes no count and no theme."""
    find_themes_of_meeting(told_meeting)
    before = [(t.name, t.n_utterances) for t in themes.theme_report(told_meeting).themes]

    again = transcripts.understand(told_meeting, name, data)
    with pytest.raises(Exception, match="already in this meeting"):
        bring_in(told_meeting, name, data)
    find_themes_of_meeting(told_meeting)

    assert again.notice.startswith(f"{name}: ")
    assert [(t.name, t.n_utterances) for t in themes.theme_report(told_meeting).themes] == before
    assert len(transcripts.utterances(told_meeting, Zone.RESTRICTED)) == 7
    assert len(meetings.roster(told_meeting)) == 3
