"""The coat of arms of a municipality: seen at once, on its own host alone, taken back."""

import json
import re
from io import BytesIO

import pytest
from PIL import Image

from obshto.platform.permissions import Role
from obshto.tenants.portal.home import with_first

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
EMBLEM = "/console/tenants/appearance/emblem/"
HEAD = re.compile(r"/emblem\.([0-9a-f]{16})\.96\.png")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


def picture(colour="#14532d", size=(256, 320)):
    content = BytesIO()
    Image.new("RGB", size, colour).save(content, "PNG")
    return content.getvalue()


@pytest.fixture
def admin(sign_in):
    return sign_in(VILLAGE, Role.ADMIN)


@pytest.fixture
def get(client, at):
    return lambda path="/", slug=VILLAGE: client.get(path, base_url=at(slug))


def put(admin, content=None, name="gerb.png"):
    content = picture() if content is None else content
    return admin.press(EMBLEM, EMBLEM, file=(BytesIO(content), name))


def worn(answer):
    """The tag in the head of a page."""
    found = HEAD.search(answer.text)
    return found[1] if found else None


def test_a_new_coat_of_arms_is_in_the_head_and_in_the_icons_on_the_next_request(admin, get):
    assert worn(get()) is None
    assert put(admin).status_code == 303
    tag = worn(get())
    assert worn(get("/en/news/")) == tag
    assert f'rel="apple-touch-icon" href="/emblem.{tag}.180.png"' in get().text
    card = f"http://gorno-selo.localhost:8000/emblem.{tag}.1200.png"
    assert f'property="og:image" content="{card}"' in get().text
    icons = json.loads(get("/app.webmanifest").data)["icons"]
    assert [icon["src"] for icon in icons] == [f"/emblem.{tag}.{w}.png" for w in (192, 512)]
    assert f"/emblem.{tag}.96.png" in get("/worker.js").text


@pytest.mark.parametrize("width", [96, 180, 192, 512, 1200])
def test_each_size_is_a_picture_that_may_be_kept_for_ever(admin, get, width):
    put(admin)
    answer = get(f"/emblem.{worn(get())}.{width}.png")
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert "immutable" in answer.headers["Cache-Control"]
    assert Image.open(BytesIO(answer.data)).width == width


def test_another_picture_has_another_address(admin, get):
    put(admin)
    first = worn(get())
    put(admin, picture("#7c2d12"))
    assert worn(get()) != first


def test_nothing_of_it_is_on_the_host_of_the_neighbour(admin, get, at, client):
    put(admin)
    address = f"/emblem.{worn(get())}.96.png"
    assert get(address).status_code == 200
    assert get(address, NEIGHBOUR).status_code == 404
    assert client.get(address, base_url=at()).status_code == 404
    assert worn(get("/", NEIGHBOUR)) is None


@pytest.mark.parametrize("address", ["{0}.97", "{0}.99999999999999999999", "0000000000000000.96"])
def test_what_is_not_worn_is_not_there(admin, get, address):
    put(admin)
    assert get(f"/emblem.{address.format(worn(get()))}.png").status_code == 404


def test_the_one_before_comes_back_by_a_button_and_the_last_but_one_is_gone(admin, get):
    tags = []
    for colour in ("#111111", "#222222", "#333333"):
        put(admin, picture(colour))
        tags.append(worn(get()))
    assert get(f"/emblem.{tags[0]}.96.png").status_code == 404
    assert admin.press(EMBLEM, f"{tags[1]}/wear").status_code == 303
    assert worn(get()) == tags[1]
    assert get(f"/emblem.{tags[1]}.96.png").status_code == 200


def test_without_one_the_installed_app_has_the_letter_in_its_icons(get):
    icons = json.loads(get("/app.webmanifest").data)["icons"]
    wanted = {("192x192", None), ("512x512", None), ("512x512", "maskable"), ("any", None)}
    assert {(icon["sizes"], icon.get("purpose")) for icon in icons} == wanted
    for icon in icons[:3]:
        picture = Image.open(BytesIO(get(icon["src"]).data))
        assert icon["sizes"] == "{}x{}".format(*picture.size) and len(picture.getcolors(9999)) > 2
    assert 'rel="apple-touch-icon" href="/icon.180.png"' in get().text
    assert get("/icon.180.png").status_code == 200 and get("/icon.9999.png").status_code == 404


def test_it_is_taken_off_and_put_on_again(admin, get):
    put(admin)
    tag = worn(get())
    assert admin.press(EMBLEM, "none/wear").status_code == 303
    assert worn(get()) is None
    assert 'rel="icon" href="/icon.svg"' in get().text
    assert admin.press(EMBLEM, f"{tag}/wear").status_code == 303
    assert worn(get()) == tag


def test_a_coat_of_arms_that_was_never_worn_here_cannot_be_put_on(admin, sign_in, get):
    put(admin)
    stranger = sign_in(NEIGHBOUR, Role.ADMIN)
    answer = stranger.post(f"{EMBLEM}{worn(get())}/wear", {"expected_version": "0"})
    assert answer.status_code == 404
    assert worn(get("/", NEIGHBOUR)) is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (SVG, "Изберете снимка JPG, PNG или WEBP"),
        (b"", "Файлът е празен"),
        (picture(size=(60, 80)), "поне 192 на 192"),
        (picture()[:200], "Изберете снимка JPG, PNG или WEBP"),
    ],
    ids=["svg", "empty", "small", "cut off"],
)
def test_a_picture_that_cannot_be_worn_is_refused_with_words(admin, get, content, said):
    answer = put(admin, content)
    assert answer.status_code == 422
    assert said in answer.text.replace("\xa0", " ")
    assert worn(get()) is None


def test_a_form_without_a_file_is_refused(admin):
    [(address, fields)] = [f for f in admin.forms(EMBLEM) if f[0] == EMBLEM]
    del fields["file"]
    assert admin.post(address, fields).status_code == 422


def test_the_same_form_twice_is_one_change_and_a_late_copy_undoes_nothing(admin, get, owner):
    [(_, late)] = [form for form in admin.forms(EMBLEM) if form[0] == EMBLEM]
    for _ in range(2):
        sent = late | {"file": (BytesIO(picture()), "gerb.png")}
        assert admin.post(EMBLEM, sent).status_code == 303
    tag = worn(get())
    sent = late | {"file": (BytesIO(picture("#7c2d12")), "other.png")}
    assert admin.post(EMBLEM, sent).status_code == 422
    assert worn(get()) == tag
    acts = owner("SELECT act FROM shared.audit_entry")
    assert [act for (act,) in acts] == ["tenants:emblem.changed"]


def test_who_may_not_change_the_look_changes_no_coat_of_arms(sign_in):
    editor = sign_in(VILLAGE, Role.EDITOR)
    assert editor.get(EMBLEM).status_code == 403
    assert editor.post(f"{EMBLEM}none/wear", {"expected_version": "0"}).status_code == 403


@pytest.mark.parametrize(
    ("slug", "shown", "before", "after"),
    [
        ("b", "ab", "axb", "bax"),
        ("b", "ab", "xab", "bxa"),
        ("b", "ab", "bxa", "bxa"),
        ("c", "abc", "axyb", "caxyb"),
        ("a", "ab", "", "ab"),
    ],
)
def test_a_section_that_shows_nothing_just_now_keeps_its_place(slug, shown, before, after):
    assert "".join(with_first(slug, list(shown), list(before))) == after
