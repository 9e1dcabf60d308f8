"""Free slots: the times of a day out of opening hours, less what is booked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from obshto.platform.bookings.kinds import kind_of
from obshto.platform.bookings.models import Resource, Slot
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.opening_hours.hours import Hours, read, wall_moment
from obshto.platform.unit_of_work import UnitOfWork

Time = tuple[datetime, datetime]  # from, until


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeSlot:
    """A time and how many seats are left in it."""

    starts_at: datetime
    ends_at: datetime
    left: int


def hours_of(uow: UnitOfWork, resource: Resource) -> tuple[Hours, ...]:
    """Its own hours and those of its object; a time lies within all of them."""
    found = (read(resource.hours), kind_of(resource).hours(uow, resource))
    return tuple(hours for hours in found if hours is not None)


def times_on(
    hours: Sequence[Hours], day: date, minutes: int
) -> Iterator[tuple[datetime, datetime]]:
    """The times of a day in UTC, each exactly `minutes` long, none over another.

    What the wall's clock does not show on the day on which clocks are put on is no time.
    """
    for opens, closes in _common(hours, day):
        closing, free_from = wall_moment(day, closes).astimezone(UTC), None
        for minute in range(opens, closes - minutes + 1, minutes):
            begins = wall_moment(day, minute)
            starts_at = begins.astimezone(UTC)
            ends_at = starts_at + timedelta(minutes=minutes)
            is_shown = starts_at.astimezone(SOFIA).replace(tzinfo=None) == begins.replace(
                tzinfo=None
            )
            if is_shown and ends_at <= closing and (free_from is None or starts_at >= free_from):
                free_from = ends_at
                yield starts_at, ends_at


def free_slots(
    uow: UnitOfWork, resource: Resource, days: Sequence[date]
) -> Mapping[date, list[FreeSlot]]:
    """Times that can be booked or waited for on these days; full ones have nothing left.

    One query besides those of the kind.
    """
    hours = hours_of(uow, resource)
    wanted = [day for day in days if hours and is_within_reach(uow, resource, day)]
    booked = _booked(uow, resource, wanted)
    earliest = uow.now + timedelta(minutes=resource.lead_minutes)
    return {
        day: [
            FreeSlot(
                starts_at=starts_at,
                ends_at=ends_at,
                left=booked.get(starts_at, resource.capacity),
            )
            for starts_at, ends_at in times_on(hours, day, resource.slot_minutes)
            if starts_at >= earliest
        ]
        for day in wanted
    }


def is_within_reach(uow: UnitOfWork, resource: Resource, day: date) -> bool:
    """Not over, not too far ahead, of a resource that is still there."""
    today = day_of(uow.now)
    return resource.retired_at is None and today <= day <= last_day(uow, resource)


def last_day(uow: UnitOfWork, resource: Resource) -> date:
    """The last day that can be booked."""
    return day_of(uow.now) + timedelta(days=resource.ahead_days)


def _common(hours: Sequence[Hours], day: date) -> list[tuple[int, int]]:
    """What lies within all of them, in minutes of the day."""
    common = [(span.opens, span.closes) for span in hours[0].on(day)] if hours else []
    for more in hours[1:]:
        pairs = [(one, span) for one in common for span in more.on(day)]
        cut = [(max(a, span.opens), min(b, span.closes)) for (a, b), span in pairs]
        common = [(a, b) for a, b in cut if a < b]
    return common


def _booked(uow: UnitOfWork, resource: Resource, days: Sequence[date]) -> dict[datetime, int]:
    """Seats left by beginning, of the times that have a row."""
    if not days:
        return {}
    begin = datetime.combine(min(days), time(), SOFIA)
    end = datetime.combine(max(days) + timedelta(days=2), time(), SOFIA)
    rows = uow.session.execute(
        select(Slot.starts_at, Slot.capacity - Slot.taken).where(
            Slot.resource_id == resource.id, Slot.starts_at >= begin, Slot.starts_at < end
        )
    )
    return {starts_at.astimezone(UTC): max(left, 0) for starts_at, left in rows}
