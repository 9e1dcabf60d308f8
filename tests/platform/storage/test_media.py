"""Videos in the media store, in a folder and in a bucket: how they grow, are read, sent, swept."""

import hashlib
import subprocess
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import imageio_ffmpeg
import pytest
import requests
from flask import Flask
from support.video_files import box, mp4, webm
from support.video_store import new_bucket, running_store

from obshto.platform.storage import media
from obshto.platform.storage.encoder import SOUND, EncodingFailed
from obshto.platform.storage.errors import (
    CutVideo,
    NotVideo,
    StorageAway,
    StorageFull,
    UnplayableVideo,
)
from obshto.platform.storage.media import SPARE, YOUNG
from obshto.platform.storage.media_bucket import LEAST, BucketAddress, MediaBucket
from obshto.platform.storage.media_folder import MediaFolder
from obshto.platform.storage.sparse_copy import copy_head
from obshto.platform.storage.video_reader import told_of

HERE, NEIGHBOUR = "gorno-selo", "gorno-selo-2"
FFMPEG = Path(imageio_ffmpeg.get_ffmpeg_exe())
MB = 1024**2


@pytest.fixture(scope="module")
def address():
    with running_store() as found:
        yield found


@pytest.fixture(params=["folder", "bucket"])
def place(request, tmp_path, address):
    """A store with a way to look into it: `content(key)`."""
    if request.param == "folder":
        folder = tmp_path / "films"
        return SimpleNamespace(
            store=MediaFolder(folder, encoder=FFMPEG),
            content=lambda key: (folder / HERE / str(key)).read_bytes(),
        )
    bucket, client = new_bucket(address)
    return SimpleNamespace(
        store=MediaBucket(bucket, encoder=FFMPEG, scratch=tmp_path),
        content=lambda key: client.get_object(Bucket=bucket.bucket, Key=f"{HERE}/{key}")[
            "Body"
        ].read(),
    )


@pytest.fixture
def store(place):
    return place.store


@pytest.fixture
def put(store):
    """put(content): the key of a finished file."""

    def write(content, slug=HERE):
        key = uuid4()
        store.write_part(slug, key, 0, BytesIO(content))
        store.finish(slug, key, len(content))
        return key

    return write


