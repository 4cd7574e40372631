"""HTTP/1.1 over a bare connection: a client that costs the cores little. See `Wire`."""

import asyncio
from collections.abc import Mapping
from urllib.parse import urlencode


class Wire:
    """One connection that is kept; requests on it go one after the other."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def to(cls, host: str, port: int) -> "Wire":
        return cls(*await asyncio.open_connection(host, port))

    async def send(self, request: bytes) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of the answer."""
        self._writer.write(request)
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        pairs = (line.partition(":") for line in head[1:] if line)
        headers = {name.lower(): value.strip() for name, _, value in pairs}
        body = await self._reader.readexactly(int(headers.get("content-length", 0)))
        return int(head[0].split()[1]), headers, body

    def close(self) -> None:
        self._writer.close()


def get(path: str, cookie: str) -> bytes:
    """A request for a page."""
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n".encode()


def post(path: str, cookie: str, fields: Mapping[str, str]) -> bytes:
    """A press on a form."""
    body = urlencode(fields)
    return (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()
