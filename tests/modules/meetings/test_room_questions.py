"""Questions in the room: asked there, voted up, taken one by one, marked when answered."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from support.video_double import VideoDouble

from obshto.modules.meetings.errors import RoomNotOpen
from obshto.modules.meetings.models import GuestQuestion
from obshto.modules.meetings.services import room_questions, video_room
from obshto.modules.meetings.services.participants import code_of, enter_room
from obshto.modules.meetings.services.question_support import supported_questions
from obshto.modules.meetings.services.questions import show_question
from obshto.platform.permissions import Role
from obshto.platform.video.rooms import VIDEO_ROOMS

VILLAGE, NEIGHBOUR, SOON = "gorno-selo", "dolno-selo", timedelta(minutes=30)
FIRST, SECOND = "Кога ще свети улицата?", "Кой плаща за помпата?"


@pytest.fixture(autouse=True)
def video(app):
    before, app.extensions[VIDEO_ROOMS] = app.extensions[VIDEO_ROOMS], VideoDouble()
    yield
    app.extensions[VIDEO_ROOMS] = before


@pytest.fixture
def begin(announced):
    """begin(uow): a meeting that goes on, its room open, one person in it."""

    def made(uow):
        meeting = announced(uow, starts_at=uow.now + SOON, has_room=True)
        video_room.open_room(uow, meeting, has_waiting_room=False, minutes=2)
        meeting.starts_at = uow.now - SOON
        return meeting, enter_room(uow, meeting, "Първи", request_id=uuid4())

    return made


def asked(uow, meeting, place, words):
    row = room_questions.ask_in_room(uow, meeting, place, words, request_id=uuid4())
    show_question(uow, row, words, expected_version=row.version)
    uow.session.flush()
    return row


def order(uow, meeting):
    return [row.public_words for row in supported_questions(uow, meeting.id)[0]]


def test_what_most_wait_for_comes_first_and_what_was_answered_last(uow, begin):
    meeting, place = begin(uow)
    first, second = (asked(uow, meeting, place, words) for words in (FIRST, SECOND))
    for _ in range(2):  # one person is one vote
        room_questions.support_in_room(uow, meeting, place, second.id, request_id=uuid4())
    found, support = supported_questions(uow, meeting.id)
    assert [row.public_words for row in found] == [SECOND, FIRST]
    assert support[second.id].total == 1
    room_questions.take_question(uow, first, expected_version=first.version)
    uow.session.flush()
    assert order(uow, meeting) == [FIRST, SECOND]
    room_questions.take_question(uow, second, expected_version=second.version)
    uow.session.flush()
    assert first.taken_at is None
    room_questions.settle_question(uow, second, expected_version=second.version)
    uow.session.flush()
    assert order(uow, meeting) == [FIRST, SECOND] and second.settled_at


def test_who_was_sent_out_asks_and_supports_nothing(uow, begin):
    meeting, place = begin(uow)
    row = asked(uow, meeting, place, FIRST)
    place.removed_at = uow.now
    with pytest.raises(RoomNotOpen):
        room_questions.ask_in_room(uow, meeting, place, SECOND, request_id=uuid4())
    with pytest.raises(RoomNotOpen):
        room_questions.support_in_room(uow, meeting, place, row.id, request_id=uuid4())


def test_a_question_goes_from_the_hall_to_everybody_and_is_marked(
    uow_in, begin, sign_in, client, at
):
    with uow_in(VILLAGE) as uow:
        meeting, place = begin(uow)
        page, desk = f"/meetings/room/{code_of(place)}/questions", f"/console/meetings/{meeting.id}"
        public = f"/meetings/{meeting.id}"
        uow.commit()
    desk, here = f"{desk}/room/questions", {"base_url": at(VILLAGE)}
    typed = {"words": FIRST, "request_id": uuid4()}
    assert client.post(f"{page}/new", data=typed | {"words": ""}, **here).status_code == 422
    answers = [client.post(f"{page}/new", data=typed, **here).status_code for _ in range(2)]
    assert answers == [303, 303] and FIRST not in client.get(page, **here).text
    host = sign_in(VILLAGE, Role.SECRETARY)

    def press(word):
        drawn = host.get(desk).text
        rule = rf'action="({desk}/[0-9a-f-]{{36}}/{word})".*?expected_version" value="(\d+)"'
        path, version = re.search(rule, drawn, re.S).groups()
        assert host.post(path, {"expected_version": version}).status_code == 303
        return path

    for word, shown in (("show", FIRST), ("take", "Говори се сега")):
        path = press(word)
        assert shown in client.get(page, **here).text
    press("settle")
    assert "Отговорен на срещата" in client.get(public, **here).text
    assert sign_in(VILLAGE, Role.FINANCE_OFFICER).get(desk).status_code == 403
    assert (
        sign_in(NEIGHBOUR, Role.SECRETARY).post(path, {"expected_version": "1"}).status_code == 404
    )
    with uow_in(VILLAGE) as uow:
        [row] = uow.session.scalars(select(GuestQuestion))
        assert (row.name, row.email, row.person_id) == ("", "", None)
