"""The photograph of the home page: cut by a job around what matters, taken back, nobody else's."""

import re
from io import BytesIO

import pytest
from PIL import Image

from obshto.platform.permissions import Role
from obshto.platform.storage.pictures import CROP_BYTES
from obshto.tenants.appearance.photos import CUT, cut_photo, photos_here

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
PHOTO = "/console/tenants/appearance/photo/"
CROP = re.compile(r"(/photo/[0-9a-f-]{36}) (\d+)w")
ALT = "Крепостта откъм реката"


def photograph(size=(1400, 900), colour="#14532d"):
    """Green with a red corner, with the place where it was taken."""
    image, exif = Image.new("RGB", size, colour), Image.Exif()
    image.paste("#ff0000", (size[0] - 120, 0, size[0], 300))
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010F] = "Фотоапарат на Иван"
    content = BytesIO()
    image.save(content, "JPEG", exif=exif)
    return content.getvalue()


@pytest.fixture
def admin(sign_in):
    return sign_in(VILLAGE, Role.ADMIN)


@pytest.fixture
def get(client, at):
    return lambda path="/", slug=VILLAGE: client.get(path, base_url=at(slug))


@pytest.fixture
def put(admin):
    def send(content=None, **words):
        told = {"alt_text": ALT, **words}
        file = (BytesIO(photograph() if content is None else content), "krepost.jpg")
        return admin.press(PHOTO, PHOTO, file=file, **told)

    return send


@pytest.fixture
def cut(uow_in):
    """What the job does."""

    def begin():
        with uow_in(VILLAGE) as uow:
            cut_photo(uow, str(photos_here(uow)[0].id))
            uow.commit()

    return begin


def crops(page):
    return {(address, int(width)) for address, width in CROP.findall(page)}


def test_the_drawing_stays_until_a_job_has_cut_the_photograph(put, cut, get, queued):
    answer = put()
    assert answer.status_code == 303
    assert 'src="/drawing.' in get().text and not crops(get().text)
    assert CUT in [name for name, _ in queued()]
    cut()
    page = get().text
    assert 'src="/drawing.' not in page and f'alt="{ALT}"' in page
    assert {width for _, width in crops(page)} == {480, 960, 1400}
    assert f'alt="{ALT}" lang="bg"' in get("/en/").text


def test_each_crop_is_light_clean_and_kept_for_ever(put, cut, get):
    put()
    cut()
    kinds = set()
    for address, width in crops(get().text):
        answer = get(address)
        kinds.add(answer.mimetype)
        assert len(answer.data) <= CROP_BYTES
        image = Image.open(BytesIO(answer.data))
        assert image.width == width and not image.getexif()
        assert "immutable" in answer.headers["Cache-Control"]
        assert get(address, NEIGHBOUR).status_code == 404
    assert kinds == {"image/avif", "image/webp"}


def red(answer):
    image = Image.open(BytesIO(answer.data)).convert("RGB")
    return image.getpixel((image.width - 5, 5))[0] > 200


def phone(page):
    return re.search(r'image/webp" media="\(max-width.*?srcset="(\S+)', page)[1]


def test_what_matters_stays_in_each_crop(admin, put, cut, get):
    there = put().location.partition("?")[0]
    cut()
    assert not red(get(phone(get().text)))
    answer = admin.press(there, there, focus_x="100", focus_y="0")
    assert answer.status_code == 303
    assert crops(get().text)  # those before are shown until the new ones are there
    cut()
    assert red(get(phone(get().text)))


def test_the_words_are_asked_for_and_numbers_have_bounds(admin, put):
    answer = put(alt_text=" ")
    assert answer.status_code == 422 and "Напишете какво се вижда на снимката" in answer.text
    there = put().location.partition("?")[0]
    answer = admin.press(there, there, focus_x="101", focus_y="x", alt_text="Друго")
    assert answer.status_code == 422 and answer.text.count("Въведете число от 0 до 100") >= 2
    assert 'value="Друго"' in answer.text and 'value="101"' in answer.text


@pytest.mark.parametrize("content", [b"no picture", photograph((400, 300))], ids=["text", "small"])
def test_what_is_no_photograph_is_refused_in_words(put, get, content):
    answer = put(content)
    assert answer.status_code == 422 and ALT in answer.text and "govuk-error-message" in answer.text


def test_it_is_removed_and_comes_back_and_the_last_but_one_is_gone(admin, put, cut, get):
    addresses = []
    for colour in ("#111111", "#222222", "#333333"):
        put(photograph(colour=colour))
        cut()
        addresses.append(phone(get().text))
    assert get(addresses[0]).status_code == 404 and get(addresses[1]).status_code == 200
    assert admin.press(PHOTO, "/remove").status_code == 303
    assert 'src="/drawing.' in get().text
    assert admin.press(PHOTO, "/return").status_code == 303
    assert phone(get().text) == addresses[2]


def test_a_late_copy_of_a_form_changes_nothing(admin, put):
    there = put().location.partition("?")[0]
    late = {"focus_x": "10", "focus_y": "10", "alt_text": ALT}
    assert admin.press(there, there, **late).status_code == 303
    answer = admin.press(there, there, **late | {"expected_version": "1", "focus_x": "90"})
    assert "друг смени снимката" in answer.text and 'value="90"' in answer.text


def test_the_same_click_twice_adds_one(admin, put, uow_in):
    same = "6f2c1a52-58b3-4a1e-9a0b-0d9a6d1a7a11"
    assert put(request_id=same).location == put(request_id=same).location
    with uow_in(VILLAGE) as uow:
        assert len(photos_here(uow)) == 1


def test_a_neighbour_and_an_editor_do_not_reach_it(put, sign_in):
    there = put().location.partition("?")[0]
    assert sign_in(VILLAGE, Role.EDITOR).get(there).status_code == 403
    neighbour = sign_in(NEIGHBOUR, Role.ADMIN)
    assert neighbour.get(there).status_code == 404
    assert neighbour.get(f"{there}/file").status_code == 404
