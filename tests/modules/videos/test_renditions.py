"""Smaller files of a video, made by the real ffmpeg of the tests."""

import re
import subprocess
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import imageio_ffmpeg
import pytest
from support.video_files import webm

from obshto.modules.videos.services.caption_file import Cue
from obshto.modules.videos.services.captions import put_captions
from obshto.modules.videos.services.renditions import make_renditions, renditions_of
from obshto.modules.videos.services.uploads import take_whole
from obshto.modules.videos.services.videos import publish_video, video_of
from obshto.platform.permissions import Role
from obshto.platform.storage.encoder import SMALL, EncodingFailed
from obshto.platform.storage.media import MEDIA_STORE
from obshto.platform.storage.media_folder import MediaFolder

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
FFMPEG = Path(imageio_ffmpeg.get_ffmpeg_exe())


@pytest.fixture(scope="session")
def film(tmp_path_factory):
    """Two seconds as a browser sends them: without a length, without a table to wind by."""
    path = tmp_path_factory.mktemp("film") / "live.webm"
    made = ("-f", "lavfi", "-i", "testsrc2=size=640x480:rate=15", "-f", "lavfi", "-i", "sine")
    coded = ("-t", "2", "-c:v", "libvpx", "-b:v", "2M", "-c:a", "libopus", "-live", "1")
    live = (*coded, "-f", "webm", str(path))
    subprocess.run([FFMPEG, "-loglevel", "error", *made, *live], check=True)
    return path.read_bytes()


@pytest.fixture
def store(app, tmp_path):
    before = app.extensions[MEDIA_STORE]
    app.extensions[MEDIA_STORE] = MediaFolder(tmp_path, encoder=FFMPEG)
    yield app.extensions[MEDIA_STORE]
    app.extensions[MEDIA_STORE] = before


@pytest.fixture
def shown(uow_in, write, store):
    """shown(content): the id of a public video with that file, after the job."""

    def begin(content):
        with uow_in(VILLAGE) as uow:
            video = write(uow)
            take_whole(uow, video, BytesIO(content), name="a.webm")
            publish_video(uow, video, expected_version=video.version)
            uow.commit()
        with uow_in(VILLAGE) as uow:
            make_renditions(uow)
            uow.commit()
        return video.id

    return begin


def read(client, path, **more):
    answer = client.get(path, **more)
    assert answer.data is not None
    answer.close()
    return answer


def lines_of(content, folder):
    """Height of the picture, as ffmpeg says it."""
    path = folder / "asked.mp4"
    path.write_bytes(content)
    told = subprocess.run([FFMPEG, "-i", path], capture_output=True, text=True, check=False).stderr
    return int(re.search(r"Video: .*, \d+x(\d+)", told)[1])


def test_a_slow_line_gets_a_smaller_picture_or_the_sound(shown, film, client, at, tmp_path):
    here, path = {"base_url": at(VILLAGE)}, f"/videos/{shown(film)}"
    page = client.get(path, **here).text
    assert "0:03" in page  # it was written anew, so its length is known and it can be wound
    for kind in ("Средна картина", "По-малка картина", "Само звук"):
        assert kind in page
    whole = read(client, f"{path}/file", **here)
    small, sound = (read(client, f"{path}/file?as={kind}", **here) for kind in ("small", "sound"))
    assert whole.mimetype == "video/webm" and b"\x1cS\xbbk" in whole.data  # Cues
    assert (small.mimetype, sound.mimetype) == ("video/mp4", "audio/mp4")
    middle = read(client, f"{path}/file?as=middle", **here)
    assert lines_of(middle.data, tmp_path) == 480 and lines_of(small.data, tmp_path) == 360
    assert len(sound.data) < len(small.data) < len(middle.data) < len(whole.data)
    chosen = client.get(f"{path}?as=sound&from=1", **here).text
    assert f"{path}/file?as=sound#t=1" in chosen and "Пуснато е: Само звук." in chosen
    assert "Голяма картина" in chosen
    assert read(client, f"{path}/file?as=other", **here).status_code == 404
    assert client.get(f"{path}/file?as=small", base_url=at(NEIGHBOUR)).status_code == 404


