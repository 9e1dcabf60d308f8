"""A hearing in Chuprene: nine in the hall, four by video, one by phone, told in its minutes."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from support.video_double import VideoDouble

from obshto.modules.meetings.services import video_room
from obshto.platform.permissions import Role
from obshto.platform.video.rooms import VIDEO_ROOMS

VILLAGE, HERE = "gorno-selo", "/console/meetings"
BY_VIDEO = ("Мария", "Иван", "Стоян", "Цветана")


@pytest.fixture(autouse=True)
def video(app):
    """A video server without media, in the place of the real one."""
    before, app.extensions[VIDEO_ROOMS] = app.extensions[VIDEO_ROOMS], VideoDouble()
    yield app.extensions[VIDEO_ROOMS]
    app.extensions[VIDEO_ROOMS] = before


@pytest.fixture
def hearing(uow_in, announced):
    """The id of one that has begun ten minutes ago, with its room open."""
    with uow_in(VILLAGE) as uow:
        soon = uow.now + timedelta(minutes=5)
        about = {"kind": "hearing", "title": "Изслушване за чешмите в Чупрене", "has_room": True}
        meeting = announced(uow, starts_at=soon, **about)
        video_room.open_room(uow, meeting, has_waiting_room=True, minutes=3)
        meeting.starts_at = uow.now - timedelta(minutes=10)
        uow.session.commit()
        return meeting.id


@pytest.fixture
def secretary(sign_in):
    return sign_in(VILLAGE, Role.SECRETARY)


def press(secretary, room, word):
    """The first button of that act on the page of who leads."""
    return secretary.post(re.search(rf'action="([^"]*/{word})"', secretary.get(room).text)[1])


def join(client, at, meeting_id, name):
    told = {"name": name, "request_id": str(uuid4())}
    answer = client.post(f"/meetings/{meeting_id}/room", data=told, base_url=at(VILLAGE))
    return answer.location


def test_four_by_video_and_a_caller_are_in_one_room(hearing, secretary, client, at, video):
    room = f"{HERE}/{hearing}/room"
    for name in BY_VIDEO:
        place = join(client, at, hearing, name)
        assert press(secretary, room, "admit").status_code == 303
        assert video.connect(client.get(f"{place}/token", base_url=at(VILLAGE)).json["token"])
    caller = {"name": "Дядо Пробан", "request_id": str(uuid4())}
    assert secretary.post(f"{room}/phone", caller).status_code == 303
    desk = secretary.get(room).text.replace("\u00a0", " ")
    assert "Влязоха 4 души по видео" in desk
    assert "Дядо Пробан" in desk[desk.index("Искат думата") :]
    assert press(secretary, room, "call").status_code == 303  # the caller is first in the line
    inside = video.list_present(*video.rooms)
    assert len(inside) == 4 and not any(one.may_speak for one in inside)
    client.post(f"{place}/hand", data={"hand": "up"}, base_url=at(VILLAGE))
    assert press(secretary, room, "call").status_code == 303
    assert sum(one.may_speak for one in video.list_present(*video.rooms)) == 1


def test_nine_four_and_one_stand_in_the_minutes(hearing, secretary, client, at):
    path, desk = f"{HERE}/{hearing}/attendance", f"{HERE}/{hearing}/minutes"
    counted = {"attended_room": "9", "attended_video": "4", "attended_phone": "1"}
    assert secretary.press(path, path, **counted).status_code == 303
    add = re.search(rf'"({HERE}/items/[^"]+/entries/new)"', secretary.get(desk).text)[1]
    said = {"decision": "Чешмите се оправят до май", "request_id": str(uuid4())}
    assert secretary.post(add, said).status_code == 303
    assert secretary.press(desk, desk).status_code == 303
    minutes = client.get(f"/meetings/{hearing}/minutes", base_url=at(VILLAGE)).text
    shown = minutes.replace("\u00a0", " ")
    assert "На място: 9 · По видео: 4 · По телефона: 1" in shown
    data = re.search(r'href="([^"]+)" type="application/json"', minutes)[1]
    told = client.get(data, base_url=at(VILLAGE)).json
    assert told["attended"] == {"room": 9, "video": 4, "phone": 1}
