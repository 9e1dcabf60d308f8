"""Board of a stop: the next departures, the hours by days, stops by village."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from obshto.modules.transit.services.network import BusStop, Departure, Network, RunningLine
from obshto.modules.transit.services.service_time import write_clock

NEXT = 8  # departures of a board


@dataclass(frozen=True, slots=True)
class StopHours:
    """The hours of one line at a stop on days of one kind."""

    line: RunningLine
    days: str
    towards: BusStop
    hours: tuple[str, ...]


def board_of(network: Network, stop: BusStop, begin: datetime, end: datetime) -> list[Departure]:
    """The next buses from this stop, those of neighbouring municipalities as well."""
    return network.departures([stop.id], begin, end)[:NEXT]


def hours_by_days(network: Network, stop: BusStop) -> list[StopHours]:
    """Every hour at which a bus leaves, by days, then by line and where it goes."""
    found: dict[tuple[str, str, str], set[int]] = {}
    for line in network.lines_at(stop.id):
        for way in line.directions.values():
            for trip in way.trips:
                towards = way.stops[trip.served[-1][0]]
                for row, seconds in trip.served[:-1]:
                    if way.stops[row] == stop.id:
                        found.setdefault((trip.calendar, line.id, towards), set()).add(seconds)
    order = list(network.calendar_names)
    rows = sorted(found.items(), key=lambda one: order.index(one[0][0]))
    return [
        StopHours(
            network.lines[line],
            network.calendar_names[calendar],
            network.stops[towards],
            tuple(write_clock(seconds) for seconds in sorted(seconds_of)),
        )
        for (calendar, line, towards), seconds_of in rows
    ]


def stops_by_place(network: Network, language: str) -> dict[str, tuple[str, list[BusStop]]]:
    """Name and stops of each town or village, by its code; those outside come last."""
    found: dict[str, list[BusStop]] = {}
    for stop in sorted(network.stops.values(), key=lambda one: one.name):
        found.setdefault(stop.settlement, []).append(stop)
    named: Mapping[str, tuple[str, list[BusStop]]] = {
        code: (stops[0].place_in(language), stops) for code, stops in found.items()
    }
    return dict(sorted(named.items(), key=lambda one: (not one[0], one[1][0].partition(" ")[2])))
