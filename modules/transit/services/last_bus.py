"""Last bus home: of today, from another town or village into one of this municipality."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from obshto.modules.transit.services.network import BusStop, Network, Run, day_zero_day
from obshto.modules.transit.services.service_time import moment_of


@dataclass(frozen=True, slots=True)
class LastBus:
    """It leaves its first stop at an aware moment; `target` is its last stop that is home."""

    line: str
    leaves_at: datetime
    origin: BusStop
    target: BusStop


def last_bus_home(network: Network, home: Collection[str], now: datetime) -> LastBus | None:
    """`home` are EKATTE codes. None where it has left, or where none goes today."""
    rides = (_ride_home(network, run, home) for run in network.runs_on(day_zero_day(now)))
    last = max(filter(None, rides), key=lambda ride: ride.leaves_at, default=None)
    return last if last and last.leaves_at > now else None


def _ride_home(network: Network, run: Run, home: Collection[str]) -> LastBus | None:
    (row, leaves), *onward = run.trip.served
    origin = network.stops[run.stops[row]]
    targets = [network.stops[run.stops[place]] for place, _ in onward]
    at_home = [stop for stop in targets if stop.settlement in home]
    if not at_home or at_home[-1].settlement == origin.settlement:
        return None
    return LastBus(run.line.id, moment_of(run.day, leaves), origin, at_home[-1])
