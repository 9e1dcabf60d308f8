"""Video room of a meeting: who gets in, who may speak, who must leave."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from support.browsing import visitor
from support.video_double import VideoDouble

from obshto.modules.meetings.errors import NoRoom, RoomNotOpen, RoomOver, RoomTooEarly
from obshto.modules.meetings.models import MeetingRoom, RoomParticipant
from obshto.modules.meetings.services import participants, retention, video_room
from obshto.modules.meetings.services.publication import cancel_meeting
from obshto.platform.clock import now
from obshto.platform.errors import NotAllowed
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal
from obshto.platform.video.rooms import VIDEO_ROOMS, LinkedRooms

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
SOON, HOUR = timedelta(minutes=30), timedelta(hours=1)
HERE = "/console/meetings"


@pytest.fixture(autouse=True)
def video(app):
    """A video server without media, in the place of the real one."""
    before, app.extensions[VIDEO_ROOMS] = app.extensions[VIDEO_ROOMS], VideoDouble()
    yield app.extensions[VIDEO_ROOMS]
    app.extensions[VIDEO_ROOMS] = before


@pytest.fixture
def meeting(uow, announced):
    return announced(uow, starts_at=uow.now + SOON, has_room=True)


@pytest.fixture
def standing(uow_in, announced):
    """standing(is_open=True, **changed): the id of a public meeting with a room, committed."""

    def begin(*, is_open=True, has_waiting_room=True, **changed):
        with uow_in(VILLAGE) as uow:
            meeting = announced(uow, **{"starts_at": uow.now + SOON, "has_room": True} | changed)
            if is_open:
                how = {"has_waiting_room": has_waiting_room, "minutes": 2}
                video_room.open_room(uow, meeting, **how)
            uow.session.commit()
            return meeting.id

    return begin


@pytest.fixture
def enter(client, at):
    """enter(meeting_id, name): the path of a visitor's own page in the room."""

    def go(meeting_id, name="Мария", **typed):
        told = {"name": name, "request_id": str(uuid4())} | typed
        answer = client.post(f"/meetings/{meeting_id}/room", data=told, base_url=at(VILLAGE))
        assert answer.status_code == 303, answer.text
        return answer.location

    return go


@pytest.fixture
def visit(client, at):
    return lambda path, place=VILLAGE: client.get(path, base_url=at(place))


@pytest.fixture
def host(sign_in):
    return sign_in(VILLAGE, Role.SECRETARY)


def person(uow, meeting, name="Мария", **told):
    return participants.enter_room(uow, meeting, name, request_id=uuid4(), **told)


def opened(uow, meeting, **how):
    return video_room.open_room(uow, meeting, **{"has_waiting_room": True, "minutes": 3} | how)


def press(host, meeting_id, word):
    """The only button of that act on the page of who leads."""
    [path] = re.findall(rf'action="([^"]*/{word})"', host.get(f"{HERE}/{meeting_id}/room").text)
    return host.post(path)


def words(page):
    return page.replace("\xa0", " ")


def test_a_visitor_joins_by_a_link_waits_is_called_and_speaks(
    standing, enter, visit, host, video, client, at
):
    meeting_id = standing()
    assert "Влезте във видео стаята" in visit(f"/meetings/{meeting_id}").text
    page = enter(meeting_id)
    assert visit(f"{page}/state").json == {"state": "waiting"}
    assert visit(f"{page}/token").status_code == 409
    assert press(host, meeting_id, "admit").status_code == 303
    token = visit(f"{page}/token").json
    assert token["address"] == video.address and video.connect(token["token"])
    [room] = video.rooms
    assert [one.may_speak for one in video.list_present(room)] == [False]
    client.post(f"{page}/hand", data={"hand": "up"}, base_url=at(VILLAGE))
    assert visit(f"{page}/state").json == {"state": "hand"}
    press(host, meeting_id, "call")
    assert [one.may_speak for one in video.list_present(room)] == [True]
    assert "Думата е Ваша" in visit(page).text
    press(host, meeting_id, "end")
    assert [one.may_speak for one in video.list_present(room)] == [False]
    assert visit(f"{page}/state").json == {"state": "listening"}


