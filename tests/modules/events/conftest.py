"""An event as most tests want it."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from obshto.modules.events.services.edits import Details, Text, write_event
from obshto.modules.events.services.publication import publish_event
from obshto.platform.calendar.recurrence import at_wall
from obshto.platform.permissions import Role

VILLAGE = "gorno-selo"


@pytest.fixture(autouse=True)
def switched_on(house, config):
    """Events are on in both villages, one of which has two settlements."""
    engine = create_engine(config.migrator)
    add = text(
        "INSERT INTO shared.settlement (ekatte, municipality, kind, names, is_seat, sort_key)"
        " VALUES ('00001', :slug, 'град', '{\"bg\": \"Горно\", \"en\": \"Gorno\"}', true, 'a'),"
        " ('00002', :slug, 'село', '{\"bg\": \"Поле\", \"en\": \"Pole\"}', false, 'b')"
    )
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = array['news', 'events']"))
        connection.execute(add, {"slug": VILLAGE})
    yield
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM shared.settlement"))
        connection.execute(text("DELETE FROM shared.regional_event"))
    engine.dispose()


@pytest.fixture
def uow(uow_in):
    with uow_in(VILLAGE) as begun:
        yield begun


@pytest.fixture
def wall():
    """wall(2026, 3, 29, 10): the moment at which clocks in Bulgaria show this."""
    return lambda *parts: at_wall(datetime(*parts))


@pytest.fixture
def write():
    """write(uow, **changed): a draft of a concert in an hour, in the first settlement."""

    def begin(uow, title="Концерт", summary="Народни песни", **changed):
        start = changed.get("starts_at", uow.now + timedelta(hours=1))
        details = Details(starts_at=start, ends_at=start + timedelta(hours=2), settlement="00001")
        words = Text(title=title, summary=summary, markdown="Елате.")
        event = write_event(uow, words, replace(details, **changed), request_id=uuid4())
        uow.session.flush()
        return event

    return begin


@pytest.fixture
def published(write):
    """The same, public."""

    def begin(uow, **changed):
        event = write(uow, **changed)
        publish_event(uow, event, expected_version=event.version)
        uow.session.flush()
        return event

    return begin


@pytest.fixture
def editor(sign_in):
    return sign_in(VILLAGE, Role.EDITOR)


@pytest.fixture
def visit(client, at):
    return lambda path, place=VILLAGE: client.get(path, base_url=at(place))


@pytest.fixture
def standing(uow_in, published):
    """standing(**changed): the id of a public event, committed."""

    def begin(then=None, **changed):
        with uow_in(VILLAGE) as uow:
            event = published(uow, **changed)
            if then:
                then(uow, event)
            uow.session.commit()
            return event.id

    return begin
