"""Equal space and the time of a campaign, each case computed by hand."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obshto.modules.referendum.services.campaign_time import campaign_time
from obshto.modules.referendum.services.equal_space import (
    balance_of,
    first_side,
    letters,
    why_of_balance,
)

SOFIA = ZoneInfo("Europe/Sofia")


@pytest.mark.parametrize(
    ("yes", "no", "limit", "gap", "allowed", "holds"),
    [
        (100, 100, 10, 0, 10, True),
        (100, 90, 10, 10, 10, True),  # 10 % of 100 is 10: exactly the limit
        (100, 89, 10, 11, 10, False),  # one letter more
        (90, 100, 10, 10, 10, True),  # the same the other way round
        (99, 90, 10, 9, 9, True),  # 9.9 is rounded down to 9
        (99, 89, 10, 10, 9, False),
        (1, 1, 0, 0, 0, True),
        (2, 1, 0, 1, 0, False),  # no difference at all is allowed
        (3000, 2700, 10, 300, 300, True),
        (3000, 2699, 10, 301, 300, False),
    ],
)
def test_the_difference_is_a_number_with_an_exact_limit(yes, no, limit, gap, allowed, holds):
    found = balance_of(["д" * yes], ["н" * no], limit=limit)
    assert (found.gap, found.allowed, found.holds) == (gap, allowed, holds)
    assert why_of_balance(found).holds is holds


def test_all_participants_of_a_side_share_its_room():
    assert balance_of(["а" * 40, "б" * 60], ["в" * 100], limit=0).holds


def test_blanks_and_empty_lines_take_no_room():
    assert letters("  Да,\n\n\n това   е ") == letters("Да, това е") == 10


def test_one_side_alone_is_shown_only_by_the_wider_reading():
    assert not balance_of(["Да"], [], limit=30).holds
    assert balance_of(["Да"], [], limit=0, lone=True).holds
    assert not balance_of([], [], limit=30, lone=True).holds  # nothing is no text


@given(st.integers(1, 5000), st.integers(1, 5000), st.integers(0, 30))
def test_no_side_gains_by_being_the_first(yes, no, limit):
    there = balance_of(["x" * yes], ["y" * no], limit=limit)
    back = balance_of(["y" * no], ["x" * yes], limit=limit)
    assert (there.gap, there.allowed, there.holds) == (back.gap, back.allowed, back.holds)


def test_the_first_place_changes_each_day():
    days = [date(2026, 12, 30) + timedelta(days=n) for n in range(4)]  # over a year's end, too
    assert len({first_side(day) for day in days[:2]}) == 2
    assert first_side(days[0]) == first_side(days[2]) != first_side(days[1])


@pytest.mark.parametrize(
    ("vote_on", "opens_on", "closes_on"),
    [
        (date(2026, 12, 20), date(2026, 11, 20), date(2026, 12, 19)),
        (date(2027, 3, 28), date(2027, 2, 26), date(2027, 3, 27)),  # the clock goes forward
        (date(2027, 10, 31), date(2027, 10, 1), date(2027, 10, 30)),  # the clock goes back
        (date(2027, 3, 1), date(2027, 1, 30), date(2027, 2, 28)),
    ],
)
def test_the_campaign_is_from_thirty_days_to_a_whole_day_before(vote_on, opens_on, closes_on):
    told = campaign_time(vote_on)
    opens, closes = (datetime(*day.timetuple()[:3], tzinfo=SOFIA) for day in (opens_on, closes_on))
    assert (told.opens_at, told.closes_at) == (opens, closes)
    second = timedelta(seconds=1)
    assert [told.state(at) for at in (opens - second, opens)] == ["before", "open"]
    assert [told.state(at) for at in (closes - second, closes)] == ["open", "silent"]
    assert told.state(told.over_at) == "over"
