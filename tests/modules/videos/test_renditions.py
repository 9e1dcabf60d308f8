"""Smaller files of a video, made by the real ffmpeg of the tests."""

import subprocess
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import imageio_ffmpeg
import pytest
from support.video_files import webm

from obshto.modules.videos.services.renditions import make_renditions, renditions_of
from obshto.modules.videos.services.uploads import take_whole
from obshto.modules.videos.services.videos import publish_video
from obshto.platform.storage.encoder import SMALL, EncodingFailed
from obshto.platform.storage.media import MEDIA_STORE, MediaStore

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
    app.extensions[MEDIA_STORE] = MediaStore(tmp_path, encoder=FFMPEG)
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


def test_a_slow_line_gets_a_small_picture_or_the_sound(shown, film, client, at):
    here, path = {"base_url": at(VILLAGE)}, f"/videos/{shown(film)}"
    page = client.get(path, **here).text
    assert "0:03" in page  # it was written anew, so its length is known and it can be wound
    assert "По-малка картина" in page and "Само звук" in page
    whole = read(client, f"{path}/file", **here)
    small, sound = (read(client, f"{path}/file?as={kind}", **here) for kind in ("small", "sound"))
    assert whole.mimetype == "video/webm" and b"\x1cS\xbbk" in whole.data  # Cues
    assert (small.mimetype, sound.mimetype) == ("video/mp4", "audio/mp4")
    assert len(sound.data) < len(small.data) < len(whole.data)
    chosen = client.get(f"{path}?as=sound&from=1", **here).text
    assert f"{path}/file?as=sound#t=1" in chosen and "Пуснато е: Само звук." in chosen
    assert "Голяма картина" in chosen
    assert read(client, f"{path}/file?as=other", **here).status_code == 404
    assert client.get(f"{path}/file?as=small", base_url=at(NEIGHBOUR)).status_code == 404


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
    assert [file.name for file in store.list_files(VILLAGE)] == [str(key)]


def test_without_ffmpeg_nothing_is_made(app, uow_in, write, film, tmp_path):
    app.extensions[MEDIA_STORE] = MediaStore(tmp_path)
    with uow_in(VILLAGE) as uow:
        video = write(uow)
        take_whole(uow, video, BytesIO(film), name="a.webm")
        make_renditions(uow)
        assert renditions_of(uow, video) == {}
