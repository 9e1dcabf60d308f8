"""Rides in a network: how one gets there on a day, and back again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from obshto.modules.transit.services.journeys import Journey, find_journeys
from obshto.modules.transit.services.network import Network, Run
from obshto.modules.transit.services.queries import nearest_stop
from obshto.modules.transit.services.regional import network_around
from obshto.modules.transit.services.service_time import moment_of, seconds_at
from obshto.platform.clock import day_of
from obshto.platform.modularity.bus_routes import NearestStop, RoundTrip
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.village_map import Point, kilometres

WHOLE_DAY = (0, 30 * 3600)
WALK = 2.0  # kilometres from a stop to a door, at most


@dataclass(frozen=True, slots=True)
class Ride:
    """One leg as people read it; `seconds` are of the day that was asked for."""

    run: Run
    origin: str
    target: str
    departs: int
    arrives: int


@dataclass(frozen=True, slots=True)
class Itinerary:
    """One way to get there."""

    departs: int
    arrives: int
    rides: tuple[Ride, ...]

    @property
    def changes(self) -> int:
        return len(self.rides) - 1


def answers(
    network: Network,
    day: date,
    sources: Collection[str],
    targets: Collection[str],
    span: tuple[int, int] = WHOLE_DAY,
) -> list[Itinerary]:
    """Every way that no other one beats, which leaves and arrives within the span of seconds."""
    connections, runs = network.connections(day)
    first, last = span
    inside = [one for one in connections if one.departs >= first and one.arrives <= last]
    found = find_journeys(inside, sources, targets, walks=network.walks)
    return [_answer(journey, runs) for journey in found if journey.departs >= first]


def _answer(journey: Journey, runs: list[Run]) -> Itinerary:
    rides = tuple(
        Ride(
            runs[leg.enter.trip],
            leg.enter.origin,
            leg.leave.target,
            leg.enter.departs,
            leg.leave.arrives,
        )
        for leg in journey.legs
    )
    return Itinerary(journey.departs, journey.arrives, rides)


class BusRides:
    """Supplies `BusRoutes`: one search there and one back for each day that is asked of."""

    def origins(self, uow: UnitOfWork, destination: str) -> Sequence[str]:
        """Settlements with a bus that goes on to this one, whatever the day."""
        network = network_around(uow)
        there = network.in_settlement(destination)
        ways = [way.stops for line in network.lines.values() for way in line.directions.values()]
        found = {
            network.stops[stop].settlement
            for stops in ways
            for place, stop in enumerate(stops)
            if there.intersection(stops[place + 1 :])
        }
        return sorted(found - {destination, ""})

    def round_trips(
        self,
        uow: UnitOfWork,
        *,
        origin: str,
        destination: str,
        visits: Sequence[tuple[datetime, datetime]],
    ) -> Sequence[RoundTrip | None]:
        return _round_trips(network_around(uow), origin, destination, visits)

    def round_trips_from(
        self,
        uow: UnitOfWork,
        *,
        origins: Collection[str],
        destination: str,
        visit: tuple[datetime, datetime],
    ) -> Mapping[str, RoundTrip | None]:
        network = network_around(uow)
        return {
            origin: trip
            for origin in origins
            for trip in _round_trips(network, origin, destination, [visit])
        }

    def nearest_stop(self, uow: UnitOfWork, point: Point) -> NearestStop | None:
        """Of this municipality's own timetables, two kilometres away at most."""
        stop = nearest_stop(uow, point)
        if stop is None or stop.latitude is None or stop.longitude is None:
            return None
        away = kilometres(point, (stop.latitude, stop.longitude))
        told = NearestStop(name=stop.name, path=f"/transit/stops/{stop.id}", kilometres=away)
        return told if away <= WALK else None


def _round_trips(
    network: Network,
    origin: str,
    destination: str,
    visits: Sequence[tuple[datetime, datetime]],
) -> list[RoundTrip | None]:
    home, there = network.in_settlement(origin), network.in_settlement(destination)
    days = {day_of(start) for start, _ in visits} if home and there else set()
    ways = {
        day: (answers(network, day, home, there), answers(network, day, there, home))
        for day in days
    }
    return [_round_trip(*ways.get(day_of(start), ([], [])), start, end) for start, end in visits]


def _round_trip(
    out: Sequence[Itinerary], back: Sequence[Itinerary], start: datetime, end: datetime
) -> RoundTrip | None:
    """The last way there before the visit, the first one home after it."""
    day = day_of(start)
    begin, over = seconds_at(day, start), seconds_at(day, end)
    going = [one for one in out if one.arrives <= begin]
    leaving = [one for one in back if one.departs >= over]
    if not going or not leaving:
        return None
    way, home = max(going, key=lambda one: one.departs), min(leaving, key=lambda one: one.arrives)
    return RoundTrip(
        departs_at=moment_of(day, way.departs),
        arrives_at=moment_of(day, way.arrives),
        returns_at=moment_of(day, home.departs),
        home_at=moment_of(day, home.arrives),
        lines=tuple(dict.fromkeys(ride.run.line.title for ride in way.rides)),
    )
