"""Reminders: once for each booking, by day, within a day of its time."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from obshto.platform.bookings.errors import StaleBooking
from obshto.platform.bookings.events import BookingDue
from obshto.platform.bookings.locks import lock_group
from obshto.platform.bookings.models import Booking, Slot
from obshto.platform.bookings.queries import HEAD, SOON
from obshto.platform.bookings.states import BOOKED
from obshto.platform.bookings.waiting_list import record
from obshto.platform.unit_of_work import UnitOfWork

BEFORE = timedelta(hours=25)  # the job runs by day: whoever comes at eight hears the day before
AT_ONCE = 200


def remind(uow: UnitOfWork) -> None:
    """Job: tell who comes within a day and has not been told."""
    rows = select(Booking).join(Booking.slot).join(Slot.resource)
    rows = rows.options(contains_eager(Booking.slot).contains_eager(Slot.resource))
    rows = rows.where(HEAD, Booking.state == BOOKED, Booking.reminded_at.is_(None))
    rows = rows.where(Slot.starts_at > uow.now, Slot.starts_at <= uow.now + BEFORE)
    rows = rows.where(Booking.made_at < uow.now - SOON)
    of_booking = rows.order_by(Slot.resource_id, Slot.starts_at, Booking.id).limit(AT_ONCE)
    for booking in uow.session.scalars(of_booking).all():
        part = booking.slot.resource.part
        try:
            lock_group(uow, booking)
        except StaleBooking:  # moved just now: the next run looks at its new time
            continue
        if booking.state == BOOKED and booking.reminded_at is None:
            booking.reminded_at = uow.now
            record(uow, part, booking, BookingDue)


def mark_called(uow: UnitOfWork, booking: Booking, *, expected_version: int) -> None:
    """Staff told the person by phone. Raises StaleBooking."""
    lock_group(uow, booking)
    if booking.called_at:
        return
    if booking.version != expected_version:
        raise StaleBooking
    booking.called_at = uow.now
