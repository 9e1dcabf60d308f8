"""Of a picture its pixels are kept, and nothing else."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from io import BytesIO

import pytest
from PIL import Image

from obshto.platform.storage import child, turns
from obshto.platform.storage.child import MEMORY
from obshto.platform.storage.errors import FileRefused, NoPicture, TooManyPixels
from obshto.platform.storage.pictures import (
    LONGEST_SIDE,
    MOST_PIXELS,
    TALLEST,
    WIDTHS,
    draw,
)

GPS, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F


def drawn(content):
    return draw(BytesIO(content))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_large_picture_is_kept_in_three_widths(make, form):
    made = drawn(make.image((2000, 1000), form))
    assert [(one.width, one.height) for one in made] == [(w, w // 2) for w in WIDTHS]
    for one in made:
        with Image.open(BytesIO(one.content)) as image:
            assert (image.format, image.size) == ("WEBP", (one.width, one.height))


def test_no_picture_is_made_larger(make):
    assert [one.width for one in drawn(make.image((600, 300)))] == [480, 600]
    assert [one.width for one in drawn(make.image((1, 1)))] == [1]


def test_where_and_by_what_it_was_taken_is_gone(make):
    exif = Image.Exif()
    exif[MAKE] = "Camera of somebody"
    exif.get_ifd(GPS)[1] = "N"
    taken = make.image((640, 480), "JPEG", exif=exif, comment=b"my house")
    assert b"Camera of somebody" in taken
    for one in drawn(taken):
        assert b"Camera" not in one.content and b"my house" not in one.content
        with Image.open(BytesIO(one.content)) as image:
            assert not image.getexif() and "icc_profile" not in image.info


def test_a_picture_stands_as_the_camera_was_held(make):
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    [one] = drawn(make.image((400, 200), "JPEG", exif=exif))
    assert (one.width, one.height) == (200, 400)


def test_what_hung_on_the_file_is_gone(make):
    tail = b"<script>alert(1)</script>PK\x03\x04"
    for one in drawn(make.image() + tail):
        assert b"script" not in one.content and b"PK\x03\x04" not in one.content


def test_transparent_stays_transparent(make):
    [one] = drawn(make.image((200, 200), mode="RGBA"))
    with Image.open(BytesIO(one.content)) as image:
        assert image.mode in ("RGBA", "RGB")
    [pale] = drawn(_transparent())
    with Image.open(BytesIO(pale.content)) as image:
        assert image.convert("RGBA").getpixel((0, 0))[3] == 0


def _transparent():
    made = BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(made, "PNG")
    return made.getvalue()


@pytest.mark.parametrize("size", [(30_000, 30_000), (10_000, 10_000), (5_000, 5_000)])
def test_a_bomb_is_refused_by_its_size_before_it_is_drawn(make, size):
    with pytest.raises(TooManyPixels):
        drawn(make.bomb(*size))


def test_a_picture_that_ends_too_soon_is_refused(make):
    assert MOST_PIXELS["PNG"] > 1_000 * 1_000
    with pytest.raises(NoPicture):
        drawn(make.bomb(1_000, 1_000))


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
        b"%PDF-1.7",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"RIFF\x00\x00\x00\x00WEBP",
        b"BM" + b"\0" * 60,
    ],
)
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(NoPicture):
        drawn(content)


def test_damaged_anywhere_a_picture_is_drawn_or_refused(make):
    for form in ("JPEG", "PNG", "WEBP"):
        content = make.image((40, 30), form)
        for at in range(0, len(content), max(1, len(content) // 20)):
            hurt = bytearray(content)
            hurt[at] ^= 0xFF
            try:
                drawn(bytes(hurt))
            except FileRefused:
                continue


def test_sides_are_bounded_before_anything_is_unpacked(make):
    for size in ((LONGEST_SIDE + 1, 10), (10, LONGEST_SIDE + 1)):
        with pytest.raises(TooManyPixels):
            drawn(make.image(size))
    [tall] = drawn(make.image((400, 8_000)))
    assert (tall.width, tall.height) == (160, TALLEST)


def test_one_that_is_sent_in_passes_is_bounded_more_tightly(make):
    """It lies in memory whole, however small it is drawn."""
    size = (6_000, 4_200)
    assert drawn(make.image(size, "JPEG"))
    with pytest.raises(TooManyPixels):
        drawn(make.image(size, "JPEG", progressive=True))


LARGE = (("JPEG", "RGB", (8_000, 8_000)), ("PNG", "RGBA", (5_000, 4_000)))
LARGE += (("WEBP", "RGBA", (4_000, 3_000)), ("JPEG", "CMYK", (8_000, 8_000)))


DRAW_THEM = """
import resource, sys
from concurrent.futures import ThreadPoolExecutor
from obshto.platform.storage.pictures import draw

with ThreadPoolExecutor(2) as both:
    assert all(both.map(lambda path: draw(open(path, "rb")), sys.argv[1:]))
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)  # KB, of the largest
"""


def test_the_largest_that_are_taken_fit_beside_the_web_process(make, tmp_path):
    """Two at once, in a pod of 1 GiB whose web processes hold half of it."""
    paths = []
    for number, (form, mode, size) in enumerate(LARGE):
        paths.append(tmp_path / str(number))
        paths[-1].write_bytes(make.image(size, form, mode))
    told = subprocess.check_output([sys.executable, "-c", DRAW_THEM, *map(str, paths)])
    assert int(told) < MEMORY // 1024


def test_what_takes_more_than_it_may_is_refused_and_nobody_dies(make, monkeypatch):
    monkeypatch.setattr(child, "MEMORY", 80 * 1024 * 1024)
    with pytest.raises(TooManyPixels):
        drawn(make.image((5_000, 4_000)))
    monkeypatch.setattr(child, "MEMORY", 1)  # it can't even begin
    with pytest.raises(TooManyPixels):
        drawn(make.image())


def test_a_demonstration_file_is_read_once_for_all_municipalities(make, monkeypatch):
    picture, other, asked = make.image(), make.image(size=(41, 30)), []
    ask = child._ask
    monkeypatch.setattr(child, "_ask", lambda *given: asked.append(given[0]) or ask(*given))
    with child.remembering({}):
        assert drawn(picture) == drawn(picture)
        assert drawn(other) != drawn(picture)
        for _ in range(2):
            with pytest.raises(NoPicture):
                draw(BytesIO(b"no picture"))
    assert asked == ["decoder.py"] * 3
    assert drawn(picture)
    assert len(asked) == 4


def test_demonstration_pictures_wait_longer_than_a_page_would(make, monkeypatch):
    monkeypatch.setattr(child, "PATIENCE", 0.2)
    with ThreadPoolExecutor(1) as pool, child.remembering({}):
        with turns.turn(child.UNHURRIED):
            waiting = pool.submit(copy_context().run, drawn, make.image())
            with pytest.raises(TimeoutError):  # refused by now, if somebody waited at a page
                waiting.result(1)
        assert waiting.result()


def test_the_house_itself_never_loads_the_decoders():
    code = "import sys, obshto.ops.compose as c; c.all_components(); sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
