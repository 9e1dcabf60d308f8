"""Fixed times of a resource: moved as a whole, with all who are booked. The part tells them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from obshto.platform.bookings.models import Booking, Resource, Slot
from obshto.platform.unit_of_work import UnitOfWork


def reschedule(
    uow: UnitOfWork, resource: Resource, before: datetime, after: tuple[datetime, datetime]
) -> None:
    """The time that began at `before` is `after` now; where nobody has booked it, nothing."""
    wanted = select(Slot).where(Slot.resource_id == resource.id, Slot.starts_at == before)
    fresh = wanted.with_for_update().execution_options(populate_existing=True)
    slot = uow.session.scalar(fresh)
    if slot is None or (slot.starts_at, slot.ends_at) == after:
        return
    if slot.starts_at != after[0]:
        again = select(Booking).where(Booking.slot_id == slot.id, Booking.reminded_at.is_not(None))
        for booking in uow.session.scalars(again.order_by(Booking.id).with_for_update()):
            booking.reminded_at = None
    slot.starts_at, slot.ends_at = after
