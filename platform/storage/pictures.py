"""Pictures are drawn anew from their pixels, so that nothing else of the file comes along."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from hashlib import blake2b
from io import BytesIO
from threading import Lock
from typing import BinaryIO

from PIL import Image, ImageOps

from obshto.platform.storage.errors import NoPicture, TooManyPixels

WIDTHS = (480, 960, 1600)  # a phone, a phone with a fine screen, a desk
FORMATS = ("JPEG", "PNG", "WEBP")
# A JPEG is drawn at the size it is needed in; the others lie in memory whole, 4 bytes a pixel.
MOST_PIXELS = {"JPEG": 64_000_000, "PNG": 20_000_000, "WEBP": 20_000_000}
QUALITY = 78
_one_at_a_time = Lock()  # in each process: a picture may take a hundred megabytes while it is drawn


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as it is kept: WebP, in pixels."""

    width: int
    height: int
    content: bytes


Memo = dict[bytes, list[Drawn]]
_memo: ContextVar[Memo | None] = ContextVar("memo", default=None)


@contextmanager
def remembering(memo: Memo) -> Iterator[None]:
    """In the block, what was drawn into this memo before is not drawn again.

    For demonstration pictures, which are the same in every municipality; a memo is never emptied,
    so it is nothing for what people send.
    """
    token = _memo.set(memo)
    try:
        yield
    finally:
        _memo.reset(token)


def draw(stream: BinaryIO) -> list[Drawn]:
    """The picture in the widths that we keep, the smallest first; none is larger than it was.

    Where it was taken, by what and when is gone. Raises NoPicture, TooManyPixels.
    """
    memo = _memo.get()
    if memo is None:
        return _draw(stream)
    stream.seek(0)
    if (key := blake2b(stream.read()).digest()) not in memo:
        stream.seek(0)
        memo[key] = _draw(stream)
    return memo[key]


def _draw(stream: BinaryIO) -> list[Drawn]:
    with opened(stream) as image:
        return list(_drawn(_upright(image)))


@contextmanager
def opened(stream: BinaryIO) -> Iterator[Image.Image]:
    """A picture that may be drawn in the block, one at a time. Raises NoPicture, TooManyPixels."""
    with _one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(stream, formats=FORMATS) as image:
                _check(image)
                yield image
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            raise TooManyPixels(most=MOST_PIXELS["PNG"] // 1_000_000) from None
        except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError):
            raise NoPicture from None  # whatever a decoder trips over


def _check(image: Image.Image) -> None:
    most = MOST_PIXELS[image.format or "PNG"]
    if image.width * image.height > most:
        raise TooManyPixels(most=most // 1_000_000)


def _upright(image: Image.Image) -> Image.Image:
    """As the camera was held, in colours that WebP knows; a JPEG no larger than needed."""
    image.draft("RGB", (WIDTHS[-1], WIDTHS[-1]))
    turned = ImageOps.exif_transpose(image)
    return turned.convert("RGBA" if turned.has_transparency_data else "RGB")


def _drawn(image: Image.Image) -> Iterator[Drawn]:
    wanted = [width for width in WIDTHS if width < image.width]
    if len(wanted) < len(WIDTHS):
        wanted.append(image.width)
    for width in wanted:
        height = max(1, round(image.height * width / image.width))
        clean = Image.new(image.mode, (width, height))
        clean.paste(image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0))
        kept = BytesIO()
        clean.save(kept, "WEBP", quality=QUALITY)
        yield Drawn(width, height, kept.getvalue())
