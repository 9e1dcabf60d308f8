"""The control application: there for the check alone, without a number of the register."""

import pytest
from sqlalchemy import select

from obshto.modules.eservices.manifest import unfinished
from obshto.modules.eservices.models import Case
from obshto.modules.eservices.services.case_queries import Wanted, counts_of_lists, queue
from obshto.modules.eservices.services.control import plant
from obshto.modules.eservices.services.statistics import year_of
from obshto.ops.canary.marks import mark_of
from obshto.platform.clock import day_of
from obshto.platform.db.control_rows import show_control_rows

MARKS = ("1" * 18, "2" * 18)


@pytest.fixture
def mark(app):
    """The one that the leak watch plants in this village."""
    return mark_of(app.config["SECRET_KEY"], "gorno-selo", "eservices")


def test_it_is_planted_once_and_takes_the_mark_of_where_it_came_to(uow_in, owner):
    with uow_in("gorno-selo") as uow:
        with show_control_rows():
            for mark in (MARKS[0], MARKS[0], MARKS[1]):
                plant(uow, mark)
                uow.session.flush()
        assert uow.session.scalars(select(Case.applicant)).all() == [
            f"Контролно заявление {MARKS[1]}"
        ]
        uow.session.commit()
    assert owner("select count(*) from t_gorno_selo.eservices_counter") == [(0,)]


def test_the_leak_watch_alone_has_it_in_the_queue_and_it_counts_nowhere(uow_in, mark):
    with uow_in("gorno-selo") as uow:
        plant(uow, mark)
        uow.session.flush()
        today, done = day_of(uow.now), Wanted(list="done")
        with show_control_rows():
            assert len(uow.session.scalars(queue(uow, done, today=today)).all()) == 1
        counted = counts_of_lists(uow, Wanted(), today=today)
        assert uow.session.execute(counted).one().done == 0
        assert uow.session.scalars(queue(uow, done, today=today)).all() == []
        assert year_of(uow, today.year, today=today).terms == []
        assert unfinished(uow) == []
