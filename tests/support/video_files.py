"""Containers of videos, as small as they can be: heads that are right, without a picture."""

import struct


def box(kind, *inner):
    body = b"".join(inner)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def mp4(seconds=100, codec=b"avc1", handler=b"vide", padding=0):
    """An MP4 of that length."""
    header = box(b"mvhd", bytes(12), struct.pack(">II", 1000, seconds * 1000), bytes(80))
    table = box(b"stbl", box(b"stsd", bytes(8), box(codec, bytes(70))))
    media = box(b"mdia", box(b"hdlr", bytes(8), handler, bytes(13)), box(b"minf", table))
    return (
        box(b"ftyp", b"isom", bytes(4), b"isom")
        + box(b"moov", header, box(b"trak", media))
        + box(b"mdat", bytes(padding))
    )


def element(name, body):
    return bytes.fromhex(name) + (0x0100000000000000 | len(body)).to_bytes(8) + body


def webm(seconds=100, codec=b"V_VP9", kind=b"webm"):
    """A WebM of that length."""
    info = element("1549A966", element("4489", struct.pack(">d", seconds * 1000)))
    tracks = element("1654AE6B", element("AE", element("86", codec)))
    head = element("1A45DFA3", element("4282", kind))
    return head + element("18538067", info + tracks + element("1F43B675", bytes(20)))
