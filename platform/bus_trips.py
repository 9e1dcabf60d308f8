"""Buses to a place as pages show them: from which villages, there and back for a visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from obshto.platform.clock import day_of
from obshto.platform.modularity.bus_routes import BusRoutes, NearestStop, RoundTrip
from obshto.platform.modularity.ports import port_here
from obshto.platform.notify.address import places_here
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.village_map import Point
from obshto.platform.web.language import SOURCE

Visit = tuple[datetime, datetime]  # from, until


@dataclass(frozen=True, slots=True)
class DayTrip:
    """A bus there, with the ways home that day, the earliest first."""

    there: RoundTrip
    returns: Sequence[datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class BusTrips:
    """Villages to choose from, by code and name; the trips of the one chosen, on the first day;
    the stop at which one gets off, where a point was given.
    """

    origins: Sequence[tuple[str, str]]
    origin: str = ""
    trips: Sequence[DayTrip] = ()
    stop: NearestStop | None = None


def origins_to(uow: UnitOfWork, destination: str) -> Sequence[str]:
    """Villages from which a bus goes there, by code; none where nobody knows the buses."""
    routes = port_here(BusRoutes)
    return routes.origins(uow, destination) if routes and destination else ()


def trips_to(
    uow: UnitOfWork, destination: str, visits: Sequence[Visit], origin: str
) -> Sequence[RoundTrip | None] | None:
    """There and back for each visit; None where nobody asked, or nobody knows."""
    if not origin or origin not in origins_to(uow, destination):
        return None
    routes = port_here(BusRoutes)
    assert routes
    return routes.round_trips(uow, origin=origin, destination=destination, visits=visits)


def origins_named(uow: UnitOfWork, destination: str, language: str) -> Sequence[tuple[str, str]]:
    """The same of this municipality with their names, to choose from."""
    codes = origins_to(uow, destination)
    names = places_here(uow) if codes else {}
    return [
        (code, said.get(language) or said.get(SOURCE, ""))
        for code, said in names.items()
        if code in codes
    ]


def trips_by_village(
    uow: UnitOfWork, destination: str, visit: Visit, language: str
) -> Sequence[tuple[str, RoundTrip | None]]:
    """Each village with a bus to there, by name, and how one comes from it and goes home; None
    where no bus is in time. Empty where nobody knows the buses.
    """
    routes, named = port_here(BusRoutes), origins_named(uow, destination, language)
    if not routes or not named:
        return []
    codes = [code for code, _name in named]
    trips = routes.round_trips_from(uow, origins=codes, destination=destination, visit=visit)
    return [(name, trips[code]) for code, name in named]


def stop_near(uow: UnitOfWork, point: Point | None) -> NearestStop | None:
    """The nearest stop; None where nobody knows the buses or the point."""
    routes = port_here(BusRoutes)
    return routes.nearest_stop(uow, point) if routes and point else None


def bus_trips(
    uow: UnitOfWork,
    destination: str,
    visits: Sequence[Visit],
    origin: str,
    *,
    language: str,
    point: Point | None = None,
) -> BusTrips:
    """The trips of the first day on which a bus brings people to any of the visits."""
    stop = stop_near(uow, point) if visits else None
    origins = origins_named(uow, destination, language) if visits else ()
    if not origin or origin not in {code for code, _name in origins}:
        return BusTrips(origins=origins, stop=stop)
    found = [one for one in trips_to(uow, destination, visits, origin) or () if one]
    ahead = [one for one in found if one.departs_at > uow.now]
    first = {day_of(one.departs_at) for one in ahead[:1]}
    there = {one.departs_at: one for one in reversed(ahead) if day_of(one.departs_at) in first}
    trips = [
        DayTrip(one, sorted({back.returns_at for back in ahead if back.departs_at == departs_at}))
        for departs_at, one in sorted(there.items())
    ]
    return BusTrips(origins=origins, origin=origin, trips=trips, stop=stop)
