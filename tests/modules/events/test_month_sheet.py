"""A month as a poster: each event once, the letters as large as all of it allows."""

from datetime import timedelta

import pytest

from obshto.modules.events.services.changes import cancel_event
from obshto.modules.events.services.month_sheet import SheetRow, sheet_of
from obshto.platform.clock import SOFIA, day_of, now

DAY = timedelta(days=1)


@pytest.fixture
def next_month():
    """The first day of the month to come, at noon."""
    first = (now().astimezone(SOFIA).replace(day=1) + 32 * DAY).replace(day=1)
    return first.replace(hour=12, minute=0, second=0, microsecond=0)


def rows(number, title="Концерт на хора"):
    told = {"days": "5 декември, събота", "hours": "19:00 ч. – 21:00 ч.", "where": "Кула"}
    return [SheetRow(day=now().date(), title=title, **told) for _ in range(number)]


def test_few_are_large_many_are_small_and_what_is_left_is_counted():
    sheets = [sheet_of(rows(number)) for number in (2, 8, 10, 12, 200)]
    assert [one.size for one in sheets] == ["huge", "large", "middle", "small", "small"]
    assert [one.left for one in sheets[:4]] == [0, 0, 0, 0]
    assert len(sheets[4].rows) + sheets[4].left == 200 and sheets[4].left > 150
    assert len(sheet_of(rows(200, "Много дълго заглавие " * 5)).rows) < len(sheets[4].rows)
    assert sheet_of([]).rows == []


def test_the_larger_paper_holds_more():
    small, large = sheet_of(rows(22), "a4"), sheet_of(rows(22), "a3")
    assert small.left and not large.left and large.size == "fine"
    assert sheet_of(rows(2), "a3").size == "huge"


def test_what_repeats_stands_once_and_a_day_that_is_called_off_apart(visit, standing, next_month):
    def without_a_day(uow, event):
        on = day_of(event.starts_at + 7 * DAY)
        cancel_event(uow, event, note="Празник", expected_version=event.version, on=on)

    standing(without_a_day, title="Пазар", repeats="weekly", starts_at=next_month, settlement="")
    standing(title="Там", starts_at=next_month, settlement="00002")
    month = f"{next_month:%Y-%m}"
    page = visit(f"/events/month/{month}/poster").text.replace("\xa0", " ")
    assert page.count("Пазар</h2>") == 2 and page.count("Отменено") == 1 and "Празник" in page
    days = [next_month.day + 7 * n for n in (0, 2, 3)]
    assert ", ".join(map(str, days)) in page
    assert "Там" in page and "is-a4" in page and "is-huge" in page
    other = visit(f"/events/month/{month}/poster?size=a3&place=00001").text
    assert "Там" not in other and "is-a3" in other and "Горно" in other
    assert f"/events/month/{month}/poster" in visit(f"/events/month/{month}").text
    assert visit("/events/month/1999-01/poster").status_code == 404
    assert "is-a4" in visit(f"/events/month/{month}/poster?size=a0").text
