"""The films that our scripts write are read by what reads the films of others."""

from io import BytesIO

import pytest
from support.webm_writer import whole_webm

from obshto.platform.storage import video_reader


def read(film):
    return video_reader.told_of(BytesIO(film))


@pytest.mark.parametrize("length", [1_000, 61_000])
def test_its_kind_and_length_are_told(length):
    chunks = [(at, at % 4_000 == 0, b"picture") for at in range(0, length, 500)]
    told = read(whole_webm(chunks, width=480, height=800, length=length))
    assert (told["kind"], told["seconds"]) == ("webm", length // 1_000)


def test_each_point_to_jump_to_is_where_it_says():
    chunks = [(0, True, b"one"), (500, False, b"two"), (4_000, True, b"three")]
    film = whole_webm(chunks, width=480, height=800, length=5_000)
    cluster, cues = bytes.fromhex("1F43B675"), bytes.fromhex("1C53BB6B")
    body = film.index(bytes.fromhex("18538067")) + 12  # behind the head of the segment
    places = [film.index(cluster), film.rindex(cluster)]
    told = film[film.index(cues) : places[0]]
    for place in places:
        assert b"\xf1" + (0x0100000000000008).to_bytes(8) + (place - body).to_bytes(8) in told