def test_a_span_becomes_a_short_version_with_its_captions(
    shown, film, sign_in, client, at, uow_in, store
):
    video_id, here = shown(film), {"base_url": at(VILLAGE)}
    with uow_in(VILLAGE) as uow:
        video = video_of(uow, video_id, to_change=True)
        said = (
            Cue(start_ms=0, end_ms=900, text="Преди"),
            Cue(start_ms=1500, end_ms=2500, text="Важното"),
        )
        put_captions(uow, video, said, expected_version=video.version)
        uow.commit()
    editor, path = sign_in(VILLAGE, Role.EDITOR), f"/console/videos/{video_id}/cut"
    assert editor.post(path, marked(editor, path, "0:01", "0:02")).status_code == 303
    assert "Накратко" not in client.get(f"/videos/{video_id}", **here).text
    files = len(store.list_files(VILLAGE))
    with uow_in(VILLAGE) as uow:
        make_renditions(uow)
        uow.commit()
    assert len(store.list_files(VILLAGE)) == files + 1  # the others are not made again
    page = client.get(f"/videos/{video_id}", **here).text
    assert "Накратко" in page and "0:01" in page
    assert "captions.vtt?as=cut" in client.get(f"/videos/{video_id}?as=cut", **here).text
    captions = client.get(f"/videos/{video_id}/captions.vtt?as=cut", **here).text
    assert "00:00:00.500 --> 00:00:01.000\nВажното" in captions and "Преди" not in captions
    cut = read(client, f"/videos/{video_id}/file?as=cut", **here)
    key = uuid4()
    store.write_part(VILLAGE, key, 0, BytesIO(cut.data))
    assert store.read_video(VILLAGE, key).seconds in (1, 2)
    assert editor.post(path, marked(editor, path, "", "")).status_code == 303
    assert "Накратко" not in client.get(f"/videos/{video_id}", **here).text


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        ("0:02", "0:01", "Краят трябва да е след началото"),
        ("0:01", "", "Въведете край"),
        ("", "0:01", "Въведете начало"),
        ("0:01", "9:00", "Краят е след края на видеото"),
        ("1", "0:02", "Напишете времето като"),
    ],
)
def test_a_span_that_cannot_be_is_refused_and_stays_typed(
    sign_in, uow_in, write, store, start, end, why
):
    with uow_in(VILLAGE) as uow:
        video = write(uow)
        take_whole(uow, video, BytesIO(webm(seconds=90)), name="a.webm")
        uow.commit()
    editor, path = sign_in(VILLAGE, Role.EDITOR), f"/console/videos/{video.id}/cut"
    answer = editor.post(path, marked(editor, path, start, end))
    assert answer.status_code == 422 and why in answer.text.replace("\u00a0", " ")
    assert not start or f'value="{start}"' in answer.text
    assert sign_in(NEIGHBOUR, Role.EDITOR).get(path).status_code == 404
    assert sign_in(VILLAGE, Role.REGISTRY_CLERK).get(path).status_code == 403


def marked(editor, path, start, end):
    """The form as sent, with the version that the page shows."""
    form = editor.get(path).text.partition('name="expected_version"')[2]
    seen = form.partition('value="')[2].partition('"')[0]
    return {"expected_version": seen, "start": start, "end": end}


def test_what_cannot_be_read_is_left_as_it_is_and_not_tried_again(shown, client, at, uow_in, store):
    video_id = shown(webm())  # a head that is right, and nothing behind it
    page = client.get(f"/videos/{video_id}", base_url=at(VILLAGE)).text
    assert "По-малка картина" not in page and "<video" in page
    files = len(store.list_files(VILLAGE))
    with uow_in(VILLAGE) as uow:
        make_renditions(uow)
        uow.commit()
    assert len(store.list_files(VILLAGE)) == files == 1


def test_a_list_of_addresses_in_a_videos_clothes_opens_nothing(store, tmp_path):
    secret = tmp_path / "secret.ts"
    secret.write_bytes(b"G" * 188)
    key = uuid4()
    listed = f"#EXTM3U\n#EXTINF:1,\nfile:{secret}\n#EXT-X-ENDLIST\n".encode()
    store.write_part(VILLAGE, key, 0, BytesIO(listed))
    for mime in ("video/mp4", "video/webm"):
        with pytest.raises(EncodingFailed):
            store.encode(VILLAGE, key, mime, uuid4(), SMALL)
    assert [file.key for file in store.list_files(VILLAGE)] == [str(key)]


def test_without_ffmpeg_nothing_is_made(app, uow_in, write, film, tmp_path):
    app.extensions[MEDIA_STORE] = MediaFolder(tmp_path)
    with uow_in(VILLAGE) as uow:
        video = write(uow)
        take_whole(uow, video, BytesIO(film), name="a.webm")
        make_renditions(uow)
        assert renditions_of(uow, video) == {}
