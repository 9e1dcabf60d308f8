"""Rides in a network: how one gets there on a day, and back again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from obshto.modules.transit.services.journeys import Journey, find_journeys
from obshto.modules.transit.services.network import Network, Run
from obshto.modules.transit.services.regional import network_around
from obshto.modules.transit.services.service_time import moment_of, seconds_at
from obshto.platform.clock import day_of
from obshto.platform.modularity.ports import BusRide
from obshto.platform.unit_of_work import UnitOfWork

ON_FOOT = 1_000  # metres from a stop to a place that one goes to
WHOLE_DAY = (0, 30 * 3600)


@dataclass(frozen=True, slots=True)
class Ride:
    """One leg as people read it; `seconds` are of the day that was asked for."""

    run: Run
    origin: str
    target: str
    departs: int
    arrives: int


@dataclass(frozen=True, slots=True)
class Answer:
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
) -> list[Answer]:
    """Every way that no other one beats, which leaves and arrives within the span of seconds."""
    connections, runs = network.connections(day)
    first, last = span
    inside = [one for one in connections if one.departs >= first and one.arrives <= last]
    found = find_journeys(inside, sources, targets, walks=network.walks)
    return [_answer(journey, runs) for journey in found if journey.departs >= first]


def _answer(journey: Journey, runs: list[Run]) -> Answer:
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
    return Answer(journey.departs, journey.arrives, rides)


class BusRides:
    """Supplies `BusPort`: which bus brings one there by an hour, which one back after another."""

    def ride(
        self,
        uow: UnitOfWork,
        *,
        origin: str,
        latitude: float,
        longitude: float,
        by: datetime,
        after: datetime,
    ) -> BusRide | None:
        """The latest way there and the earliest way back, on the day of `by`."""
        network, day = network_around(uow), day_of(by)
        home, there = network.in_settlement(origin), network.near(latitude, longitude, ON_FOOT)
        if not home or not there or home & there:
            return None
        out = answers(network, day, home, there, (0, seconds_at(day, by)))
        back = answers(network, day, there, home, (seconds_at(day, after), WHOLE_DAY[1]))
        if not out or not back:
            return None
        return BusRide(
            leaves_at=moment_of(day, out[-1].departs),
            arrives_at=moment_of(day, out[-1].arrives),
            returns_at=moment_of(day, back[0].departs),
            home_at=moment_of(day, back[0].arrives),
            lines=tuple(dict.fromkeys(ride.run.line.title for ride in out[-1].rides)),
        )
