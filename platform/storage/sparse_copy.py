"""Sparse copy of a video that lies elsewhere: what its reader looks at, in a file of its size.

Of a WebM that is the beginning; of an MP4 the head of each box and the whole of its table. The
rest stays a hole, which takes no room and no time.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import BinaryIO

from obshto.platform.storage.video_reader import HEAD, MOST_BOXES, MOST_TABLE

WINDOW = 64 * 1024  # bytes fetched at once: the heads of small boxes lie beside each other
Fetch = Callable[[int, int], bytes]  # at, length: these bytes, fewer at the end


def copy_head(fetch: Fetch, size: int, file: BinaryIO) -> None:
    """Write into `file`, which is empty, what tells kind, length and end of the video."""
    file.truncate(size)
    if not size:
        return
    head = fetch(0, min(size, HEAD))
    _put(file, 0, head)
    if head[4:8] == b"ftyp":
        _copy_boxes(fetch, size, file, head)


def _copy_boxes(fetch: Fetch, size: int, file: BinaryIO, window: bytes) -> None:
    at, start = 0, 0  # of the box, of the window
    for _ in range(MOST_BOXES):
        if at + 8 > size:
            return
        if at + 16 > start + len(window):
            start, window = at, fetch(at, min(WINDOW, size - at))
            _put(file, start, window)
        length, kind = struct.unpack_from(">I4s", window, at - start)
        if length == 1 and at + 16 <= size:
            (length,) = struct.unpack_from(">Q", window, at - start + 8)
        length = length or size - at
        if length < 8:
            return
        if kind == b"moov" and length <= min(MOST_TABLE, size - at):
            _put(file, at, fetch(at, length))
        at += length


def _put(file: BinaryIO, at: int, content: bytes) -> None:
    file.seek(at)
    file.write(content)
