"""A meeting as most tests want it."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from obshto.modules.meetings.services.agenda import AgendaPoint, add_item
from obshto.modules.meetings.services.plans import MeetingPlan, write_meeting
from obshto.modules.meetings.services.publication import publish_meeting

VILLAGE = "gorno-selo"


@pytest.fixture(autouse=True)
def switched_on(house, config):
    """Meetings are on in both villages, one of which has two settlements."""
    engine = create_engine(config.migrator)
    add = text(
        "INSERT INTO shared.settlement (ekatte, municipality, kind, names, is_seat, sort_key)"
        " VALUES ('00001', :slug, 'град', '{\"bg\": \"Горно\", \"en\": \"Gorno\"}', true, 'a'),"
        " ('00002', :slug, 'село', '{\"bg\": \"Поле\", \"en\": \"Pole\"}', false, 'b')"
    )
    with engine.begin() as connection:
        modules = "UPDATE shared.tenant SET modules = array['news', 'events', 'meetings']"
        connection.execute(text(modules))
        connection.execute(add, {"slug": VILLAGE})
    yield
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM shared.settlement"))
        connection.execute(text("DELETE FROM shared.regional_meeting"))
    engine.dispose()


@pytest.fixture
def uow(uow_in):
    with uow_in(VILLAGE) as begun:
        yield begun


@pytest.fixture
def write():
    """write(uow, **changed): a draft of a discussion in twenty days, with two points."""

    def begin(uow, **changed):
        start = changed.get("starts_at", uow.now + timedelta(days=20))
        plan = MeetingPlan(
            title="Бюджетът",
            kind="discussion",
            starts_at=start,
            ends_at=start + timedelta(hours=2),
            settlement="00001",
            address="Читалището",
            video_link="https://sreshta.example.org/a",
            phone_bridge="0800 00 000, код 1",
        )
        meeting = write_meeting(uow, replace(plan, **changed), request_id=uuid4())
        for title in ("Проектът", "Въпроси"):
            add_item(uow, meeting, AgendaPoint(title=title, minutes=30), request_id=uuid4())
        uow.session.flush()
        return meeting

    return begin


@pytest.fixture
def announced(write):
    """The same, public."""

    def begin(uow, **changed):
        meeting = write(uow, **changed)
        publish_meeting(uow, meeting, expected_version=meeting.version)
        uow.session.flush()
        return meeting

    return begin
