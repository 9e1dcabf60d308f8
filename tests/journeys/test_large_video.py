"""Large files by tus 1.0 over real HTTP: broken off, taken up again, refused where it must be."""

import hashlib
import http.client
import socket
from base64 import b64encode
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
import requests
from playwright.sync_api import expect
from sqlalchemy import create_engine, text
from support.video_files import mp4
from support.video_store import new_bucket, running_store

from obshto.modules.videos.services.uploads import LARGEST
from obshto.platform.permissions import Role
from obshto.platform.web.uploads import MOST

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
MB = 1024**2
SPOKEN = {"Tus-Resumable": "1.0.0"}
PART = {"Content-Type": "application/offset+octet-stream"}
FILM = mp4(padding=20 * MB)


@pytest.fixture(scope="module")
def bucket():
    with running_store() as address:
        yield new_bucket(address)[0]


@pytest.fixture(scope="module", params=["folder", "bucket"])
def site(request, serve, bucket):
    """The house as it is served, with either kind of store."""
    told = {}
    if request.param == "bucket":
        told = {"media_s3_url": bucket.url, "media_s3_key": bucket.key}
        told |= {"media_s3_secret": bucket.secret}
    with serve(**told) as site:
        yield site


class Editor:
    """Somebody signed in, who speaks tus as a library would."""

    def __init__(self, site, slug=VILLAGE, role=Role.EDITOR):
        host = urlsplit(site.at(slug))  # which no resolver need know
        self.home, self.cookie = f"http://127.0.0.1:{host.port}", site.token(slug, role)
        self.session = requests.Session()
        told = {"Host": host.netloc, "Cookie": f"session={self.cookie}"}
        self.session.headers.update(told | {"Sec-Fetch-Site": "same-origin"})
        page = self.session.get(f"{self.home}/console/").text
        csrf = page.partition('name="csrf_token" value="')[2].partition('"')[0]
        self.session.headers["X-CSRF-Token"] = csrf

    def ask(self, method, path, body=b"", **headers):
        said = SPOKEN | {name.replace("_", "-"): str(word) for name, word in headers.items()}
        return self.session.request(method, f"{self.home}{path}", data=body, headers=said)

    def describe(self):
        """The path of a new video."""
        typed = {"kind": "presentation", "title": "Филм", "recorded_on": ["1", "10", "2026"]}
        sent = typed | {"request_id": str(uuid4())}
        answer = self.session.post(f"{self.home}/console/videos/new", sent, allow_redirects=False)
        return urlsplit(answer.headers["Location"]).path

    def begin(self, path, size, name="a.mp4"):
        told = f"filename {b64encode(name.encode()).decode()},lastmodified MTIz"
        answer = self.ask("POST", f"{path}/tus", Upload_Length=size, Upload_Metadata=told)
        assert answer.status_code == 201, answer.text
        return answer.headers["Location"]

    def send(self, place, offset, body, **headers):
        return self.ask("PATCH", place, body, Upload_Offset=offset, **PART, **headers)

    def offset(self, place):
        answer = self.ask("HEAD", place)
        return int(answer.headers["Upload-Offset"]) if answer.ok else answer.status_code


@pytest.fixture
def editor(site, config):
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = '{videos}'"))
    engine.dispose()
    return Editor(site)


def break_off(editor, place, offset, body, size):
    """A part of `size` bytes is announced, `body` of it comes, then the line is dead."""
    parts = urlsplit(editor.home)
    headers = {**editor.session.headers, **SPOKEN, **PART, "Upload-Offset": str(offset)}
    headers |= {"Content-Length": size}
    line = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=60)
    line.putrequest("PATCH", place, skip_host=True)
    for name, word in headers.items():
        line.putheader(name, str(word))
    line.endheaders()
    line.send(body)
    line.sock.shutdown(socket.SHUT_RDWR)
    line.close()


def test_broken_off_in_the_middle_and_taken_up_again_it_is_the_same_file(editor):
    path = editor.describe()
    place = editor.begin(path, len(FILM))
    assert editor.offset(place) == 0
    sent = editor.send(place, 0, FILM[: 8 * MB])
    assert (sent.status_code, sent.headers["Upload-Offset"]) == (204, str(8 * MB))
    break_off(editor, place, 8 * MB, FILM[8 * MB : 11 * MB], 8 * MB)
    assert editor.begin(path, len(FILM)) == place  # the page was closed, the same file chosen again
    offset = editor.offset(place)
    assert 8 * MB <= offset <= 11 * MB  # what came of the part is kept; nginx would keep none of it
    while offset < len(FILM):
        sent = editor.send(place, offset, FILM[offset : offset + 8 * MB])
        assert sent.status_code in (204, 409)  # the broken part may have come in meanwhile
        offset = editor.offset(place)
    assert editor.offset(place) == len(FILM)  # also once it is the video's
    kept = editor.session.get(f"{editor.home}{path}/file", allow_redirects=False)
    if kept.status_code == 302:  # out of the bucket, which is asked by its own name
        kept = requests.get(kept.headers["Location"], timeout=60)
    assert hashlib.sha256(kept.content).digest() == hashlib.sha256(FILM).digest()


def test_what_can_be_done_is_told(editor):
    told = editor.ask("OPTIONS", f"{editor.describe()}/tus").headers
    assert (told["Tus-Version"], told["Tus-Extension"]) == ("1.0.0", "creation")
    assert told["Tus-Max-Size"] == str(LARGEST)


