"""Times out of opening hours: on ordinary days, and on the two on which clocks are changed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obshto.platform.bookings.free_slots import times_on
from obshto.platform.clock import SOFIA
from obshto.platform.opening_hours.hours import Hours
from obshto.platform.opening_hours.hours_text import spans_of

FORWARD, BACK = date(2027, 3, 28), date(2026, 10, 25)


def hours(line):
    return Hours(week=(spans_of(line),) * 7, holidays=None)


def shown(found):
    return [f"{start.astimezone(SOFIA):%H:%M}" for start, _end in found]


def test_times_lie_within_the_hours_and_begin_where_these_begin():
    found = list(times_on([hours("8:30-12, 13-15")], date(2026, 12, 1), 60))
    assert shown(found) == ["08:30", "09:30", "10:30", "13:00", "14:00"]


def test_times_lie_within_the_hours_of_the_house_and_of_the_helper():
    both = [hours("10-14"), hours("8-12")]
    assert shown(times_on(both, date(2026, 12, 1), 60)) == ["10:00", "11:00"]
    assert shown(times_on([hours("10-14"), hours("затворено")], date(2026, 12, 1), 60)) == []


def test_the_hour_that_clocks_leave_out_is_no_time():
    assert shown(times_on([hours("денонощно")], FORWARD, 60))[:4] == [
        "00:00",
        "01:00",
        "02:00",
        "04:00",
    ]


def test_the_hour_that_clocks_show_twice_is_offered_once():
    found = list(times_on([hours("денонощно")], BACK, 60))
    assert shown(found).count("03:00") == 1
    assert (found[3][0], found[4][0]) == (
        datetime(2026, 10, 25, 0, tzinfo=UTC),
        datetime(2026, 10, 25, 2, tzinfo=UTC),
    )


@pytest.mark.parametrize("day", [FORWARD, BACK])
@given(opens=st.integers(0, 12), length=st.integers(1, 12), minutes=st.integers(15, 180))
def test_each_time_has_its_whole_length_and_none_lies_over_another(day, opens, length, minutes):
    line = f"{opens}-{opens + length}"
    found = list(times_on([hours(line)], day, minutes))
    assert all(end - start == timedelta(minutes=minutes) for start, end in found)
    assert all(a[1] <= b[0] for a, b in zip(found, found[1:], strict=False))
    assert all(start.astimezone(SOFIA).hour >= opens for start, _end in found)
