"""A network of lines as everybody may see it: of one municipality or of several together.

It is made of plain content (`services.published`), so that the region and a municipality read the
same thing in the same way.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from math import cos, hypot, radians
from typing import Any

from obshto.modules.transit.services.journeys import Connection, sorted_connections
from obshto.modules.transit.services.service_days import ServiceDays, days_of
from obshto.modules.transit.services.service_time import day_zero, moment_of
from obshto.modules.transit.services.timetable import Direction, Trip, directions_of

DEGREE = 111_195  # metres of one degree of latitude
WALK, FARTHEST = 1.1, 400  # metres a second, metres from stop to stop
ONE_DAY = timedelta(days=1)
SOURCE = "bg"


@dataclass(frozen=True, slots=True)
class BusStop:
    """A stop; `place` names its settlement by language."""

    id: str
    name: str
    settlement: str
    place: Mapping[str, str]
    latitude: float
    longitude: float
    access: str
    municipality: str

    def place_in(self, language: str) -> str:
        """Its town or village as the language writes it; empty where there is none."""
        return self.place.get(language) or self.place.get(SOURCE, "")

    @property
    def label(self) -> str:
        """The village and the stop: „с. Раковица, читалището“."""
        place = self.place.get(SOURCE, "")
        return self.name if not place or place in self.name else f"{place}, {self.name}"


@dataclass(frozen=True, slots=True)
class RunningLine:
    """A published line with both its directions."""

    id: str
    number: str
    name: str
    carrier: str
    phone: str
    source: str
    valid_from: date | None
    valid_until: date | None
    published_on: str
    directions: Mapping[str, Direction]
    municipality: str

    @property
    def title(self) -> str:
        return f"{self.number} {self.name}".strip()

    def holds_on(self, day: date) -> bool:
        """True while its timetable is in force."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True)
class LineAlert:
    """A change or a cancellation of a line from one day to another."""

    id: str
    line: str
    is_cancelled: bool
    text: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Run:
    """A trip on a service day."""

    line: RunningLine
    direction: str
    trip: Trip
    day: date

    @property
    def stops(self) -> tuple[str, ...]:
        return self.line.directions[self.direction].stops

    @property
    def last_stop(self) -> str:
        """The stop at which the ride ends."""
        return self.stops[self.trip.served[-1][0]]


@dataclass(frozen=True, slots=True)
class Departure:
    """A bus leaves a stop at a moment."""

    at: datetime
    stop: str
    run: Run


