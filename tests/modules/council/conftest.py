"""A council of five with a session that began an hour ago."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from obshto.modules.council.services.members import CouncillorDetails, add_councillor
from obshto.modules.council.services.sessions import meetings
from obshto.modules.meetings.services.agenda import AgendaPoint, add_item
from obshto.modules.meetings.services.plans import MeetingPlan, write_meeting
from obshto.modules.meetings.services.publication import publish_meeting
from obshto.platform.clock import day_of

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
NAMES = ("Ана", "Боян", "Вера", "Галя", "Дима")


@pytest.fixture(autouse=True)
def council_on(house, config):
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = '{meetings,council}'"))
    yield
    engine.dispose()


@pytest.fixture
def uow(uow_in):
    with uow_in(VILLAGE) as begun:
        yield begun


@pytest.fixture
def sit():
    """sit(uow, **changed): the session, its points and the councillors by name."""

    def begin(uow, *, ahead=-timedelta(hours=1), is_public=True):
        begins_on = day_of(uow.now) - timedelta(days=100)
        members = {
            name: add_councillor(
                uow, CouncillorDetails(name=name, begins_on=begins_on), request_id=uuid4()
            )
            for name in NAMES
        }
        starts_at = uow.now + ahead
        plan = MeetingPlan(
            title="Редовно заседание",
            kind="council",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=3),
        )
        meeting = write_meeting(uow, plan, request_id=uuid4())
        for title in ("Наемът на мелницата", "Пътят"):
            add_item(uow, meeting, AgendaPoint(title=title), request_id=uuid4())
        uow.session.flush()
        if is_public:
            publish_meeting(uow, meeting, expected_version=meeting.version)
            uow.session.flush()
        session = meetings().session_of(uow, meeting.id, is_public=False)
        return session, meetings().points_of(uow, meeting.id), members

    return begin
