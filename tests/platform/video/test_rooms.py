"""Contract of a video server: the double and a real LiveKit do the same."""

from datetime import timedelta
from uuid import uuid4

import pytest
from support.livekit.server import Connections, running_server
from support.video_double import VideoDouble

from obshto.platform.video.livekit import LiveKitRooms
from obshto.platform.video.rooms import RoomMember, VideoUnavailable

MINUTE = timedelta(minutes=1)
GUEST = RoomMember(identity="guest", name="Гост")


@pytest.fixture(scope="module")
def real(free_port, tmp_path_factory):
    with running_server(free_port(), tmp_path_factory.mktemp("livekit")) as rooms:
        yield rooms


@pytest.fixture(params=["double", pytest.param("livekit", marks=pytest.mark.livekit)])
def rooms(request):
    return VideoDouble() if request.param == "double" else request.getfixturevalue("real")


@pytest.fixture
def connect(rooms):
    """connect(token): True when who has it is let in; they stay until the test ends."""
    people = rooms if isinstance(rooms, VideoDouble) else Connections(rooms.address)
    yield people.connect
    people.close()


@pytest.fixture
def room(rooms):
    name = f"gorno-selo.{uuid4()}"
    rooms.open_room(name)
    yield name
    rooms.close_room(name)


def identities(rooms, room):
    return {one.identity for one in rooms.list_present(room)}


def test_a_guest_is_inside_by_name_and_may_not_speak(rooms, room, connect):
    assert connect(rooms.make_token(room, GUEST, valid_for=MINUTE))
    [inside] = rooms.list_present(room)
    assert (inside.identity, inside.name) == ("guest", "Гост")
    assert not inside.may_speak and not inside.is_heard


def test_the_word_is_given_and_taken_while_they_are_inside(rooms, room, connect):
    connect(rooms.make_token(room, GUEST, valid_for=MINUTE))
    rooms.set_rights(room, RoomMember(identity="guest", may_speak=True, note="10:00"))
    assert rooms.list_present(room)[0].may_speak
    rooms.set_rights(room, RoomMember(identity="guest"))
    assert not rooms.list_present(room)[0].may_speak


def test_a_hidden_viewer_is_known_to_us_and_can_be_called_and_sent_out(rooms, room, connect):
    viewer = RoomMember(identity="viewer", is_hidden=True)
    assert connect(rooms.make_token(room, viewer, valid_for=MINUTE))
    assert identities(rooms, room) == {"viewer"}
    rooms.set_rights(room, RoomMember(identity="viewer", may_speak=True))
    assert rooms.list_present(room)[0].may_speak
    rooms.remove(room, "viewer")
    assert identities(rooms, room) == set()


def test_who_is_sent_out_is_out_and_others_stay(rooms, room, connect):
    for identity in ("guest", "other"):
        member = RoomMember(identity=identity)
        assert connect(rooms.make_token(room, member, valid_for=MINUTE))
    rooms.remove(room, "guest")
    assert identities(rooms, room) == {"other"}


def test_a_token_is_for_its_room_alone(rooms, room, connect):
    other = f"dolno-selo.{uuid4()}"
    rooms.open_room(other)
    connect(rooms.make_token(room, GUEST, valid_for=MINUTE))
    assert identities(rooms, other) == set()
    rooms.close_room(other)


def test_a_closed_room_lets_nobody_in_with_a_token_of_before(rooms, room, connect):
    token = rooms.make_token(room, GUEST, valid_for=MINUTE)
    assert connect(token)
    rooms.close_room(room)
    rooms.close_room(room)  # twice is once
    assert rooms.list_present(room) == []
    assert not connect(token)
    assert rooms.list_present(room) == []


def test_opening_twice_sends_nobody_out(rooms, room, connect):
    connect(rooms.make_token(room, GUEST, valid_for=MINUTE))
    rooms.open_room(room)
    assert identities(rooms, room) == {"guest"}


def test_a_token_that_ran_out_or_is_no_token_lets_nobody_in(rooms, room, connect):
    assert not connect(rooms.make_token(room, GUEST, valid_for=timedelta(minutes=-5)))
    assert not connect("a.b.c")
    assert rooms.list_present(room) == []


def test_acts_on_who_is_not_there_do_nothing(rooms, room):
    rooms.set_rights(room, GUEST)
    rooms.mute(room, "guest")
    rooms.remove(room, "guest")
    rooms.remove(f"gone.{uuid4()}", "guest")
    assert rooms.list_present(room) == []


def test_a_server_that_is_away_is_said(free_port):
    away = LiveKitRooms(f"ws://127.0.0.1:{free_port()}", "key", "s" * 40)
    for act in (lambda: away.open_room("a"), lambda: away.list_present("a")):
        with pytest.raises(VideoUnavailable):
            act()


@pytest.mark.livekit
def test_a_wrong_secret_is_refused_and_its_tokens_too(real, room_of_real):
    wrong = LiveKitRooms(real.address, "obshto", "w" * 40)
    with pytest.raises(VideoUnavailable):
        wrong.open_room("a")
    people = Connections(real.address)
    assert not people.connect(wrong.make_token(room_of_real, GUEST, valid_for=MINUTE))
    people.close()


@pytest.fixture
def room_of_real(real):
    real.open_room("whole")
    yield "whole"
    real.close_room("whole")
