"""Promises as most tests want them: on in both villages, beside projects and consultations."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from obshto.modules.promises.services.promises import PromiseWords, give_promise
from obshto.platform.clock import day_of
from obshto.platform.thread.writer import write_stations

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def promises_on(house, config):
    engine = create_engine(config.migrator)
    on = "UPDATE shared.tenant SET modules = '{promises,news,projects,proposals}'"
    with engine.begin() as connection:
        connection.execute(text(on))
    yield
    engine.dispose()


@pytest.fixture
def uow(uow_in):
    with uow_in(VILLAGE) as begun:
        yield begun


@pytest.fixture
def give():
    """give(uow, days, **changed): promised a month ago, due in so many days, in the thread."""

    def begin(uow, days=10, **changed):
        today = day_of(uow.now)
        told = {
            "title": "Ремонт на чешмата",
            "words": "Обещано на срещата.",
            "settlement": "",
            "owes": "mayor",
            "office": "",
            "given_on": today - 30 * DAY,
            "due_on": today + days * DAY,
        }
        after = changed.pop("after", None)
        promise = give_promise(
            uow, PromiseWords(**(told | changed)), after=after, request_id=uuid4()
        )
        write_stations(uow)
        uow.session.flush()
        return promise

    return begin
