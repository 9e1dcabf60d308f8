"""Pictures are drawn anew from their pixels, so that nothing else of the file comes along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Any, BinaryIO, NamedTuple

from obshto.platform.storage.child import TookTooMuch, ask_child
from obshto.platform.storage.errors import (
    FileRefused,
    NoPicture,
    TooFewPixels,
    TooManyPixels,
)
from obshto.platform.storage.kinds import AVIF, WEBP, Kind

WIDTHS = (480, 960, 1600)  # a phone, a phone with a fine screen, a desk
COPY_WIDTHS = WIDTHS[:-1]  # of the smaller copies, which a job draws of a picture that is kept
TALLEST = 3_200  # pixels: a poster on its end; each more costs a second of whoever waits
FORMATS = ("JPEG", "PNG", "WEBP")
# A JPEG is unpacked at the size it is needed in, unless it is sent in passes; the others lie in
# memory whole, 4 bytes a pixel, and a WebP three times.
MOST_PIXELS = {
    "JPEG": 64_000_000,
    "PROGRESSIVE": 24_000_000,
    "PNG": 20_000_000,
    "WEBP": 12_000_000,
}
LONGEST_SIDE = 16_000  # pixels
QUALITY = 78
JPEG_QUALITY = 85
CROP_BYTES = 60 * 1024  # what a phone on a slow line gets of a picture that stands first
COPY_BYTES = 160 * 1024  # of one that stands in a text: a poster must stay legible
CROP_KINDS = {AVIF: 58, WEBP: QUALITY}  # with the quality that looks the same in each
Area = tuple[float, float, float, float]  # left, top, right, bottom as shares of the picture
Focus = tuple[int, int]  # per cent from the left and from the top, as CSS object-position
MIDDLE: Focus = (50, 50)


class Shape(NamedTuple):
    """A cut of a picture: its proportions, the widths in pixels in which it is kept."""

    across: int
    down: int
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as it is kept: in pixels, with its bytes."""

    width: int
    height: int
    content: bytes


def draw(stream: BinaryIO, *, widths: Sequence[int] = WIDTHS, least: int = 0) -> list[Drawn]:
    """The picture in these widths, the smallest first; none is larger than it was.

    Where it was taken, by what and when is gone. Raises NoPicture, TooManyPixels, FilesBusy;
    TooFewPixels where its longer side has fewer than `least`.
    """
    asked = {"kind": "picture", "widths": widths, "tallest": TALLEST, "quality": QUALITY}
    return decode(stream, asked | {"least": least})


def widths_below(width: int | None) -> tuple[int, ...]:
    """The widths in which a picture so wide has smaller copies, as soon as they are drawn."""
    return tuple(one for one in COPY_WIDTHS if one < (width or 0))


def crop(
    stream: BinaryIO,
    shapes: Sequence[Shape],
    focus: Focus,
    *,
    most: int = CROP_BYTES,
    is_flat: bool = True,
) -> dict[tuple[Kind, int, int], Drawn]:
    """Each shape in its widths, as AVIF and as WebP, by kind and pixels; none is enlarged.

    None has more than `most` bytes: it is drawn more coarsely, then smaller. Clear pixels become
    white where it `is_flat`. Raises FileRefused.
    """
    made = [(kind.title, quality) for kind, quality in CROP_KINDS.items()]
    asked = {"kind": "crop", "shapes": shapes, "focus": focus, "most": most, "made": made}
    asked["flat"] = is_flat
    pieces = zip(cycle(CROP_KINDS), decode(stream, asked), strict=False)
    return {(kind, drawn.width, drawn.height): drawn for kind, drawn in pieces}


def draw_jpeg(stream: BinaryIO, *, width: int) -> bytes:
    """The picture as a JPEG, no wider than so, for those who take no WebP. Raises FileRefused."""
    asked = {"kind": "picture", "widths": (width,), "tallest": TALLEST, "quality": JPEG_QUALITY}
    return decode(stream, asked | {"format": "JPEG"})[0].content


def cover(stream: BinaryIO, areas: Sequence[Area]) -> Drawn:
    """The picture in its own size with these areas under one plain colour. Raises FileRefused."""
    asked = {"kind": "cover", "areas": areas, "quality": QUALITY}
    return decode(stream, asked)[0]


def decode(stream: BinaryIO, asked: dict[str, Any]) -> list[Drawn]:
    """What the child makes of it. Raises FileRefused, as `draw`, and TooFewPixels."""
    bounds = {"pixels": MOST_PIXELS, "side": LONGEST_SIDE, "formats": FORMATS}
    try:
        told, body = ask_child("decoder.py", bounds | asked, stream)
    except TookTooMuch:
        raise _refusal("pixels", MOST_PIXELS["PNG"]) from None
    return list(_pieces(told, body))


def _pieces(told: dict[str, Any], body: bytes) -> Iterator[Drawn]:
    if "refused" in told:
        raise _refusal(told["refused"], told["number"])
    for width, height, size in told["pieces"]:
        yield Drawn(width, height, body[:size])
        body = body[size:]


def _refusal(why: str, number: int) -> FileRefused:
    if why == "small":
        return TooFewPixels(least=number)
    return TooManyPixels(most=number // 1_000_000) if why == "pixels" else NoPicture()
