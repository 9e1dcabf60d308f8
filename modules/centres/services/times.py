"""Times of a week as pages show them: what is free, what a bus brings people to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from obshto.modules.centres.models import Centre
from obshto.platform.bookings.free_slots import FreeSlot, free_slots, last_day
from obshto.platform.bookings.models import Resource
from obshto.platform.bus_trips import Visit, bus_trips, origins_named, trips_to
from obshto.platform.clock import day_of
from obshto.platform.maps.chart import MapOfAll
from obshto.platform.modularity.bus_routes import RoundTrip
from obshto.platform.modularity.ports import port_here
from obshto.platform.opening_hours.hours import Hours, wall_moment
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import current_language

WEEK = 7
_FORMAT = "%Y%m%dT%H%MZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Seven days from `first`; `trips` by the beginning of a time where somebody said from where
    they come, and then only times that a bus brings them to are there.
    """

    first: date
    earlier: date | None
    later: date | None
    days: Mapping[date, Sequence[FreeSlot]]
    trips: Mapping[datetime, RoundTrip]
    origin: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing to be booked or waited for."""
        return not any(self.days.values())


def week_of(
    uow: UnitOfWork, centre: Centre, resource: Resource, asked: str, origin: str = ""
) -> Week:
    """From the day asked for, or from the next day that has a time."""
    today, last = day_of(uow.now), last_day(uow, resource)
    first = min(max(_day(asked) or today, today), last)
    days = [first + timedelta(days=number) for number in range(WEEK)]
    slots = free_slots(uow, resource, days)
    trips = _trips(uow, centre, slots, origin)
    if trips is not None:
        slots = {
            day: [one for one in of_day if one.starts_at in trips] for day, of_day in slots.items()
        }
    return Week(
        first=first,
        earlier=max(today, first - timedelta(days=WEEK)) if first > today else None,
        later=first + timedelta(days=WEEK) if first + timedelta(days=WEEK) <= last else None,
        days={day: of_day for day, of_day in slots.items() if of_day},
        trips=trips or {},
        origin=origin if trips is not None else "",
    )


def shown_week(
    uow: UnitOfWork, centre: Centre, resource: Resource, asked: Mapping[str, str]
) -> dict[str, Any]:
    """A week for a page: `asked` says the day, and from where somebody comes by bus."""
    return {
        "week": week_of(uow, centre, resource, asked.get("day", ""), asked.get("from", "")),
        "origins": origins_named(uow, centre.ekatte, current_language()),
        "written": written,
    }


def bus_query(asked: Mapping[str, str]) -> dict[str, str]:
    """From where somebody comes by bus, for the address of the next page."""
    return {"from": asked["from"]} if asked.get("from") else {}


def trip_of(
    uow: UnitOfWork, centre: Centre, starts_at: datetime, ends_at: datetime, origin: str
) -> RoundTrip | None:
    """The buses for one time of somebody from that village; None where none goes."""
    [trip] = trips_to(uow, centre.ekatte, [(starts_at, ends_at)], origin) or [None]
    return trip


def ways_of(
    uow: UnitOfWork, centre: Centre, visits: Sequence[Visit], origin: str
) -> dict[str, Any]:
    """How one gets there: buses there and back, the nearest stop, the map of everything."""
    told: dict[str, Any] = {"language": current_language(), "point": centre.point}
    chart = port_here(MapOfAll)
    return {
        "buses": bus_trips(uow, centre.ekatte, visits, origin, **told),
        "on_map": chart.path(layer="centres", ekatte=centre.ekatte, point=centre.point)
        if chart and (centre.point or centre.ekatte)
        else "",
    }


def visits_of(uow: UnitOfWork, hours: Hours | None) -> list[Visit]:
    """An hour in the centre, each that is open in the coming week."""
    days = [day_of(uow.now) + timedelta(days=number) for number in range(WEEK)]
    spans = [(day, span) for day in days for span in (hours or Hours()).on(day)]
    starts = [
        wall_moment(day, minute)
        for day, span in spans
        for minute in range(span.opens, span.closes - 59, 60)
    ]
    return [(start, start + timedelta(hours=1)) for start in starts if start > uow.now]


def written(moment: datetime) -> str:
    """A beginning as it stands in an address: in UTC, so that no hour comes twice."""
    return moment.astimezone(UTC).strftime(_FORMAT)


def moment_of(text: str) -> datetime | None:
    """The beginning that `written` wrote; None for anything else."""
    try:
        return datetime.strptime(text, _FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return None


def _trips(
    uow: UnitOfWork, centre: Centre, slots: Mapping[date, Sequence[FreeSlot]], origin: str
) -> dict[datetime, RoundTrip] | None:
    """None where nobody asked, or nobody knows."""
    visits = [(one.starts_at, one.ends_at) for of_day in slots.values() for one in of_day]
    trips = trips_to(uow, centre.ekatte, visits, origin)
    if trips is None:
        return None
    pairs = zip(visits, trips, strict=True)
    return {start: trip for (start, _end), trip in pairs if trip}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
