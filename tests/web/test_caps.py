"""How much a request may bring, and how long it may take."""

import anyio
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from web.caps import LARGEST_BODY, LARGEST_HEADERS, LARGEST_UPLOAD, Caps


async def size(request: Request):
    return PlainTextResponse(str(len(await request.body())))


UPLOAD = "/_stcore/upload_file/a/b"
APP = Starlette(
    routes=[Route("/", size, methods=["GET", "POST"]), Route(UPLOAD, size, methods=["PUT"])]
)


@pytest.fixture
def client():
    return TestClient(Caps(APP))


def test_headers_over_16_kb_are_refused(client):
    """S10: Whatever the server in front would let through."""
    assert client.get("/", headers={"x": "a" * LARGEST_HEADERS}).status_code == 431


def test_an_address_over_16_kb_is_refused(client):
    """S10: A long address is as good as a long header."""
    assert client.get("/?" + "a" * LARGEST_HEADERS).status_code == 431


def test_headers_of_a_real_browser_pass(client):
    assert client.get("/", headers={"cookie": "a" * 8000}).status_code == 200


def test_a_body_over_64_kb_is_refused(client):
    """S10: By its own word."""
    assert client.post("/", content=b"a" * (LARGEST_BODY + 1)).status_code == 413


def test_a_body_that_hides_its_size_is_refused(client):
    """S10: By its bytes, where it is sent in pieces without a size."""

    def pieces():
        for _ in range(70):
            yield b"a" * 1024

    assert client.post("/", content=pieces()).status_code == 413


def test_a_body_that_lies_about_its_size_is_refused():
    """S10: A told size does not open the door for more."""
    asked = {"content-length": "5"}

    assert answer_to(Caps(APP), [b"a" * 40_000, b"a" * 40_000], headers=asked) == 413


def test_64_kb_pass(client):
    assert client.post("/", content=b"a" * LARGEST_BODY).text == str(LARGEST_BODY)


def test_an_upload_of_a_transcript_passes(client):
    n = 3 * 1024 * 1024

    assert client.put(UPLOAD, content=b"a" * n).text == str(n)


def test_an_upload_over_its_limit_is_refused(client):
    """S10: A body of a gigabyte is refused by its word, before it is read."""
    told = {"content-length": str(1024**3)}

    assert answer_to(Caps(APP), [b"a"], path=UPLOAD, method="PUT", headers=told) == 413
    assert LARGEST_UPLOAD < 1024**3


def test_a_body_that_never_ends_is_cut():
    """S10: One byte, then silence."""
    assert answer_to(Caps(APP, body_within_s=0.1), [b"a", None]) == 408


def test_a_body_that_drips_is_cut():
    """S10: A byte now and then does not begin the time anew."""
    drips = [b"a"] * 1000

    assert answer_to(Caps(APP, body_within_s=0.2), drips, pause_s=0.01) == 408


def answer_to(app, pieces, *, path="/", method="POST", headers=None, pause_s=0.0):
    """Status of the answer to a body that comes in these pieces; None hangs for ever."""
    told: list[int] = []
    waiting = list(pieces)

    async def receive():
        piece = waiting.pop(0)
        if piece is None:
            await anyio.sleep_forever()
        await anyio.sleep(pause_s)
        return {"type": "http.request", "body": piece, "more_body": bool(waiting)}

    async def send(message):
        if message["type"] == "http.response.start":
            told.append(message["status"])

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"",
        "headers": [(k.encode(), v.encode()) for k, v in (headers or {}).items()],
    }

    async def ask():
        with anyio.fail_after(10):
            await app(scope, receive, send)

    anyio.run(ask)
    return told[0]