def test_who_is_sent_out_reads_why_and_does_not_come_back(standing, enter, visit, host, video):
    meeting_id = standing(has_waiting_room=False)
    page = enter(meeting_id)
    token = visit(f"{page}/token").json["token"]
    video.connect(token)
    desk = host.get(f"{HERE}/{meeting_id}/room").text
    [path] = re.findall(r'href="([^"]*/remove)"', desk)
    assert host.post(path, {"reason": ""}).status_code == 422
    assert host.post(path, {"reason": "Обижда хората"}).status_code == 303
    [room] = video.rooms
    assert video.list_present(room) == []
    assert "Обижда хората" in visit(page).text.replace("\xa0", " ")
    assert visit(f"{page}/token").status_code == 409
    assert video.connect(token)  # the old token is good for two minutes still
    host.get(f"{HERE}/{meeting_id}/room")
    assert video.list_present(room) == []


def test_only_the_room_may_use_the_camera_and_reach_the_video_server(standing, enter, visit, host):
    meeting_id = standing()
    page = visit(enter(meeting_id))
    policy = page.headers["Content-Security-Policy"]
    assert "connect-src 'self' ws://video.example http://video.example;" in f"{policy};"
    assert "camera=(self)" in page.headers["Permissions-Policy"]
    assert page.headers["Cache-Control"] == "private, no-store"
    assert (
        "ws://video.example"
        in (host.get(f"{HERE}/{meeting_id}/room").headers["Content-Security-Policy"])
    )
    for path in (f"/meetings/{meeting_id}/room", f"/meetings/{meeting_id}", "/"):
        other = visit(path)
        assert "video" not in other.headers["Content-Security-Policy"]
        assert "camera=()" in other.headers["Permissions-Policy"]
        assert "video." not in other.text


def test_without_a_server_the_link_of_their_choice_stands_in_the_room(
    standing, enter, visit, app, host
):
    app.extensions[VIDEO_ROOMS] = LinkedRooms()
    meeting_id = standing(has_waiting_room=False)
    page = visit(enter(meeting_id))
    assert "https://sreshta.example.org/a" in page.text and "data-room-tiles" not in page.text
    assert "camera=()" in page.headers["Permissions-Policy"]
    assert "https://sreshta.example.org/a" in host.get(f"{HERE}/{meeting_id}/room").text


def test_without_a_server_nobody_waits_for_a_page_that_does_not_change(
    standing, enter, visit, app, host
):
    app.extensions[VIDEO_ROOMS] = LinkedRooms()
    meeting_id = standing()
    assert "видеото е в друг сайт" in words(visit(f"/meetings/{meeting_id}/room").text)
    assert "без инсталиране" not in words(visit(f"/meetings/{meeting_id}").text)
    path = enter(meeting_id)
    page = words(visit(path).text)
    assert f'href="{path}"' in page and "<noscript>" not in page  # scripts or none
    assert "не се обновява сама" in page and "Останете на тази страница" not in page
    press(host, meeting_id, "admit")
    press(host, meeting_id, "call")
    assert "Говорете във видеото на другия сайт" in words(visit(path).text)
    assert "/mute" not in host.get(f"{HERE}/{meeting_id}/room").text  # it would do nothing


def test_of_a_room_without_server_and_link_nobody_is_told_that_they_listen(
    standing, enter, visit, app
):
    app.extensions[VIDEO_ROOMS] = LinkedRooms()
    meeting_id = standing(video_link="", has_waiting_room=False)
    assert "няма видео" in words(visit(f"/meetings/{meeting_id}/room").text)
    page = words(visit(enter(meeting_id)).text)
    assert "На тази среща няма видео" in page and "слушате" not in page


def test_the_page_without_scripts_has_phone_agenda_and_where_one_stands(standing, enter, visit):
    page = visit(enter(standing())).text
    for words in ("Може и по телефона", "Проектът", "ще Ви пусне", "<noscript>"):
        assert words in page.replace("\xa0", " ")


@pytest.mark.parametrize(("kind", "is_told"), [("hearing", False), ("council", True)])
def test_the_number_of_the_bridge_is_for_who_comes_unless_all_may(
    standing, enter, visit, kind, is_told
):
    meeting_id = standing(kind=kind)
    for path in (f"/meetings/{meeting_id}", f"/meetings/{meeting_id}/room", enter(meeting_id)):
        page = words(visit(path).text)
        assert ("0800 00 000" in page) == is_told, path
        assert ("Номера получавате, щом кажете" in page) != is_told, path


