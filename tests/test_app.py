"""The whole process as a browser meets it."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest
from starlette.testclient import TestClient
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.pages_manager import PagesManager

from app import app
from services.runtime import Runtime, use_runtime
from services.settings import read_settings
from ui.http import MessageFilter
from ui.shell import ASSETS, SHELL


@pytest.fixture(scope="module")
def served(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runtime]:
    folder = tmp_path_factory.mktemp("served")
    shutil.copy(migrated_file, folder / "roundtable.db")
    made = runtime_in(folder)
    use_runtime(made)
    yield made
    use_runtime(None)


@pytest.fixture(scope="module")
def client(served: Runtime) -> Iterator[TestClient]:
    # Streamlit's runtime starts once a process, so every test here shares one app.
    with TestClient(app, base_url="http://localhost:8501", client=("127.0.0.1", 1)) as opened:
        yield opened


def runtime_in(folder: Path) -> Runtime:
    return Runtime(read_settings({"ROUNDTABLE_FOLDER": str(folder), "ROUNDTABLE_WORKER": "0"}))


def test_healthz_tells_that_the_database_answers(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "database": "ok"})


def test_healthz_answers_503_when_the_database_is_not_ready(client, served, tmp_path):
    use_runtime(runtime_in(tmp_path))

    answer = client.get("/healthz")

    use_runtime(served)
    assert answer.status_code == 503
    assert answer.json()["status"] != "ok"


def test_the_first_page_allows_no_script_from_a_string(client):
    """S8: The policy of the shell."""
    policy = client.get("/").headers["content-security-policy"]

    scripts = next(part for part in policy.split(";") if "script-src" in part)
    assert "unsafe" not in scripts
    assert "blob:" not in scripts


def test_every_inline_script_of_the_first_page_is_named_in_its_policy(client):
    answer = client.get("/")

    n_inline = len(re.findall(r"<script>", answer.text))
    assert answer.headers["content-security-policy"].count("'sha256-") == n_inline


@pytest.mark.parametrize("path", ["/", "/overview", "/healthz", "/look/x/style.css", "/nowhere"])
@pytest.mark.parametrize("header", ["x-content-type-options", "referrer-policy", "x-frame-options"])
def test_every_answer_carries_the_security_headers(client, path, header):
    """S8: On the staff's side."""
    assert header in client.get(path).headers


def test_the_first_page_speaks_of_this_product_only(client):
    page = client.get("/overview").text

    assert "<title>ALS Roundtable</title>" in page
    assert "agent" not in page


@pytest.mark.parametrize("name", sorted(ASSETS))
def test_the_files_of_the_look_are_kept_by_browsers(client, name):
    answer = client.get(SHELL.asset_paths[name])

    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json"])
def test_doors_that_nobody_here_uses_are_closed(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("kind", ["clear_cache", "load_git_info", "set_run_on_save"])
def test_messages_that_reach_into_other_sessions_are_dropped(kind):
    refused = BackMsg(**{kind: True}).SerializeToString()
    kept = BackMsg(stop_script=True).SerializeToString()

    assert passed_on([refused, kept]) == [kept]


def passed_on(frames: list[bytes]) -> list[bytes]:
    """What the screens receive of these frames."""
    received: list[bytes] = []
    waiting = [{"type": "websocket.receive", "bytes": frame} for frame in frames]

    async def screens(scope, receive, send):
        while waiting:
            received.append((await receive())["bytes"])

    async def receive():
        return waiting.pop(0)

    async def send(message):
        raise AssertionError(message)

    anyio.run(MessageFilter(screens), {"type": "websocket"}, receive, send)
    return received


def test_no_page_is_run_without_the_shell(client):
    assert PagesManager.uses_pages_directory is False


def browser_at(address: str, host: str) -> TestClient:
    """A browser at an address that knows this server by a name."""
    return TestClient(app, base_url=f"http://{host}", client=(address, 1))


@pytest.mark.parametrize(
    ("address", "host"),
    [("10.0.0.9", "localhost:8501"), ("::ffff:10.0.0.9", "127.0.0.1:8501")],
)
def test_without_accounts_only_this_computer_opens_the_screens(client, address, host):
    """S7: Whoever reaches the port from elsewhere finds the way closed."""
    answer = browser_at(address, host).get("/overview")

    assert answer.status_code == 403
    assert "there are accounts" in answer.text


def test_without_accounts_personal_links_open_from_elsewhere(client):
    assert browser_at("10.0.0.9", "localhost:8501").get("/p/style.css").status_code == 200


def test_a_name_that_leads_to_this_computer_from_outside_opens_nothing(client):
    """S4: A site that gives its own name this computer's address reads nothing."""
    answer = browser_at("127.0.0.1", "elsewhere.example").get("/overview")

    assert answer.status_code == 421
    assert "http://localhost:8501" in answer.text
