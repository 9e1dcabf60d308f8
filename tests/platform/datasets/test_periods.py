"""The time that rows tell of: years, months and days, the first and the last of them."""

from datetime import date

import pytest

from obshto.platform.datasets.periods import covered, span_of


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        (2024, date(2024, 1, 1), date(2024, 12, 31)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-02-10", date(2024, 2, 10), date(2024, 2, 10)),
        ("2024-02-10T08:00:00+02:00", date(2024, 2, 10), date(2024, 2, 10)),
    ],
)
def test_a_cell_is_a_year_a_month_or_a_day(cell, first, last):
    assert span_of(cell) == (first, last)


@pytest.mark.parametrize("cell", [None, True, 12.5, "", "пролет", "2024-13", "20241", 0])
def test_what_is_no_time_tells_of_none(cell):
    assert span_of(cell) is None


def test_rows_cover_from_the_first_day_to_the_last():
    rows = [{"on": "2025-03-04", "to": None}, {"on": "2024-07", "to": "2025-04"}, {"on": "?"}]
    assert covered(rows, ("on", "to")) == (date(2024, 7, 1), date(2025, 4, 30))
    assert covered(rows, ()) is None and covered([], ("on",)) is None
