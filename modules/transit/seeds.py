"""Demonstration: an invented bus to Vidin in each municipality, and the lines that are known.

Hours of real lines are not known, so those stand without hours; what has hours says that it is
invented.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from obshto.modules.transit.models import BusLine
from obshto.modules.transit.services.edits import (
    CalendarDetails,
    LineDetails,
    StopDetails,
    write_calendar,
    write_line,
    write_stop,
    write_timetable,
)
from obshto.modules.transit.services.network import BusStop, distance
from obshto.modules.transit.services.publication import AlertDetails, publish_alert, publish_line
from obshto.modules.transit.services.queries import MIDDLE
from obshto.modules.transit.services.service_days import ONE_DAY, default_calendars
from obshto.modules.transit.services.service_time import HOUR, MINUTE
from obshto.modules.transit.services.timetable import Direction, Trip
from obshto.platform.clock import day_of
from obshto.platform.db.control_rows import control_id
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import named_settlements, points_of_settlements

DATA = Path(__file__).parent / "data"
VIDIN, TOWN = "vidin", "10971"
INVENTED = "Измислен пример за демонстрацията: проверете часа при превозвача."
Hours = tuple[tuple[str, int, int], ...]
SPEED = 11.0  # metres a second, as the crow flies
# Days and hour of departure from the village, then from Vidin.
THERE = (("not_sundays", 6, 20), ("workdays", 8, 30), ("daily", 13, 10))
BACK = (("not_sundays", 10, 20), ("workdays", 14, 30), ("daily", 17, 40))


def seed(uow: UnitOfWork) -> None:
    """Their request ids are made of their keys, so seeding twice is harmless."""
    days = {key: str(_days(uow, key, *told).id) for key, told in default_calendars().items()}
    codes = list(named_settlements(uow.scope.slug))[:4] or [""]
    if uow.scope.slug == VIDIN:
        _known_lines(uow)
        codes = [code for code in codes if code != TOWN]
    # From the last village by the seat to the city; the seat stands first in the list.
    stops = [_stop(uow, f"village-{n}", "центърът", code) for n, code in enumerate(codes[::-1])]
    stops.append(_stop(uow, "station", "автогарата", TOWN))
    names = [_name(uow, code) for code in (codes[-1], codes[0])]
    line = _line(uow, "to-vidin", " – ".join(dict.fromkeys((*names, "Видин"))), INVENTED)
    _both_ways(uow, line, stops, (THERE, BACK), days)
    school = _line(uow, "school", f"Училищен автобус {' – '.join(dict.fromkeys(names))}", INVENTED)
    own = stops[:-1] if len(stops) > 2 else stops  # noqa: PLR2004  from one stop to another
    _both_ways(uow, school, own, ((("school", 7, 5),), (("school", 13, 30),)), days)
    draft = _line(uow, "market", f"Пазарен автобус {names[0]} – {names[-1]}", INVENTED)
    _timetable(uow, draft, "0", stops[:2], (("market", 8, 0),), days)
    _stop(uow, "spare", "старата спирка", codes[0])


def _both_ways(
    uow: UnitOfWork,
    line: BusLine,
    stops: list[BusStop],
    hours: tuple[Hours, Hours],
    days: dict[str, str],
) -> None:
    """Published when the way there stands, and again with the way back: two editions."""
    for key, way, told in (("0", stops, hours[0]), ("1", stops[::-1], hours[1])):
        if key not in line.draft:
            _timetable(uow, line, key, way, told, days)
            publish_line(uow, line, expected_version=line.version)
            uow.session.flush()
    _tell(uow, line)


def _tell(uow: UnitOfWork, line: BusLine) -> None:
    today = day_of(uow.now)
    told = AlertDetails(
        text="Пример: заради ремонт автобусът спира на площада, а не на центъра.",
        starts_on=today + ONE_DAY,
        ends_on=today + 7 * ONE_DAY,
    )
    publish_alert(uow, line, told, request_id=_key(uow, f"alert-{line.name}"))


def _known_lines(uow: UnitOfWork) -> None:
    told = _all()
    station = _stop(uow, "station", "автогарата", TOWN)
    for name, codes in told["lines_2020"]:
        stops = [_stop(uow, f"known-{code}", "спирката", code) for code in codes]
        line = _line(uow, name, name, told["source_2020"])
        _timetable(uow, line, "0", [station, *stops], (), {})
        _publish(uow, line)
    names = told["line_6"]
    stops = [_stop(uow, f"6-{name}", name, TOWN) for name in names]
    line = _line(uow, "6", f"{names[0]} – {names[-1]}", told["source_6"], number="6")
    _timetable(uow, line, "0", stops, (), {})
    _publish(uow, line)


def _days(uow: UnitOfWork, key: str, name: str, weekdays: str, holidays: str) -> Any:
    details = CalendarDetails(name=name, weekdays=weekdays, holidays=holidays)
    return write_calendar(uow, details, request_id=_key(uow, f"days-{key}"))


def _stop(uow: UnitOfWork, key: str, name: str, code: str) -> BusStop:
    latitude, longitude = points_of_settlements().get(code, MIDDLE)
    stop = write_stop(uow, StopDetails(name=name, settlement=code), request_id=_key(uow, key))
    return BusStop(str(stop.id), name, code, {}, latitude, longitude, stop.access, "")


def _line(uow: UnitOfWork, key: str, name: str, source: str, number: str = "") -> BusLine:
    details = LineDetails(name=name, number=number, source=source)
    return write_line(uow, details, request_id=_key(uow, f"line-{key}"))


def _timetable(
    uow: UnitOfWork,
    line: BusLine,
    key: str,
    stops: list[BusStop],
    hours: Hours,
    days: dict[str, str],
) -> None:
    """Only where nobody has written one."""
    if key in line.draft:
        return
    offsets = [0]
    for here, there in zip(stops, stops[1:], strict=False):
        minutes = max(4, round(distance(here, there) / SPEED / MINUTE))
        offsets.append(offsets[-1] + minutes * MINUTE)
    trips = tuple(
        Trip(days[word], tuple(hour * HOUR + minute * MINUTE + offset for offset in offsets))
        for word, hour, minute in hours
    )
    way = Direction(tuple(stop.id for stop in stops), trips)
    write_timetable(uow, line, key, way, expected_version=line.version)
    uow.session.flush()


def _publish(uow: UnitOfWork, line: BusLine) -> None:
    if not line.shown:
        publish_line(uow, line, expected_version=line.version)
        uow.session.flush()


def _name(uow: UnitOfWork, code: str) -> str:
    written = named_settlements(uow.scope.slug).get(code, {}).get("bg", "село Пример")
    return written.partition(" ")[2]


def _key(uow: UnitOfWork, key: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"transit/{uow.scope.slug}/{key}")


@cache
def _all() -> dict[str, Any]:
    told: dict[str, Any] = json.loads((DATA / "vidin.json").read_text("utf-8"))
    return told


def plant(uow: UnitOfWork, mark: str) -> None:
    """A draft with that number, which is never published: whoever finds it found a leak."""
    details = LineDetails(
        name=f"Контролна чернова {mark}",
        source="С нея ИТ екипът проверява, че никой не вижда чужди данни. Не я публикувайте.",
    )
    write_line(uow, details, request_id=control_id(mark))
