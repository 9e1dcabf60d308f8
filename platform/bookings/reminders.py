"""Reminders: once for each booking, by day, within a day of its time.

Who has to be called hears of it a working day before, while somebody is there to call.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import contains_eager

from obshto.platform.bookings.errors import StaleBooking
from obshto.platform.bookings.events import BookingDue
from obshto.platform.bookings.locks import lock_group
from obshto.platform.bookings.models import Booking, Slot
from obshto.platform.bookings.queries import HEAD, SOON
from obshto.platform.bookings.states import BOOKED
from obshto.platform.bookings.waiting_list import record
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.notify.services import gets_sms
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.workdays import is_workday

BEFORE = timedelta(hours=25)  # the job runs by day: whoever comes at eight hears the day before
AT_ONCE = 200


def remind(uow: UnitOfWork) -> None:
    """Job: tell who comes within a day and has not been told."""
    near = Slot.starts_at <= uow.now + BEFORE
    for booking in _unreminded(uow, near):
        _remind(uow, booking)
    by_phone = and_(Booking.person_id.is_(None), Booking.email_index.is_(None))
    for booking in _unreminded(uow, and_(by_phone, Slot.starts_at < calls_end(uow.now))):
        if booking.phone and not gets_sms(uow, booking.phone):
            _remind(uow, booking)


def calls_end(now: datetime) -> datetime:
    """The end of the next working day: who comes on a Monday is called on the Friday."""
    day = day_of(now) + timedelta(days=1)
    while not is_workday(day):
        day += timedelta(days=1)
    return datetime.combine(day + timedelta(days=1), time(), SOFIA)


def _unreminded(uow: UnitOfWork, wanted: ColumnElement[bool]) -> list[Booking]:
    rows = select(Booking).join(Booking.slot).join(Slot.resource)
    rows = rows.options(contains_eager(Booking.slot).contains_eager(Slot.resource))
    rows = rows.where(HEAD, Booking.state == BOOKED, Booking.reminded_at.is_(None))
    rows = rows.where(Slot.starts_at > uow.now, wanted, Booking.made_at < uow.now - SOON)
    ordered = rows.order_by(Slot.resource_id, Slot.starts_at, Booking.id).limit(AT_ONCE)
    return list(uow.session.scalars(ordered))


def _remind(uow: UnitOfWork, booking: Booking) -> None:
    part = booking.slot.resource.part
    try:
        lock_group(uow, booking)
    except StaleBooking:  # moved just now: the next run looks at its new time
        return
    if booking.state == BOOKED and booking.reminded_at is None:
        booking.reminded_at = uow.now
        record(uow, part, booking, BookingDue)
