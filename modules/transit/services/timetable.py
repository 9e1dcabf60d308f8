"""The timetable of one direction: stops down, trips across."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

MOST_STOPS, MOST_TRIPS = 60, 40
BOTH = ("0", "1")  # the directions of a line, as GTFS numbers them


@dataclass(frozen=True, slots=True)
class Trip:
    """One run of a bus: its days and a time, or none, for each stop of the direction."""

    calendar: str
    times: tuple[int | None, ...]

    @property
    def served(self) -> list[tuple[int, int]]:
        """Row and time of each stop at which it halts."""
        return [(row, time) for row, time in enumerate(self.times) if time is not None]

    @property
    def first_time(self) -> int:
        """Time at which it leaves; late for one without any time."""
        return next((time for time in self.times if time is not None), 10**6)


@dataclass(frozen=True, slots=True)
class Direction:
    """Stops in the order of the ride, trips by their first time."""

    stops: tuple[str, ...] = ()
    trips: tuple[Trip, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As the database keeps it."""
        trips = [{"calendar": trip.calendar, "times": list(trip.times)} for trip in self.trips]
        return {"stops": list(self.stops), "trips": trips}

    def sorted(self) -> Direction:
        """The same with its trips by their first time."""
        order = sorted(self.trips, key=lambda trip: (trip.first_time, trip.calendar))
        return Direction(self.stops, tuple(order))

    def resolved(self, stops: Container[str], calendars: Container[str]) -> Direction:
        """Referential integrity: without stops and days that are not there.

        A stop takes its times along; a trip that halts once or nowhere after that is none.
        """
        rows = [row for row, stop in enumerate(self.stops) if stop in stops]
        trips = (
            Trip(trip.calendar, tuple(trip.times[row] for row in rows))
            for trip in self.trips
            if trip.calendar in calendars
        )
        kept = tuple(trip for trip in trips if len(trip.served) > 1)
        return Direction(tuple(self.stops[row] for row in rows), kept)

    def named_trips(self) -> Iterator[tuple[str, Trip]]:
        """Trips with a name that stays while days and times do."""
        seen: Counter[str] = Counter()
        for trip in self.trips:
            told = repr((trip.calendar, trip.times)).encode()
            name = blake2b(told, digest_size=6).hexdigest()
            seen[name] += 1
            yield name if seen[name] == 1 else f"{name}-{seen[name]}", trip


def direction_of(told: Mapping[str, Any] | None) -> Direction:
    """A direction as it was kept; empty where nothing was."""
    if not told:
        return Direction()
    trips = (Trip(trip["calendar"], tuple(trip["times"])) for trip in told["trips"])
    return Direction(tuple(told["stops"]), tuple(trips))


def directions_of(content: Mapping[str, Any]) -> dict[str, Direction]:
    """Both directions of a draft or of what is shown."""
    return {key: direction_of(content.get(key)) for key in BOTH}
