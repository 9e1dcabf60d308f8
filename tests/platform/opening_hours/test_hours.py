"""Opening hours: read as clerks write them, told as they are at a moment."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obshto.platform.clock import SOFIA
from obshto.platform.opening_hours.errors import (
    ChangeUnclear,
    HoursOverlap,
    HoursUnclear,
    TooManyChanges,
)
from obshto.platform.opening_hours.hours import (
    CLOSED,
    Hours,
    Span,
    Standing,
    read,
    state_of,
    stored,
)
from obshto.platform.opening_hours.hours_text import (
    MOST_CHANGES,
    changes_of,
    changes_text,
    holidays_line,
    holidays_of,
    line_of,
    spans_of,
)
from obshto.platform.workdays import is_holiday

WORK = spans_of("8-12, 13-17")
WEEK = (WORK,) * 5 + (CLOSED,) * 2
USUAL = Hours(week=WEEK)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=SOFIA)


def told(hours, text):
    state = state_of(hours, at(text))
    changes = state.changes_at.strftime("%d.%m. %H:%M") if state.changes_at else None
    return state.standing.value, changes, state.days_ahead


@pytest.mark.parametrize(
    "line",
    [
        "08:00-12:00, 13:00-17:00",
        "8-12,13-17",
        "8.00 – 12.00; 13.00 – 17.00",
        "от 8 до 12 ч., от 13 до 17 часа",
        "13-17, 8-12",
    ],
)
def test_a_clerk_may_write_hours_in_any_usual_way(line):
    assert spans_of(line) == (Span(480, 720), Span(780, 1020))


@pytest.mark.parametrize("line", ["", "  ", "затворено", "Затворено", "closed", "Închis"])
def test_an_empty_line_is_closed_and_so_is_the_word(line):
    assert spans_of(line) == CLOSED


@pytest.mark.parametrize("line", ["денонощно", "0-24", "00:00-24:00", "non-stop"])
def test_day_and_night_is_a_whole_day(line):
    assert spans_of(line) == (Span(0, 1440),)


@pytest.mark.parametrize(
    "line",
    [
        "8",
        "8-25",
        "8:60-9",
        "осем до пет",
        "8-12-17",
        "-",
        "8-8",
        "24-8",
        "٨-١٢",
        "8-12\0",
        "9" * 400,
    ],
)
def test_what_is_no_hours_is_said_with_the_piece_that_is_wrong(line):
    with pytest.raises(HoursUnclear) as refused:
        spans_of(line)
    assert refused.value.values["piece"] in line


@pytest.mark.parametrize("line", ["8-12, 11-17", "8-17, 9-10", "20-4, 3-5", "0-24, 8-9", ","])
def test_hours_that_lie_over_each_other_are_refused(line):
    with pytest.raises(HoursOverlap):
        spans_of(line)


spans = st.lists(st.integers(0, 1439), min_size=2, max_size=8, unique=True).map(
    lambda minutes: tuple(
        Span(*pair) for pair in zip(sorted(minutes)[::2], sorted(minutes)[1::2], strict=False)
    )
)


@given(spans)
def test_what_is_written_back_is_read_the_same(found):
    assert spans_of(line_of(found)) == found


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text):
    for reader in (spans_of, holidays_of, changes_of):
        try:
            reader(text)
        except (HoursUnclear, HoursOverlap, ChangeUnclear, TooManyChanges) as refusal:
            assert str(refusal)


@pytest.mark.parametrize(
    "text",
    [
        "24.12-26.12: затворено",
        "3.8.2027-14.8.2027: 8:00-12:00",
        "1.6-31.8 сб-нд: 10:00-18:00",
        "29.2: денонощно",
        "20.12-10.1 пт: 8:00-12:00, 13:00-14:00",
        "31.12.2026-2.1.2027: затворено",
    ],
)
def test_exceptions_are_written_back_as_they_were_read(text):
    assert changes_text(changes_of(text)) == text


@pytest.mark.parametrize(
    "line",
    [
        "24.12",
        "24.12:",
        "31.2: 8-12",
        "24.13: 8-12",
        "коледа: затворено",
        "1.6 хх: 8-12",
        "1.6 нд-пн: 8-12",
        "5.8.2027-1.8.2027: 8-12",
        "1.1-5.1.2027: 8-12",
    ],
)
def test_an_unclear_exception_names_its_line(line):
    with pytest.raises(ChangeUnclear) as refused:
        changes_of(f"24.12: затворено\n\n{line}")
    assert refused.value.values == {"line": 3, "piece": line}


def test_there_may_not_be_more_exceptions_than_anybody_can_read():
    with pytest.raises(TooManyChanges):
        changes_of("1.1: 8-12\n" * (MOST_CHANGES + 1))


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-24 07:59", ("closed", "24.11. 08:00", 0)),
        ("2026-11-24 08:00", ("open", "24.11. 12:00", 0)),
        ("2026-11-24 11:59", ("open", "24.11. 12:00", 0)),
        ("2026-11-24 12:00", ("closed", "24.11. 13:00", 0)),
        ("2026-11-24 17:00", ("closed", "25.11. 08:00", 1)),
        ("2026-11-27 17:00", ("closed", "30.11. 08:00", 3)),
    ],
)
def test_open_now_is_what_the_week_says(moment, expected):
    assert told(USUAL, moment) == expected


def test_on_a_public_holiday_the_week_does_not_count():
    assert is_holiday(date(2026, 12, 24))
    # 24 to 26 December are holidays, the 28th is one in place of the 26th.
    assert told(USUAL, "2026-12-24 09:00") == ("closed", "29.12. 08:00", 5)
    as_usual = Hours(week=WEEK, holidays=None)
    assert told(as_usual, "2026-12-24 09:00") == ("open", "24.12. 12:00", 0)
    shorter = Hours(week=WEEK, holidays=spans_of("9-11"))
    assert told(shorter, "2026-12-24 10:00") == ("open", "24.12. 11:00", 0)


def test_an_exception_counts_before_a_holiday_and_the_first_one_wins():
    hours = Hours(week=WEEK, changes=changes_of("24.12: 8-10\n20.12-31.12: затворено"))
    assert told(hours, "2026-12-24 09:00") == ("open", "24.12. 10:00", 0)
    assert told(hours, "2026-12-22 09:00") == ("closed", "24.12. 08:00", 2)


def test_a_season_over_new_year_holds_on_both_sides():
    hours = Hours(week=WEEK, holidays=None, changes=changes_of("20.12-10.1: 10-12"))
    assert hours.on(date(2026, 12, 21)) == hours.on(date(2027, 1, 8)) == spans_of("10-12")
    assert hours.on(date(2027, 1, 11)) == WORK


def test_a_season_may_change_only_some_days_of_the_week():
    hours = Hours(week=WEEK, changes=changes_of("1.6-31.8 сб-нд: 10-18"))
    assert hours.on(date(2027, 7, 3)) == spans_of("10-18")
    assert hours.on(date(2027, 7, 2)) == WORK


def test_a_change_of_one_year_is_none_of_the_next():
    hours = Hours(week=WEEK, changes=changes_of("2.8.2027-13.8.2027: затворено"))
    assert hours.on(date(2027, 8, 3)) == CLOSED
    assert hours.on(date(2028, 8, 3)) == WORK


def test_who_opens_at_night_is_open_after_midnight():
    bar = Hours(week=(spans_of("20-2"),) * 7, holidays=None)
    assert told(bar, "2026-11-24 23:00") == ("open", "25.11. 02:00", 1)
    assert told(bar, "2026-11-25 01:59") == ("open", "25.11. 02:00", 0)
    assert told(bar, "2026-11-25 02:00") == ("closed", "25.11. 20:00", 0)


def test_day_and_night_has_no_closing_time():
    always = Hours(week=(spans_of("денонощно"),) * 7, holidays=None)
    assert told(always, "2026-11-24 03:00") == ("always", None, 0)


def test_two_whole_days_are_one_stretch():
    weekend = Hours(week=(CLOSED,) * 5 + (spans_of("0-24"),) * 2)
    assert told(weekend, "2026-11-28 12:00") == ("open", "30.11. 00:00", 2)


def test_hours_are_those_of_the_clock_on_the_wall_when_clocks_are_put_back():
    sunday = Hours(week=(CLOSED,) * 6 + (spans_of("8-12"),))
    assert told(sunday, "2026-10-25 07:59")[0] == "closed"
    assert told(sunday, "2026-10-25 08:00") == ("open", "25.10. 12:00", 0)


def test_where_nothing_is_known_nothing_is_claimed():
    assert state_of(None, at("2026-11-24 09:00")).standing == Standing.UNKNOWN
    assert told(Hours(), "2026-11-24 09:00") == ("closed", None, 0)


def test_what_is_stored_is_read_back():
    hours = Hours(
        week=WEEK, holidays=None, changes=changes_of("24.12.2026: 8-10\n1.6-31.8 сб: 9-12")
    )
    assert read(stored(hours)) == hours
    assert read(stored(None)) is None


def test_holidays_are_written_back_as_they_were_read():
    for line in ("както обикновено", "9:00-11:00", ""):
        assert holidays_line(holidays_of(line)) == line
