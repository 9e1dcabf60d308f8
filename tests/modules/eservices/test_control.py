"""The control application: there for the check alone, without a number of the register."""

from dataclasses import replace
from uuid import uuid4

from sqlalchemy import func, select

from obshto.modules.eservices.manifest import unfinished
from obshto.modules.eservices.models import Case
from obshto.modules.eservices.services.case_queries import Wanted, counts, queue
from obshto.modules.eservices.services.control import plant
from obshto.modules.eservices.services.statistics import year_of
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import Principal

MARKS = ("1" * 18, "2" * 18)


def test_it_is_planted_once_and_takes_the_mark_of_where_it_came_to(uow_in, owner):
    with uow_in("gorno-selo") as uow:
        for mark in (MARKS[0], MARKS[0], MARKS[1]):
            plant(uow, mark)
            uow.session.flush()
        assert uow.session.scalars(select(Case.applicant)).all() == [
            f"Контролно заявление {MARKS[1]}"
        ]
        uow.session.commit()
    assert owner("select count(*) from t_gorno_selo.eservices_counter") == [(0,)]


def test_only_who_planted_it_has_it_in_the_queue_and_it_counts_nowhere(uow_in):
    with uow_in("gorno-selo") as uow:
        mine, other = (replace(uow, principal=Principal(person_id=uuid4())) for _ in range(2))
        plant(mine, MARKS[0])
        uow.session.flush()
        today, done = day_of(uow.now), Wanted(list="done")
        assert uow.session.scalar(select(func.count()).select_from(Case)) == 1
        assert (
            counts(mine, Wanted(), today=today)["done"] == 1
            and counts(other, Wanted(), today=today)["done"] == 0
        )
        assert uow.session.scalars(queue(other, done, today=today)).all() == []
        assert year_of(uow, today.year, today=today).terms == []
        assert unfinished(uow) == []