def test_a_wrong_offset_writes_nothing(editor):
    path = editor.describe()
    place = editor.begin(path, len(FILM))
    assert editor.send(place, 0, FILM[:900]).status_code == 204
    for offset in (0, 899, 901, len(FILM)):
        assert editor.send(place, offset, b"elsewhere").status_code == 409
    assert editor.offset(place) == 900
    assert editor.ask("PATCH", place, b"x", **PART).status_code == 400
    assert editor.ask("PATCH", place, b"x", Upload_Offset=900).status_code == 415


def test_what_is_too_large_is_refused(editor):
    path = editor.describe()
    said = editor.ask("POST", f"{path}/tus", Upload_Length=LARGEST + 1)
    assert said.status_code == 413 and "Изберете видео до 5" in said.text.replace("\u00a0", " ")
    place = editor.begin(path, 900)
    assert editor.send(place, 0, bytes(901)).status_code == 413
    assert editor.send(place, 0, bytes(MOST + 1)).status_code == 413
    assert editor.offset(place) == 0
    assert editor.ask("POST", f"{path}/tus", Upload_Length=-5).status_code == 400
    assert editor.ask("POST", f"{path}/tus").status_code == 400


def test_it_is_there_for_who_began_it_and_for_nobody_else(editor, site):
    path = editor.describe()
    place = editor.begin(path, len(FILM))
    colleague, neighbour = Editor(site), Editor(site, NEIGHBOUR)
    for other in (colleague, neighbour):
        assert other.offset(place) == 404
        assert other.send(place, 0, FILM[:9]).status_code == 404
    assert neighbour.ask("POST", f"{path}/tus", Upload_Length=9).status_code == 404
    assert Editor(site, role=Role.REGISTRY_CLERK).offset(place) == 403
    nobody = SPOKEN | {"Host": editor.session.headers["Host"]}
    assert requests.head(f"{editor.home}{place}", headers=nobody, timeout=60).status_code != 200
    assert colleague.begin(path, len(FILM)) != place  # theirs takes its place
    assert editor.send(place, 0, FILM[:9]).status_code == 404


def test_metadata_that_nobody_can_read_are_left_out(editor):
    path = editor.describe()
    odd = b64encode(b"a\x00b.mp4").decode()
    for told in (
        "",
        "filename",
        "filename ?,lastmodified",
        f"filename {odd},lastmodified OTk5" * 9,
    ):
        said = editor.ask("POST", f"{path}/tus", Upload_Length=900, Upload_Metadata=told)
        assert said.status_code == 201
    far = b64encode(b"9" * 40).decode()
    said = editor.ask(
        "POST", f"{path}/tus", Upload_Length=900, Upload_Metadata=f"lastmodified {far}"
    )
    assert said.status_code == 201


def test_another_sites_page_sends_nothing(editor):
    place = editor.begin(editor.describe(), len(FILM))
    editor.session.headers["Sec-Fetch-Site"] = "cross-site"
    assert editor.send(place, 0, FILM[:9]).status_code == 403


def test_another_version_is_told_which_one_is_spoken(editor):
    place = editor.begin(editor.describe(), len(FILM))
    said = editor.ask("HEAD", place, Tus_Resumable="0.2.2")
    assert (said.status_code, said.headers["Tus-Version"]) == (412, "1.0.0")


def test_where_only_post_passes_it_says_what_it_is(editor):
    place = editor.begin(editor.describe(), len(FILM))
    said = {"Upload_Offset": 0, "X_HTTP_Method_Override": "PATCH", **PART}
    assert editor.ask("POST", place, FILM[:9], **said).status_code == 204
    assert editor.ask("POST", place, FILM[:9], Upload_Offset=9, **PART).status_code == 405
    assert editor.offset(place) == 9


def test_what_is_no_video_is_said_and_given_up(editor):
    place = editor.begin(editor.describe(), 400)
    said = editor.send(place, 0, b"no video" * 50)
    assert said.status_code == 422 and "Изберете видео MP4 или WEBM" in said.text
    assert editor.offset(place) == 404


class Line:
    """The network between a page and the house: it counts parts, and can be cut."""

    def __init__(self, page):
        self.begins, self.cut_after = [], 99
        page.route("**/tus/*", self.pass_on)

    def pass_on(self, route):
        if route.request.method == "PATCH":
            if len(self.begins) >= self.cut_after:
                route.abort()
                return
            self.begins.append(int(route.request.headers["upload-offset"]))
        route.continue_()


@pytest.mark.browser
def test_a_page_sends_it_goes_on_after_a_lost_line_and_after_it_was_closed(
    editor, site, visit, tmp_path
):
    film = tmp_path / "film.mp4"
    film.write_bytes(FILM)
    page, path = visit(phone=False), editor.describe()
    page.context.add_cookies([site.cookie(VILLAGE, editor.cookie)])
    form = f"{site.at(VILLAGE)}{path}/upload"
    line = Line(page)
    line.cut_after = 1
    page.goto(form)
    page.set_input_files("input[type=file]", film)
    page.get_by_role("button", name="Качете видеото").click()
    expect(page.get_by_text("Няма връзка. Опитваме пак.")).to_be_visible()
    page.goto("about:blank")
    line.cut_after = 99
    page.goto(form)
    expect(page.locator("main")).to_contain_text("Изберете същия файл и ще продължим")
    page.set_input_files("input[type=file]", film)
    page.get_by_role("button", name="Качете видеото").click()
    page.wait_for_url(f"**{path}")
    assert line.begins == [0, 8 * MB, 16 * MB]
    expect(page.locator("video")).to_be_visible()