def noise(size, seed):
    """Bytes that nothing else is."""
    return (hashlib.sha256(str(seed).encode()).digest() * (size // 32 + 1))[:size]


@pytest.mark.parametrize(
    ("content", "told"),
    [(mp4(seconds=125), ("video/mp4", 125)), (webm(seconds=90), ("video/webm", 90))],
)
def test_a_video_says_its_kind_and_its_length(store, put, content, told):
    found = store.read_video(HERE, put(content))
    assert (found.mime, found.seconds) == told


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
def test_what_browsers_do_not_play_is_refused(store, put, content, refusal):
    with pytest.raises(refusal):
        store.read_video(HERE, put(content))


def test_a_part_that_nobody_confirmed_is_written_over(place, store):
    key = uuid4()
    assert store.write_part(HERE, key, 0, BytesIO(b"begin")) == 5
    store.write_part(HERE, key, 5, BytesIO(b"lost, longer"))
    assert store.write_part(HERE, key, 5, BytesIO(b" end")) == 9
    store.finish(HERE, key, 9)
    assert place.content(key) == b"begin end"


@pytest.mark.parametrize("size", [2 * MB, 6 * MB], ids=["small parts", "large parts"])
def test_many_parts_become_one_file_whatever_was_sent_twice(place, store, size):
    key, written = uuid4(), b""
    for number in range(5):
        lost, kept = noise(size + 999, f"lost {number}"), noise(size, number)
        store.write_part(HERE, key, len(written), BytesIO(lost))
        assert store.write_part(HERE, key, len(written), BytesIO(kept)) == len(written) + size
        written += kept
    store.write_part(HERE, key, len(written), BytesIO(b"never confirmed"))
    for _ in range(2):
        store.finish(HERE, key, len(written))
    assert place.content(key) == written
    assert [file.key for file in store.list_files(HERE)] == [str(key)]


@pytest.mark.parametrize("size", [900, 6 * MB])
def test_what_was_finished_before_its_commit_was_lost_goes_on(place, store, size):
    key, content = uuid4(), noise(size, 1)
    store.write_part(HERE, key, 0, BytesIO(content))
    store.finish(HERE, key, size)
    store.write_part(HERE, key, size - 400, BytesIO(b"the part once more"))
    store.finish(HERE, key, size - 382)
    assert place.content(key) == content[: size - 400] + b"the part once more"


def test_begun_anew_nothing_is_left_of_what_was_there(place, store):
    key = uuid4()
    for offset in (0, 6 * MB):
        store.write_part(HERE, key, offset, BytesIO(noise(6 * MB, offset)))
    store.write_part(HERE, key, 0, BytesIO(b"anew"))
    store.finish(HERE, key, 4)
    assert place.content(key) == b"anew"


def test_a_sweep_leaves_what_is_named_and_what_is_young(store, put, monkeypatch):
    named, running = put(mp4()), uuid4()
    put(mp4())
    put(mp4(), NEIGHBOUR)
    for offset, content in ((0, noise(LEAST, 1)), (LEAST, b"a small one")):
        store.write_part(HERE, running, offset, BytesIO(content))
    # moto says of each upload that it was begun in 2010, so that one is named here.
    assert store.sweep(HERE, {named, running}, store.list_files(HERE)) == 0
    later = media.time.time() + YOUNG + 60
    monkeypatch.setattr(media.time, "time", lambda: later)
    store.sweep(HERE, {named, running}, store.list_files(HERE))
    assert {file.key for file in store.list_files(HERE)} == {str(named), str(running)}
    store.sweep(HERE, {named}, store.list_files(HERE))
    assert [file.key for file in store.list_files(HERE)] == [str(named)]
    assert len(store.list_files(NEIGHBOUR)) == 1


def test_it_is_sent_by_ranges(store, put):
    key, content = put(mp4(padding=500)), mp4(padding=500)
    with Flask(__name__).test_request_context(headers={"Range": "bytes=4-7"}):
        answer = store.send(HERE, key, "video/mp4", name="video.mp4")
        if answer.location is None:
            answer.direct_passthrough = False
            assert (answer.status_code, answer.data) == (206, b"ftyp")
            assert "sandbox" in answer.headers["Content-Security-Policy"]
            answer.close()
            return
    assert answer.headers["Cache-Control"] == "private, no-store"
    part = requests.get(answer.location, headers={"Range": "bytes=4-7"}, timeout=30)
    assert (part.status_code, part.content) == (206, b"ftyp")
    assert part.headers["Content-Range"] == f"bytes 4-7/{len(content)}"
    assert part.headers["Content-Type"] == "video/mp4"
    assert part.headers["Content-Disposition"] == 'inline; filename="video.mp4"'


def test_another_file_is_made_of_one(place, store, put, tmp_path):
    made = tmp_path / "tone.mp4"
    tone = ("-f", "lavfi", "-i", "testsrc2=size=64x64", "-f", "lavfi", "-i", "sine", "-t", "1")
    subprocess.run([FFMPEG, "-loglevel", "error", *tone, str(made)], check=True)
    target = uuid4()
    size = store.encode(HERE, put(made.read_bytes()), "video/mp4", target, SOUND)
    sound = place.content(target)
    assert len(sound) == size and sound[4:8] == b"ftyp"
    with pytest.raises(EncodingFailed):
        store.encode(HERE, put(b"no video"), "video/mp4", uuid4(), SOUND)


def test_the_disk_keeps_room_to_spare(tmp_path, monkeypatch):
    store = MediaFolder(tmp_path)
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=SPARE - 1))
    with pytest.raises(StorageFull):
        store.write_part(HERE, uuid4(), 0, BytesIO(b"x"))


def test_a_bucket_that_is_away_or_is_not_ours_says_so(address, free_port):
    for url in (f"http://127.0.0.1:{free_port()}/films", f"{address}/nobodys-bucket"):
        store = MediaBucket(BucketAddress(url=url, key="a", secret="b"))
        with pytest.raises(StorageAway):
            store.write_part(HERE, uuid4(), 0, BytesIO(b"x"))


@pytest.mark.parametrize("turned", [False, True], ids=["table first", "table last"])
def test_of_a_large_video_elsewhere_only_its_head_is_fetched(tmp_path, turned):
    head, rest = mp4(seconds=75)[:-8], box(b"mdat", bytes(30 * MB))
    start = box(b"ftyp", b"isom", bytes(4), b"isom")
    content = start + rest + head[len(start) :] if turned else head + rest
    fetched = []

    def fetch(at, length):
        fetched.append(length)
        return content[at : at + length]

    with open(tmp_path / "head", "w+b", 0) as file:
        copy_head(fetch, len(content), file)
        assert told_of(file) == {"kind": "mp4", "seconds": 75}
    assert sum(fetched) < 5 * MB
    with open(tmp_path / "cut", "w+b", 0) as file:
        copy_head(fetch, len(content) - 9, file)
        with pytest.raises(Exception, match="cut|none"):
            told_of(file)
