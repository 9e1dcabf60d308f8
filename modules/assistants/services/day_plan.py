"""Day of a visitor: visits in the order of the shortest round trip, addresses where they open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from obshto.modules.assistants.models import Assistant, HelpRequest, HomeAddress, HomeVisit
from obshto.modules.assistants.services import queries
from obshto.modules.assistants.services.home_addresses import open_for_visits
from obshto.modules.assistants.services.kinds import MORNING
from obshto.modules.assistants.services.round_trip import (
    MOST,
    Point,
    TripStop,
    kilometres,
    length_of,
    shortest_order,
)
from obshto.modules.assistants.services.states import CANCELLED
from obshto.platform.clock import SOFIA
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import points_of_settlements

NOON = 13


@dataclass(frozen=True, slots=True)
class DayVisit:
    """One visit of the day; `km` is the way to it. `address` is there while it opens."""

    visit: HomeVisit
    row: HelpRequest
    km: float
    address: HomeAddress | None


@dataclass(frozen=True, slots=True)
class DayPlan:
    """The day: its visits in order, its kilometres, those of the plain order by hour."""

    visits: Sequence[DayVisit]
    km: float
    km_by_hour: float
    km_home: float


def plan_of(uow: UnitOfWork, assistant: Assistant, day: date) -> DayPlan:
    """Whoever reads it sees addresses only if they are this assistant and the day is today."""
    pairs = [pair for pair in queries.day_visits(uow, assistant, day) if pair[0].state != CANCELLED]
    addresses = open_for_visits(uow, pairs, assistant.person_id)
    return _ordered(assistant.settlement, pairs, addresses, points_of_settlements())


def _ordered(
    home: str,
    pairs: Sequence[tuple[HomeVisit, HelpRequest]],
    addresses: Mapping[UUID, HomeAddress],
    points: Mapping[str, Point],
) -> DayPlan:
    stops = [_stop(visit, row) for visit, row in pairs]
    # A day of more was planned before the limit, or by hand: by hour then.
    order = shortest_order(points, home, stops) if len(stops) <= MOST else range(len(stops))
    visits, here = [], home
    for number in order:
        visit, row = pairs[number]
        way = kilometres(points, here, row.settlement)
        visits.append(DayVisit(visit, row, way, addresses.get(row.id)))
        here = row.settlement
    return DayPlan(
        visits=visits,
        km=length_of(points, home, [stops[number] for number in order]),
        km_by_hour=length_of(points, home, stops),
        km_home=kilometres(points, here, home),
    )


def _stop(visit: HomeVisit, row: HelpRequest) -> TripStop:
    starts = visit.starts_at.astimezone(SOFIA)
    if visit.half:
        return TripStop(row.settlement, 0 if visit.half == MORNING else 1)
    return TripStop(row.settlement, int(starts.hour >= NOON), visit.starts_at.timestamp())
