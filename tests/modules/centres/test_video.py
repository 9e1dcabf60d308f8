"""Office hours by video: offered where there is a server, open around the hour, to two people."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from support.video_double import VideoDouble

from obshto.modules.centres.errors import NotAtThisHour
from obshto.modules.centres.services import video_hours
from obshto.modules.centres.services.kinds import BY_VIDEO
from obshto.platform.bookings.models import Booking, Slot
from obshto.platform.bookings.queries import booking_told
from obshto.platform.permissions import Role
from obshto.platform.video.rooms import VIDEO_ROOMS

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"


@pytest.fixture
def video(app):
    before, app.extensions[VIDEO_ROOMS] = app.extensions[VIDEO_ROOMS], VideoDouble()
    yield app.extensions[VIDEO_ROOMS]
    app.extensions[VIDEO_ROOMS] = before


@pytest.fixture
def booked(video, visitor, place, path_of):
    """The path of an hour by video, tomorrow or later."""
    return path_of(visitor.book(place.reception, visitor.times(place.reception)[9], manner="video"))


def at_the_hour(uow_in, after=timedelta(0)):
    """The hour began so long ago."""
    with uow_in(VILLAGE) as uow:
        slot = uow.session.scalars(select(Slot)).one()
        slot.starts_at, slot.ends_at = uow.now - after, uow.now - after + timedelta(minutes=15)
        uow.commit()


def test_without_a_video_server_nobody_is_offered_it(visitor, place):
    at = visitor.times(place.reception)[0]
    assert "по видео" not in visitor.get(f"/centres/book/{place.reception}?at={at}").text
    refused = visitor.book(place.reception, at, manner="video")
    assert "Ще се видим по видео" not in refused.text


def test_the_room_opens_at_the_hour_for_who_booked_and_who_receives(
    booked, video, visitor, sign_in, uow_in
):
    early = visitor.get(f"{booked}/video")
    assert "В стаята се влиза от" in early.text and "data-room" not in early.text
    refused = visitor.get(f"{booked}/video/token")
    assert refused.status_code == 422 and "Видеото се отваря малко преди часа" in refused.text
    at_the_hour(uow_in)
    page = visitor.get(f"{booked}/video")
    assert page.headers["Cache-Control"].startswith("private") and "data-room" in page.text
    assert "Влезте във видео стаята" in visitor.get(booked).text
    mayor = sign_in(VILLAGE, Role.MAYOR, name="Проба Кметова")
    desk = re.search(
        r"/console/centres/video/[0-9a-f-]{36}", mayor.get("/console/centres/video").text
    )
    assert "data-room" in mayor.get(desk[0]).text
    tokens = [visitor.get(f"{booked}/video/token"), mayor.get(f"{desk[0]}/token")]
    assert all(video.connect(answer.json["token"]) for answer in tokens)
    [(room, inside)] = video.rooms.items()
    assert room.startswith(f"{VILLAGE}.centres.")
    assert {one.name for one in inside.values()} == {"Гражданин", "Проба Кметова"}
    assert all(one.may_speak for one in inside.values())


def test_long_after_the_hour_and_once_it_is_off_nobody_is_let_in(
    booked, visitor, uow_in, version_of
):
    at_the_hour(uow_in, after=timedelta(hours=1))
    assert visitor.get(f"{booked}/video/token").status_code == 422
    assert "вече е затворена" in visitor.get(f"{booked}/video").text
    at_the_hour(uow_in, after=timedelta(minutes=-5))
    version = version_of(visitor.get(booked).text)
    visitor.post(f"{booked}/cancel", {"expected_version": version})
    assert visitor.get(f"{booked}/video/token").status_code == 422


def test_an_hour_that_is_not_by_video_has_no_room(video, visitor, place, path_of, uow_in):
    own = path_of(visitor.book(place.reception, visitor.times(place.reception)[0]))
    at_the_hour(uow_in)
    assert visitor.get(f"{own}/video/token").status_code == 422
    with uow_in(VILLAGE) as uow:
        booking = uow.session.scalars(select(Booking)).one()
        assert booking.manner != BY_VIDEO
        with pytest.raises(NotAtThisHour):
            video_hours.citizen_token(uow, booking_told(uow, booking.id))


def test_a_server_that_is_away_is_a_sentence(booked, video, visitor, uow_in):
    at_the_hour(uow_in)
    video.is_away = True
    answer = visitor.get(f"{booked}/video/token")
    assert answer.status_code == 503 and "Видеото не отговаря" in answer.text


def test_only_who_receives_people_opens_it_and_no_neighbour(booked, sign_in, uow_in):
    with uow_in(VILLAGE) as uow:
        one = uow.session.scalars(select(Booking.id)).one()
    for who in (sign_in(VILLAGE), sign_in(VILLAGE, Role.EDITOR)):
        for path in ("video", f"video/{one}", f"video/{one}/token"):
            assert who.get(f"/console/centres/{path}").status_code == 403
    other = sign_in(NEIGHBOUR, Role.MAYOR)
    assert other.get(f"/console/centres/video/{one}").status_code == 404
    assert other.get(f"/console/centres/video/{one}/token").status_code == 404
