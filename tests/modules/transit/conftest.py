"""A small network: a village, the town, a neighbour, and hours between them."""

from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from obshto.modules.transit.services.edits import (
    CalendarDetails,
    LineDetails,
    StopDetails,
    write_calendar,
    write_line,
    write_stop,
    write_timetable,
)
from obshto.modules.transit.services.publication import publish_line
from obshto.modules.transit.services.service_days import default_calendars
from obshto.modules.transit.services.service_time import read_time
from obshto.modules.transit.services.timetable import Direction, Trip

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
POINTS = {"Поле": (43.90, 22.60), "Гора": (43.92, 22.70), "Град": (43.99, 22.87)}
CODES = {"Поле": "00002", "Гора": "00001", "Град": "00003"}


@pytest.fixture(autouse=True)
def switched_on(house, config):
    """Buses are on in both villages; there are two settlements here and one over there."""
    engine = create_engine(config.migrator)
    add = text(
        "INSERT INTO shared.settlement (ekatte, municipality, kind, names, is_seat, sort_key)"
        " VALUES ('00001', :own, 'град', '{\"bg\": \"Гора\", \"en\": \"Gora\"}', true, 'a'),"
        " ('00002', :own, 'село', '{\"bg\": \"Поле\", \"en\": \"Pole\"}', false, 'b'),"
        " ('00003', :other, 'град', '{\"bg\": \"Град\", \"en\": \"Grad\"}', true, 'c')"
    )
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = array['news', 'transit']"))
        connection.execute(add, {"own": VILLAGE, "other": NEIGHBOUR})
    yield
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM shared.settlement"))
        connection.execute(text("DELETE FROM shared.regional_timetable"))
    engine.dispose()


@pytest.fixture
def uow(uow_in):
    with uow_in(VILLAGE) as begun:
        yield begun


@pytest.fixture
def daily():
    """daily(uow, **changed): days of service, every day."""

    def begin(uow, **changed):
        told = {"name": "всеки ден", "weekdays": "0123456", "holidays": "usual"} | changed
        row = write_calendar(uow, CalendarDetails(**told), request_id=uuid4())
        uow.session.flush()
        return row

    return begin


@pytest.fixture
def stop():
    """stop(uow, "Поле"): a stop in the middle of that place."""

    def begin(uow, place="Поле", **changed):
        latitude, longitude = POINTS[place]
        told = {"settlement": CODES[place], "latitude": latitude, "longitude": longitude}
        details = StopDetails(**{"name": f"спирка {place}", **told, **changed})
        row = write_stop(uow, details, request_id=uuid4())
        uow.session.flush()
        return row

    return begin


@pytest.fixture
def timed(daily, stop):
    """timed(uow, ("8:00", "8:30"), …): a draft from Поле to Гора with these trips."""

    def begin(uow, *trips, places=("Поле", "Гора"), name="Поле – Гора", key="0", line=None, **more):
        stops = more.pop("stops", None) or [stop(uow, place) for place in places]
        days = more.pop("days", None) or daily(uow)
        line = line or write_line(uow, LineDetails(name=name, **more), request_id=uuid4())
        uow.session.flush()
        told = tuple(Trip(str(days.id), tuple(read_time(t) for t in times)) for times in trips)
        way = Direction(tuple(str(one.id) for one in stops), told)
        write_timetable(uow, line, key, way, expected_version=line.version)
        uow.session.flush()
        return line

    return begin


@pytest.fixture
def public(timed):
    """The same, published."""

    def begin(uow, *trips, **more):
        line = timed(uow, *trips, **more)
        publish_line(uow, line, expected_version=line.version)
        uow.session.flush()
        return line

    return begin


@pytest.fixture
def province(app):
    """province(lines=60, stops=900): content of eleven municipalities that share so many lines."""
    with app.test_request_context():
        yield _province


def _province(lines=60, stops=900, trips=12, halts=15):
    """Content by municipality: eleven of them share the lines; lines meet at every seventh stop."""
    slugs = [f"m{number}" for number in range(11)]
    side = 30
    places = [
        {
            "id": f"stop-{number}",
            "name": f"Спирка {number}",
            "settlement": f"{number // 6:05}",
            "place": {"bg": f"с. Село {number // 6}"},
            "latitude": 43.5 + number % side * 0.02,
            "longitude": 22.4 + number // side * 0.02,
            "access": "unknown",
        }
        for number in range(stops)
    ]
    calendars = [
        {"id": key, "name": name, "weekdays": days, "holidays": rule, "without": [], "also": []}
        for key, (name, days, rule) in default_calendars().items()
    ]
    content = {
        slug: {"lines": [], "stops": places, "calendars": calendars, "alerts": []} for slug in slugs
    }
    words = ("workdays", "daily", "not_sundays")
    for number in range(lines):
        step = 1 + number % 3 * side
        route = [f"stop-{(number * halts + place * step) % stops}" for place in range(halts)]
        runs = [
            {
                "calendar": words[(number + trip) % 3],
                "times": [5 * 3600 + trip * 4500 + place * 480 for place in range(halts)],
            }
            for trip in range(trips)
        ]
        back = {"stops": route[::-1], "trips": runs}
        content[slugs[number % 11]]["lines"].append(
            {
                "id": f"line-{number}",
                "number": str(number + 1),
                "name": f"Линия {number + 1}",
                "carrier": f"Превозвач {number % 7}",
                "phone": "0938 12 345",
                "source": "Пример",
                "valid_from": None,
                "valid_until": None,
                "published_on": "2026-11-01",
                "directions": {"0": {"stops": route, "trips": runs}, "1": back},
            }
        )
    return content
