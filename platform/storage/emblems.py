"""The emblem of a house, drawn anew from its pixels in the sizes in which it is worn."""

from __future__ import annotations

from typing import Any, BinaryIO

from obshto.platform.storage.errors import NothingInside, TooBig
from obshto.platform.storage.pictures import decode

MB = 1024 * 1024
LARGEST = 5 * MB
LEAST = 192  # pixels of the longer side: a smaller one would look torn on a phone
HEAD, TOUCH, APP, CARD, LARGE = 96, 180, 192, 1200, 512  # widths in pixels
SIZES = (HEAD, TOUCH, APP, LARGE, CARD)
CARD_HEIGHT = 630  # of the picture that social networks show beside a link


def draw_emblem(stream: BinaryIO) -> dict[int, bytes]:
    """PNGs by their width: clear squares, a white square for iPhones, a white card for networks.

    The same pixels give the same bytes. Raises FileRefused: empty, beyond 5 MB, no picture, small.
    """
    _measure(stream)
    sizes = [
        _size(HEAD, is_light=True),
        _size(TOUCH, is_white=True, margin=0.1),
        _size(APP),
        _size(LARGE),
        _size(CARD, CARD_HEIGHT, is_white=True, margin=0.12),
    ]
    asked = {"kind": "emblem", "least": LEAST, "large": LARGE, "sizes": sizes}
    return {drawn.width: drawn.content for drawn in decode(stream, asked)}


def _size(
    width: int,
    height: int = 0,
    *,
    is_white: bool = False,
    is_light: bool = False,
    margin: float = 0,
) -> dict[str, Any]:
    named = {"width": width, "height": height or width, "margin": margin}
    return {**named, "white": is_white, "light": is_light}


def _measure(stream: BinaryIO) -> None:
    size = stream.seek(0, 2)
    stream.seek(0)
    if size == 0:
        raise NothingInside
    if size > LARGEST:
        raise TooBig(most=LARGEST // MB)
