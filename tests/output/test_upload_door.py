"""Uploads as a browser, and a forger behind it, send them to the running app."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from services.access import COMMAND_LINE, acting_as
from services.runtime import use_runtime
from tests.journeys.conftest import running_app
from tests.output.conftest import Watched, runtime_over
from tests.pages.staged import meeting_with_people, programme

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" * 40
TALK = b"Ann Ray: Hello there.\nBo Lind: Hello to you.\n"


@dataclass
class Door:
    """The running app, where it would put drafts, and the meeting that is open."""

    address: str
    folder: Path
    drafts: Path
    place: dict[str, str]


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    folder = tmp_path_factory.mktemp("door")
    drafts = folder / "drafts"
    drafts.mkdir()
    runtime = runtime_over(folder)
    use_runtime(runtime)
    with acting_as(COMMAND_LINE):
        programme_id = programme()
        meeting_id = meeting_with_people(programme_id)
    use_runtime(None)
    runtime.store.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(drafts))
        with running_app(folder) as address:
            yield Door(address, folder, drafts, {"programme": programme_id, "meeting": meeting_id})


@pytest.fixture
def upload(chromium: Browser, door: Door) -> Iterator[Watched]:
    """The upload field of a transcript, in a page where nothing else may happen."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    watched = Watched(context.new_page(), door.address)
    watched.open("/import?step=Transcript", **door.place)
    yield watched
    context.close()


def send(page: Page, name: str, kind: str, data: bytes) -> None:
    field = page.locator(".st-key-transcript_file input[type=file]")
    field.set_input_files([{"name": name, "mimeType": kind, "buffer": data}])  # type: ignore[list-item]


def n_stored(door: Door) -> int:
    with sqlite3.connect(door.folder / "roundtable.db") as raw:
        return int(raw.execute("SELECT count(*) FROM transcript").fetchone()[0])


FORGED = {
    "a program named .vtt": ("talk.vtt", "text/vtt", PROGRAM, "Windows program"),
    "a PDF named .docx": ("talk.docx", "application/msword", b"%PDF-1.7\n1 0 obj", "PDF"),
    "a web page named .txt": ("talk.txt", "text/plain", b"<html><script>alert(1)</script>", "web page"),
    "a stream of NTFS": ("talk.vtt::$DATA", "text/vtt", PROGRAM, "Windows program"),
    "a name with a path": ("..\\..\\talk.vtt", "text/vtt", PROGRAM, "Windows program"),
}  # fmt: skip


@pytest.mark.parametrize("case", FORGED)
def test_what_a_file_is_its_bytes_decide_also_over_http(case: str, upload: Watched, door: Door):
    """U4: Whatever name and type the browser sends, the server looks at the bytes."""
    name, kind, data, words = FORGED[case]

    began = time.monotonic()
    send(upload.page, name, kind, data)
    refusal = upload.page.get_by_test_id("stAlert").filter(has_text="Nothing was stored")
    expect(refusal).to_be_visible(timeout=20_000)

    told = str(refusal.text_content()).replace("\u2060", "")
    assert words in told
    assert name.rpartition("\\")[2].rpartition("/")[2] in told
    assert time.monotonic() - began < 15
    assert n_stored(door) == 0
    assert upload.happened == []


def test_a_forged_request_behind_the_browsers_back_is_read_by_its_bytes(
    upload: Watched, door: Door
):
    """U3, U4: Name, type and content changed on the wire: refused by content, no path followed."""

    def forge(route: Route) -> None:
        sent = route.request.post_data_buffer or b""
        boundary = sent.partition(b"\r\n")[0]
        head = b'Content-Disposition: form-data; name="file"; filename="../../../escape.vtt"'
        body = b"\r\n".join(
            [boundary, head, b"Content-Type: text/vtt", b"", PROGRAM, boundary + b"--", b""]
        )
        route.continue_(post_data=body)

    upload.page.route("**/_stcore/upload_file/**", forge)
    send(upload.page, "talk.vtt", "text/vtt", TALK)
    refusal = upload.page.get_by_test_id("stAlert").filter(has_text="Nothing was stored")
    expect(refusal).to_be_visible(timeout=20_000)

    assert "Windows program" in str(refusal.text_content())
    assert n_stored(door) == 0
    above = [door.folder, *door.folder.parents]
    assert [folder for folder in above if (folder / "escape.vtt").exists()] == []


