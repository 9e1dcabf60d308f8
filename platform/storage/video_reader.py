"""Child process that reads the head of a video of a stranger: its container, its length, its end.

A program and no module of the house: it loads nothing but Python itself. It answers with one line
of JSON: `kind` and `seconds` (None where the file does not say), or `fault`. Nothing is decoded.
"""

from __future__ import annotations

import json
import math
import resource
import struct
import sys
from collections.abc import Iterator
from io import SEEK_END
from typing import Any, BinaryIO

# Of MP4 (ISO/IEC 14496-12) and of WebM (RFC 9559): pictures that every browser plays.
MP4_CODECS = {b"avc1", b"avc3", b"vp08", b"vp09", b"av01"}
WEBM_CODECS = {b"V_VP8", b"V_VP9", b"V_AV1"}
MOST_BOXES, MOST_TABLE = 5_000, 64 * 1024 * 1024  # of bytes that an index of one file may take
HEAD = 4 * 1024 * 1024  # bytes of a WebM in which its description stands
EBML, SEGMENT, INFO, TRACKS = 0x1A45DFA3, 0x18538067, 0x1549A966, 0x1654AE6B
DOC_TYPE, SCALE, DURATION, TRACK, CODEC, CLUSTER = 0x4282, 0x2AD7B1, 0x4489, 0xAE, 0x86, 0x1F43B675
_INSIDE = (b"trak", b"mdia", b"minf", b"stbl")


class VideoFault(Exception):
    """No video that we take: `none`, `codec` or `cut`."""


def told_of(stream: BinaryIO) -> dict[str, Any]:
    """Kind and length of the video. Raises VideoFault."""
    size = stream.seek(0, SEEK_END)
    stream.seek(0)
    head = stream.read(12)
    if head[4:8] == b"ftyp":
        return {"kind": "mp4", "seconds": _of_mp4(stream, size)}
    if head[:4] == EBML.to_bytes(4):
        stream.seek(0)
        return {"kind": "webm", "seconds": _of_webm(stream.read(HEAD))}
    raise VideoFault("none")


def _of_mp4(stream: BinaryIO, size: int) -> int | None:
    """Its boxes from the first to the last: one that ends behind the file was cut off."""
    described, at = b"", 0
    for _ in range(MOST_BOXES):
        if at >= size:
            break
        stream.seek(at)
        kind, header, length = _box(stream.read(16))
        length = length or size - at  # 0: to the end of the file
        if length < header or at + length > size:
            raise VideoFault("cut")
        if kind == b"moov":
            if length > MOST_TABLE:
                raise VideoFault("none")
            stream.seek(at + header)
            described = stream.read(length - header)
        at += length
    if not described:
        raise VideoFault("cut")
    return _of_movie(described)


def _of_movie(described: bytes) -> int | None:
    codecs, seconds = set(), None
    for kind, body in _boxes(described):
        if kind == b"mvhd":
            seconds = _movie_seconds(body)
        elif kind == b"trak":
            codecs |= _sample_entries(body)
    _check(codecs, MP4_CODECS)
    return seconds


def _check(codecs: set[bytes], known: set[bytes]) -> None:
    if not codecs:
        raise VideoFault("none")
    if not codecs & known:
        raise VideoFault("codec")


def _movie_seconds(body: bytes) -> int | None:
    wide = body[:1] == b"\x01"
    scale, length = struct.unpack_from(">IQ" if wide else ">II", body, 20 if wide else 12)
    return math.ceil(length / scale) if scale and length else None


def _sample_entries(body: bytes, handler: bytes = b"") -> set[bytes]:
    """Formats of the pictures in a track; nothing of sound and text."""
    found: set[bytes] = set()
    for kind, inner in _boxes(body):
        if kind == b"hdlr":
            handler = inner[8:12]
        elif kind == b"stsd" and handler == b"vide":
            found |= {entry for entry, _ in _boxes(inner[8:])}
        elif kind in _INSIDE:
            found |= _sample_entries(inner, handler)
    return found


def _boxes(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(body):
        kind, header, length = _box(body[at : at + 16])
        length = length or len(body) - at
        if length < header or at + length > len(body):
            return
        yield kind, body[at + header : at + length]
        at += length


def _box(head: bytes) -> tuple[bytes, int, int]:
    """Kind, bytes of the header, bytes of all; raises VideoFault where the header itself is cut."""
    if len(head) < 8:
        raise VideoFault("cut")
    length, kind = struct.unpack_from(">I4s", head)
    if length != 1:
        return kind, 8, length
    if len(head) < 16:
        raise VideoFault("cut")
    return kind, 16, struct.unpack_from(">Q", head, 8)[0]


def _of_webm(head: bytes) -> int | None:
    codecs: set[bytes] = set()
    scale, length, kind = 1_000_000, 0.0, b""
    for name, body in _elements(head):
        if name == DOC_TYPE:
            kind = body.rstrip(b"\x00")
        elif name == SCALE:
            scale = int.from_bytes(body[:8])
        elif name == DURATION and len(body) in (4, 8):
            length = struct.unpack(">f" if len(body) == 4 else ">d", body)[0]
        elif name == CODEC and body.startswith(b"V_"):
            codecs.add(body.rstrip(b"\x00"))
    if kind != b"webm":
        raise VideoFault("none")
    _check(codecs, WEBM_CODECS)
    seconds = length * scale / 1e9
    return math.ceil(seconds) if 0 < seconds < 1e6 else None


def _elements(head: bytes) -> Iterator[tuple[int, bytes]]:
    """Elements up to the first pictures; those that hold others are opened."""
    at = 0
    for _ in range(MOST_BOXES):
        if at >= len(head):
            return
        name, at = _number(head, at, keeps_marker=True)
        length, at = _number(head, at)
        if name == CLUSTER:
            return
        if name in (EBML, SEGMENT, INFO, TRACKS, TRACK):
            continue
        yield name, head[at : at + min(length, 64)]
        at += length


def _number(head: bytes, at: int, *, keeps_marker: bool = False) -> tuple[int, int]:
    """A number of variable size and where it ends (RFC 8794, section 4)."""
    first = head[at] if at < len(head) else 0
    size = 9 - first.bit_length()
    if not first or at + size > len(head):
        raise VideoFault("cut")
    value = int.from_bytes(head[at : at + size])
    return (value if keeps_marker else value & ((1 << 7 * size) - 1)), at + size


def main() -> None:
    """Answer one request. An end without an answer is one, too: it was more than is allowed."""
    asked = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (asked["memory"], asked["memory"]))
    seconds = asked["seconds"]
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))  # SIGXCPU, not SIGKILL
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        told = told_of(sys.stdin.buffer)
    except VideoFault as refusal:
        told = {"fault": str(refusal)}
    except (struct.error, RecursionError, OverflowError):
        told = {"fault": "none"}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")


if __name__ == "__main__":
    main()