def test_a_room_is_closed_for_all_after_one_question(standing, enter, visit, host, video):
    meeting_id = standing(has_waiting_room=False)
    page = enter(meeting_id)
    assert "/room/close" not in "".join(
        re.findall(r"<form[^>]*>", host.get(f"{HERE}/{meeting_id}/room").text)
    )
    [asks] = re.findall(r'href="([^"]*/room/close)"', host.get(f"{HERE}/{meeting_id}/room").text)
    assert "имената им се изтриват" in host.get(asks).text
    assert 'data-room-standing="listening"' in visit(page).text and video.rooms
    assert host.post(asks).status_code == 303
    assert 'data-room-standing="closed"' in visit(page).text and not video.rooms


def test_who_calls_by_phone_stands_in_the_same_line(standing, enter, visit, host, client, at):
    meeting_id = standing(has_waiting_room=False)
    page = enter(meeting_id, "Първа")
    client.post(f"{page}/hand", data={"hand": "up"}, base_url=at(VILLAGE))
    told = {"name": "Втори", "request_id": str(uuid4())}
    for _ in range(2):  # sent twice lands once
        assert host.post(f"{HERE}/{meeting_id}/room/phone", told).status_code == 303
    desk = host.get(f"{HERE}/{meeting_id}/room").text
    line = desk[desk.index("Искат думата") :]
    assert line.index("Първа") < line.index("Втори") and "по телефона" in line
    assert desk.count('<b lang="bg">Втори') == 1


def test_a_neighbour_a_guess_and_another_meeting_find_nothing(
    standing, enter, visit, host, sign_in, video
):
    meeting_id, other_id = standing(), standing(title="Друга")
    page = enter(meeting_id)
    for path in (page, f"{page}/state", f"{page}/token"):
        assert visit(path, NEIGHBOUR).status_code == 404
    assert visit("/meetings/room/12345678901234567890").status_code == 404
    assert visit("/meetings/room/abc").status_code == 404
    assert visit(f"/meetings/{meeting_id}/room", NEIGHBOUR).status_code == 404
    stranger = sign_in(NEIGHBOUR, Role.SECRETARY)
    assert stranger.get(f"{HERE}/{meeting_id}/room").status_code == 404
    assert stranger.get(f"{HERE}/{meeting_id}/room/token").status_code == 404
    [path] = re.findall(r'action="([^"]*/admit)"', host.get(f"{HERE}/{meeting_id}/room").text)
    assert host.post(path.replace(str(meeting_id), str(other_id))).status_code == 404
    assert visit(f"{page}/state").json == {"state": "waiting"}
    token = host.get(f"{HERE}/{meeting_id}/room/token").json["token"]
    assert video.connect(token)
    inside = {name: len(people) for name, people in video.rooms.items()}
    assert inside == {
        f"{VILLAGE}.meetings.{meeting_id}": 1,
        f"{VILLAGE}.meetings.{other_id}": 0,
    }


@pytest.mark.parametrize("role", [Role.REGISTRY_CLERK, Role.MAYOR])
def test_who_may_not_lead_does_not(standing, sign_in, role):
    meeting_id, clerk = standing(), sign_in(VILLAGE, role)
    assert clerk.get(f"{HERE}/{meeting_id}/room").status_code == 403
    assert clerk.get(f"{HERE}/{meeting_id}/room/token").status_code == 403
    assert clerk.post(f"{HERE}/{meeting_id}/room/close").status_code == 403


def test_a_server_that_is_away_is_said_and_nothing_changes(standing, enter, visit, host, video):
    meeting_id = standing(has_waiting_room=False)
    page = enter(meeting_id)
    video.is_away = True
    answer = press(host, meeting_id, "call")
    assert answer.status_code == 503 and "Видеото не отговаря" in answer.text
    assert visit(f"{page}/state").json == {"state": "listening"}
    assert "Видеото не отговаря" in host.get(f"{HERE}/{meeting_id}/room").text
    assert visit(f"{page}/token").status_code == 503
    video.is_away = False
    assert press(host, meeting_id, "call").status_code == 303


