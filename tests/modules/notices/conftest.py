"""A notice as most tests want it."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from obshto.modules.notices.services.writing import Draft, publish_notice, write_notice

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
def work(work_in):
    with work_in(VILLAGE) as begun:
        yield begun


@pytest.fixture
def write():
    """write(work, **changed): a draft about water, from now on for two hours."""

    def begin(work, **changed):
        draft = Draft(
            kind="water",
            title="Без вода",
            text="Налейте си вода.",
            starts_at=work.now,
            ends_at=work.now + timedelta(hours=2),
        )
        notice = write_notice(work, replace(draft, **changed), request_id=uuid4())
        work.session.flush()
        return notice

    return begin


@pytest.fixture
def published(write):
    """The same, public."""

    def begin(work, **changed):
        notice = write(work, **changed)
        publish_notice(work, notice, seen=notice.version)
        work.session.flush()
        return notice

    return begin
