"""Sample picture of demonstration content."""

from __future__ import annotations

from io import BytesIO
from struct import pack
from zlib import compress, crc32


def sample_picture() -> BytesIO:
    """A green field as a PNG: a photograph of nothing and nobody."""
    width, height = 480, 320
    rows = (b"\x00" + bytes((96, 140, 90)) * width) * height
    head = pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", compress(rows)), (b"IEND", b""))
    written = (
        pack(">I", len(body)) + name + body + pack(">I", crc32(name + body))
        for name, body in chunks
    )
    return BytesIO(b"\x89PNG\r\n\x1a\n" + b"".join(written))
