"""Row locks of bookings: slots first, by resource and time, then bookings by id."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import selectinload

from obshto.platform.bookings.errors import SlotClosed, SlotPast, SlotsApart, StaleBooking
from obshto.platform.bookings.free_slots import hours_of, is_within_reach, times_on
from obshto.platform.bookings.kinds import kind_of
from obshto.platform.bookings.models import Booking, Resource, Slot
from obshto.platform.clock import day_of
from obshto.platform.db.base import new_id
from obshto.platform.unit_of_work import UnitOfWork

ONE_DAY = timedelta(days=1)


def checked_times(
    uow: UnitOfWork, resource: Resource, starts: Collection[datetime], *, by_staff: bool = False
) -> list[tuple[datetime, datetime]]:
    """These beginnings as times of the resource, in order, one after the other.

    Staff may book up to the moment at which a time begins. Raises SlotPast, SlotClosed, SlotsApart.
    """
    lead = timedelta() if by_staff else timedelta(minutes=resource.lead_minutes)
    found = []
    for start in sorted(starts):
        if start < uow.now + lead:
            raise SlotPast
        found.append(_time_at(uow, resource, start))
    if any(before[1] != after[0] for before, after in zip(found, found[1:], strict=False)):
        raise SlotsApart
    return found


def lock_slots(
    uow: UnitOfWork, resource: Resource, times: Sequence[tuple[datetime, datetime]]
) -> list[Slot]:
    """The rows of these times, written where nobody has booked them yet; others wait."""
    write_slots(uow, resource, times)
    wanted = select(Slot).where(
        Slot.resource_id == resource.id, Slot.starts_at.in_([start for start, _ in times])
    )
    return _locked(uow, wanted)


def write_slots(
    uow: UnitOfWork, resource: Resource, times: Sequence[tuple[datetime, datetime]]
) -> None:
    """In order of time, so that two who take the same ones never wait for each other in a ring."""
    for starts_at, ends_at in sorted(times):
        row = {
            "id": new_id(),
            "resource_id": resource.id,
            "starts_at": starts_at,
            "ends_at": ends_at,
            "capacity": resource.capacity,
            "taken": 0,
        }
        # One statement a row: DO NOTHING waits for whoever writes the same row just now.
        uow.session.execute(insert(Slot).values(row).on_conflict_do_nothing())


def lock_slot(uow: UnitOfWork, slot_id: UUID) -> Slot:
    """One slot, with all that happens to it."""
    [slot] = _locked(uow, select(Slot).where(Slot.id == slot_id))
    return slot


def lock_group(
    uow: UnitOfWork,
    booking: Booking,
    *,
    resource: Resource | None = None,
    times: Sequence[tuple[datetime, datetime]] = (),
) -> tuple[list[Booking], list[Slot]]:
    """The seats of a booking and their slots, with those of `times`, as they are after the wait.

    Raises StaleBooking where it was moved meanwhile.
    """
    if resource:
        write_slots(uow, resource, times)
    of_group = select(Booking.slot_id).where(Booking.group_id == booking.group_id)
    held = set(uow.session.scalars(of_group))
    wanted: ColumnElement[bool] = Slot.id.in_(held)
    if resource:
        starts = [start for start, _ in times]
        wanted = or_(wanted, and_(Slot.resource_id == resource.id, Slot.starts_at.in_(starts)))
    slots = _locked(uow, select(Slot).where(wanted))
    rows = select(Booking).where(Booking.group_id == booking.group_id).order_by(Booking.id)
    rows = rows.options(selectinload(Booking.slot).selectinload(Slot.resource))
    fresh = rows.with_for_update().execution_options(populate_existing=True)
    bookings = list(uow.session.scalars(fresh))
    if {one.slot_id for one in bookings} != held:
        raise StaleBooking
    return bookings, slots


def _locked(uow: UnitOfWork, wanted: Select[Slot]) -> list[Slot]:
    ordered = wanted.order_by(Slot.resource_id, Slot.starts_at).with_for_update()
    return list(uow.session.scalars(ordered.execution_options(populate_existing=True)))


def _time_at(uow: UnitOfWork, resource: Resource, start: datetime) -> tuple[datetime, datetime]:
    if times := kind_of(resource).times:
        return _fixed_time(resource, times(uow, resource), start)
    hours, day = hours_of(uow, resource), day_of(start)
    for opening in (day, day - ONE_DAY):  # hours may go on past midnight
        if hours and is_within_reach(uow, resource, opening):
            for time in times_on(hours, opening, resource.slot_minutes):
                if time[0] == start.astimezone(UTC):
                    return time
    raise SlotClosed


def _fixed_time(
    resource: Resource, times: Sequence[tuple[datetime, datetime]], start: datetime
) -> tuple[datetime, datetime]:
    found = [time for time in times if time[0] == start]
    if not found or resource.retired_at is not None:
        raise SlotClosed
    return found[0]
