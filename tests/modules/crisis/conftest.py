"""A village with two settlements, a text as most tests want it, two officials."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from obshto.modules.crisis.services.messages import Words, write_crisis

VILLAGE = "gorno-selo"
WORDS = Words(
    title="Реката прелива",
    text="Водата се качва.",
    advice="Качете се на високо.\nНе минавайте през вода.",
    phone="+35993812345",
    settlements=("00002",),
)


@pytest.fixture(autouse=True)
def switched_on(house, config):
    engine = create_engine(config.migrator)
    add = text(
        "INSERT INTO shared.settlement (ekatte, municipality, kind, names, is_seat, sort_key)"
        " VALUES ('00001', :slug, 'град', '{\"bg\": \"Горно\", \"en\": \"Gorno\"}', true, 'a'),"
        " ('00002', :slug, 'село', '{\"bg\": \"Поле\", \"en\": \"Pole\"}', false, 'b')"
    )
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = array['crisis', 'feeds']"))
        connection.execute(add, {"slug": VILLAGE})
    yield
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM shared.settlement"))
        connection.execute(text("DELETE FROM shared.regional_alarm"))
        connection.execute(text("DELETE FROM shared.regional_post"))
    engine.dispose()


@pytest.fixture
def uow(uow_in):
    with uow_in(VILLAGE) as begun:
        yield begun


@pytest.fixture
def write():
    """write(work, **changed): a first text that waits, written by somebody else an hour ago."""

    def begin(uow, *, is_rehearsal=False, **changed):
        words, once = replace(WORDS, **changed), uuid4()
        message = write_crisis(uow, "flood", words, is_rehearsal=is_rehearsal, request_id=once)
        message.changed_by, message.changed_by_id = "Мария Иванова", uuid4()
        message.changed_at = uow.now - timedelta(hours=1)
        uow.session.flush()
        return message

    return begin
