"""Index rows of lines and stops."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from uuid import UUID

from obshto.modules.transit.events import LINES, STOPS
from obshto.modules.transit.services.network import BusStop, Network, RunningLine
from obshto.modules.transit.services.regional import network_here
from obshto.platform.clock import SOFIA
from obshto.platform.modularity.manifest import PublicEntries, PublicEntry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """Every published line and each stop that one of them names, in Bulgarian."""
    network = network_here(uow)
    wanted = None if ids is None else {str(one) for one in ids}
    for line in network.lines.values():
        if wanted is None or line.id in wanted:
            yield _line(uow, network, line)
    for stop in network.stops.values():
        if wanted is None or stop.id in wanted:
            yield _stop(uow, network, stop)


def _line(uow: UnitOfWork, network: Network, line: RunningLine) -> PublicEntry:
    stops = [network.stops[key].label for way in line.directions.values() for key in way.stops]
    return PublicEntry(
        object_id=UUID(line.id),
        kind="bus_line",
        title=f"Автобус {line.title}",
        path=f"/transit/lines/{line.id}",
        published_at=_published(uow, line),
        language=SOURCE,
        text=". ".join(filter(None, (", ".join(dict.fromkeys(stops)), line.carrier))),
    )


def _stop(uow: UnitOfWork, network: Network, stop: BusStop) -> PublicEntry:
    lines = network.lines_at(stop.id)
    return PublicEntry(
        object_id=UUID(stop.id),
        kind="bus_stop",
        title=f"Спирка {stop.name}",
        path=f"/transit/stops/{stop.id}",
        published_at=min((_published(uow, line) for line in lines), default=uow.now),
        language=SOURCE,
        text=", ".join(line.title for line in lines),
        place=stop.place_in(SOURCE),
    )


def _published(uow: UnitOfWork, line: RunningLine) -> datetime:
    begun = datetime.combine(date.fromisoformat(line.published_on), time(), SOFIA)
    return min(begun, uow.now)


SEARCH = PublicEntries(facts=frozenset((*LINES, *STOPS)), of=entries_of)