def test_an_open_session_of_the_council_is_watched_by_anybody(
    standing, enter, visit, client, at, video
):
    meeting_id = standing(kind="council")
    page = enter(meeting_id, "")
    assert visit(f"{page}/state").json == {"state": "listening"}
    assert video.connect(visit(f"{page}/token").json["token"])
    [(_, member, _)] = video.tokens.values()
    assert member.is_hidden and not member.may_speak and member.name == "Зрител"
    up = client.post(f"{page}/hand", data={"hand": "up"}, base_url=at(VILLAGE))
    assert up.status_code == 403


def test_a_session_in_our_room_may_be_streamed_on_another_site_too(standing, visit, video):
    link = "https://live.example/kanal"
    session, hearing = standing(kind="council", video_link=link), standing(video_link=link)
    told = {it: visit(f"/meetings/{it}").text for it in (session, hearing)}
    assert all("Влезте във видео стаята" in words(page) for page in told.values())
    assert link in told[session] and link not in told[hearing]


def test_bad_input_is_named_and_what_was_typed_stays(standing, host, client, at):
    meeting_id = standing()
    for typed in ({"name": ""}, {"name": "а" * 61}):
        told = {"request_id": str(uuid4())} | typed
        answer = client.post(f"/meetings/{meeting_id}/room", data=told, base_url=at(VILLAGE))
        assert answer.status_code == 422 and typed["name"] in answer.text
    answer = host.post(f"{HERE}/{meeting_id}/room/open", {"minutes": "много"})
    assert answer.status_code == 422 and "Въведете число от 0 до 60" in answer.text
    answer = host.post(f"{HERE}/{meeting_id}/room/phone", {"name": "", "request_id": str(uuid4())})
    assert answer.status_code == 422 and "Въведете име" in answer.text


def test_a_second_click_takes_one_place(app, at, standing, uow_in):
    meeting_id, told = standing(), {"name": "Мария", "request_id": str(uuid4())}
    path = f"/meetings/{meeting_id}/room"

    def click(_):
        return visitor(app).post(path, data=told, base_url=at(VILLAGE)).location

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(click, range(4)))) == 1
    with uow_in(VILLAGE) as uow:
        assert len(participants.queue_of(uow, meeting_id).waiting) == 1


def test_of_meetings_without_a_room_none_is_offered(standing, host):
    standing()
    standing(is_open=False, has_room=False, title="Без видео")
    page = host.get(f"{HERE}/rooms").text
    assert "Бюджетът" in page and "Без видео" not in page


# Services.


def test_the_room_opens_lets_who_waited_in_and_closes_for_good(uow, meeting, video):
    early = person(uow, meeting)
    assert participants.state_of(early, video_room.room_of(uow, meeting)) == "earlier"
    room = opened(uow, meeting)
    assert participants.state_of(early, room) == "waiting"
    opened(uow, meeting, has_waiting_room=False)
    uow.session.expire_all()
    assert participants.state_of(early, room) == "listening"
    assert video.connect(token := participants.token_of(uow, meeting, early))
    video_room.close_room(uow, meeting.id)
    uow.session.expire_all()
    assert participants.state_of(early, room) == "closed"
    assert early.shown_name == "" and not video.rooms and not video.connect(token)
    with pytest.raises(RoomNotOpen):
        participants.token_of(uow, meeting, early)
    opened(uow, meeting)  # closed by a slip: who was inside enters anew
    assert participants.state_of(early, room) == "closed"


def test_a_room_closed_between_two_looks_is_closed_not_early(uow, meeting, video):
    """The page reads the place, then the room; in between it was closed by who leads."""
    person_inside = person(uow, meeting)
    room = opened(uow, meeting, has_waiting_room=False)
    room.closed_at = person_inside.entered_at + timedelta(minutes=5)  # their row is the older one
    assert participants.state_of(person_inside, room) == "closed"
    room.closed_at = person_inside.entered_at - timedelta(minutes=5)
    assert participants.state_of(person_inside, room) == "earlier"


def test_rooms_end_with_their_meeting(uow, meeting, video):
    opened(uow, meeting)
    video_room.close_ended_rooms(uow)
    assert video.rooms
    meeting.starts_at, meeting.ends_at = uow.now - 4 * HOUR, uow.now - 2 * HOUR
    uow.session.flush()
    with pytest.raises(RoomNotOpen):
        video_room.host_token(uow, meeting)
    video_room.close_ended_rooms(uow)
    assert not video.rooms
    assert uow.session.get(MeetingRoom, meeting.id).closed_at
    with pytest.raises(RoomOver):
        opened(uow, meeting)


