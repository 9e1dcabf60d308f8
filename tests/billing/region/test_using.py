"""What is used is counted once, in its own municipality."""

from datetime import datetime
from uuid import uuid4

from obshto.billing.sharing.formula import days_of
from obshto.billing.sharing.rounding import rounded
from obshto.billing.sharing.simulation import of_year
from obshto.billing.sharing.tariff_terms import Metered
from obshto.billing.sharing.tariffs import month_of
from obshto.billing.sharing.usage import count, count_messages, count_the_day, used_in
from obshto.platform.clock import SOFIA, today
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

VILLAGE = "gorno-selo"


def run(app, job, **more):
    with app.app_context(), open_uow(scope_named(VILLAGE), Principal.system("test")) as uow:
        job(uow, **more)


def test_a_day_is_counted_once_however_often_the_job_runs(app, region):
    for _ in range(3):
        run(app, count_the_day)
    with region() as uow:
        used = used_in(uow, month_of(today()))
    assert set(used) == {VILLAGE}
    assert used[VILLAGE].modules == {"news": 1}
    assert used[VILLAGE].meters[Metered.STORAGE] > 0


def test_messages_are_counted_by_the_fact_that_tells_of_them(app, region):
    at = datetime(2026, 3, 31, 23, 30, tzinfo=SOFIA).isoformat()
    told = {"subject_id": str(uuid4()), "parts": 2, "at": at}
    for _ in range(2):
        run(app, count_messages, payload=told)
    with region() as uow:
        used = used_in(uow, datetime.fromisoformat(at).date().replace(day=1))
    assert used[VILLAGE].meters == {Metered.SMS: 2}


def test_a_month_that_is_over_is_reckoned_by_what_was_on_then(region, sharing, last_month):
    """Last month: five days of news. Later on nobody asks what is on today for it."""
    with region() as uow:
        for n in range(1, 6):
            day, key = last_month.replace(day=n), f"module:news:{n}"
            count(uow, "gorno-selo", key, word="module:news", day=day, number=1)
        [here, _other] = of_year(uow, last_month.year)
        assert here.sharer.slug == "gorno-selo"
        to_come = 12 - last_month.month  # months of that year in which it is on as it is today
        then = rounded(1200, 5, days_of(last_month))
        assert here.lines["module:news"] == then + to_come * 1200
        assert here.part("base") == 10_000 * (to_come + 1)


def test_who_did_not_share_in_a_year_is_not_among_those_who_pay(region, sharing, last_month):
    with region() as uow:
        assert of_year(uow, last_month.year - 1) == []
        assert len(of_year(uow, last_month.year + 1)) == 2
