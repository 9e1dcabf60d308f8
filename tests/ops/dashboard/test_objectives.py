"""What was promised for 30 days, what is left of it, when it goes too fast."""

from obshto.ops.dashboard.metrics import take_readings
from obshto.ops.dashboard.objectives import (
    Objective,
    availability_told,
    count_objective,
    objective_of,
)
from obshto.platform.unit_of_work import ANONYMOUS, open_uow


def minute(put, ago, requests, errors, buckets):
    put(
        "INSERT INTO shared.request_minute VALUES ('gorno-selo', date_trunc('minute', now())"
        f" - interval '{ago}', {requests}, {errors}, ARRAY{buckets})"
    )


def test_the_sums_of_thirty_days_are_counted_in_one_municipality(put, uow_in):
    quick, slow = [0, 0, 0, 0, 0, 990, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 10, 0, 0, 0, 0, 0]
    minute(put, "1 day", 990, 1, quick)
    minute(put, "2 days", 10, 1, slow)
    minute(put, "31 days", 500, 500, slow)
    with uow_in(None) as region:
        assert dict(count_objective(region, "gorno-selo")) == {
            "slo.requests": 1000,
            "slo.errors": 2,
            "slo.slow": 10,
        }
        assert set(count_objective(region, "dolno-selo").values()) == {0}


def test_the_page_of_the_state_tells_it_once_enough_was_asked(put, app, uow_in):
    minute(put, "1 day", 10_000, 5, [10_000] + [0] * 11)
    with app.app_context(), open_uow(None, ANONYMOUS) as region:
        assert availability_told(region, "gorno-selo") is None
    with uow_in("gorno-selo") as uow:
        take_readings(uow)
    with app.app_context(), open_uow(None, ANONYMOUS) as region:
        assert availability_told(region, "gorno-selo") == 0.9995


def test_a_tenth_of_the_budget_in_an_hour_wakes_somebody():
    calm = Objective(requests=1_000_000, errors=100, slow=0, errors_of_hour=49)
    assert (round(calm.budget), round(calm.left, 2), calm.burns) == (500, 0.8, False)
    assert Objective(requests=1_000_000, errors=100, slow=0, errors_of_hour=51).burns
    assert not Objective(requests=10, errors=9, slow=0, errors_of_hour=9).burns
    assert objective_of({}).availability == 1.0


def test_it_stands_on_the_page_of_the_municipality(put, operator):
    for word, number in (("slo.requests", 100_000), ("slo.errors", 80), ("slo.slow", 9_000)):
        put(
            "INSERT INTO shared.reading VALUES"
            f" ('gorno-selo', '{word}', CURRENT_DATE, {number}, now())"
        )
    page = operator.get("/municipalities/gorno-selo").text
    assert "Достъпността за 30 дни е под обещаните" in page
    assert "За 30 дни твърде много страници са бавни" in page
