"""What stands beside the picture of a room: agenda and materials, for guest and moderator alike."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text
from support.video_double import VideoDouble

from obshto.modules.meetings.services import video_room
from obshto.modules.meetings.services.kind import KIND
from obshto.platform.editorial.attachments import add_file
from obshto.platform.permissions import Role
from obshto.platform.video.rooms import VIDEO_ROOMS

VILLAGE = "gorno-selo"
PAPER = b"a,b\n1,2\n"
HERE = "/console/meetings"


@pytest.fixture(autouse=True)
def video(app):
    """A video server without media, in the place of the real one."""
    before, app.extensions[VIDEO_ROOMS] = app.extensions[VIDEO_ROOMS], VideoDouble()
    yield app.extensions[VIDEO_ROOMS]
    app.extensions[VIDEO_ROOMS] = before


@pytest.fixture
def standing(uow_in, announced):
    """standing(is_open=True, **changed): the id of a meeting with a room and one document."""

    def begin(*, is_open=True, **changed):
        with uow_in(VILLAGE) as uow:
            start = uow.now + timedelta(minutes=30)
            meeting = announced(uow, **{"starts_at": start, "has_room": True} | changed)
            told = {"name": "budget.csv", "title": "Бюджетът в числа", "as_picture": False}
            add_file(uow, KIND, meeting, BytesIO(PAPER), **told, request_id=uuid4())
            if is_open:
                video_room.open_room(uow, meeting, has_waiting_room=True, minutes=2)
            uow.commit()
            return meeting.id

    return begin


@pytest.fixture
def visit(client, at):
    return lambda path: client.get(path, base_url=at(VILLAGE))


@pytest.fixture
def as_guest(client, at, visit):
    """as_guest(meeting_id): the page of somebody without an account, once in the room."""

    def begin(meeting_id):
        told = {"name": "Мария", "request_id": str(uuid4())}
        path = f"/meetings/{meeting_id}/room"
        return visit(client.post(path, data=told, base_url=at(VILLAGE)).location)

    return begin


@pytest.fixture
def as_moderator(sign_in):
    """as_moderator(meeting_id): the page of who leads."""
    host = sign_in(VILLAGE, Role.SECRETARY)
    return lambda meeting_id: host.get(f"{HERE}/{meeting_id}/room")


def column(page):
    """What stands beside the picture, behind it in the order of reading."""
    said = page.text.replace("\xa0", " ")
    picture, _, after = said.partition('<h2 id="agenda">')
    assert "data-room-tiles" in picture
    return after


@pytest.mark.parametrize("who", ["as_guest", "as_moderator"])
def test_agenda_and_materials_stand_beside_the_picture(request, standing, visit, who):
    beside = column(request.getfixturevalue(who)(standing()))
    points = re.findall(r"<li><span[^>]*>(Проектът|Въпроси)</span>", beside)
    assert points == ["Проектът", "Въпроси"]
    assert "Бюджетът в числа" in beside.partition("Файлове за изтегляне")[2]
    [file] = re.findall(r'href="([^"]+)" download', beside)
    assert visit(file).data == PAPER


def test_before_the_room_opens_who_leads_has_the_agenda_at_hand(standing, as_moderator):
    page = as_moderator(standing(is_open=False)).text.replace("\xa0", " ")
    assert "Дневен ред" in page and "Бюджетът в числа" in page


def test_the_page_of_who_leads_asks_little_though_it_is_asked_for_all_the_time(
    standing, as_moderator, statements_of
):
    meeting_id = standing()
    as_moderator(meeting_id)
    assert len(statements_of(lambda: as_moderator(meeting_id))) <= 12


@pytest.fixture
def council(config):
    """The part of the council is on, too."""
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        on = "UPDATE shared.tenant SET modules = array['news', 'meetings', 'council']"
        connection.execute(text(on))
    engine.dispose()


@pytest.mark.parametrize("who", ["as_guest", "as_moderator"])
def test_a_session_of_the_council_leads_to_the_materials_of_its_points(
    request, council, standing, visit, who
):
    meeting_id = standing(kind="council")
    beside = column(request.getfixturevalue(who)(meeting_id))
    assert f'href="/council/sessions/{meeting_id}"' in beside
    assert visit(f"/council/sessions/{meeting_id}").status_code == 200
