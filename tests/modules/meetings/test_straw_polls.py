"""Straw polls and decisions so far: one count of hall and page, read while the meeting goes on."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from support.video_double import VideoDouble

from obshto.modules.meetings.errors import NoStrawPollNow, NothingDecided, StrawPollClosed
from obshto.modules.meetings.models import RoomParticipant, StrawPoll, StrawVote
from obshto.modules.meetings.services import live_decisions, retention, straw_polls, video_room
from obshto.modules.meetings.services.minutes import EntryWords, write_entry
from obshto.modules.meetings.services.participants import code_of, enter_room
from obshto.modules.meetings.services.queries import items_of
from obshto.platform.permissions import Role
from obshto.platform.video.rooms import VIDEO_ROOMS

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
QUESTION, OPTIONS = "Да започнем ли с чешмата?", ("Да", "Не")
SOON, DECISION = timedelta(minutes=30), "Чешмата се поправя до петък."


@pytest.fixture(autouse=True)
def video(app):
    before, app.extensions[VIDEO_ROOMS] = app.extensions[VIDEO_ROOMS], VideoDouble()
    yield
    app.extensions[VIDEO_ROOMS] = before


@pytest.fixture
def meeting(uow, announced):
    """One that begins soon, its room open, with two people in it."""
    made = announced(uow, starts_at=uow.now + SOON, has_room=True)
    video_room.open_room(uow, made, has_waiting_room=False, minutes=2)
    for name in ("Първи", "Втори"):
        enter_room(uow, made, name, request_id=uuid4())
    return made


@pytest.fixture
def guest(client, at):
    class Guest:
        def get(self, path):
            return client.get(path, base_url=at(VILLAGE))

        def post(self, path, typed):
            return client.post(path, data=typed, base_url=at(VILLAGE))

    return Guest()


def people(uow):
    return uow.session.scalars(select(RoomParticipant)).all()


def ask(uow, meeting, request_id=None):
    once = request_id or uuid4()
    return straw_polls.ask_straw_poll(uow, meeting, QUESTION, OPTIONS, request_id=once)


def totals(uow, poll):
    return [one.total for one in straw_polls.counts_of(uow, poll)]


def test_page_and_hall_are_one_count_and_one_person_is_one_vote(uow, meeting):
    poll = ask(uow, meeting)
    first, second = people(uow)
    for place, choice in ((first, 0), (second, 0), (second, 1)):
        straw_polls.vote_in_straw_poll(uow, meeting, place, poll.id, choice)
    straw_polls.count_hands(uow, poll, (5, 0), expected_version=poll.version)
    assert totals(uow, poll) == [6, 1]
    straw_polls.close_straw_poll(uow, poll)
    assert totals(uow, poll) == [6, 1]
    assert uow.session.scalars(select(StrawVote)).all() == []
    with pytest.raises(StrawPollClosed):
        straw_polls.vote_in_straw_poll(uow, meeting, first, poll.id, 0)


def test_a_new_question_ends_the_one_before_and_none_is_asked_too_early(uow, meeting, announced):
    once = uuid4()
    former = ask(uow, meeting, once)
    assert ask(uow, meeting, once).id == former.id
    ask(uow, meeting)
    assert former.closed_at
    with pytest.raises(NoStrawPollNow):
        ask(uow, announced(uow))


def test_a_month_later_nothing_is_left_and_nobody_left_it_open(uow, meeting):
    poll = ask(uow, meeting)
    straw_polls.vote_in_straw_poll(uow, meeting, people(uow)[0], poll.id, 0)
    meeting.starts_at = uow.now - timedelta(days=40)
    meeting.ends_at = meeting.starts_at + timedelta(hours=2)
    uow.session.flush()
    straw_polls.close_ended_straw_polls(uow)
    assert poll.closed_at and poll.online == [1, 0]
    retention.forget_old_guests(uow)
    assert uow.session.scalars(select(StrawPoll.id)).all() == []


def test_it_is_asked_voted_and_counted_on_pages_without_javascript(
    uow_in, announced, sign_in, guest
):
    with uow_in(VILLAGE) as uow:
        made = announced(uow, starts_at=uow.now + SOON, has_room=True)
        video_room.open_room(uow, made, has_waiting_room=False, minutes=2)
        code = code_of(enter_room(uow, made, "Първи", request_id=uuid4()))
        here = f"/console/meetings/{made.id}/straw-poll"
        uow.commit()
    host = sign_in(VILLAGE, Role.SECRETARY)
    page = f"/meetings/room/{code}/straw-poll"
    assert "още не е питал" in guest.get(page).text
    typed = {"question": QUESTION, "request_id": uuid4()}
    assert host.post(here, typed | {"options": "Да"}).status_code == 422
    assert host.post(here, typed | {"options": "Да\nНе"}).status_code == 303
    drawn = guest.get(page).text
    poll = re.search(r'name="poll" value="([^"]+)"', drawn)[1]
    assert QUESTION in drawn and guest.post(page, {"poll": poll, "choice": "9"}).status_code == 409
    assert guest.post(page, {"poll": poll, "choice": "0"}).status_code == 303
    version = re.search(r'name="expected_version"[^>]*value="(\d+)"', host.get(here).text)[1]
    hands = {"expected_version": version, "hands_0": "11", "hands_1": "2"}
    assert host.post(f"{here}/hands", hands | {"hands_1": "много"}).status_code == 422
    assert host.post(f"{here}/hands", hands).status_code == 303
    assert "<b>12</b>" in guest.get(page).text
    assert "Refresh" not in guest.get(page).headers
    assert guest.get(f"{page}?live=1").headers["Refresh"] == "20"
    assert sign_in(VILLAGE, Role.FINANCE_OFFICER).get(here).status_code == 403
    assert sign_in(NEIGHBOUR, Role.SECRETARY).get(here).status_code == 404


def test_a_decision_is_read_while_the_meeting_goes_on(uow_in, announced, sign_in, guest):
    with uow_in(VILLAGE) as uow:
        made = announced(uow, starts_at=uow.now + SOON)
        made.starts_at = uow.now - SOON
        item = items_of(uow, made.id)[0]
        words = EntryWords(text="Тайно още.", decision=DECISION)
        entry = write_entry(uow, item, words, request_id=uuid4())
        page, desk = f"/meetings/{made.id}", f"/console/meetings/entries/{entry.id}"
        uow.commit()
        version = {"expected_version": entry.version}
    keeper = sign_in(VILLAGE, Role.SECRETARY)
    assert DECISION not in guest.get(page).text
    for _ in range(2):
        assert keeper.post(f"{desk}/announce", version).status_code == 303
    for shown in (guest.get(page).text, guest.get(f"{page}/live").text):
        assert DECISION in shown and "Тайно още." not in shown
    assert guest.get(f"{page}/live?live=1").headers["Refresh"]
    assert "Спрете обновяването" in guest.get(f"{page}/live?live=1").text
    later = {"expected_version": version["expected_version"] + 1}
    assert keeper.post(f"{desk}/take-back", later).status_code == 303
    assert DECISION not in guest.get(f"{page}/live").text
    assert sign_in(NEIGHBOUR, Role.SECRETARY).post(f"{desk}/announce", later).status_code == 404


def test_an_entry_without_a_decision_announces_nothing(uow, announced):
    made = announced(uow)
    entry = write_entry(uow, items_of(uow, made.id)[0], EntryWords(text="Дума"), request_id=uuid4())
    with pytest.raises(NothingDecided):
        live_decisions.announce_decision(uow, entry, expected_version=entry.version)
