"""What an edition is drawn by: sums of periods in their order, or of groups by their size."""

import io

from obshto.modules.opendata.services import editions
from obshto.modules.opendata.services.editions import LONGEST_CHART, Shape
from obshto.platform.datasets.writers import write_json

NAMES = ("month", "kind", "net")


def chart_of(*rows, **shape):
    file = io.BytesIO()
    write_json(file, NAMES, iter(rows))
    shape = {"chart": ("month", "net"), **shape}
    told = Shape(part="x", slug="x", columns=[{"name": name} for name in NAMES], **shape)
    return editions._chart(told, file)


def test_a_period_has_one_bar_with_its_sum_in_the_order_of_time():
    rows = (("2026-02", "a", 5), ("2025-12", "b", 1.5), ("2026-02", "b", 2), ("2026-01", "a", 4))
    assert chart_of(*rows) == [["2025-12", 1.5], ["2026-01", 4.0], ["2026-02", 7.0]]


def test_what_is_hidden_or_has_no_period_is_in_no_sum():
    rows = (("2026-01", "a", None), (None, "a", 3), ("", "a", 3), ("2026-01", "a", 2))
    assert chart_of(*rows) == [["2026-01", 2.0]]


def test_of_many_periods_the_last_are_drawn():
    months = [f"{year}-{month:02}" for year in (2024, 2025, 2026) for month in range(1, 13)]
    drawn = chart_of(*((month, "a", 1) for month in months))
    assert [month for month, _ in drawn] == months[-LONGEST_CHART:]


def test_years_are_periods_as_well_and_groups_stand_by_their_size():
    assert chart_of((2026, "a", 1), (2025, "a", 9)) == [[2025, 9.0], [2026, 1.0]]
    by_kind = {"chart": ("kind", ""), "is_by_period": False}
    rows = (("", "b", 1), ("", "a", 1), ("", "a", None))
    assert chart_of(*rows, **by_kind) == [["a", 2.0], ["b", 1.0]]
    assert chart_of(*rows, chart=None) == []
