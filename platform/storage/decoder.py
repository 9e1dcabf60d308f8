"""Child process that opens one picture of a stranger, under limits of memory and of the processor.

A program and no module of the house: it loads the picture library and nothing else, so that it
starts at once. Its command line says what to make; it reads the picture from its input and writes a
line of JSON, then what it made, each piece as long as the line says.
"""

from __future__ import annotations

import json
import resource
import sys
import warnings
from collections.abc import Iterator
from io import BytesIO
from math import ceil
from typing import Any

WHITE = (255, 255, 255, 255)
CLEAR = (255, 255, 255, 0)
COVER = (64, 64, 64, 255)  # nothing of what was there shines through
TUNED = {"AVIF": {"speed": 8, "max_threads": 1}}  # a thread takes addresses beyond the limit
LIGHT = 128  # colours of an emblem that each page carries
Piece = tuple[int, int, bytes]  # width, height, content


class PictureRefused(Exception):
    """A picture that is not drawn: why, and the number that its sentence needs."""


def limit(memory: int, seconds: int) -> None:
    """What this process may take; beyond it an allocation fails, or the kernel ends it."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))  # SIGXCPU, not SIGKILL
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def drawn(asked: dict[str, Any], content: bytes) -> list[Piece]:
    """The pieces that were asked for. Raises PictureRefused."""
    from PIL import Image  # noqa: PLC0415  after the limits

    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(BytesIO(content), formats=asked["formats"]) as image:
                _check(image, asked)
                make = {"emblem": _emblem, "cover": _covered, "crop": _crops}.get(
                    asked["kind"], _picture
                )
                return list(make(image, asked))
        except (Image.DecompressionBombWarning, Image.DecompressionBombError, MemoryError):
            raise PictureRefused("pixels", asked["pixels"]["PNG"]) from None
        except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError):
            raise PictureRefused("picture", 0) from None  # whatever a decoder trips over


def _check(image: Any, asked: dict[str, Any]) -> None:
    """By what the head of the file says, before anything of it is unpacked."""
    # One that is sent in passes lies in memory whole, in its coefficients, however it is drawn.
    form = "PROGRESSIVE" if image.info.get("progressive") else image.format
    most = asked["pixels"][form]
    if image.width * image.height > most or max(image.size) > asked["side"]:
        raise PictureRefused("pixels", most)
    if max(image.size) < asked.get("least", 0):
        raise PictureRefused("small", asked["least"])


def _reduced(image: Any, width: int, height: int) -> Any:
    """As the camera was held, no larger than needed; a JPEG is not even unpacked larger.

    Made smaller before anything else is done to it, so that it lies in memory large only once.
    """
    from PIL import ImageOps  # noqa: PLC0415

    if image.getexif().get(0x0112, 1) >= 5:  # noqa: PLR2004  lies on its side
        width, height = height, width
    ratio = min(1, width / image.width, height / image.height)
    need = (max(1, round(image.width * ratio)), max(1, round(image.height * ratio)))
    mode = "RGBA" if image.has_transparency_data else "RGB"
    image.draft("RGB", need)
    factor = min(image.width // need[0], image.height // need[1])
    image.load()
    if factor > 1:
        has_levels = image.mode in ("L", "LA", "RGB", "RGBA", "CMYK", "YCbCr")
        image = (image if has_levels else _converted(image, mode)).reduce(factor)
    return ImageOps.exif_transpose(_converted(image, mode))


def _converted(image: Any, mode: str) -> Any:
    return image if image.mode == mode else image.convert(mode)


def _picture(image: Any, asked: dict[str, Any]) -> Iterator[Piece]:
    """In the widths that are kept, the smallest first; none is larger than it was."""
    from PIL import Image  # noqa: PLC0415

    widths, tallest = asked["widths"], asked["tallest"]
    image = _reduced(image, widths[-1], tallest)
    largest = min(widths[-1], image.width, max(1, image.width * tallest // image.height))
    for width in (*(width for width in widths if width < largest), largest):
        height = max(1, round(image.height * width / image.width))
        clean = Image.new(image.mode, (width, height))
        clean.paste(image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0))
        kept = BytesIO()
        form = asked.get("format", "WEBP")
        flat = _flat(clean) if form == "JPEG" else clean
        flat.save(kept, form, quality=asked["quality"])
        yield width, height, kept.getvalue()


def _covered(image: Any, asked: dict[str, Any]) -> Iterator[Piece]:
    """As large as it is, with areas (left, top, right, bottom as shares) under one plain colour."""
    from PIL import ImageDraw  # noqa: PLC0415

    image = _reduced(image, *image.size)
    width, height = image.size
    pen = ImageDraw.Draw(image)
    for left, top, right, bottom in asked["areas"]:
        corners = (int(left * width), int(top * height), ceil(right * width), ceil(bottom * height))
        pen.rectangle(corners, fill=COVER[: len(image.getbands())])
    kept = BytesIO()
    image.save(kept, "WEBP", quality=asked["quality"])
    yield width, height, kept.getvalue()


def _crops(image: Any, asked: dict[str, Any]) -> Iterator[Piece]:
    """Each shape in its widths, in each format that is asked for, the shapes in their order."""
    from PIL import Image  # noqa: PLC0415

    whole = _reduced(image, *image.size)
    whole = _flat(whole) if asked["flat"] else whole
    for across, down, widths in asked["shapes"]:
        cut = whole.crop(_box(whole.size, across / down, asked["focus"]))
        for width in widths:
            fit = min(width, cut.width)
            size = (fit, max(1, round(fit * cut.height / cut.width)))
            sized = cut.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
            for form, quality in asked["made"]:
                yield _within(sized, form, quality, asked["most"])


def _box(size: tuple[int, int], ratio: float, focus: list[int]) -> tuple[int, int, int, int]:
    """The largest rectangle of a ratio; what is over goes off by the per cents of the focus."""
    width, height = size
    wide, high = min(width, round(height * ratio)), min(height, round(width / ratio))
    left, top = round((width - wide) * focus[0] / 100), round((height - high) * focus[1] / 100)
    return left, top, left + wide, top + high


def _within(image: Any, form: str, quality: int, most: int) -> Piece:
    """No more bytes than `most`: more coarsely at first, then smaller."""
    while True:
        for less in (0, 20, 40):
            kept = BytesIO()
            image.save(kept, form, quality=quality - less, **TUNED.get(form, {}))
            if kept.tell() <= most:
                return image.width, image.height, kept.getvalue()
        image = image.resize((image.width * 3 // 4, image.height * 3 // 4))


def _flat(image: Any) -> Any:
    """On white: a JPEG has no clear pixels."""
    from PIL import Image  # noqa: PLC0415

    if image.mode != "RGBA":
        return image
    ground = Image.new("RGBA", image.size, WHITE)
    ground.alpha_composite(image)
    return ground.convert("RGB")


def _emblem(image: Any, asked: dict[str, Any]) -> Iterator[Piece]:
    """In each size that is asked for: ground, margin, whether it must be light."""
    from PIL import Image  # noqa: PLC0415

    emblem = _converted(_reduced(image, asked["large"], asked["large"]), "RGBA")
    for one in asked["sizes"]:
        ground = WHITE if one["white"] else CLEAR
        made = _set(emblem, one["width"], one["height"], ground, one["margin"])
        if one["light"]:
            made = made.quantize(LIGHT, method=Image.Quantize.FASTOCTREE)
        kept = BytesIO()
        made.save(kept, "PNG", optimize=True)
        yield one["width"], one["height"], kept.getvalue()


def _set(emblem: Any, width: int, height: int, ground: tuple[int, ...], margin: float) -> Any:
    """In the middle of a ground, as large as fits inside the margin (a share of each side)."""
    from PIL import Image, ImageOps  # noqa: PLC0415

    room = (round(width * (1 - 2 * margin)), round(height * (1 - 2 * margin)))
    worn = ImageOps.contain(emblem, room, Image.Resampling.LANCZOS)
    drawn = Image.new("RGBA", (width, height), ground)
    drawn.alpha_composite(worn, ((width - worn.width) // 2, (height - worn.height) // 2))
    return drawn if ground == CLEAR else drawn.convert("RGB")


def main() -> None:
    """Answer one request. An end without an answer is one, too: it was more than is allowed."""
    asked = json.loads(sys.argv[1])
    limit(asked["memory"], asked["seconds"])
    sys.path.append(asked["library"])
    try:
        pieces = drawn(asked, sys.stdin.buffer.read())
    except PictureRefused as refusal:
        why, number = refusal.args
        told = {"refused": why, "number": number}
        pieces = []
    else:
        told = {"pieces": [(width, height, len(content)) for width, height, content in pieces]}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")
    for _, _, content in pieces:
        sys.stdout.buffer.write(content)


if __name__ == "__main__":
    main()
