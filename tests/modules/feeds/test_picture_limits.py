"""Pictures that a network would not take are drawn smaller, or refused with a sentence."""

import random
from dataclasses import replace
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image

from obshto.modules.feeds.errors import PictureTooLarge, PictureTooLong
from obshto.modules.feeds.services import posts
from obshto.modules.feeds.services.channels import connect_channel
from obshto.modules.feeds.services.picture_limits import picture_of
from obshto.modules.feeds.services.port import PictureLimits
from obshto.platform.unit_of_work import Principal

BOT = {"kind": "telegram", "token": "right", "account": "@kula"}


def drawn(width, height, pixels=None):
    content = BytesIO()
    image = Image.frombytes("RGB", (width, height), pixels or bytes(width * height * 3))
    image.save(content, "PNG")
    content.seek(0)
    return posts.Picture(stream=content, name="a.png")


def write(uow, picture, *targets):
    draft = posts.Draft(title="А", picture_alt="Чешмата", targets=targets)
    post = posts.write_post(uow, draft, request_id=uuid4(), picture=picture)
    uow.session.flush()
    return post


def submit(uow, post):
    posts.submit_post(uow, post, expected_version=post.version)
    uow.commit()
    return post


@pytest.fixture
def noisy():
    """Nothing of it can be left out: the largest file that so many pixels give."""
    return drawn(900, 900, random.Random(1).randbytes(900 * 900 * 3))


def test_a_picture_is_drawn_smaller_until_its_file_fits(uow, noisy):
    post = write(uow, noisy)
    whole, _mime = picture_of(uow, post.picture_id, PictureLimits(size=10**7), is_jpeg=True)
    most = len(whole) - 1
    content, mime = picture_of(uow, post.picture_id, PictureLimits(size=most), is_jpeg=False)
    assert len(content) <= most and mime in ("image/jpeg", "image/webp")
    small, _mime = picture_of(uow, post.picture_id, PictureLimits(size=most), is_jpeg=True)
    assert len(small) <= most and Image.open(BytesIO(small)).width == 720
    with pytest.raises(PictureTooLarge):
        picture_of(uow, post.picture_id, PictureLimits(size=1000), is_jpeg=True)


def test_a_ribbon_is_refused_before_it_leaves_and_told_of_when_it_leaves_by_itself(
    uow, telegram, delivered, stand
):
    channel = connect_channel(uow, **BOT, address=telegram.address, request_id=uuid4())
    uow.commit()
    post = write(uow, drawn(900, 30), str(channel.id))
    editor = replace(uow, principal=Principal(person_id=uuid4(), name="Редактор"))
    with pytest.raises(PictureTooLong):
        posts.submit_post(editor, post, expected_version=post.version)
    submit(uow, post)
    delivered()
    assert (stand(post).state, stand(post).trouble, telegram.puts) == ("failed", "picture", 0)


def test_viber_fetches_the_picture_where_the_portal_shows_it(
    uow, viber, noisy, visit, delivered, apart
):
    """A JPEG and a small one, of the approved post alone; a long text goes without them."""
    told = {"kind": "viber", "address": viber.address, "token": "right", "request_id": uuid4()}
    channel = connect_channel(uow, **told)
    post = submit(uow, write(uow, noisy, str(channel.id)))
    delivered()
    [addresses] = viber.media.values()
    sizes = (10**6 + 50_000, 100_000)
    for address, most in zip(addresses, sizes, strict=True):
        assert "gorno-selo" in address.partition("/feeds")[0]
        path = f"/feeds{address.partition('/feeds')[2]}"
        shown = visit(path)
        assert shown.mimetype == "image/jpeg" and shown.data.startswith(b"\xff\xd8\xff")
        assert len(shown.data) <= most
        assert visit(path, "dolno-selo").status_code == 404
    draft = write(uow, drawn(60, 40))
    uow.commit()
    assert visit(f"/feeds/{draft.id}/picture.jpeg").status_code == 404
    posts.withdraw_post(uow, post, expected_version=post.version)
    uow.commit()
    assert visit(f"/feeds/{post.id}/picture.jpeg").status_code == 404
    long = posts.Draft(title="А", summary="Дълго. " * 90, targets=(str(channel.id),))
    other = posts.write_post(uow, long, request_id=uuid4(), picture=drawn(60, 40))
    uow.session.flush()
    submit(uow, other)
    delivered()
    assert viber.puts == 2 and len(viber.media) == 1