def test_an_upload_without_a_session_is_refused(door: Door):
    """U4: Nobody puts a file in without an open screen, nor under a path."""
    with httpx.Client(base_url=door.address) as stranger:
        for path in (
            "/_stcore/upload_file/none/1",
            "/_stcore/upload_file/../../x",
            "/_stcore/upload_file/x",
        ):
            answer = stranger.put(path, files={"file": ("talk.vtt", TALK, "text/vtt")})
            assert answer.status_code in (400, 403, 404, 405), (path, answer.status_code)


def test_a_file_over_the_limit_is_refused_by_the_server_too(upload: Watched, door: Door):
    """U5: More than 50 MB, sent behind the browser's back, is refused by the server."""
    with upload.page.expect_request("**/_stcore/upload_file/**") as asked:
        send(upload.page, "talk.vtt", "text/vtt", TALK)
    kept = ("cookie", "x-xsrftoken", "origin")
    headers = {n: v for n, v in asked.value.all_headers().items() if n in kept}
    url = asked.value.url

    assert put(url, headers, TALK) < 300, "a file of the right size is taken this way"
    assert put(url, headers, b"a" * (51 * 1024**2)) >= 400
    assert n_stored(door) == 0
    assert httpx.get(f"{door.address}/healthz").json()["status"] == "ok"


def put(url: str, headers: dict[str, str], data: bytes) -> int:
    """The status of an upload; 499 where the server hung up on it."""
    try:
        files = {"file": ("talk.vtt", data, "text/vtt")}
        return httpx.put(url, headers=headers, files=files, timeout=30).status_code
    except httpx.TransportError:
        return 499


def test_after_an_upload_and_a_killed_app_no_draft_is_left(chromium: Browser, tmp_path: Path):
    """U12: Killed while a file is being sent and understood, nothing of it lies on the disk."""
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    runtime = runtime_over(tmp_path)
    use_runtime(runtime)
    with acting_as(COMMAND_LINE):
        programme_id = programme()
        meeting_id = meeting_with_people(programme_id)
    use_runtime(None)
    runtime.store.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(drafts))
        with running_app(tmp_path) as address:
            context = chromium.new_context()
            watched = Watched(context.new_page(), address)
            watched.open("/import?step=Transcript", programme=programme_id, meeting=meeting_id)
            send(watched.page, "talk.txt", "text/plain", TALK * 50_000)
            watched.page.wait_for_timeout(300)
            os.kill(_server_of(address), signal.SIGKILL)
            context.close()
        left = [path.name for path in drafts.rglob("*") if path.is_file()]
        with running_app(tmp_path) as again:
            assert httpx.get(f"{again}/healthz").json()["status"] == "ok"

    with sqlite3.connect(tmp_path / "roundtable.db") as raw:
        assert raw.execute("SELECT count(*) FROM transcript").fetchone() == (0,)
        assert raw.execute("SELECT count(*) FROM utterance").fetchone() == (0,)
    assert left == []


def _server_of(address: str) -> int:
    """The process that listens at this address."""
    import psutil

    port = int(address.rpartition(":")[2])
    for process in psutil.process_iter(["cmdline"]):
        told = process.info["cmdline"] or []
        if str(port) in told and "streamlit" in " ".join(told):
            return int(process.pid)
    raise AssertionError("the app is not running")


def test_a_folder_is_no_file(door: Door):
    """U9: A folder given to the command line is named as one."""
    command = [
        sys.executable,
        "manage.py",
        "import",
        str(door.folder),
        "--meeting",
        "x",
        "--consent",
        "y",
    ]
    root = Path(__file__).parents[2]

    ended = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)

    assert ended.returncode == 2
    assert "is a directory" in ended.stderr
    assert "Traceback" not in ended.stderr