@pytest.mark.parametrize("was_open", [False, True])
def test_names_left_at_a_closed_door_go_with_the_meeting(uow, meeting, video, was_open):
    if was_open:
        opened(uow, meeting)
        video_room.close_room(uow, meeting.id)
    late = person(uow, meeting)
    video_room.close_ended_rooms(uow)
    uow.session.expire_all()
    assert late.shown_name == "Мария"  # it may still be opened
    meeting.starts_at, meeting.ends_at = uow.now - 4 * HOUR, uow.now - 2 * HOUR
    uow.session.flush()
    video_room.close_ended_rooms(uow)
    uow.session.expire_all()
    room = video_room.room_of(uow, meeting)
    assert (late.shown_name, participants.state_of(late, room)) == ("", "closed")


def test_a_meeting_that_is_called_off_has_no_room_any_more(uow, meeting, video):
    opened(uow, meeting)
    cancel_meeting(uow, meeting, note="Сняг", expected_version=meeting.version)
    uow.session.flush()
    video_room.close_ended_rooms(uow)
    assert not video.rooms
    with pytest.raises(RoomOver):
        person(uow, meeting)


def test_nobody_waits_days_before_and_no_draft_has_a_room(uow, announced, write):
    later = announced(uow, has_room=True)
    with pytest.raises(RoomTooEarly):
        person(uow, later)
    opened(uow, later)  # to try it out
    person(uow, later)
    with pytest.raises(NoRoom):
        opened(uow, write(uow, has_room=True))
    with pytest.raises(NoRoom):
        opened(uow, announced(uow))


def test_a_guest_cannot_raise_a_hand_or_speak_before_they_are_let_in(uow, meeting):
    opened(uow, meeting)
    guest = person(uow, meeting)
    for act in (participants.raise_hand, participants.call):
        with pytest.raises(RoomNotOpen):
            act(uow, meeting, guest)
    assert not participants.member_of(meeting, guest).may_speak


def test_a_turn_has_its_minutes_and_calling_twice_adds_none(uow, meeting, video):
    opened(uow, meeting, minutes=2, has_waiting_room=False)
    guest = person(uow, meeting)
    participants.call(uow, meeting, guest)
    until = guest.speaks_until
    assert until == uow.now + timedelta(minutes=2)
    participants.call(uow, meeting, guest)
    assert guest.speaks_until == until
    assert participants.member_of(meeting, guest).note == until.isoformat()


def test_what_a_server_missed_it_is_told_again(uow, meeting, video):
    opened(uow, meeting, has_waiting_room=False)
    guest, name = person(uow, meeting), video_room.room_name(uow, meeting.id)
    video.connect(participants.token_of(uow, meeting, guest))
    guest.called_at = uow.now  # as after a restart of the server
    uow.session.flush()
    participants.synchronize(uow, meeting, participants.queue_of(uow, meeting.id))
    assert video.list_present(name)[0].may_speak


def test_viewers_have_no_hand(uow, announced):
    session = announced(uow, starts_at=uow.now + SOON, has_room=True, kind="council")
    opened(uow, session)
    viewer = person(uow, session)
    with pytest.raises(NotAllowed):
        participants.raise_hand(uow, session, viewer)
    participants.call(uow, session, viewer)  # a councillor from afar
    assert not participants.member_of(session, viewer).is_hidden


def test_who_was_in_a_room_is_forgotten_a_month_later(uow, meeting):
    opened(uow, meeting)
    person(uow, meeting)
    meeting.starts_at, meeting.ends_at = now() - 33 * 24 * HOUR, now() - 32 * 24 * HOUR
    uow.session.flush()
    retention.forget_old_guests(uow)
    assert not uow.session.query(RoomParticipant).count()


def test_staff_speak_at_once_and_under_their_own_name(uow, meeting, video):
    opened(uow, meeting)
    secretary = replace(uow, principal=Principal(person_id=uuid4(), name="Секретарят"))
    assert video.connect(video_room.host_token(secretary, meeting))
    [inside] = video.list_present(video_room.room_name(uow, meeting.id))
    assert inside.may_speak and inside.name == "Секретарят"
    queue = participants.queue_of(uow, meeting.id)
    assert participants.synchronize(uow, meeting, queue) == {inside.identity}
