"""An emblem is drawn anew in the sizes in which it is worn."""

from io import BytesIO

import pytest
from PIL import Image

from obshto.platform.storage.emblems import (
    CARD,
    CARD_HEIGHT,
    HEAD,
    LARGE,
    SIZES,
    TOUCH,
    draw_emblem,
)
from obshto.platform.storage.errors import (
    FileRefused,
    NoPicture,
    NothingInside,
    TooBig,
    TooFewPixels,
)

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def shield(size=(300, 400), mode="RGBA", form="PNG", **options):
    content = BytesIO()
    Image.new(mode, size, (20, 80, 45, 255)[: len(mode)]).save(content, form, **options)
    return content


def opened(content):
    return Image.open(BytesIO(content))


def test_each_size_is_a_png_as_wide_as_it_says():
    drawn = draw_emblem(shield())
    assert set(drawn) == set(SIZES)
    for width, content in drawn.items():
        image = opened(content)
        assert (image.format, image.size) == (
            "PNG",
            (width, CARD_HEIGHT if width == CARD else width),
        )


def test_a_tall_shield_stands_whole_in_the_middle_of_a_clear_square():
    image = opened(draw_emblem(shield())[LARGE]).convert("RGBA")
    assert [image.getpixel(point)[3] for point in ((10, 256), (256, 5), (501, 256))] == [0, 255, 0]


@pytest.mark.parametrize("width", [TOUCH, CARD])
def test_what_others_show_on_their_own_ground_is_white_around(width):
    assert opened(draw_emblem(shield())[width]).convert("RGB").getpixel((2, 2)) == (255, 255, 255)


def test_the_one_that_every_page_carries_is_light():
    noise = Image.effect_noise((400, 400), 80).convert("RGB")
    content = BytesIO()
    noise.save(content, "PNG")
    assert len(draw_emblem(content)[HEAD]) < 10 * 1024


def test_the_same_picture_gives_the_same_bytes_and_nothing_else_of_the_file_comes_along():
    plain = draw_emblem(shield(mode="RGB", form="JPEG"))
    described = draw_emblem(shield(mode="RGB", form="JPEG", comment=b"secret place"))
    assert plain == described
    assert not any(b"secret place" in content for content in described.values())


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", NothingInside),
        (SVG, NoPicture),
        (b"GIF89a" + bytes(40), NoPicture),
        (b"%PDF-1.7", NoPicture),
        (shield((100, 150)).getvalue(), TooFewPixels),
        (shield().getvalue() + bytes(5 * 1024 * 1024), TooBig),
    ],
    ids=["empty", "svg", "gif", "pdf", "small", "big"],
)
def test_what_is_no_emblem_is_refused(content, refusal):
    with pytest.raises(refusal):
        draw_emblem(BytesIO(content))


def test_damaged_anywhere_it_is_drawn_or_refused():
    whole = shield((200, 200)).getvalue()
    for place in range(8, len(whole), max(7, len(whole) // 20)):
        broken = bytearray(whole)
        broken[place] ^= 0xFF
        try:
            draw_emblem(BytesIO(bytes(broken)))
        except FileRefused:
            continue
