"""Versions of the formula: what municipalities pay by is never altered behind them."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from obshto.billing.sharing.errors import (
    InForceAlready,
    MonthIsPast,
    MonthIsTaken,
    PlanIsUsed,
    TooSmallAPlan,
)
from obshto.billing.sharing.members import choose_plan, sharer_named
from obshto.billing.sharing.simulation import outlook
from obshto.billing.sharing.tariff_terms import Terms
from obshto.billing.sharing.tariffs import (
    change_tariff,
    month_of,
    next_month,
    tariff_of,
    tariffs,
    write_tariff,
)
from obshto.platform.clock import today
from obshto.platform.errors import Conflict

COMING = next_month(month_of(today()))


def write(uow, terms, month=COMING, **more):
    told = {"in_force_on": month, "reason": "Опит", "request_id": uuid4(), **more}
    return write_tariff(uow, terms, **told)


def test_a_version_in_force_is_not_changed(region, sharing):
    with region() as uow, pytest.raises(InForceAlready):
        found = tariffs(uow)[0]
        told = {
            "in_force_on": found.in_force_on,
            "reason": "Друга",
            "expected_version": found.version,
        }
        change_tariff(uow, found, Terms(), **told)


def test_not_even_the_database_changes_a_version_in_force(sharing, app_engine):
    with (
        pytest.raises(DBAPIError, match="never changed"),
        app_engine.begin() as connection,
    ):
        connection.execute(text("UPDATE shared.billing_tariff SET reason = 'x'"))


def test_a_version_to_come_is_changed_by_who_saw_it_last(region, sharing):
    with region() as uow:
        made = write(uow, sharing)
        told = {"in_force_on": COMING, "reason": "Опит"}
        change_tariff(
            uow, made, replace(sharing, base_cents=1), expected_version=made.version, **told
        )
        with pytest.raises(Conflict):
            change_tariff(uow, made, replace(sharing, base_cents=2), expected_version=0, **told)
    with region() as uow:
        assert tariff_of(uow, made.id).said.base_cents == 1


def test_the_same_form_writes_one_version(region, sharing):
    with region() as uow:
        once = uuid4()
        first = write(uow, sharing, request_id=once)
        assert write(uow, sharing, request_id=once).id == first.id
        assert len(tariffs(uow)) == 2


def test_a_new_version_holds_from_a_month_to_come_that_is_free(region, sharing, last_month):
    with region() as uow:
        with pytest.raises(MonthIsPast):
            write(uow, sharing, month=month_of(today()))
        write(uow, sharing)
        with pytest.raises(MonthIsTaken):
            write(uow, sharing)


def test_a_plan_by_which_somebody_shares_cannot_disappear(region, sharing):
    with region() as uow, pytest.raises(PlanIsUsed):
        write(uow, replace(sharing, plans=sharing.plans[1:]))


def test_a_plan_must_carry_what_is_on(region, sharing, owner):
    with region() as uow:
        here = replace(
            sharer_named(uow, "gorno-selo", COMING), modules=frozenset({"news", "polls"})
        )
        with pytest.raises(TooSmallAPlan):
            choose_plan(uow, here, "2", since=COMING, request_id=uuid4())


def test_next_year_is_compared_with_this_one_by_the_formula_alone(region, sharing):
    year = today().year + 1
    with region() as uow:
        write(uow, replace(sharing, base_cents=360_000), month=date(year, 1, 1))
        found = outlook(uow, year)
        assert [one.before_cents for one in found] == [one.cents - 60_000 for one in found]
        assert sum(one.part("base") for one in found) == 360_000
        tried = outlook(uow, year, tried=sharing)
        assert [one.change_cents for one in tried] == [0, 0]
        assert {one.sharer.slug: one.part("modules") for one in tried} == {
            "gorno-selo": 14_400,
            "dolno-selo": 0,
        }


def test_a_month_follows_december():
    assert next_month(date(2026, 12, 1)) == date(2027, 1, 1)
    assert month_of(date(2026, 12, 1) - timedelta(days=1)) == date(2026, 11, 1)
