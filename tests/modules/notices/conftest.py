"""A notice as most tests want it."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from obshto.modules.notices.services.edits import Draft, publish_notice, write_notice

VILLAGE = "gorno-selo"


@pytest.fixture(autouse=True)
def switched_on(house, config):
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = array['news', 'notices']"))
    engine.dispose()


@pytest.fixture(autouse=True)
def settlements(switched_on, config):
    """Two settlements of the village, gone afterwards."""
    engine = create_engine(config.migrator)
    add = text(
        "INSERT INTO shared.settlement (ekatte, municipality, kind, names, is_seat, sort_key)"
        " VALUES ('00001', :slug, 'град', '{\"bg\": \"Горно\", \"en\": \"Gorno\"}', true, 'a'),"
        " ('00002', :slug, 'село', '{\"bg\": \"Поле\", \"en\": \"Pole\"}', false, 'b')"
    )
    with engine.begin() as connection:
        connection.execute(add, {"slug": VILLAGE})
    yield
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM shared.settlement"))
    engine.dispose()


@pytest.fixture
def uow(uow_in):
    with uow_in(VILLAGE) as begun:
        yield begun


@pytest.fixture
def write():
    """write(work, **changed): a draft about water, from now on for two hours."""

    def begin(uow, **changed):
        draft = Draft(
            kind="water",
            title="Без вода",
            text="Налейте си вода.",
            starts_at=uow.now,
            ends_at=uow.now + timedelta(hours=2),
        )
        notice = write_notice(uow, replace(draft, **changed), request_id=uuid4())
        uow.session.flush()
        return notice

    return begin


@pytest.fixture
def published(write):
    """The same, public."""

    def begin(uow, **changed):
        notice = write(uow, **changed)
        publish_notice(uow, notice, expected_version=notice.version)
        uow.session.flush()
        return notice

    return begin
