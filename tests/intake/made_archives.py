"""Hostile archives, made in the test that reads them."""

import io
import struct
import zipfile
import zlib

from tests.intake import made_files

DOCX = made_files.docx("Maria: one", "Tom: two")
XLSX = made_files.xlsx(("speaker", "text"), ("Maria", "one"))
CANARY = "canary-from-a-file-on-disk"


def parts_of(data: bytes) -> dict[str, bytes]:
    """Name → content of every part."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def overlapping(n_entries: int, size: int) -> bytes:
    """Many parts that all share the same packed bytes: small to hold, huge to unpack.

    Written by hand, since no library writes it: one local header, many entries in the list.
    """
    name = b"word/document.xml"
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(b"a" * size) + packer.flush()
    crc = zlib.crc32(b"a" * size)
    about = struct.pack("<HHHHHLLLHH", 20, 0, 8, 0, 0x21, crc, len(packed), size, len(name), 0)
    body = b"PK\x03\x04" + about + name + packed
    listed = b""
    for _ in range(n_entries):
        listed += (
            b"PK\x01\x02"
            + struct.pack("<H", 20)
            + about
            + struct.pack("<HHHLL", 0, 0, 0, 0, 0)
            + name
        )
    end = struct.pack("<HHHHLLH", 0, 0, n_entries, n_entries, len(listed), len(body), 0)
    return body + listed + b"PK\x05\x06" + end


def lying(name: str, size: int, told: int) -> bytes:
    """A part that says in both its headers that it is smaller than it is."""
    data = bytearray(made_files.zipped_as({"[Content_Types].xml": b"<x/>", name: b"a" * size}))
    true = size.to_bytes(4, "little")
    at = data.find(true)
    while at >= 0:
        data[at : at + 4] = told.to_bytes(4, "little")
        at = data.find(true, at + 4)
    return bytes(data)


def corrupt_stream(data: bytes, part: str) -> bytes:
    """The same file with the packed bytes of one part overwritten."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.getinfo(part)
    start = entry.header_offset + 30 + len(part)
    return data[: start + 4] + b"\xff" * 40 + data[start + 44 :]


def with_names(*names: str, symlink: str = "") -> bytes:
    """A Word file with further parts of these names, and one that is a link to elsewhere."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts_of(DOCX).items():
            archive.writestr(name, part)
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), CANARY)
        if symlink:
            link = zipfile.ZipInfo("word/link.xml")
            link.external_attr = 0o120777 << 16
            archive.writestr(link, symlink)
    return out.getvalue()


def with_parts(data: bytes, **more: bytes) -> bytes:
    """The same file with parts added or replaced; "__" in a keyword stands for a slash."""
    named = {name.replace("__", "/").replace("_dot_", "."): part for name, part in more.items()}
    return made_files.zipped_as({**parts_of(data), **named})


def macro_type(data: bytes, plain: bytes, enabled: bytes) -> bytes:
    """The same Office file, called one with macros in its list of contents."""
    return made_files.with_part(
        data, "[Content_Types].xml", lambda xml: xml.replace(plain, enabled)
    )