@dataclass(frozen=True)
class Network:
    """Stops, lines and days by their ids, alerts by line."""

    stops: Mapping[str, BusStop] = field(default_factory=dict)
    lines: Mapping[str, RunningLine] = field(default_factory=dict)
    calendars: Mapping[str, ServiceDays] = field(default_factory=dict)
    calendar_names: Mapping[str, str] = field(default_factory=dict)
    alerts: Mapping[str, list[LineAlert]] = field(default_factory=dict)
    _asked: dict[date, tuple[list[Connection], list[Run]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def runs_on(self, day: date) -> Iterator[Run]:
        """Every trip of that service day."""
        running = {key for key, days in self.calendars.items() if days.runs_on(day)}
        for line in self.lines.values():
            if not line.holds_on(day) or self.is_cancelled(line.id, day):
                continue
            for key, direction in line.directions.items():
                for trip in direction.trips:
                    if trip.calendar in running:
                        yield Run(line, key, trip, day)

    def is_cancelled(self, line: str, day: date) -> bool:
        """True where the line was called off for that day."""
        return any(one.is_cancelled for one in self.alerts_on(line, day))

    def alerts_on(self, line: str, day: date) -> list[LineAlert]:
        """What is announced of the line for that day."""
        told = self.alerts.get(line, ())
        return [one for one in told if one.starts_on <= day <= one.ends_on]

    def departures(
        self, stops: Collection[str], after: datetime, before: datetime
    ) -> list[Departure]:
        """Buses that leave these stops in that span, the next one first."""
        day, found = day_zero_day(after) - ONE_DAY, []
        halting = {
            (line.id, key)
            for line in self.lines.values()
            for key, way in line.directions.items()
            if not frozenset(way.stops).isdisjoint(stops)
        }
        while day_zero(day) < before:
            for run in self.runs_on(day):
                if (run.line.id, run.direction) not in halting:
                    continue
                for row, seconds in run.trip.served[:-1]:
                    at = moment_of(day, seconds)
                    if run.stops[row] in stops and after <= at < before:
                        found.append(Departure(at, run.stops[row], run))
            day += ONE_DAY
        return sorted(found, key=lambda one: (one.at, one.run.line.title))

    def connections(self, day: date) -> tuple[list[Connection], list[Run]]:
        """Connections of a day, with those of the evening before it; the runs by trip.

        Those of the day that was asked for last are kept: a question asks there and back.
        """
        found = self._asked.get(day)
        if found is None:
            found = self._connections(day)
            self._asked.clear()
            self._asked[day] = found
        return found

    def _connections(self, day: date) -> tuple[list[Connection], list[Run]]:
        runs: list[Run] = []
        found: list[Connection] = []
        for service_day in (day - ONE_DAY, day):
            shift = int((day_zero(service_day) - day_zero(day)).total_seconds())
            for run in self.runs_on(service_day):
                served = run.trip.served
                for (row, leaves), (onward, arrives) in zip(served, served[1:], strict=False):
                    if arrives + shift >= 0:
                        ends = run.stops[row], run.stops[onward]
                        found.append(Connection(leaves + shift, arrives + shift, *ends, len(runs)))
                runs.append(run)
        return sorted_connections(found), runs

    @cached_property
    def walks(self) -> dict[str, list[tuple[str, int]]]:
        """From each stop to those that are near it, with the seconds that it takes."""
        cells: dict[tuple[int, int], list[BusStop]] = {}
        for stop in self.stops.values():
            cells.setdefault(_cell(stop), []).append(stop)
        found: dict[str, list[tuple[str, int]]] = {}
        for stop in self.stops.values():
            row, column = _cell(stop)
            near = ((row + r, column + c) for r in (-1, 0, 1) for c in (-1, 0, 1))
            for other in (one for cell in near for one in cells.get(cell, ())):
                length = distance(stop, other)
                if other is not stop and length <= FARTHEST:
                    found.setdefault(stop.id, []).append((other.id, int(length / WALK) + 1))
        return found

    def in_settlement(self, code: str) -> frozenset[str]:
        """The stops of a town or village."""
        return frozenset(
            stop.id for stop in self.stops.values() if code and stop.settlement == code
        )

    def near(self, latitude: float, longitude: float, within: float) -> frozenset[str]:
        """The stops within so many metres of a point."""
        here = BusStop("", "", "", {}, latitude, longitude, "", "")
        return frozenset(s.id for s in self.stops.values() if distance(here, s) <= within)

    def lines_at(self, stop: str) -> list[RunningLine]:
        """The lines that halt there, by number."""
        found = (
            line
            for line in self.lines.values()
            if any(stop in direction.stops for direction in line.directions.values())
        )
        return sorted(found, key=lambda line: (line.number.zfill(4), line.name))


def day_zero_day(moment: datetime) -> date:
    """The service day that has begun by then."""
    day = moment.date() + ONE_DAY
    while day_zero(day) > moment:
        day -= ONE_DAY
    return day


def distance(one: BusStop, other: BusStop) -> float:
    """Metres between two stops, as the crow flies; exact enough within a province."""
    narrow = cos(radians((one.latitude + other.latitude) / 2))
    return DEGREE * hypot(one.latitude - other.latitude, (one.longitude - other.longitude) * narrow)


def _cell(stop: BusStop) -> tuple[int, int]:
    return int(stop.latitude * 200), int(stop.longitude * 150)  # more than FARTHEST each way


def network_of(contents: Mapping[str, Mapping[str, Any]]) -> Network:
    """One network of the published content of each municipality, by its slug.

    What a line says of a stop or of days that are nowhere is left out: the rest runs.
    """
    stops: dict[str, BusStop] = {}
    lines: dict[str, RunningLine] = {}
    calendars: dict[str, ServiceDays] = {}
    names: dict[str, str] = {}
    alerts: dict[str, list[LineAlert]] = {}
    for slug, content in contents.items():
        for told in content.get("stops", ()):
            stops[told["id"]] = BusStop(**told, municipality=slug)
        for told in content.get("calendars", ()):
            calendars[told["id"]], names[told["id"]] = days_of(told), told["name"]
        for told in content.get("lines", ()):
            lines[told["id"]] = _line(told, slug, stops, calendars)
        for told in content.get("alerts", ()):
            alert = LineAlert(**told | {key: _day(told[key]) for key in ("starts_on", "ends_on")})
            alerts.setdefault(alert.line, []).append(alert)
    return Network(stops, lines, calendars, names, alerts)


def _line(
    told: Mapping[str, Any],
    slug: str,
    stops: Container[str],
    calendars: Container[str],
) -> RunningLine:
    directions = directions_of(told["directions"])
    words = ("id", "number", "name", "carrier", "phone", "source", "published_on")
    return RunningLine(
        **{name: told[name] for name in words},
        valid_from=_day(told["valid_from"]) if told["valid_from"] else None,
        valid_until=_day(told["valid_until"]) if told["valid_until"] else None,
        directions={key: way.resolved(stops, calendars) for key, way in directions.items()},
        municipality=slug,
    )


def _day(written: str) -> date:
    return date.fromisoformat(written)
