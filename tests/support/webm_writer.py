"""WebM of pictures that a browser encoded: with its length, and points to jump to."""

import struct

from support.video_files import element

MILLION = 1_000_000
HEAD = (("4286", 1), ("42F7", 1), ("42F2", 4), ("42F3", 8), ("4282", b"webm"), ("4287", 2))
READABLE = ("4285", 2)  # by readers of that version


def whole_webm(chunks, *, width, height, length):
    """`chunks` are (millisecond, whether it stands alone, bytes) in order; `length` in ms.

    The first stands alone, and so does one at least each half minute: a cluster begins there.
    """
    info = _group("1549A966", ("2AD7B1", MILLION), ("4489", float(length)), *_BY)
    picture = _group("E0", ("B0", width), ("BA", height))
    track = (("D7", 1), ("73C5", 1), ("83", 1), ("86", b"V_VP8"))
    tracks = element("1654AE6B", element("AE", _body(track) + picture))
    clusters = [(at, _cluster(at, own)) for at, own in _clusters(chunks)]
    first = len(info) + len(tracks) + len(_cues(clusters, 0))
    body = info + tracks + _cues(clusters, first) + b"".join(whole for _, whole in clusters)
    return element("1A45DFA3", _body((*HEAD, READABLE))) + element("18538067", body)


_BY = (("4D80", b"obshto"), ("5741", b"obshto"))


def _clusters(chunks):
    found = []
    for at, is_key, data in chunks:
        if is_key:
            found.append((at, []))
        found[-1][1].append((at, is_key, data))
    return found


def _cluster(begins, chunks):
    blocks = b"".join(
        element("A3", b"\x81" + struct.pack(">hB", at - begins, 0x80 if is_key else 0) + data)
        for at, is_key, data in chunks
    )
    return element("1F43B675", _body((("E7", begins),)) + blocks)


def _cues(clusters, first):
    """Each number has eight bytes, so that the length is known before the places are."""
    points, place = b"", first
    for at, whole in clusters:
        where = _group("B7", ("F7", 1), ("F1", place))
        points += element("BB", _body((("B3", at),)) + where)
        place += len(whole)
    return element("1C53BB6B", points)


def _group(name, *fields):
    return element(name, _body(fields))


def _body(fields):
    return b"".join(element(name, _value(value)) for name, value in fields)


def _value(value):
    if isinstance(value, bytes):
        return value
    return struct.pack(">d", value) if isinstance(value, float) else value.to_bytes(8)
