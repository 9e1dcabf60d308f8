"""The emblem of a house, drawn anew from its pixels in the sizes in which it is worn."""

from __future__ import annotations

from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps

from obshto.platform.storage.errors import NothingInside, TooBig, TooFewPixels
from obshto.platform.storage.pictures import opened

MB = 1024 * 1024
LARGEST = 5 * MB
LEAST = 192  # pixels of the longer side: a smaller one would look torn on a phone
HEAD, TOUCH, APP, CARD, LARGE = 96, 180, 192, 1200, 512  # widths in pixels
SIZES = (HEAD, TOUCH, APP, LARGE, CARD)
CARD_HEIGHT = 630  # of the picture that social networks show beside a link
WHITE = (255, 255, 255, 255)
CLEAR = (255, 255, 255, 0)
LIGHT = 128  # colours of the smallest one, which each page carries


def draw_emblem(stream: BinaryIO) -> dict[int, bytes]:
    """PNGs by their width: clear squares, a white square for iPhones, a white card for networks.

    The same pixels give the same bytes. Raises FileRefused: empty, beyond 5 MB, no picture, small.
    """
    _measure(stream)
    with opened(stream) as image:
        if max(image.size) < LEAST:
            raise TooFewPixels(least=LEAST)
        image.draft("RGB", (LARGE, LARGE))
        emblem = ImageOps.exif_transpose(image).convert("RGBA")
        return {
            HEAD: _light(_set(emblem, HEAD, HEAD, CLEAR)),
            TOUCH: _kept(_set(emblem, TOUCH, TOUCH, WHITE, margin=0.1)),
            APP: _kept(_set(emblem, APP, APP, CLEAR)),
            LARGE: _kept(_set(emblem, LARGE, LARGE, CLEAR)),
            CARD: _kept(_set(emblem, CARD, CARD_HEIGHT, WHITE, margin=0.12)),
        }


def _measure(stream: BinaryIO) -> None:
    size = stream.seek(0, 2)
    stream.seek(0)
    if size == 0:
        raise NothingInside
    if size > LARGEST:
        raise TooBig(most=LARGEST // MB)


def _set(
    emblem: Image.Image, width: int, height: int, ground: tuple[int, ...], *, margin: float = 0
) -> Image.Image:
    """In the middle of a ground, as large as fits inside the margin (a share of each side)."""
    room = (round(width * (1 - 2 * margin)), round(height * (1 - 2 * margin)))
    worn = ImageOps.contain(emblem, room, Image.Resampling.LANCZOS)
    drawn = Image.new("RGBA", (width, height), ground)
    drawn.alpha_composite(worn, ((width - worn.width) // 2, (height - worn.height) // 2))
    return drawn if ground == CLEAR else drawn.convert("RGB")


def _light(drawn: Image.Image) -> bytes:
    return _kept(drawn.quantize(LIGHT, method=Image.Quantize.FASTOCTREE))


def _kept(drawn: Image.Image) -> bytes:
    content = BytesIO()
    drawn.save(content, "PNG", optimize=True)
    return content.getvalue()
