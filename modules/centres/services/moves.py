"""Moves of a booking, by the person or by staff: the same thing, at another time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from obshto.modules.centres.services.times import moment_of
from obshto.platform.bookings.errors import SlotClosed
from obshto.platform.bookings.models import Booking
from obshto.platform.bookings.services import move
from obshto.platform.unit_of_work import UnitOfWork


def move_booking(
    uow: UnitOfWork, booking: Booking, at: str, *, expected_version: int, by_staff: bool = False
) -> None:
    """To the beginning that an address names. Raises as `move` of the bookings."""
    first, resource = moment_of(at), booking.slot.resource
    if first is None:
        raise SlotClosed
    seats = select(func.count()).select_from(Booking).where(Booking.group_id == booking.group_id)
    step = timedelta(minutes=resource.slot_minutes)
    starts = [first + step * number for number in range(uow.session.scalar(seats) or 1)]
    seen: dict[str, Any] = {"expected_version": expected_version, "by_staff": by_staff}
    move(uow, booking, resource, starts, **seen)
