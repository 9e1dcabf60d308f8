"""Days, hours and departures: what a timetable means on a day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from obshto.modules.transit.services import gtfs
from obshto.modules.transit.services.last_bus import last_bus_home
from obshto.modules.transit.services.network import network_of
from obshto.modules.transit.services.rides import answers
from obshto.modules.transit.services.service_days import ServiceDays, read_spans, write_spans
from obshto.modules.transit.services.service_time import (
    moment_of,
    read_time,
    seconds_at,
    write_clock,
    write_time,
)
from obshto.platform.clock import SOFIA

MONDAY, SUNDAY = date(2026, 11, 30), date(2026, 12, 6)


@pytest.mark.parametrize("typed", ["8:05", "08:05", "8.05", "8,05", " 8:05 ч. ", "8 : 05"])
def test_hours_are_read_as_people_write_them(typed):
    assert read_time(typed) == 8 * 3600 + 300


@pytest.mark.parametrize("typed", ["25:70", "8", "30:00", "8:5", "осем", "8:60", "-8:05", "८:०५"])
def test_what_is_no_hour_is_refused(typed):
    with pytest.raises(ValueError):
        read_time(typed)


def test_nothing_and_after_midnight():
    assert [read_time(typed) for typed in ("", " ", "–", "-")] == [None] * 4
    assert (write_time(read_time("24:10")), write_clock(read_time("24:10"))) == ("24:10", "0:10")


def wall(moment):
    return moment.astimezone(SOFIA).strftime("%d %H:%M")


def test_both_clock_changes_leave_the_day_bus_where_it_is():
    for day in (date(2026, 3, 29), date(2026, 10, 25), MONDAY):
        assert wall(moment_of(day, read_time("8:00"))).endswith("08:00")
        assert seconds_at(day, moment_of(day, read_time("8:00"))) == read_time("8:00")


def test_a_night_bus_into_a_clock_change_takes_as_long_as_ever():
    saturday = date(2026, 3, 28)  # at three it becomes four
    leaves, arrives = (moment_of(saturday, read_time(t)) for t in ("26:30", "27:30"))
    assert arrives - leaves == timedelta(hours=1)
    assert (wall(leaves), wall(arrives)) == ("29 02:30", "29 04:30")


@pytest.mark.parametrize(
    ("holidays", "runs"), [("usual", True), ("never", False), ("always", True)]
)
def test_a_public_holiday(holidays, runs):
    liberation = date(2027, 3, 3)  # a Wednesday
    assert ServiceDays(frozenset({2}), holidays).runs_on(liberation) is runs
    assert ServiceDays(frozenset({6}), holidays).runs_on(liberation) is (holidays == "always")


def test_exceptions_by_date_win():
    spans = read_spans("24.12.2026 – 3.1.2027, 3.3.2027")
    assert spans == ["2026-12-24/2027-01-03", "2027-03-03/2027-03-03"]
    assert read_spans(write_spans(spans)) == spans
    week = frozenset(range(7))
    without = ((date(2026, 12, 24), date(2027, 1, 3)),)
    also = ((date(2026, 12, 31), date(2026, 12, 31)),)
    days = ServiceDays(week, "usual", without, also)
    asked = (date(2026, 12, 23), date(2026, 12, 24), date(2026, 12, 31), date(2027, 1, 4))
    assert [days.runs_on(day) for day in asked] == [True, False, True, True]


@pytest.mark.parametrize("typed", ["31.2.2026", "5.1.2027 – 1.1.2027", "утре", "1.1.1026"])
def test_days_that_are_none_are_refused(typed):
    with pytest.raises(ValueError):
        read_spans(typed)


def content(*trips, weekdays="0123456", alerts=(), **line):
    """Поле to Гора as a municipality publishes it."""
    stops = [
        {
            "id": key,
            "name": key,
            "settlement": key,
            "place": {"bg": f"с. {key}"},
            "latitude": 43.9 + number / 10,
            "longitude": 22.6,
            "access": "unknown",
        }
        for number, key in enumerate(("pole", "gora"))
    ]
    told = [{"calendar": "days", "times": [read_time(t) for t in times]} for times in trips]
    days = {"weekdays": weekdays, "holidays": "usual", "without": [], "also": []}
    words = dict.fromkeys(("number", "name", "carrier", "phone", "source"), "")
    dates = {"valid_from": None, "valid_until": None, "published_on": "2026-11-01"}
    directions = {"0": {"stops": ["pole", "gora"], "trips": told}}
    return {
        "lines": [words | dates | {"id": "line", "directions": directions} | line],
        "stops": stops,
        "calendars": [{"id": "days", "name": "дни"} | days],
        "alerts": list(alerts),
    }


def leaving(network, day, stop="pole"):
    begin = datetime.combine(day, datetime.min.time(), SOFIA).astimezone(UTC)
    return [wall(one.at) for one in network.departures([stop], begin, begin + timedelta(days=1))]


def test_next_departures_go_over_midnight():
    network = network_of({"a": content(("8:00", "8:30"), ("24:10", "24:40"))})
    assert leaving(network, MONDAY) == ["30 00:10", "30 08:00"]
    assert leaving(network, MONDAY, "gora") == []  # where it ends nobody boards


def test_a_cancelled_line_and_one_that_is_not_in_force_do_not_run():
    alert = {"id": "x", "line": "line", "is_cancelled": True, "text": "Сняг"}
    days = {"starts_on": MONDAY.isoformat(), "ends_on": MONDAY.isoformat()}
    network = network_of({"a": content(("8:00", "8:30"), alerts=[alert | days])})
    assert leaving(network, MONDAY) == []
    assert leaving(network, SUNDAY) == ["06 08:00"]
    over = network_of({"a": content(("8:00", "8:30"), valid_until="2026-11-29")})
    assert leaving(over, MONDAY) == []


def test_what_refers_to_nothing_is_left_out_and_the_rest_runs():
    """A stop and days that a line names are gone, as after a copy that came halfway."""
    whole = content(("8:00", "8:30"), ("9:00", "9:30"))
    way = whole["lines"][0]["directions"]["0"]
    way["stops"] = ["pole", "nowhere", "gora"]
    for trip in way["trips"]:
        trip["times"].insert(1, trip["times"][0] + 60)
    way["trips"][1]["calendar"] = "gone"
    network = network_of({"a": whole})
    assert leaving(network, MONDAY) == ["30 08:00"]
    assert network.lines["line"].directions["0"].stops == ("pole", "gora")
    whole["stops"] = whole["stops"][:1]
    assert leaving(network_of({"a": whole}), MONDAY) == []
    home = gtfs.Publisher(name="А", address="https://a.example", homes={"a": "https://a.example"})
    assert gtfs.write_feed(network, home, today=MONDAY)


def test_not_on_sundays():
    network = network_of({"a": content(("8:00", "8:30"), weekdays="012345")})
    assert (leaving(network, MONDAY), leaving(network, SUNDAY)) == (["30 08:00"], [])


def test_a_search_of_the_day_knows_the_bus_of_the_evening_before():
    network = network_of({"a": content(("8:00", "8:30"), ("24:10", "24:40"))})
    found = answers(network, MONDAY, {"pole"}, {"gora"})
    assert [write_time(one.departs) for one in found] == ["0:10", "8:00", "24:10"]


def test_the_last_bus_home_is_the_last_that_comes_from_elsewhere(province):
    content = province(lines=22, stops=120)
    network = network_of(content)
    home = {stop.settlement for stop in network.stops.values() if int(stop.settlement) % 2}
    morning = datetime(2026, 11, 30, 4, tzinfo=UTC)
    bus = last_bus_home(network, home, morning)
    assert bus.origin.settlement != bus.target.settlement and bus.target.settlement in home
    assert last_bus_home(network, home, bus.leaves_at) is None
    assert last_bus_home(network, {"none of them"}, morning) is None
