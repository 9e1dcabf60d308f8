"""Videos in the media store: what they are, how they grow, when their files go."""

import os
from io import BytesIO
from uuid import uuid4

import pytest
from support.video_files import mp4, webm

from obshto.platform.storage.errors import CutVideo, NotVideo, StorageFull, UnplayableVideo
from obshto.platform.storage.media import SPARE, YOUNG, MediaStore

HERE = "gorno-selo"


@pytest.fixture
def store(tmp_path):
    return MediaStore(tmp_path)


@pytest.fixture
def read(store):
    def put(content):
        key = uuid4()
        store.write_part(HERE, key, 0, BytesIO(content))
        told = store.read_video(HERE, key)
        return told.mime, told.seconds

    return put


def test_a_video_says_its_kind_and_its_length(read):
    assert read(mp4(seconds=125)) == ("video/mp4", 125)
    assert read(webm(seconds=90)) == ("video/webm", 90)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"PK\x03\x04 no video at all", NotVideo),
        (b"\x00\x00\x00\x0cftypisom", CutVideo),
        (mp4(padding=50)[:-1], CutVideo),
        (mp4(codec=b"hvc1"), UnplayableVideo),
        (mp4(handler=b"soun"), NotVideo),
        (webm(codec=b"V_MPEGH/ISO/HEVC"), UnplayableVideo),
        (webm(kind=b"matroska"), NotVideo),
        (webm()[:20], CutVideo),
    ],
)
def test_what_browsers_do_not_play_is_refused(read, content, refusal):
    with pytest.raises(refusal):
        read(content)


def test_a_part_that_nobody_confirmed_is_written_over(store):
    key = uuid4()
    assert store.write_part(HERE, key, 0, BytesIO(b"begin")) == 5
    store.write_part(HERE, key, 5, BytesIO(b"lost, longer"))
    assert store.write_part(HERE, key, 5, BytesIO(b" end")) == 9
    [file] = store.list_files(HERE)
    assert file.read_bytes() == b"begin end"


def test_a_sweep_leaves_what_is_named_and_what_is_young(store):
    named, old, young = uuid4(), uuid4(), uuid4()
    for key in (named, old, young):
        store.write_part(HERE, key, 0, BytesIO(b"x"))
    for file in store.list_files(HERE):
        if file.name != str(young):
            os.utime(file, (file.stat().st_mtime - YOUNG - 60,) * 2)
    assert store.sweep(HERE, {named}, store.list_files(HERE)) == 1
    assert {file.name for file in store.list_files(HERE)} == {str(named), str(young)}


def test_the_disk_keeps_room_to_spare(store, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda path: type("Usage", (), {"free": SPARE - 1})())
    with pytest.raises(StorageFull):
        store.write_part(HERE, uuid4(), 0, BytesIO(b"x"))
