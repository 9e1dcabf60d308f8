"""Holds: an unpaid seat is held for a term, then it goes to who waits, with a letter before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, select

from obshto.modules.courses.events import CourseFeeDue
from obshto.modules.courses.models import CourseFee, CourseFeeState
from obshto.modules.courses.services.fees.charges import cancel_charge, fee_of, settle
from obshto.modules.courses.services.kinds import PART
from obshto.platform.bookings.locks import lock_group
from obshto.platform.bookings.models import Booking, Slot
from obshto.platform.bookings.services import lapse
from obshto.platform.bookings.states import BOOKED
from obshto.platform.unit_of_work import UnitOfWork

BEFORE = timedelta(hours=24)  # a letter, before a seat is lost
AT_ONCE = 100


def remind_unpaid(uow: UnitOfWork) -> None:
    """Job: a day before an unpaid seat is lost its person is told, once."""
    near = CourseFee.hold_until.between(uow.now, uow.now + BEFORE)
    for booking_id in _unpaid(uow, near & CourseFee.reminded_at.is_(None)):
        fee = fee_of(uow, booking_id, to_change=True)
        if fee and fee.is_open and fee.reminded_at is None:
            fee.reminded_at = uow.now
            uow.emit(CourseFeeDue(subject_id=booking_id, cents=fee.cents))


def lapse_unpaid(uow: UnitOfWork) -> None:
    """Job: seats whose term is over go to who waits. Where money has come, the seat stays."""
    for booking_id in _unpaid(uow, CourseFee.hold_until <= uow.now):
        booking = uow.session.get_one(Booking, booking_id)
        lock_group(uow, booking)
        fee = fee_of(uow, booking_id, to_change=True)
        if fee is None or not fee.is_open or booking.state != BOOKED:
            continue
        if cancel_charge(uow, fee):
            fee.state = CourseFeeState.CANCELLED
            lapse(uow, booking, PART)
        else:
            settle(uow, [booking_id])  # paid, and nobody had told us


def _unpaid(uow: UnitOfWork, wanted: ColumnElement[bool]) -> Sequence[UUID]:
    """Bookings in the order in which slots are locked."""
    rows = select(CourseFee.booking_id).where(CourseFee.state == CourseFeeState.OPEN, wanted)
    rows = rows.join(Booking, Booking.id == CourseFee.booking_id)
    rows = rows.join(Slot, Slot.id == Booking.slot_id)
    ordered = rows.order_by(Slot.resource_id, Slot.starts_at, Booking.id)
    return uow.session.scalars(ordered.limit(AT_ONCE)).all()
