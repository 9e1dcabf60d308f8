"""Resources: written, changed, retired; times that opening hours no longer have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import contains_eager

from obshto.platform.bookings.errors import NoSuchResource, StaleResource
from obshto.platform.bookings.events import BookingCalledOff
from obshto.platform.bookings.free_slots import hours_of, times_on
from obshto.platform.bookings.locks import ONE_DAY
from obshto.platform.bookings.models import Booking, Resource, Slot
from obshto.platform.bookings.queries import without_booker
from obshto.platform.bookings.services import cancel
from obshto.platform.bookings.states import ACTIVE
from obshto.platform.clock import day_of
from obshto.platform.db.base import new_id
from obshto.platform.entity import expect_version, of_request
from obshto.platform.unit_of_work import UnitOfWork

AT_ONCE = 200  # bookings of one act


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceEntry:
    """A resource as typed; `hours` as `platform.opening_hours` stores them."""

    kind: str
    name: str
    note: str = ""
    capacity: int = 1
    slot_minutes: int = 60
    most_slots: int = 1
    ahead_days: int = 28
    lead_minutes: int = 30
    hours: dict[str, Any] = field(default_factory=dict)


def write_resource(
    uow: UnitOfWork, part: str, object_id: UUID, entry: ResourceEntry, *, request_id: UUID
) -> Resource:
    """A new one; the same `request_id` again finds the first."""
    found = of_request(uow, Resource, request_id)
    if found:
        return found
    resource = Resource(
        id=new_id(), request_id=request_id, part=part, object_id=object_id, **asdict(entry)
    )
    uow.session.add(resource)
    uow.session.flush()
    return resource


def change_resource(
    uow: UnitOfWork, resource: Resource, entry: ResourceEntry, *, expected_version: int
) -> None:
    """Booked times keep their seats; more seats go to who waits. Raises StaleResource."""
    if all(getattr(resource, name) == value for name, value in asdict(entry).items()):
        return
    expect_version(resource, expected_version, StaleResource)
    for name, value in asdict(entry).items():
        setattr(resource, name, value)
    coming = update(Slot).where(Slot.resource_id == resource.id, Slot.starts_at > uow.now)
    uow.session.execute(coming.values(capacity=entry.capacity))


def retire_resource(
    uow: UnitOfWork, resource: Resource, is_retired: bool, *, expected_version: int
) -> None:
    """Take no new bookings, or take them again. Raises StaleResource."""
    if (resource.retired_at is not None) == is_retired:
        return
    expect_version(resource, expected_version, StaleResource)
    resource.retired_at = uow.now if is_retired else None


def resource_of(
    uow: UnitOfWork, part: str, resource_id: UUID, *, to_change: bool = False
) -> Resource:
    """One of this part. Raises NoSuchResource."""
    wanted = select(Resource).where(Resource.id == resource_id, Resource.part == part)
    found = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if found is None:
        raise NoSuchResource
    return found


def resources_of(
    uow: UnitOfWork, part: str, objects: Sequence[UUID], *, or_retired: bool = False
) -> Sequence[Resource]:
    """Those of these objects, in the order in which they were written."""
    wanted = select(Resource).where(Resource.part == part, Resource.object_id.in_(objects))
    wanted = wanted if or_retired else wanted.where(Resource.retired_at.is_(None))
    return uow.session.scalars(wanted.order_by(Resource.id)).all()


def swallowed(uow: UnitOfWork, resources: Sequence[Resource]) -> list[Booking]:
    """Bookings to come at times that are there no more: an exception, a holiday, new hours."""
    rows = without_booker(select(Booking).join(Booking.slot))
    rows = rows.options(contains_eager(Booking.slot))
    rows = rows.where(Slot.resource_id.in_([one.id for one in resources]))
    rows = rows.where(Booking.state.in_(ACTIVE), Slot.starts_at > uow.now)
    rows = rows.where(Booking.id == Booking.group_id)
    by_id = {one.id: one for one in resources}
    hours = {one.id: hours_of(uow, one) for one in resources}
    return [
        booking
        for booking in uow.session.scalars(rows.order_by(Slot.starts_at, Booking.id).limit(AT_ONCE))
        if not _is_there(hours[booking.slot.resource_id], by_id, booking.slot)
    ]


def cancel_swallowed(uow: UnitOfWork, resources: Sequence[Resource]) -> int:
    """Cancel them, so that each person is told; how many there were."""
    lost = swallowed(uow, resources)
    for booking in lost:
        part = resources[0].part
        cancel(uow, booking, part, expected_version=booking.version, by=BookingCalledOff)
    return len(lost)


def _is_there(hours: Any, by_id: dict[UUID, Resource], slot: Slot) -> bool:
    minutes, day = by_id[slot.resource_id].slot_minutes, day_of(slot.starts_at)
    days = (day, day - ONE_DAY)
    times = (time for opening in days for time in times_on(hours, opening, minutes))
    return any(time == (slot.starts_at, slot.ends_at) for time in times)
