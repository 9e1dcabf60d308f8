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
from obshto.billing.sharing.simulating import outlook
from obshto.billing.sharing.tariffs import (
    change_tariff,
    month_of,
    next_month,
    tariff_of,
    tariffs,
    write_tariff,
)
from obshto.billing.sharing.terms import Terms
from obshto.platform.clock import today
from obshto.platform.errors import Conflict

COMING = next_month(month_of(today()))


def write(work, terms, month=COMING, **more):
    told = {"in_force_on": month, "reason": "Опит", "request_id": uuid4(), **more}
    return write_tariff(work, terms, **told)


def test_a_version_in_force_is_not_changed(region, sharing):
    with region() as work, pytest.raises(InForceAlready):
        found = tariffs(work)[0]
        told = {"in_force_on": found.in_force_on, "reason": "Друга", "seen": found.version}
        change_tariff(work, found, Terms(), **told)


def test_not_even_the_database_changes_a_version_in_force(sharing, app_engine):
    with (
        pytest.raises(DBAPIError, match="never changed"),
        app_engine.begin() as connection,
    ):
        connection.execute(text("UPDATE shared.billing_tariff SET reason = 'x'"))


def test_a_version_to_come_is_changed_by_who_saw_it_last(region, sharing):
    with region() as work:
        made = write(work, sharing)
        told = {"in_force_on": COMING, "reason": "Опит"}
        change_tariff(work, made, replace(sharing, base_cents=1), seen=made.version, **told)
        with pytest.raises(Conflict):
            change_tariff(work, made, replace(sharing, base_cents=2), seen=0, **told)
    with region() as work:
        assert tariff_of(work, made.id).said.base_cents == 1


def test_the_same_form_writes_one_version(region, sharing):
    with region() as work:
        once = uuid4()
        first = write(work, sharing, request_id=once)
        assert write(work, sharing, request_id=once).id == first.id
        assert len(tariffs(work)) == 2


def test_a_new_version_holds_from_a_month_to_come_that_is_free(region, sharing, last_month):
    with region() as work:
        with pytest.raises(MonthIsPast):
            write(work, sharing, month=month_of(today()))
        write(work, sharing)
        with pytest.raises(MonthIsTaken):
            write(work, sharing)


def test_a_plan_by_which_somebody_shares_cannot_disappear(region, sharing):
    with region() as work, pytest.raises(PlanIsUsed):
        write(work, replace(sharing, plans=sharing.plans[1:]))


def test_a_plan_must_carry_what_is_on(region, sharing, owner):
    with region() as work:
        here = replace(
            sharer_named(work, "gorno-selo", COMING), modules=frozenset({"news", "polls"})
        )
        with pytest.raises(TooSmallAPlan):
            choose_plan(work, here, "2", since=COMING, request_id=uuid4())


def test_next_year_is_compared_with_this_one_by_the_formula_alone(region, sharing):
    year = today().year + 1
    with region() as work:
        write(work, replace(sharing, base_cents=360_000), month=date(year, 1, 1))
        found = outlook(work, year)
        assert [one.before_cents for one in found] == [one.cents - 60_000 for one in found]
        assert sum(one.part("base") for one in found) == 360_000
        tried = outlook(work, year, tried=sharing)
        assert [one.change_cents for one in tried] == [0, 0]
        assert {one.sharer.slug: one.part("modules") for one in tried} == {
            "gorno-selo": 14_400,
            "dolno-selo": 0,
        }


def test_a_month_follows_december():
    assert next_month(date(2026, 12, 1)) == date(2027, 1, 1)
    assert month_of(date(2026, 12, 1) - timedelta(days=1)) == date(2026, 11, 1)
